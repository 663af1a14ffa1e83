import type {
  DataTableFilteringState,
  DataTablePaginationState,
  DataTableSortingState,
} from "@medusajs/ui"
import { useCallback, useMemo } from "react"
import { useSearchParams } from "react-router-dom"

import {
  type FilterKinds,
  readAddress,
  readFilters,
  writeAddress,
  writeFilters,
} from "../lib/list-address"

/** What `DataList` needs of a list's address, whatever its filters are. */
export type ListAddress = Omit<
  ReturnType<typeof useListAddress<FilterKinds>>,
  "query"
> & { query: { limit: number; offset: number; q?: string } }

/**
 * Page, search, filters and order of the list, kept in the address. Whatever
 * changes which rows there are goes back to the first page in the same step;
 * the table's own reset would be lost against it.
 *
 * @param kinds the list's filters; a constant, not made anew for each render
 */
export function useListAddress<const Kinds extends FilterKinds>(kinds: Kinds) {
  const [params, setParams] = useSearchParams()
  const query = useMemo(() => readAddress(params, kinds), [params, kinds])

  const change = useCallback(
    (update: (params: URLSearchParams) => void) =>
      setParams((before) => {
        const after = new URLSearchParams(before)
        after.delete("offset")
        update(after)
        return after
      }),
    [setParams]
  )
  const { limit, offset, q = "", order } = query

  return {
    query,
    toFirstPage: useCallback(() => change(() => {}), [change]),
    pagination: {
      state: { pageIndex: offset / limit, pageSize: limit },
      onPaginationChange: ({ pageIndex }: DataTablePaginationState) =>
        change((params) =>
          writeAddress(
            params,
            "offset",
            pageIndex > 0 ? String(pageIndex * limit) : undefined
          )
        ),
    },
    search: {
      state: q,
      onSearchChange: (text: string) =>
        change((params) => writeAddress(params, "q", text)),
    },
    sorting: {
      state: sortingOf(order),
      onSortingChange: (sorting: DataTableSortingState | null) =>
        change((params) => writeAddress(params, "order", orderOf(sorting))),
    },
    filtering: {
      state: readFilters(params, kinds) as DataTableFilteringState,
      onFilteringChange: (state: DataTableFilteringState) =>
        change((params) => writeFilters(params, state, kinds)),
    },
  }
}

function sortingOf(order: string | undefined): DataTableSortingState | null {
  if (!order) return null
  return order.startsWith("-")
    ? { id: order.slice(1), desc: true }
    : { id: order, desc: false }
}

function orderOf(sorting: DataTableSortingState | null): string | undefined {
  return sorting ? `${sorting.desc ? "-" : ""}${sorting.id}` : undefined
}
