import type { DataTableRowSelectionState } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"

import type { AdminPayout } from "../../../types/http"
import { usePayouts } from "../../hooks/masspay"
import { useListAddress } from "../../hooks/use-list-address"
import {
  usePayoutColumns,
  WIDE_PAYOUT_COLUMNS,
} from "../../hooks/use-payout-columns"
import { usePayoutFilters } from "../../hooks/use-payout-filters"
import {
  BULK_ACTIONS,
  type BulkAction,
  isBulkStatus,
} from "../../lib/payout-actions"
import { PAYOUT_FILTERS } from "../../lib/payout-filters"
import { DataList } from "../common/data-list"
import { BulkDialog } from "./bulk-dialog"

const SHORTCUTS = { approve: "a", retry: "r" } satisfies Record<
  BulkAction,
  string
>

type Bulk = { action: BulkAction; payouts: AdminPayout[] }

export function PayoutsSection() {
  const { t } = useTranslation()
  const address = useListAddress(PAYOUT_FILTERS)
  const query = usePayouts(address.query)
  const [chosen, setChosen] = useState<DataTableRowSelectionState>({})
  const [bulk, setBulk] = useState<Bulk | null>(null)
  // What is chosen is what is seen: a row of another page is not among these.
  const shown = (query.data?.rows ?? []).filter(({ id }) => chosen[id])

  return (
    <>
      <DataList
        title={t("masspay.payouts.title")}
        testId="masspay-payouts"
        query={query}
        address={address}
        columns={usePayoutColumns()}
        wideOnly={WIDE_PAYOUT_COLUMNS}
        filters={usePayoutFilters(address.query)}
        path="/masspay/payouts"
        empty={{
          heading: t("masspay.payouts.empty"),
          description: t("masspay.payouts.emptyText"),
        }}
        filteredEmpty={{
          heading: t("masspay.payouts.filteredEmpty"),
          description: t("masspay.payouts.filteredEmptyText"),
        }}
        selection={{
          state: Object.fromEntries(shown.map(({ id }) => [id, true])),
          onChange: setChosen,
          isSelectable: ({ status }) => isBulkStatus(status),
          label: (count) => t("masspay.payouts.selected", { count }),
          // A key pressed while the dialog is open must not start another one.
          commands: bulk
            ? []
            : commandsFor(shown).map((action) => ({
                label: t(`masspay.payouts.bulk.${action}`),
                shortcut: SHORTCUTS[action],
                action: () =>
                  setBulk({ action, payouts: suitable(action, shown) }),
              })),
        }}
      />
      {bulk && (
        <BulkDialog
          {...bulk}
          onClose={() => {
            setBulk(null)
            setChosen({})
          }}
        />
      )}
    </>
  )
}

function suitable(action: BulkAction, payouts: AdminPayout[]): AdminPayout[] {
  return payouts.filter(({ status }) => status === BULK_ACTIONS[action])
}

/** An action that none of the chosen allows is not offered. */
function commandsFor(payouts: AdminPayout[]): BulkAction[] {
  return (Object.keys(BULK_ACTIONS) as BulkAction[]).filter(
    (action) => suitable(action, payouts).length > 0
  )
}
