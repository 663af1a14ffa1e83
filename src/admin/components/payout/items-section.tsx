import { clx, Container, Heading, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

import type { AdminPayoutDetail, AdminPayoutItem } from "../../../types/http"
import { useMoney } from "../../hooks/use-money"
import { describe } from "../../lib/texts"
import { TextLink } from "../common/text-link"
import { ExactTime } from "../common/time-ago"

/** What the payout covers, order by order. */
export function ItemsSection({ payout }: { payout: AdminPayoutDetail }) {
  const { t } = useTranslation()
  const { money } = useMoney()

  return (
    <Container
      className="divide-y divide-dashed p-0"
      data-testid="masspay-items"
    >
      <div className="px-6 py-4">
        <Heading level="h2">{t("masspay.payout.items.title")}</Heading>
      </div>
      {payout.items.length === 0 ? (
        <Text size="small" className="text-ui-fg-subtle px-6 py-4">
          {t("masspay.payout.items.empty")}
        </Text>
      ) : (
        <ul className="divide-y divide-dashed">
          {payout.items.map((item) => (
            <ItemRow
              key={item.entry_id}
              item={item}
              amount={money(item.amount, payout.currency_code)}
            />
          ))}
        </ul>
      )}
      <div className="flex items-center justify-between gap-x-4 px-6 py-4">
        <Text size="small" leading="compact" weight="plus">
          {t("masspay.payout.items.total")}
        </Text>
        <Text
          size="small"
          leading="compact"
          weight="plus"
          className="tabular-nums"
        >
          {money(payout.amount, payout.currency_code)}
        </Text>
      </div>
    </Container>
  )
}

function ItemRow({ item, amount }: { item: AdminPayoutItem; amount: string }) {
  const { t } = useTranslation()

  return (
    <li className="text-ui-fg-subtle flex items-start justify-between gap-x-4 px-6 py-4">
      <div className="flex min-w-0 flex-col gap-y-1">
        <OrderLink item={item} />
        <Text size="small" leading="compact" className="text-pretty">
          {describe(t, "entryKind", item.kind)}
          {item.reason && item.reason !== item.kind
            ? ` · ${describe(t, "entryReason", item.reason)}`
            : null}
        </Text>
        {item.released_at && (
          <Text size="small" leading="compact" className="text-ui-fg-subtle">
            {t("masspay.payout.items.released")}{" "}
            <ExactTime date={item.released_at} />
          </Text>
        )}
      </div>
      <Text
        size="small"
        leading="compact"
        className={clx("shrink-0 tabular-nums", {
          "text-ui-fg-subtle line-through": item.released_at,
        })}
      >
        {amount}
      </Text>
    </li>
  )
}

function OrderLink({ item }: { item: AdminPayoutItem }) {
  const { t } = useTranslation()
  if (!item.order_id) {
    return (
      <Text size="small" leading="compact" weight="plus">
        {t("masspay.payout.items.noOrder")}
      </Text>
    )
  }

  return (
    <TextLink
      to={`/orders/${item.order_id}`}
      className="txt-compact-small-plus w-fit break-all"
    >
      {t("masspay.payout.items.order", {
        number:
          item.display_id === null ? item.order_id : `#${item.display_id}`,
      })}
    </TextLink>
  )
}
