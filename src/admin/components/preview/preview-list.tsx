import {
  Button,
  createDataTableColumnHelper,
  createDataTableFilterHelper,
} from "@medusajs/ui"
import { useMemo, useState } from "react"
import { useTranslation } from "react-i18next"

import type { AdminPayoutPreviewRow } from "../../../types/http"
import { EVERYBODY, usePreview } from "../../hooks/masspay"
import { useListAddress } from "../../hooks/use-list-address"
import { useMoney } from "../../hooks/use-money"
import type { FilterKinds } from "../../lib/list-address"
import { canPayNow, REASONS } from "../../lib/not-paid"
import { describe } from "../../lib/texts"
import { ActionsHeader, CellActions, OnPhone } from "../common/cell"
import { DataList } from "../common/data-list"
import { NextPay } from "./next-pay"
import { PayNowDialog } from "./pay-now-dialog"
import { WhyCell } from "./why-cell"

const FILTERS = {
  reason: "one",
  currency_code: "one",
} as const satisfies FilterKinds

type Row = AdminPayoutPreviewRow & { id: string }

const column = createDataTableColumnHelper<Row>()
const filter = createDataTableFilterHelper<Row>()

/** Every vendor with open money: what the next run pays, and why not the rest. */
export function PreviewList() {
  const { t } = useTranslation()
  const address = useListAddress(FILTERS)
  // What all vendors have in all is another section's; a page is there sooner alone.
  const { data, ...query } = usePreview({ ...address.query, totals: false })
  const currencies = usePreview(EVERYBODY).data?.totals ?? []
  const [paying, setPaying] = useState<Row | null>(null)
  const rows = data && {
    rows: data.preview.map((row) => ({
      ...row,
      id: `${row.vendor_id}:${row.currency_code}`,
    })),
    count: data.count,
  }

  return (
    <>
      <DataList<Row>
        title={t("masspay.preview.page")}
        subtitle={t("masspay.preview.pageText")}
        testId="masspay-preview"
        query={{ ...query, data: rows }}
        address={address}
        columns={useColumns(setPaying)}
        filters={useFilters(
          currencies.map(({ currency_code }) => currency_code)
        )}
        wideOnly={["open", "due", "pays", "id"]}
        isSearchable={false}
        isSortable={false}
        empty={{
          heading: t("masspay.preview.nothing"),
          description: t("masspay.preview.nothingText"),
        }}
        filteredEmpty={{
          heading: t("masspay.preview.nothingMatches"),
          description: t("masspay.preview.nothingMatchesText"),
        }}
      />
      {paying && <PayNowDialog row={paying} onClose={() => setPaying(null)} />}
    </>
  )
}

function useColumns(onPay: (row: Row) => void) {
  const { t } = useTranslation()
  const { withCode } = useMoney()

  return useMemo(
    () => [
      column.accessor("vendor_name", {
        header: t("masspay.preview.vendor"),
        maxSize: 220,
        cell: ({ row: { original: row } }) => (
          <div className="py-2 sm:py-0">
            <span className="text-ui-fg-base font-medium">
              {row.vendor_name ?? row.vendor_id}
            </span>
            <OnPhone>
              <span className="text-ui-fg-subtle block tabular-nums">
                {withCode(row.open, row.currency_code)}
              </span>
              <CellActions>
                <PayNowButton row={row} onPay={onPay} />
              </CellActions>
            </OnPhone>
          </div>
        ),
      }),
      column.accessor("reason", {
        header: t("masspay.preview.why"),
        maxSize: 360,
        truncateTooltip: false,
        cell: ({ row: { original: row } }) => <WhyCell row={row} />,
      }),
      column.accessor("open", {
        header: t("masspay.preview.open"),
        align: "right",
        cell: ({ row: { original: row } }) => (
          <span className="tabular-nums">
            {withCode(row.open, row.currency_code)}
          </span>
        ),
      }),
      column.accessor("due", {
        header: t("masspay.preview.dueNow"),
        align: "right",
        cell: ({ row: { original: row } }) => (
          <span className="tabular-nums">
            {withCode(row.due, row.currency_code)}
          </span>
        ),
      }),
      column.accessor("pays", {
        header: t("masspay.preview.pays"),
        align: "right",
        cell: ({ row: { original: row } }) => <NextPay row={row} />,
      }),
      column.accessor("id", {
        align: "right",
        truncateTooltip: false,
        header: () => (
          <ActionsHeader>{t("masspay.preview.payNow")}</ActionsHeader>
        ),
        cell: ({ row: { original: row } }) => (
          <PayNowButton row={row} onPay={onPay} />
        ),
      }),
    ],
    [t, withCode, onPay]
  )
}

type PayNowButtonProps = { row: Row; onPay: (row: Row) => void }

/** Only where the server would not refuse it. */
function PayNowButton({ row, onPay }: PayNowButtonProps) {
  const { t } = useTranslation()
  if (!canPayNow(row)) {
    return null
  }

  return (
    <Button
      type="button"
      size="small"
      variant="secondary"
      aria-label={t("masspay.preview.payNowFor", {
        vendor: row.vendor_name ?? row.vendor_id,
      })}
      onClick={() => onPay(row)}
    >
      {t("masspay.preview.payNow")}
    </Button>
  )
}

function useFilters(currencies: readonly string[]) {
  const { t } = useTranslation()

  return useMemo(
    () => [
      filter.accessor("reason", {
        type: "select",
        label: t("masspay.preview.reason"),
        options: REASONS.map((reason) => ({
          value: reason,
          label: describe(t, "notPaidReason", reason),
        })),
      }),
      filter.accessor("currency_code", {
        type: "select",
        label: t("masspay.preview.currency"),
        options: currencies.map((code) => ({ value: code, label: code })),
      }),
    ],
    [t, currencies.join()]
  )
}
