import {
  Badge,
  Button,
  createDataTableColumnHelper,
  createDataTableFilterHelper,
} from "@medusajs/ui"
import { useMemo, useState } from "react"
import { useTranslation } from "react-i18next"

import {
  NOTIFICATION_AUDIENCES,
  NOTIFICATION_KINDS,
} from "../../../domain/notifications"
import type {
  AdminNotification,
  NotificationState,
} from "../../../types/http-notifications"
import { useNotificationPage } from "../../hooks/lists"
import { useListAddress } from "../../hooks/use-list-address"
import { segment } from "../../lib/api"
import type { Translate } from "../../lib/texts"
import { wordFor } from "../../lib/words"
import { ActionsHeader, CellActions, CellLines, OnPhone } from "../common/cell"
import { DataList } from "../common/data-list"
import { DecisionDialog } from "../common/decision-dialog"
import { TimeAgo } from "../common/time-ago"

const FILTERS = { state: "list", kind: "list", audience: "list" } as const
const COLOR = {
  pending: "blue",
  sent: "green",
  skipped: "grey",
  no_channel: "orange",
  unclear: "orange",
  failed: "red",
} as const satisfies Record<NotificationState, string>
const STATES = Object.keys(COLOR) as NotificationState[]

const column = createDataTableColumnHelper<AdminNotification>()
const filter = createDataTableFilterHelper<AdminNotification>()

/** Who was told what, and what could not be told. */
export function NotificationsList() {
  const { t } = useTranslation()
  const address = useListAddress(FILTERS)
  const columns = useMemo(
    () => [
      column.accessor("kind", {
        header: t("masspay.notifications.what"),
        maxSize: 260,
        cell: ({ row: { original: one } }) => (
          <CellLines>
            <span className="font-medium">
              {wordFor(t, "notifications.kind", one.kind)}
            </span>
            <span className="text-ui-fg-subtle block">
              {one.vendor_name ?? one.vendor_id}
            </span>
            <OnPhone>
              <span className="text-ui-fg-subtle block">{toWhom(t, one)}</span>
              <span className="text-ui-fg-subtle block pb-1">
                <TimeAgo date={one.created_at} />
              </span>
              <CellActions>
                <ResendButton one={one} />
              </CellActions>
            </OnPhone>
          </CellLines>
        ),
      }),
      column.accessor("audience", {
        header: t("masspay.notifications.to"),
        cell: ({ row: { original: one } }) => toWhom(t, one),
      }),
      column.accessor("state", {
        header: t("masspay.notifications.stateLabel"),
        cell: ({ row: { original: one } }) => (
          <CellLines>
            <Badge size="2xsmall" color={COLOR[one.state]}>
              {wordFor(t, "notifications.state", one.state)}
            </Badge>
            {one.detail && (
              <span className="text-ui-fg-subtle block">
                {wordFor(t, "notifications.detail", one.detail)}
              </span>
            )}
          </CellLines>
        ),
      }),
      column.accessor("created_at", {
        header: t("masspay.notifications.age"),
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
            <ResendButton one={one} />
          </CellActions>
        ),
      }),
    ],
    [t]
  )
  const filters = useMemo(
    () => [
      filter.accessor("state", {
        type: "multiselect",
        label: t("masspay.notifications.stateLabel"),
        options: STATES.map((value) => ({
          value,
          label: t(`masspay.notifications.state.${value}`),
        })),
      }),
      filter.accessor("kind", {
        type: "multiselect",
        label: t("masspay.notifications.what"),
        options: NOTIFICATION_KINDS.map((value) => ({
          value,
          label: wordFor(t, "notifications.kind", value),
        })),
      }),
      filter.accessor("audience", {
        type: "multiselect",
        label: t("masspay.notifications.to"),
        options: NOTIFICATION_AUDIENCES.map((value) => ({
          value,
          label: t(`masspay.notifications.audience.${value}`),
        })),
      }),
    ],
    [t]
  )

  return (
    <DataList<AdminNotification>
      title={t("masspay.notifications.title")}
      testId="masspay-notifications"
      query={useNotificationPage(address.query)}
      address={address}
      isSortable={false}
      wideOnly={["audience", "created_at", "actions"]}
      columns={columns}
      filters={filters}
      empty={{
        heading: t("masspay.notifications.empty"),
        description: t("masspay.notifications.emptyText"),
      }}
      filteredEmpty={{
        heading: t("masspay.notifications.filteredEmpty"),
        description: t("masspay.people.changeFilters"),
      }}
    />
  )
}

function toWhom(t: Translate, { audience, way }: AdminNotification): string {
  return t("masspay.notifications.toBy", {
    audience: wordFor(t, "notifications.audience", audience),
    way: wordFor(t, "notifications.way", way),
  })
}

/** Nothing while it is still to be sent by itself. */
function ResendButton({ one }: { one: AdminNotification }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  if (one.state === "pending") return null

  return (
    <>
      <Button
        size="small"
        variant="secondary"
        type="button"
        onClick={() => setOpen(true)}
      >
        {t("masspay.notifications.resend")}
      </Button>
      {isOpen && (
        <DecisionDialog
          decision={{
            subject: `resend:${one.id}`,
            path: `notifications/${segment(one.id)}/resend`,
            title: t("masspay.notifications.resendTitle"),
            description: wordFor(t, "notifications.kind", one.kind),
            effect: t("masspay.notifications.resendEffect"),
            confirmLabel: t("masspay.notifications.resend"),
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}
