import {
  Badge,
  createDataTableColumnHelper,
  createDataTableFilterHelper,
} from "@medusajs/ui"
import { useMemo } from "react"
import { useTranslation } from "react-i18next"

import {
  DISCREPANCY_CLASSES,
  DISCREPANCY_SEVERITIES,
  DISCREPANCY_STATES,
} from "../../../domain/discrepancies"
import type { AdminDiscrepancy } from "../../../types/http-reconciliation"
import { useDiscrepancyPage } from "../../hooks/reconciliation"
import { useListAddress } from "../../hooks/use-list-address"
import { reconciliationColor } from "../../lib/reconciliation"
import { wordFor } from "../../lib/words"
import { ActionsHeader, CellActions, CellLines, OnPhone } from "../common/cell"
import { DataList } from "../common/data-list"
import { TextLink } from "../common/text-link"
import { TimeAgo } from "../common/time-ago"
import { ResolveButton } from "./resolve-button"
import { Sides } from "./sides"

const FILTERS = { state: "list", severity: "list", class: "list" } as const

const column = createDataTableColumnHelper<AdminDiscrepancy>()
const filter = createDataTableFilterHelper<AdminDiscrepancy>()

/** Where the books and MassPay differ, and what was done about it. */
export function DiscrepanciesList() {
  const { t } = useTranslation()
  const address = useListAddress(FILTERS)
  const filters = useMemo(
    () => [
      filter.accessor("state", {
        type: "multiselect",
        label: t("masspay.reconciliation.stateLabel"),
        options: DISCREPANCY_STATES.map((value) => ({
          value,
          label: t(`masspay.reconciliation.state.${value}`),
        })),
      }),
      filter.accessor("severity", {
        type: "multiselect",
        label: t("masspay.reconciliation.severityLabel"),
        options: DISCREPANCY_SEVERITIES.map((value) => ({
          value,
          label: t(`masspay.reconciliation.severity.${value}`),
        })),
      }),
      filter.accessor("class", {
        type: "multiselect",
        label: t("masspay.reconciliation.classLabel"),
        options: DISCREPANCY_CLASSES.map((value) => ({
          value,
          label: `${value}: ${t(`masspay.reconciliation.class.${value}`)}`,
        })),
      }),
    ],
    [t]
  )

  return (
    <DataList<AdminDiscrepancy>
      title={t("masspay.reconciliation.title")}
      testId="masspay-discrepancies"
      query={useDiscrepancyPage(address.query)}
      address={address}
      isSearchable={false}
      isSortable={false}
      wideOnly={["severity", "payout_id", "sides", "first_seen_at", "actions"]}
      columns={useDiscrepancyColumns()}
      filters={filters}
      empty={{
        heading: t("masspay.reconciliation.empty"),
        description: t("masspay.reconciliation.emptyText"),
      }}
      filteredEmpty={{
        heading: t("masspay.reconciliation.filteredEmpty"),
        description: t("masspay.people.changeFilters"),
      }}
    />
  )
}

function useDiscrepancyColumns() {
  const { t } = useTranslation()

  return useMemo(
    () => [
      column.accessor("class", {
        header: t("masspay.reconciliation.what"),
        maxSize: 340,
        cell: ({ row: { original: one } }) => (
          <CellLines>
            <span className="block min-w-64 font-medium">
              {one.class}: {wordFor(t, "reconciliation.class", one.class)}
            </span>
            <span className="text-ui-fg-subtle block">
              {wordFor(t, "reconciliation.action", one.action)}
            </span>
            <OnPhone>
              <Badges one={one} />
              <About one={one} />
              <span className="text-ui-fg-subtle block">
                <TimeAgo date={one.first_seen_at} />
              </span>
              <Sides discrepancy={one} />
              <CellActions>
                <ResolveButton discrepancy={one} />
              </CellActions>
            </OnPhone>
          </CellLines>
        ),
      }),
      column.accessor("severity", {
        header: t("masspay.reconciliation.severityLabel"),
        cell: ({ row: { original: one } }) => <Badges one={one} />,
      }),
      column.accessor("payout_id", {
        header: t("masspay.reconciliation.about"),
        cell: ({ row: { original: one } }) => (
          <CellLines>
            <About one={one} />
          </CellLines>
        ),
      }),
      column.display({
        id: "sides",
        header: t("masspay.reconciliation.sides"),
        cell: ({ row: { original: one } }) => <Sides discrepancy={one} />,
      }),
      column.accessor("first_seen_at", {
        header: t("masspay.reconciliation.since"),
        cell: ({ getValue }) => <TimeAgo date={getValue()} />,
        truncateTooltip: false,
      }),
      column.accessor("id", {
        id: "actions",
        truncateTooltip: false,
        align: "right",
        header: () => (
          <ActionsHeader>{t("masspay.people.actions")}</ActionsHeader>
        ),
        cell: ({ row: { original: one } }) => (
          <CellActions>
            <ResolveButton discrepancy={one} />
          </CellActions>
        ),
      }),
    ],
    [t]
  )
}

function Badges({ one }: { one: AdminDiscrepancy }) {
  const { t } = useTranslation()

  return (
    <span className="flex flex-wrap gap-1 py-1">
      <Badge size="2xsmall" color={reconciliationColor(one.severity)}>
        {wordFor(t, "reconciliation.severity", one.severity)}
      </Badge>
      <Badge size="2xsmall" color={reconciliationColor(one.state)}>
        {wordFor(t, "reconciliation.state", one.state)}
      </Badge>
    </span>
  )
}

function About({ one }: { one: AdminDiscrepancy }) {
  const { t } = useTranslation()

  return (
    <>
      {one.payout_id && (
        <TextLink className="block" to={`/masspay/payouts/${one.payout_id}`}>
          {t("masspay.reconciliation.payout")}
        </TextLink>
      )}
      {one.payee_id && (
        <TextLink className="block" to={`/masspay/payees/${one.payee_id}`}>
          {t("masspay.payees.vendor")}
        </TextLink>
      )}
      {one.currency_code}
    </>
  )
}
