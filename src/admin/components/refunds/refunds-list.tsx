import { Button, createDataTableColumnHelper } from "@medusajs/ui"
import { useMemo, useState } from "react"
import { useTranslation } from "react-i18next"

import type { AdminUnallocatedRefund } from "../../../types/http-refunds"
import { useRefundPage } from "../../hooks/lists"
import { useListAddress } from "../../hooks/use-list-address"
import { useMoney } from "../../hooks/use-money"
import { ActionsHeader, CellActions, CellLines, OnPhone } from "../common/cell"
import { DataList } from "../common/data-list"
import { RowLink } from "../common/row-link"
import { TimeAgo } from "../common/time-ago"
import { AllocateDialog } from "./allocate-dialog"

const FILTERS = {} as const

const column = createDataTableColumnHelper<AdminUnallocatedRefund>()

/** Refunds of which nobody said yet which vendor bears them. */
export function RefundsList() {
  const { t } = useTranslation()
  const { money } = useMoney()
  const address = useListAddress(FILTERS)
  const columns = useMemo(
    () => [
      column.accessor("order_id", {
        header: t("masspay.refunds.order"),
        cell: ({ row: { original: refund } }) => (
          <CellLines>
            <RowLink to={`/orders/${refund.order_id}`}>
              {refund.display_id === null
                ? t("masspay.refunds.toOrder")
                : t("masspay.payout.items.order", {
                    number: `#${refund.display_id}`,
                  })}
            </RowLink>
            <OnPhone>
              <Unallocated refund={refund} />
              <CellActions>
                <AllocateButton refund={refund} />
              </CellActions>
            </OnPhone>
          </CellLines>
        ),
      }),
      column.accessor("unallocated", {
        header: t("masspay.refunds.unallocated"),
        cell: ({ row: { original: refund } }) => (
          <CellLines>
            <Unallocated refund={refund} />
          </CellLines>
        ),
      }),
      column.accessor("suggestion", {
        header: t("masspay.refunds.suggestion"),
        maxSize: 320,
        cell: ({ row: { original: refund } }) => (
          <CellLines>
            {refund.suggestion.map((part) => (
              <span key={part.vendor_id ?? "platform"} className="block">
                {part.vendor_name ??
                  part.vendor_id ??
                  t("masspay.refunds.platform")}
                {": "}
                <span className="tabular-nums">
                  {money(part.amount, refund.currency_code)}
                </span>
              </span>
            ))}
          </CellLines>
        ),
      }),
      column.accessor("refunded_at", {
        header: t("masspay.refunds.age"),
        cell: ({ getValue }) => {
          const date = getValue()
          return date ? <TimeAgo date={date} /> : "–"
        },
        truncateTooltip: false,
      }),
      column.accessor("id", {
        id: "actions",
        truncateTooltip: false,
        align: "right",
        header: () => (
          <ActionsHeader>{t("masspay.people.actions")}</ActionsHeader>
        ),
        cell: ({ row: { original: refund } }) => (
          <CellActions>
            <AllocateButton refund={refund} />
          </CellActions>
        ),
      }),
    ],
    [t, money]
  )

  return (
    <DataList<AdminUnallocatedRefund>
      title={t("masspay.refunds.title")}
      testId="masspay-refunds"
      query={useRefundPage(address.query)}
      address={address}
      isSortable={false}
      wideOnly={["unallocated", "refunded_at", "actions"]}
      columns={columns}
      empty={{
        heading: t("masspay.refunds.empty"),
        description: t("masspay.refunds.emptyText"),
      }}
      filteredEmpty={{
        heading: t("masspay.refunds.filteredEmpty"),
        description: t("masspay.people.changeFilters"),
      }}
    />
  )
}

function Unallocated({ refund }: { refund: AdminUnallocatedRefund }) {
  const { t } = useTranslation()
  const { withCode, money } = useMoney()
  const { unallocated, amount, currency_code } = refund

  return (
    <span className="block tabular-nums">
      {withCode(unallocated, currency_code)}
      <span className="text-ui-fg-subtle block">
        {t("masspay.refunds.ofRefund", {
          amount: money(amount, currency_code),
        })}
      </span>
    </span>
  )
}

function AllocateButton({ refund }: { refund: AdminUnallocatedRefund }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)

  return (
    <>
      <Button
        size="small"
        variant="secondary"
        type="button"
        onClick={() => setOpen(true)}
      >
        {t("masspay.refunds.allocate")}
      </Button>
      {isOpen && (
        <AllocateDialog refund={refund} onClose={() => setOpen(false)} />
      )}
    </>
  )
}
