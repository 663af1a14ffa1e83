import {
  Badge,
  createDataTableColumnHelper,
  createDataTableFilterHelper,
} from "@medusajs/ui"
import { useMemo } from "react"
import { useTranslation } from "react-i18next"

import { KYC_KINDS } from "../../../domain/kyc"
import type { AdminKycRequest } from "../../../types/http-kyc"
import { useKycRequestPage } from "../../hooks/lists"
import { useListAddress } from "../../hooks/use-list-address"
import { wordFor } from "../../lib/words"
import { ActionsHeader, CellActions, CellLines, OnPhone } from "../common/cell"
import { DataList } from "../common/data-list"
import { RowLink } from "../common/row-link"
import { TimeAgo } from "../common/time-ago"
import { askedFor } from "./kyc-words"
import { KycRequestActions } from "./request-actions"

const FILTERS = { state: "list", kind: "list" } as const
const STATES = ["open", "cleared"] as const

const column = createDataTableColumnHelper<AdminKycRequest>()
const filter = createDataTableFilterHelper<AdminKycRequest>()

/** The papers that MassPay wants, of all vendors. */
export function KycList() {
  const { t } = useTranslation()
  const address = useListAddress(FILTERS)
  const columns = useMemo(
    () => [
      column.accessor("vendor_name", {
        header: t("masspay.payees.vendor"),
        maxSize: 220,
        cell: ({ row: { original: request } }) => (
          <CellLines>
            <RowLink to={`/masspay/payees/${request.payee_id}`}>
              {request.vendor_name ?? request.vendor_id}
            </RowLink>
            <OnPhone>
              <Asked request={request} />
              <span className="text-ui-fg-subtle block pb-1">
                <TimeAgo date={request.created_at} />
              </span>
              <CellActions>
                <KycRequestActions request={request} />
              </CellActions>
            </OnPhone>
          </CellLines>
        ),
      }),
      column.accessor("title", {
        header: t("masspay.kyc.asked"),
        maxSize: 320,
        cell: ({ row: { original: request } }) => (
          <CellLines>
            <Asked request={request} />
          </CellLines>
        ),
      }),
      column.accessor("state", {
        header: t("masspay.kyc.stateLabel"),
        cell: ({ row: { original: request } }) => (
          <Badge
            size="2xsmall"
            color={request.state === "open" ? "orange" : "grey"}
          >
            {wordFor(t, "kyc.state", request.state)}
          </Badge>
        ),
      }),
      column.accessor("created_at", {
        header: t("masspay.kyc.age"),
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
        cell: ({ row: { original: request } }) => (
          <CellActions>
            <KycRequestActions request={request} />
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
        label: t("masspay.kyc.stateLabel"),
        options: STATES.map((value) => ({
          value,
          label: t(`masspay.kyc.state.${value}`),
        })),
      }),
      filter.accessor("kind", {
        type: "multiselect",
        label: t("masspay.kyc.asked"),
        options: KYC_KINDS.map((value) => ({
          value,
          label: t(`masspay.kyc.kind.${value}`),
        })),
      }),
    ],
    [t]
  )

  return (
    <DataList<AdminKycRequest>
      title={t("masspay.kyc.title")}
      testId="masspay-kyc-requests"
      query={useKycRequestPage(address.query)}
      address={address}
      isSortable={false}
      wideOnly={["title", "created_at", "actions"]}
      columns={columns}
      filters={filters}
      empty={{
        heading: t("masspay.kyc.none"),
        description: t("masspay.kyc.noneText"),
      }}
      filteredEmpty={{
        heading: t("masspay.kyc.filteredEmpty"),
        description: t("masspay.people.changeFilters"),
      }}
    />
  )
}

function Asked({ request }: { request: AdminKycRequest }) {
  const { t } = useTranslation()

  return (
    <>
      <span className="block">{askedFor(t, request)}</span>
      {request.state === "open" && request.blocks_payments && (
        <span className="text-ui-fg-error block">
          {t("masspay.kyc.blocksShort")}
        </span>
      )}
    </>
  )
}
