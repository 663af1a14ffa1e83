import { DataTable, Heading, useDataTable } from "@medusajs/ui"
import type { MouseEvent } from "react"
import { useTranslation } from "react-i18next"
import { useHref, useNavigate } from "react-router-dom"

import type { AdminPayout } from "../../../types/http"
import type { useListAddress } from "../../hooks/use-list-address"
import { usePayoutColumns } from "../../hooks/use-payout-columns"
import { usePayoutFilters } from "../../hooks/use-payout-filters"

const PATH = "/masspay/payouts"

type PayoutsTableProps = {
  payouts: AdminPayout[]
  count: number
  address: ReturnType<typeof useListAddress>
  isLoading: boolean
}

export function PayoutsTable({
  payouts,
  count,
  address,
  isLoading,
}: PayoutsTableProps) {
  const { t } = useTranslation()
  const { pagination, search, sorting, filtering, query } = address
  const table = useDataTable({
    data: payouts,
    columns: usePayoutColumns(),
    filters: usePayoutFilters(query.vendor_id ?? []),
    rowCount: count,
    getRowId: ({ id }) => id,
    onRowClick: useRowClick(),
    pagination,
    search,
    sorting,
    filtering,
    isLoading,
  })

  return (
    <DataTable instance={table}>
      <DataTable.Toolbar
        className="flex items-center justify-between gap-4"
        alwaysShowFilterBar
        translations={{ clearAll: t("actions.clearAll") }}
      >
        <Heading>{t("masspay.payouts.title")}</Heading>
        <div className="flex items-center gap-x-2">
          <DataTable.FilterMenu tooltip={t("filters.filterLabel")} />
          <DataTable.SortingMenu tooltip={t("filters.sortLabel")} />
          <DataTable.Search
            placeholder={t("filters.searchLabel")}
            aria-label={t("filters.searchLabel")}
          />
        </div>
      </DataTable.Toolbar>
      <DataTable.Table
        emptyState={{
          empty: {
            heading: t("masspay.payouts.empty"),
            description: t("masspay.payouts.emptyText"),
          },
          filtered: {
            heading: t("masspay.payouts.filteredEmpty"),
            description: t("masspay.payouts.filteredEmptyText"),
          },
        }}
      />
      <DataTable.Pagination
        translations={{
          of: t("general.of"),
          results: t("general.results"),
          pages: t("general.pages"),
          prev: t("general.prev"),
          next: t("general.next"),
        }}
      />
    </DataTable>
  )
}

/** Opens the payout, in a window of its own where the click asks for one. */
function useRowClick() {
  const navigate = useNavigate()
  const base = useHref(PATH)

  return (event: MouseEvent, { id }: { id: string }) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) {
      window.open(`${base}/${id}`, "_blank", "noreferrer")
    } else {
      void navigate(`${PATH}/${id}`)
    }
  }
}
