import { createDataTableFilterHelper } from "@medusajs/ui"
import { useMemo } from "react"
import { useTranslation } from "react-i18next"

import type { AdminPayout } from "../../types/http"
import { STATUSES } from "../lib/status-color"
import { statusLabel } from "../lib/texts"
import { usePayees } from "./masspay"

const filter = createDataTableFilterHelper<AdminPayout>()

/** `chosen`: vendors that the list is filtered by now. */
export function usePayoutFilters(chosen: readonly string[]) {
  const { t } = useTranslation()
  const { data: payees } = usePayees()

  return useMemo(() => {
    const names = new Map(
      payees?.map(({ vendor_id, name }) => [vendor_id, name ?? vendor_id])
    )
    // A vendor chosen by address may not be among those loaded.
    for (const id of chosen) {
      if (!names.has(id)) names.set(id, id)
    }

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
    ]
  }, [t, payees, chosen.join()])
}
