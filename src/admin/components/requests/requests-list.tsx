import {
  Badge,
  createDataTableColumnHelper,
  createDataTableFilterHelper,
} from "@medusajs/ui"
import { useMemo } from "react"
import { useTranslation } from "react-i18next"

import type { AdminActionRequest } from "../../../types/http"
import { useActionRequestPage } from "../../hooks/lists"
import { useMe, useOperatorName } from "../../hooks/operators"
import { useListAddress } from "../../hooks/use-list-address"
import { useMoney } from "../../hooks/use-money"
import { wordFor } from "../../lib/words"
import { ActionsHeader, CellActions, CellLines, OnPhone } from "../common/cell"
import { DataList } from "../common/data-list"
import { RowLink } from "../common/row-link"
import { TimeAgo } from "../common/time-ago"
import { AnswerButtons } from "./answer-buttons"

const FILTERS = { state: "one" } as const
const STATES = ["proposed", "done", "rejected"] as const
const COLOR = { proposed: "orange", done: "green", rejected: "grey" } as const

const column = createDataTableColumnHelper<AdminActionRequest>()
const filter = createDataTableFilterHelper<AdminActionRequest>()

/** What operators asked for; what waits for a second person can be answered here. */
export function RequestsList() {
  const { t } = useTranslation()
  const address = useListAddress(FILTERS)
  const filters = useMemo(
    () => [
      filter.accessor("state", {
        type: "radio",
        label: t("masspay.requests.stateLabel"),
        options: STATES.map((value) => ({
          value,
          label: t(`masspay.requests.state.${value}`),
        })),
      }),
    ],
    [t]
  )

  return (
    <DataList<AdminActionRequest>
      title={t("masspay.requests.title")}
      testId="masspay-action-requests"
      query={useActionRequestPage(address.query)}
      address={address}
      isSortable={false}
      wideOnly={["maker", "created_at", "answer"]}
      columns={useRequestColumns()}
      filters={filters}
      empty={{
        heading: t("masspay.requests.empty"),
        description: t("masspay.requests.emptyText"),
      }}
      filteredEmpty={{
        heading: t("masspay.requests.filteredEmpty"),
        description: t("masspay.people.changeFilters"),
      }}
    />
  )
}

function useRequestColumns() {
  const { t } = useTranslation()
  const { withCode } = useMoney()
  const me = useMe()
  const nameOf = useOperatorName()

  return useMemo(
    () => [
      // Medusa's table squeezes a column called "action" to the width of a menu.
      column.accessor("action", {
        id: "what",
        header: t("masspay.requests.what"),
        maxSize: 260,
        cell: ({ row: { original: request } }) => (
          <CellLines>
            <Subject request={request}>
              {wordFor(t, "requests.action", request.action)}
            </Subject>
            <span className="text-ui-fg-subtle block">
              {request.vendor_name ?? request.vendor_id}
              {request.amount !== null && request.currency_code !== null && (
                <>
                  {request.vendor_id && ", "}
                  <span className="tabular-nums">
                    {withCode(request.amount, request.currency_code)}
                  </span>
                </>
              )}
            </span>
            <OnPhone>
              <span className="block pt-1">{nameOf(request.maker)}</span>
              <span className="text-ui-fg-subtle block">
                {request.maker_reason}
              </span>
              <span className="text-ui-fg-subtle block pb-1">
                <TimeAgo date={request.created_at} />
              </span>
              <CellActions>
                <AnswerButtons request={request} me={me} />
              </CellActions>
            </OnPhone>
          </CellLines>
        ),
      }),
      column.accessor("maker", {
        header: t("masspay.requests.who"),
        maxSize: 300,
        cell: ({ row: { original: request } }) => (
          <CellLines>
            {nameOf(request.maker)}
            <span className="text-ui-fg-subtle block sm:min-w-72">
              {request.maker_reason}
            </span>
          </CellLines>
        ),
      }),
      column.accessor("state", {
        header: t("masspay.requests.stateLabel"),
        cell: ({ row: { original: request } }) => (
          <CellLines>
            <Badge size="2xsmall" color={COLOR[request.state]}>
              {wordFor(t, "requests.state", request.state)}
            </Badge>
            {request.checker && (
              <span className="text-ui-fg-subtle block">
                {t("masspay.people.by", { actor: nameOf(request.checker) })}
              </span>
            )}
          </CellLines>
        ),
      }),
      column.accessor("created_at", {
        header: t("masspay.requests.age"),
        cell: ({ getValue }) => <TimeAgo date={getValue()} />,
        truncateTooltip: false,
      }),
      column.accessor("id", {
        id: "answer",
        truncateTooltip: false,
        align: "right",
        header: () => (
          <ActionsHeader>{t("masspay.people.actions")}</ActionsHeader>
        ),
        cell: ({ row: { original: request } }) => (
          <CellActions>
            <AnswerButtons request={request} me={me} />
          </CellActions>
        ),
      }),
    ],
    [t, withCode, me, nameOf]
  )
}

/** What it is about, where that has a page. */
function Subject({
  request: { payout_id, payee_id },
  children,
}: {
  request: AdminActionRequest
  children: string
}) {
  if (payout_id !== null) {
    return <RowLink to={`/masspay/payouts/${payout_id}`}>{children}</RowLink>
  }
  if (payee_id !== null) {
    return <RowLink to={`/masspay/payees/${payee_id}`}>{children}</RowLink>
  }
  return <span className="font-medium">{children}</span>
}
