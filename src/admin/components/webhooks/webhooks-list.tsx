import {
  Badge,
  Button,
  createDataTableColumnHelper,
  createDataTableFilterHelper,
} from "@medusajs/ui"
import { useMemo, useState } from "react"
import { useTranslation } from "react-i18next"

import {
  WEBHOOK_KINDS,
  WEBHOOK_STATES,
  type WebhookState,
} from "../../../domain/webhooks"
import type { AdminWebhookEvent } from "../../../types/http-webhooks"
import { useWebhookPage } from "../../hooks/lists"
import { useListAddress } from "../../hooks/use-list-address"
import { segment } from "../../lib/api"
import { wordFor } from "../../lib/words"
import { ActionsHeader, CellActions, CellLines, OnPhone } from "../common/cell"
import { CopyableCode } from "../common/copyable-code"
import { DataList } from "../common/data-list"
import { DecisionDialog } from "../common/decision-dialog"
import { TimeAgo } from "../common/time-ago"

const FILTERS = { state: "one", kind: "one" } as const
const COLOR = {
  received: "blue",
  applied: "green",
  ignored: "grey",
  dead: "red",
} as const satisfies Record<WebhookState, string>

const column = createDataTableColumnHelper<AdminWebhookEvent>()
const filter = createDataTableFilterHelper<AdminWebhookEvent>()

/** What MassPay sent and what became of it; what nobody could apply can be taken up again. */
export function WebhooksList() {
  const { t } = useTranslation()
  const address = useListAddress(FILTERS)
  const columns = useMemo(
    () => [
      column.accessor("kind", {
        header: t("masspay.webhooks.what"),
        maxSize: 280,
        cell: ({ row: { original: one } }) => (
          <CellLines>
            <span className="font-medium">
              {wordFor(t, "webhooks.kind", one.kind)}
            </span>
            {one.event_type && one.event_type !== one.kind && (
              <span className="text-ui-fg-subtle block">{one.event_type}</span>
            )}
            <OnPhone>
              <About one={one} />
              <span className="text-ui-fg-subtle block pb-1">
                {one.truth_status && <>{one.truth_status}, </>}
                <TimeAgo date={one.received_at} />
              </span>
              <CellActions>
                <RedriveButton one={one} />
              </CellActions>
            </OnPhone>
          </CellLines>
        ),
      }),
      column.accessor("remote_token", {
        header: t("masspay.webhooks.about"),
        maxSize: 260,
        cell: ({ row: { original: one } }) => <About one={one} />,
      }),
      column.accessor("state", {
        header: t("masspay.webhooks.stateLabel"),
        cell: ({ row: { original: one } }) => (
          <CellLines>
            <Badge size="2xsmall" color={COLOR[one.state]}>
              {wordFor(t, "webhooks.state", one.state)}
            </Badge>
            {one.reason && (
              <span className="text-ui-fg-subtle block">
                {wordFor(t, "webhooks.reason", one.reason)}
              </span>
            )}
          </CellLines>
        ),
      }),
      column.accessor("truth_status", {
        header: t("masspay.webhooks.truth"),
        cell: ({ getValue }) => getValue() ?? "–",
      }),
      column.accessor("received_at", {
        header: t("masspay.webhooks.age"),
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
            <RedriveButton one={one} />
          </CellActions>
        ),
      }),
    ],
    [t]
  )
  const filters = useMemo(
    () => [
      filter.accessor("state", {
        type: "radio",
        label: t("masspay.webhooks.stateLabel"),
        options: WEBHOOK_STATES.map((value) => ({
          value,
          label: t(`masspay.webhooks.state.${value}`),
        })),
      }),
      filter.accessor("kind", {
        type: "radio",
        label: t("masspay.webhooks.what"),
        options: WEBHOOK_KINDS.map((value) => ({
          value,
          label: t(`masspay.webhooks.kind.${value}`),
        })),
      }),
    ],
    [t]
  )

  return (
    <DataList<AdminWebhookEvent>
      title={t("masspay.webhooks.title")}
      testId="masspay-webhooks"
      query={useWebhookPage(address.query)}
      address={address}
      isSortable={false}
      wideOnly={["remote_token", "truth_status", "received_at", "actions"]}
      columns={columns}
      filters={filters}
      empty={{
        heading: t("masspay.webhooks.empty"),
        description: t("masspay.webhooks.emptyText"),
      }}
      filteredEmpty={{
        heading: t("masspay.webhooks.filteredEmpty"),
        description: t("masspay.people.changeFilters"),
      }}
    />
  )
}

/** What it is about has no name but MassPay's and ours: the whole is copied, and seen on hover. */
function About({ one }: { one: AdminWebhookEvent }) {
  const { t } = useTranslation()
  const code = one.client_id ?? one.remote_token ?? one.user_token

  return code ? (
    <CopyableCode code={code} label={t("masspay.webhooks.about")} isShort />
  ) : (
    "–"
  )
}

/** Only for what the server takes up again. */
function RedriveButton({ one }: { one: AdminWebhookEvent }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  if (one.state !== "dead" && one.state !== "ignored") return null

  return (
    <>
      <Button
        size="small"
        variant="secondary"
        type="button"
        onClick={() => setOpen(true)}
      >
        {t("masspay.webhooks.redrive")}
      </Button>
      {isOpen && (
        <DecisionDialog
          decision={{
            subject: `redrive:${one.id}`,
            path: `webhook-events/${segment(one.id)}/redrive`,
            title: t("masspay.webhooks.redriveTitle"),
            description: t("masspay.webhooks.redriveText"),
            effect: t("masspay.webhooks.redriveEffect"),
            confirmLabel: t("masspay.webhooks.redrive"),
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}
