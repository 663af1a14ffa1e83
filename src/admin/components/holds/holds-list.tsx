import {
  Badge,
  createDataTableColumnHelper,
  createDataTableFilterHelper,
} from "@medusajs/ui"
import { useMemo } from "react"
import { useTranslation } from "react-i18next"

import { HOLD_KINDS } from "../../../domain/holds"
import type { AdminHold } from "../../../types/http-collect"
import { useHoldPage } from "../../hooks/lists"
import { useOperatorName } from "../../hooks/operators"
import { useListAddress } from "../../hooks/use-list-address"
import { ActionsHeader, CellActions, CellLines, OnPhone } from "../common/cell"
import { DataList } from "../common/data-list"
import { TimeAgo } from "../common/time-ago"
import { HoldWords } from "./hold-words"
import { ReleaseHoldButton } from "./release-hold-button"

const FILTERS = { state: "one", kind: "one" } as const
const STATES = ["open", "over"] as const

const column = createDataTableColumnHelper<AdminHold>()
const filter = createDataTableFilterHelper<AdminHold>()

/** Why money of vendors and orders waits. */
export function HoldsList() {
  const { t } = useTranslation()
  const nameOf = useOperatorName()
  const address = useListAddress(FILTERS)
  const columns = useMemo(
    () => [
      column.accessor("kind", {
        header: t("masspay.holds.what"),
        maxSize: 360,
        cell: ({ row: { original: hold } }) => (
          <CellLines>
            <HoldWords hold={hold} />
            <OnPhone>
              <span className="block">
                {hold.vendor_name ??
                  hold.vendor_id ??
                  t("masspay.holds.allOfOrder")}
              </span>
              <span className="text-ui-fg-subtle block pb-1">
                <TimeAgo date={hold.created_at} />, {nameOf(hold.actor)}
              </span>
              <CellActions>
                <ReleaseHoldButton hold={hold} />
              </CellActions>
            </OnPhone>
          </CellLines>
        ),
      }),
      column.accessor("vendor_name", {
        header: t("masspay.payees.vendor"),
        cell: ({ row: { original: hold } }) =>
          hold.vendor_name ?? hold.vendor_id ?? t("masspay.holds.allOfOrder"),
      }),
      column.accessor("stands", {
        header: t("masspay.holds.stateLabel"),
        cell: ({ getValue }) => (
          <Badge size="2xsmall" color={getValue() ? "orange" : "grey"}>
            {t(`masspay.holds.state.${getValue() ? "open" : "over"}`)}
          </Badge>
        ),
      }),
      column.accessor("created_at", {
        header: t("masspay.holds.placed"),
        cell: ({ row: { original: hold } }) => (
          <CellLines>
            <TimeAgo date={hold.created_at} />
            <span className="text-ui-fg-subtle block">
              {nameOf(hold.actor)}
            </span>
          </CellLines>
        ),
        truncateTooltip: false,
      }),
      column.accessor("id", {
        id: "actions",
        truncateTooltip: false,
        align: "right",
        header: () => (
          <ActionsHeader>{t("masspay.people.actions")}</ActionsHeader>
        ),
        cell: ({ row: { original: hold } }) => (
          <CellActions>
            <ReleaseHoldButton hold={hold} />
          </CellActions>
        ),
      }),
    ],
    [t, nameOf]
  )
  const filters = useMemo(
    () => [
      filter.custom({
        id: "state",
        type: "radio",
        label: t("masspay.holds.stateLabel"),
        options: STATES.map((value) => ({
          value,
          label: t(`masspay.holds.state.${value}`),
        })),
      }),
      filter.accessor("kind", {
        type: "radio",
        label: t("masspay.holds.kindLabel"),
        options: HOLD_KINDS.map((value) => ({
          value,
          label: t(`masspay.holds.kind.${value}`),
        })),
      }),
    ],
    [t]
  )

  return (
    <DataList<AdminHold>
      title={t("masspay.holds.title")}
      testId="masspay-holds"
      query={useHoldPage(address.query)}
      address={address}
      isSortable={false}
      wideOnly={["vendor_name", "created_at", "actions"]}
      columns={columns}
      filters={filters}
      empty={{
        heading: t("masspay.holds.empty"),
        description: t("masspay.holds.emptyText"),
      }}
      filteredEmpty={{
        heading: t("masspay.holds.filteredEmpty"),
        description: t("masspay.people.changeFilters"),
      }}
    />
  )
}
