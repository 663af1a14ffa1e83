import {
  Container,
  DataTable,
  type DataTableColumnDef,
  type DataTableCommand,
  type DataTableFilter,
  type DataTableRowSelectionState,
  Heading,
  Text,
  useDataTable,
} from "@medusajs/ui"
import { type MouseEvent, type ReactNode, useEffect } from "react"
import { useTranslation } from "react-i18next"
import { useHref, useNavigate } from "react-router-dom"

import { useIsPhone } from "../../hooks/use-is-phone"
import type { ListAddress } from "../../hooks/use-list-address"
import { LoadError } from "./load-error"
import { NamedControls } from "./named-controls"
import { NamedFilters } from "./named-filters"

type Words = { heading: string; description: string }

export type DataListProps<Row extends { id: string }> = {
  title: string
  subtitle?: string
  testId: string
  /** A page of rows with the number of all that match. */
  query: {
    data: { rows: Row[]; count: number } | undefined
    error: unknown
    isFetching: boolean
    isPending: boolean
    refetch: () => unknown
  }
  address: ListAddress
  // A column's type of value is its own affair, as in Medusa's own tables.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  columns: DataTableColumnDef<Row, any>[]
  filters?: DataTableFilter[]
  /** Columns that a telephone has no room for; the first cell says what they do (`OnPhone`). */
  wideOnly?: readonly string[]
  /** Below which address a row is found by its id; its first cell should be a link to it. */
  path?: string
  /** Whether the list's route takes `q`, and `order`. */
  isSearchable?: boolean
  isSortable?: boolean
  empty: Words
  filteredEmpty: Words
  /** The number of rows that are chosen, and what can be done with them. */
  selection?: {
    state: DataTableRowSelectionState
    onChange: (state: DataTableRowSelectionState) => void
    isSelectable: (row: Row) => boolean
    commands: DataTableCommand[]
    label: (count: number) => string
  }
  /** Buttons beside the title. */
  children?: ReactNode
}

/** A list of pages: search, filters, order and page are in its address. */
export function DataList<Row extends { id: string }>({
  title,
  subtitle,
  testId,
  query: { data, error, isFetching, isPending, refetch },
  address,
  columns,
  filters = [],
  wideOnly = [],
  path,
  isSearchable = true,
  isSortable = true,
  empty,
  filteredEmpty,
  selection,
  children,
}: DataListProps<Row>) {
  const { t } = useTranslation()
  const openRow = useRowClick(path ?? "")
  const isBeyondEnd = useFirstPageBeyondEnd({ data, isFetching, address })
  const isPhone = useIsPhone()
  const table = useDataTable<Row>({
    data: data?.rows ?? [],
    columns,
    filters,
    rowCount: data?.count ?? 0,
    getRowId: ({ id }) => id,
    ...(path && { onRowClick: openRow }),
    pagination: address.pagination,
    ...(isSearchable && { search: address.search }),
    ...(isSortable && { sorting: address.sorting }),
    filtering: address.filtering,
    isLoading: isPending || isBeyondEnd,
    ...(isPhone && {
      columnVisibility: {
        state: Object.fromEntries(wideOnly.map((id) => [id, false])),
        onColumnVisibilityChange: () => {},
      },
    }),
    ...(selection && {
      commands: selection.commands,
      rowSelection: {
        state: selection.state,
        onRowSelectionChange: selection.onChange,
        enableRowSelection: ({ original }: { original: Row }) =>
          selection.isSelectable(original),
      },
    }),
  })

  if (error) {
    return (
      <Container className="divide-y p-0" data-testid={testId}>
        <div className="px-6 py-4">
          <Heading>{title}</Heading>
        </div>
        <LoadError
          error={error}
          onRetry={() => void refetch()}
          isRetrying={isFetching}
        />
      </Container>
    )
  }

  return (
    <Container
      className="overflow-hidden p-0"
      data-testid={testId}
      aria-busy={isFetching}
    >
      <DataTable instance={table}>
        <NamedFilters>
          <DataTable.Toolbar
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2"
            translations={{ clearAll: t("actions.clearAll") }}
          >
            <div className="min-w-0">
              <Heading>{title}</Heading>
              {subtitle && (
                <Text size="small" className="text-ui-fg-subtle text-pretty">
                  {subtitle}
                </Text>
              )}
            </div>
            <div className="flex flex-wrap items-center gap-2">
              {filters.length > 0 && (
                <NamedControls label={t("filters.filterLabel")}>
                  <DataTable.FilterMenu tooltip={t("filters.filterLabel")} />
                </NamedControls>
              )}
              {isSortable && (
                <NamedControls label={t("filters.sortLabel")}>
                  <DataTable.SortingMenu tooltip={t("filters.sortLabel")} />
                </NamedControls>
              )}
              {isSearchable && (
                <NamedControls label={t("filters.searchLabel")}>
                  <DataTable.Search
                    placeholder={t("filters.searchLabel")}
                    aria-label={t("filters.searchLabel")}
                  />
                </NamedControls>
              )}
              {children}
            </div>
          </DataTable.Toolbar>
        </NamedFilters>
        <DataTable.Table emptyState={{ empty, filtered: filteredEmpty }} />
        <DataTable.Pagination
          translations={{
            of: t("general.of"),
            results: t("general.results"),
            pages: t("general.pages"),
            prev: t("general.prev"),
            next: t("general.next"),
          }}
        />
        {selection && <DataTable.CommandBar selectedLabel={selection.label} />}
      </DataTable>
    </Container>
  )
}

type BeyondEnd = {
  data: { rows: unknown[] } | undefined
  isFetching: boolean
  address: ListAddress
}

/** An old address may name a page that is not there any more. */
function useFirstPageBeyondEnd({ data, isFetching, address }: BeyondEnd) {
  const { query, toFirstPage } = address
  const isBeyondEnd = !isFetching && data?.rows.length === 0 && query.offset > 0
  useEffect(() => {
    if (isBeyondEnd) toFirstPage()
  }, [isBeyondEnd, toFirstPage])
  return isBeyondEnd
}

/** Opens the row's page, in a window of its own where the click asks for one. */
function useRowClick(path: string) {
  const navigate = useNavigate()
  const base = useHref(path)

  return (event: MouseEvent, { id }: { id: string }) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) {
      window.open(`${base}/${id}`, "_blank", "noreferrer")
    } else {
      void navigate(`${path}/${id}`)
    }
  }
}
