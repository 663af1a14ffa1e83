import { Checkbox, createDataTableColumnHelper } from "@medusajs/ui"
import { useMemo } from "react"
import { useTranslation } from "react-i18next"

import type { AdminPayout } from "../../types/http"
import { OnPhone } from "../components/common/cell"
import { PayoutStatusBadge } from "../components/common/payout-status-badge"
import { TextLink } from "../components/common/text-link"
import { TimeAgo } from "../components/common/time-ago"
import { useMoney } from "./use-money"

const column = createDataTableColumnHelper<AdminPayout>()

/** See `OnPhone`. */
export const WIDE_PAYOUT_COLUMNS = ["status", "amount"]

export function usePayoutColumns() {
  const { t } = useTranslation()
  const { withCode } = useMoney()

  return useMemo(
    () => [
      column.select({
        // The table's own boxes have no name to be read out.
        header: ({ table }) => (
          <Checkbox
            aria-label={t("masspay.payouts.selectAll")}
            checked={
              table.getIsSomePageRowsSelected()
                ? "indeterminate"
                : table.getIsAllPageRowsSelected()
            }
            disabled={
              !table.getRowModel().rows.some((row) => row.getCanSelect())
            }
            onCheckedChange={(checked) =>
              table.toggleAllPageRowsSelected(checked === true)
            }
          />
        ),
        // Where nothing can be done to a payout, there is nothing to choose.
        cell: ({ row }) =>
          row.getCanSelect() ? (
            <Checkbox
              className="flex"
              aria-label={t("masspay.payouts.select", {
                vendor: row.original.vendor_name ?? row.original.vendor_id,
              })}
              checked={row.getIsSelected()}
              onClick={(event) => event.stopPropagation()}
              onCheckedChange={row.getToggleSelectedHandler()}
            />
          ) : null,
      }),
      column.accessor("vendor_name", {
        header: t("masspay.payouts.vendor"),
        maxSize: 240,
        // A row's click does not reach the keyboard, so its first cell is a link.
        cell: ({ row: { original: payout } }) => (
          <div className="py-2 sm:py-0">
            <TextLink
              to={`/masspay/payouts/${payout.id}`}
              onClick={(event) => event.stopPropagation()}
              className="text-ui-fg-base hover:text-ui-fg-base font-medium"
            >
              {payout.vendor_name ?? payout.vendor_id}
            </TextLink>
            <OnPhone>
              <span className="text-ui-fg-subtle block pb-1 tabular-nums">
                {withCode(payout.amount, payout.currency_code)}
              </span>
              <Status payout={payout} />
            </OnPhone>
          </div>
        ),
      }),
      column.accessor("status", {
        header: t("masspay.payouts.status"),
        cell: ({ row: { original: payout } }) => <Status payout={payout} />,
      }),
      column.accessor("created_at", {
        header: t("masspay.payouts.age"),
        cell: ({ getValue }) => <TimeAgo date={getValue()} />,
        truncateTooltip: false,
        enableSorting: true,
        sortLabel: t("masspay.payouts.age"),
        sortAscLabel: t("masspay.payouts.ascending.age"),
        sortDescLabel: t("masspay.payouts.descending.age"),
      }),
      column.accessor("amount", {
        header: t("masspay.payouts.amount"),
        cell: ({ row: { original: payout } }) => (
          <span className="tabular-nums">
            {withCode(payout.amount, payout.currency_code)}
          </span>
        ),
        align: "right",
        enableSorting: true,
        sortLabel: t("masspay.payouts.amount"),
        sortAscLabel: t("masspay.payouts.ascending.amount"),
        sortDescLabel: t("masspay.payouts.descending.amount"),
      }),
    ],
    [t, withCode]
  )
}

function Status({
  payout: { status, method, block_reason },
}: {
  payout: AdminPayout
}) {
  return (
    <PayoutStatusBadge
      status={status}
      method={method}
      block_reason={block_reason}
    />
  )
}
