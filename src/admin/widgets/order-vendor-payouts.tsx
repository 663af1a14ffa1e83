import { defineWidgetConfig } from "@medusajs/admin-sdk"
import type { AdminOrder, DetailWidgetProps } from "@medusajs/framework/types"
import { Container, Heading, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

import type { AdminOrderSettlementsResponse } from "../../types/http"
import { LoadError } from "../components/common/load-error"
import { TextLink } from "../components/common/text-link"
import { SettlementRow } from "../components/order/settlement-row"
import { SettlementsSkeleton } from "../components/order/settlements-skeleton"
import { SettlementsTotal } from "../components/order/settlements-total"
import { useOrderSettlements } from "../hooks/masspay"
import { describe } from "../lib/texts"

/** Who gets what of this order, and whether it is paid or why not. */
const OrderVendorPayouts = ({ data: order }: DetailWidgetProps<AdminOrder>) => {
  const { t } = useTranslation()
  const { data, error, isFetching, refetch } = useOrderSettlements(order.id)

  return (
    <Container className="divide-y p-0" data-testid="masspay-order-widget">
      <div className="flex items-center justify-between gap-x-4 px-6 py-4">
        <div>
          <Heading level="h2">{t("masspay.order.title")}</Heading>
          {data && data.settlements.length > 0 && <Summary {...data} />}
        </div>
        <TextLink to="/masspay/payouts" className="txt-compact-small-plus">
          {t("masspay.order.toPayouts")}
        </TextLink>
      </div>
      {data ? (
        <Settlements {...data} />
      ) : error ? (
        <LoadError
          error={error}
          onRetry={() => void refetch()}
          isRetrying={isFetching}
        />
      ) : (
        <SettlementsSkeleton />
      )}
    </Container>
  )
}

function Summary({ settlements }: AdminOrderSettlementsResponse) {
  const { t } = useTranslation()
  const due = settlements.filter(({ state }) => state !== "nothing_due")
  if (due.length === 0) {
    return null
  }

  return (
    <Text size="small" className="text-ui-fg-subtle">
      {t("masspay.order.summary", {
        count: due.length,
        paid: due.filter(({ state }) => state === "paid").length,
      })}
    </Text>
  )
}

function Settlements({
  settlements,
  reason,
  detail,
}: AdminOrderSettlementsResponse) {
  const { t } = useTranslation()
  if (settlements.length === 0) {
    return (
      <div className="flex min-h-24 flex-col items-center justify-center gap-y-1 px-6 py-6 text-center">
        <Text size="small" leading="compact" weight="plus">
          {t("masspay.order.empty")}
        </Text>
        <Text size="small" className="text-ui-fg-subtle text-pretty">
          {reason
            ? describe(t, "orderReason", reason)
            : t("masspay.order.emptyText")}
        </Text>
        {detail && (
          <Text size="small" className="text-ui-fg-subtle text-pretty">
            {detail}
          </Text>
        )}
      </div>
    )
  }

  return (
    <>
      <ul className="divide-y">
        {settlements.map((settlement) => (
          <SettlementRow key={settlement.id} settlement={settlement} />
        ))}
      </ul>
      {settlements.length > 1 && <SettlementsTotal settlements={settlements} />}
    </>
  )
}

export const config = defineWidgetConfig({
  id: "masspay-order-vendor-payouts",
  zone: "order.details",
})

export default OrderVendorPayouts
