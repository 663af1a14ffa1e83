import { Text } from "@medusajs/ui"
import type { UseQueryResult } from "@tanstack/react-query"
import { useTranslation } from "react-i18next"

import type {
  MasspayOverview,
  OverviewTotal,
} from "../../../types/http-overview"
import { useMoney } from "../../hooks/use-money"
import { STATUSES } from "../../lib/status-color"
import { PayoutStatusBadge } from "../common/payout-status-badge"
import { NothingHere, Section } from "../common/section"
import { TextLink } from "../common/text-link"

/** How many payouts stand where, and how much they make. */
export function TotalsSection({
  query,
}: {
  query: UseQueryResult<MasspayOverview>
}) {
  const { t } = useTranslation()

  return (
    <Section
      testId="masspay-totals"
      title={t("masspay.overview.totals.title")}
      query={query}
      loading={t("masspay.overview.loading")}
      body={({ totals }) =>
        totals.length === 0 ? (
          <NothingHere title={t("masspay.overview.totals.nothing")} />
        ) : (
          <ul className="divide-y">
            {[...totals].sort(byLife).map((total) => (
              <Total
                key={`${total.status}:${total.currency_code}`}
                total={total}
              />
            ))}
          </ul>
        )
      }
    />
  )
}

function byLife(a: OverviewTotal, b: OverviewTotal): number {
  return (
    STATUSES.indexOf(a.status) - STATUSES.indexOf(b.status) ||
    a.currency_code.localeCompare(b.currency_code)
  )
}

function Total({ total }: { total: OverviewTotal }) {
  const { withCode } = useMoney()
  const { status, currency_code, count, amount } = total
  const address = new URLSearchParams({
    status: JSON.stringify([status]),
    currency_code: JSON.stringify([currency_code]),
  })

  return (
    <li className="flex items-center justify-between gap-x-4 px-6 py-3">
      <span className="flex min-w-0 items-center gap-x-2">
        <Text as="span" size="small" className="text-ui-fg-subtle tabular-nums">
          {count}
        </Text>
        <PayoutStatusBadge status={status} />
      </span>
      <TextLink
        to={`/masspay/payouts?${address}`}
        className="txt-compact-small-plus tabular-nums"
      >
        {withCode(amount, currency_code)}
      </TextLink>
    </li>
  )
}
