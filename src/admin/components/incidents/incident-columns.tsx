import { Badge, createDataTableColumnHelper } from "@medusajs/ui"
import { useMemo } from "react"
import { useTranslation } from "react-i18next"

import type { AdminIncident } from "../../../types/http-incidents"
import { useOperatorName } from "../../hooks/operators"
import { linksOf } from "../../lib/incidents"
import { factsOf } from "../../lib/reconciliation"
import { humanize } from "../../lib/texts"
import { ActionsHeader, CellActions, CellLines, OnPhone } from "../common/cell"
import { CopyableCode } from "../common/copyable-code"
import { TextLink } from "../common/text-link"
import { TimeAgo } from "../common/time-ago"
import { AcknowledgeButton } from "./acknowledge-button"

/** See `OnPhone`. */
export const WIDE_INCIDENT_COLUMNS = [
  "subject_id",
  "state",
  "opened_at",
  "actions",
]

const column = createDataTableColumnHelper<AdminIncident>()

/** What an alarm means, what it is about, since when, and what can be done. */
export function useIncidentColumns() {
  const { t } = useTranslation()

  return useMemo(
    () => [
      column.accessor("kind", {
        header: t("masspay.incidents.what"),
        maxSize: 380,
        cell: ({ row: { original: one } }) => <What incident={one} />,
      }),
      column.accessor("subject_id", {
        header: t("masspay.incidents.about"),
        maxSize: 220,
        cell: ({ row: { original: one } }) => (
          <CellLines>
            <AboutIt incident={one} />
          </CellLines>
        ),
      }),
      column.accessor("state", {
        header: t("masspay.incidents.stateLabel"),
        maxSize: 260,
        cell: ({ row: { original: one } }) => (
          <CellLines>
            <StateOfIt incident={one} />
          </CellLines>
        ),
      }),
      column.accessor("opened_at", {
        header: t("masspay.incidents.since"),
        cell: ({ row: { original: one } }) => (
          <CellLines>
            <SinceWhen incident={one} />
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
        cell: ({ row: { original: one } }) => (
          <CellActions>
            <AcknowledgeButton incident={one} />
          </CellActions>
        ),
      }),
    ],
    [t]
  )
}

type Props = { incident: AdminIncident }

function What({ incident }: Props) {
  const { t } = useTranslation()
  const { kind, page } = incident

  return (
    <CellLines>
      <span className="block min-w-64 font-medium">
        {t(`masspay.incidents.kind.${kind}.label`, {
          defaultValue: humanize(kind),
        })}
      </span>
      <span className="text-ui-fg-subtle block">
        {t(`masspay.incidents.kind.${kind}.text`, { defaultValue: "" })}
      </span>
      <CopyableCode code={page} label={t("masspay.incidents.runbook")} />
      <OnPhone>
        <AboutIt incident={incident} />
        <StateOfIt incident={incident} />
        <span className="block pt-1">
          <SinceWhen incident={incident} />
        </span>
        <CellActions>
          <AcknowledgeButton incident={incident} />
        </CellActions>
      </OnPhone>
    </CellLines>
  )
}

function AboutIt({ incident }: Props) {
  const { t } = useTranslation()
  const facts = factsOf(incident.detail)

  return (
    <>
      {incident.vendor_name && (
        <span className="block">{incident.vendor_name}</span>
      )}
      {linksOf(incident).map(({ text, to }) => (
        <TextLink key={text} className="block w-fit" to={to}>
          {t(`masspay.incidents.aboutIt.${text}`)}
        </TextLink>
      ))}
      {facts.length > 0 && (
        <details className="txt-compact-small">
          <summary className="text-ui-fg-subtle focus-visible:shadow-borders-focus w-fit cursor-pointer rounded-sm outline-none">
            {t("masspay.incidents.details")}
          </summary>
          <dl className="pt-1">
            {facts.map(({ name, value }) => (
              <div key={name} className="flex gap-x-2">
                <dt className="text-ui-fg-subtle shrink-0">{humanize(name)}</dt>
                <dd className="break-words">{value}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </>
  )
}

function StateOfIt({
  incident: { state, acknowledged_by, acknowledge_note, reminders },
}: Props) {
  const { t } = useTranslation()
  const nameOf = useOperatorName()

  return (
    <>
      <Badge size="2xsmall" color={state === "open" ? "red" : "grey"}>
        {t(`masspay.incidents.state.${state}`)}
      </Badge>
      {acknowledged_by !== null && (
        <span className="block pt-1">
          {t("masspay.incidents.by", {
            actor: nameOf(acknowledged_by),
            note: acknowledge_note ?? "",
          })}
        </span>
      )}
      {reminders > 0 && (
        <span className="text-ui-fg-subtle block">
          {t("masspay.incidents.reminders", { count: reminders })}
        </span>
      )}
    </>
  )
}

function SinceWhen({
  incident: { opened_at, last_seen_at, closed_at },
}: Props) {
  const { t } = useTranslation()

  return (
    <>
      <TimeAgo date={opened_at} />
      <span className="text-ui-fg-subtle block">
        {t(`masspay.incidents.${closed_at === null ? "seen" : "over"}`)}{" "}
        <TimeAgo date={closed_at ?? last_seen_at} />
      </span>
    </>
  )
}
