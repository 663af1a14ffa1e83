import { createDataTableColumnHelper } from "@medusajs/ui"
import { useMemo } from "react"
import { useTranslation } from "react-i18next"

import type { AdminPayeeListResponse } from "../../../types/http"
import { useMoney } from "../../hooks/use-money"
import { isZero } from "../../lib/decimal"
import { needsOf } from "../../lib/payee"
import { OnPhone } from "../common/cell"
import { RowLink } from "../common/row-link"
import { PayeeStatusBadge } from "./payee-status-badge"

export type PayeeRow = AdminPayeeListResponse["payees"][number]

/** See `OnPhone`. */
export const WIDE_PAYEE_COLUMNS = ["needs", "open", "in_transit", "paid"]

const column = createDataTableColumnHelper<PayeeRow>()

/** `byOpen`: one currency is chosen, so that what is open has an order. */
export function usePayeeColumns({ byOpen }: { byOpen: boolean }) {
  const { t } = useTranslation()

  return useMemo(
    () => [
      column.accessor("name", {
        header: t("masspay.payees.vendor"),
        maxSize: 240,
        cell: ({ row: { original: payee } }) => (
          <div className="py-2 sm:py-0">
            <RowLink to={`/masspay/payees/${payee.id}`}>
              {payee.name ?? payee.vendor_id}
            </RowLink>
            <OnPhone>
              {payee.balances.some(({ open }) => !isZero(open)) && (
                <Amounts payee={payee} of="open" />
              )}
              {needsOf(payee).length > 0 && (
                <span className="block">
                  {t("masspay.payees.missing")}: <Needs payee={payee} />
                </span>
              )}
            </OnPhone>
          </div>
        ),
        enableSorting: true,
        sortLabel: t("masspay.payees.vendor"),
        sortAscLabel: t("masspay.payees.ascending.name"),
        sortDescLabel: t("masspay.payees.descending.name"),
      }),
      column.accessor("status", {
        header: t("masspay.payees.status"),
        cell: ({ getValue }) => <PayeeStatusBadge status={getValue()} />,
      }),
      column.display({
        id: "needs",
        header: t("masspay.payees.missing"),
        cell: ({ row: { original: payee } }) => <Needs payee={payee} />,
      }),
      column.accessor((payee) => payee.balances, {
        id: "open",
        header: t("masspay.payees.open"),
        align: "right",
        cell: ({ row: { original: payee } }) => (
          <Amounts payee={payee} of="open" />
        ),
        ...(byOpen && {
          enableSorting: true,
          sortLabel: t("masspay.payees.open"),
          sortAscLabel: t("masspay.payees.ascending.open"),
          sortDescLabel: t("masspay.payees.descending.open"),
        }),
      }),
      column.accessor((payee) => payee.balances, {
        id: "in_transit",
        truncateTooltip: false,
        header: t("masspay.payees.inTransit"),
        align: "right",
        cell: ({ row: { original: payee } }) => (
          <Amounts payee={payee} of="in_transit" />
        ),
      }),
      column.accessor((payee) => payee.balances, {
        id: "paid",
        truncateTooltip: false,
        header: t("masspay.payees.paid"),
        align: "right",
        cell: ({ row: { original: payee } }) => (
          <Amounts payee={payee} of="paid" />
        ),
      }),
    ],
    [t, byOpen]
  )
}

function Needs({ payee }: { payee: PayeeRow }) {
  const { t } = useTranslation()
  const needs = needsOf(payee)

  return (
    <span className="text-ui-fg-subtle text-pretty">
      {needs.length === 0
        ? t("masspay.payees.nothingMissing")
        : needs.map((need) => t(`masspay.payees.needShort.${need}`)).join(", ")}
    </span>
  )
}

/** One line for each currency: amounts of different currencies are never added. */
function Amounts({
  payee,
  of,
}: {
  payee: PayeeRow
  of: "open" | "in_transit" | "paid"
}) {
  const { withCode } = useMoney()
  const amounts = payee.balances.filter((balance) => !isZero(balance[of]))

  return (
    <span className="flex flex-col py-1 tabular-nums sm:items-end">
      {amounts.length === 0 ? (
        <span className="text-ui-fg-muted" aria-hidden>
          –
        </span>
      ) : (
        amounts.map((balance) => (
          <span
            key={balance.currency_code}
            className={
              balance[of].startsWith("-") ? "text-ui-fg-error" : undefined
            }
          >
            {withCode(balance[of], balance.currency_code)}
          </span>
        ))
      )}
    </span>
  )
}
