import { createDataTableFilterHelper } from "@medusajs/ui"
import { useMemo } from "react"
import { useTranslation } from "react-i18next"

import { INCIDENT_KINDS, INCIDENT_STATES } from "../../../domain/incidents"
import type { AdminIncident } from "../../../types/http-incidents"
import { useIncidentPage } from "../../hooks/lists"
import { useListAddress } from "../../hooks/use-list-address"
import { DataList } from "../common/data-list"
import { useIncidentColumns, WIDE_INCIDENT_COLUMNS } from "./incident-columns"

const FILTERS = { state: "one", kind: "list", is_acknowledged: "one" } as const
const ANSWERS = ["false", "true"] as const

const filter = createDataTableFilterHelper<AdminIncident>()

/** What operators were alarmed about, the open ones first, and who looks after it. */
export function IncidentsList() {
  const { t } = useTranslation()
  const address = useListAddress(FILTERS)
  const filters = useMemo(
    () => [
      filter.accessor("state", {
        type: "radio",
        label: t("masspay.incidents.stateLabel"),
        options: INCIDENT_STATES.map((value) => ({
          value,
          label: t(`masspay.incidents.state.${value}`),
        })),
      }),
      filter.accessor("kind", {
        type: "multiselect",
        label: t("masspay.incidents.what"),
        options: INCIDENT_KINDS.map((value) => ({
          value,
          label: t(`masspay.incidents.kind.${value}.label`),
        })),
      }),
      filter.custom({
        id: "is_acknowledged",
        type: "radio",
        label: t("masspay.incidents.isAcknowledged"),
        options: ANSWERS.map((value) => ({
          value,
          label: t(`masspay.incidents.acknowledged.${value}`),
        })),
      }),
    ],
    [t]
  )

  return (
    <DataList<AdminIncident>
      title={t("masspay.incidents.title")}
      subtitle={t("masspay.incidents.subtitle")}
      testId="masspay-incidents"
      query={useIncidentPage(address.query)}
      address={address}
      isSearchable={false}
      isSortable={false}
      columns={useIncidentColumns()}
      wideOnly={WIDE_INCIDENT_COLUMNS}
      filters={filters}
      empty={{
        heading: t("masspay.incidents.empty"),
        description: t("masspay.incidents.emptyText"),
      }}
      filteredEmpty={{
        heading: t("masspay.incidents.filteredEmpty"),
        description: t("masspay.people.changeFilters"),
      }}
    />
  )
}
