import { useDate } from "@medusajs/dashboard/hooks"
import { createDataTableFilterHelper } from "@medusajs/ui"
import { useMemo } from "react"
import { useTranslation } from "react-i18next"

import type { AdminPayout } from "../../types/http"
import { beginningOf } from "../lib/payout-filters"
import { STATUSES } from "../lib/status-color"
import { statusLabel } from "../lib/texts"
import { useOverview, usePayees } from "./masspay"

const filter = createDataTableFilterHelper<AdminPayout>()

const WEEK_DAYS = 6
const MONTH_DAYS = 29

type Chosen = {
  vendor_id?: readonly string[]
  currency_code?: readonly string[]
}

/** `chosen`: what the list is filtered by now, which may not be among what is loaded. */
export function usePayoutFilters(chosen: Chosen) {
  const { t } = useTranslation()
  const { getFullDate } = useDate()
  const { data: payees } = usePayees()
  const { data: overview } = useOverview()

  return useMemo(() => {
    const names = new Map(
      payees?.map(({ vendor_id, name }) => [vendor_id, name ?? vendor_id])
    )
    for (const id of chosen.vendor_id ?? []) {
      if (!names.has(id)) names.set(id, id)
    }
    const currencies = new Set([
      ...(overview?.totals.map(({ currency_code }) => currency_code) ?? []),
      ...(chosen.currency_code ?? []),
    ])
    const now = new Date()
    const since = (days: number) => ({ $gte: beginningOf(now, days) })

    return [
      filter.accessor("status", {
        type: "multiselect",
        label: t("masspay.payouts.status"),
        options: STATUSES.map((status) => ({
          value: status,
          label: statusLabel(t, status),
        })),
      }),
      filter.accessor("vendor_id", {
        type: "multiselect",
        label: t("masspay.payouts.vendor"),
        options: [...names].map(([value, label]) => ({ value, label })),
      }),
      filter.accessor("currency_code", {
        type: "multiselect",
        label: t("masspay.payouts.currency"),
        searchable: false,
        options: [...currencies]
          .sort()
          .map((code) => ({ value: code, label: code })),
      }),
      filter.accessor("created_at", {
        type: "date",
        label: t("masspay.payouts.created"),
        rangeOptionLabel: t("masspay.payouts.range"),
        rangeOptionStartLabel: t("masspay.payouts.from"),
        rangeOptionEndLabel: t("masspay.payouts.to"),
        formatDateValue: (date) => getFullDate({ date }),
        options: [
          { label: t("masspay.payouts.days.today"), value: since(0) },
          { label: t("masspay.payouts.days.week"), value: since(WEEK_DAYS) },
          { label: t("masspay.payouts.days.month"), value: since(MONTH_DAYS) },
        ],
      }),
    ]
  }, [
    t,
    getFullDate,
    payees,
    overview,
    chosen.vendor_id?.join(),
    chosen.currency_code?.join(),
  ])
}
