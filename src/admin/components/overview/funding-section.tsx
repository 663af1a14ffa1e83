import { clx, StatusBadge, Text } from "@medusajs/ui"
import type { UseQueryResult } from "@tanstack/react-query"
import { useTranslation } from "react-i18next"

import type {
  MasspayOverview,
  OverviewFunding,
} from "../../../types/http-overview"
import { useMoney } from "../../hooks/use-money"
import { percentOf } from "../../lib/chart"
import { NothingHere, Section } from "../common/section"
import { TimeAgo } from "../common/time-ago"

/** What there is to pay from, against what is to be paid within a day. */
export function FundingSection({
  query,
}: {
  query: UseQueryResult<MasspayOverview>
}) {
  const { t } = useTranslation()

  return (
    <Section
      testId="masspay-funding"
      title={t("masspay.overview.funding.title")}
      subtitle={t("masspay.overview.funding.subtitle")}
      query={query}
      loading={t("masspay.overview.loading")}
      body={({ funding }) =>
        funding.length === 0 ? (
          <NothingHere
            title={t("masspay.overview.funding.nothing")}
            text={t("masspay.overview.funding.nothingText")}
          />
        ) : (
          <ul className="divide-y">
            {funding.map((one) => (
              <Wallet key={one.currency_code} funding={one} />
            ))}
          </ul>
        )
      }
    />
  )
}

function Wallet({ funding }: { funding: OverviewFunding }) {
  const { t } = useTranslation()
  const { withCode } = useMoney()
  const { currency_code, balance, as_of, upcoming, is_low } = funding
  const amount = withCode(upcoming, currency_code)

  return (
    <li className="flex flex-col gap-y-3 px-6 py-4">
      <div className="grid grid-cols-2 gap-x-4 gap-y-2 sm:grid-cols-[1fr_1fr_auto]">
        <div>
          <Text size="xsmall" className="text-ui-fg-subtle">
            {t("masspay.overview.funding.balance")}
          </Text>
          <Text weight="plus" className="tabular-nums">
            {balance === null
              ? t("masspay.overview.funding.unknown")
              : withCode(balance, currency_code)}
          </Text>
          <Text size="xsmall" className="text-ui-fg-subtle">
            {as_of === null ? (
              t("masspay.overview.funding.notRead")
            ) : (
              <>
                {t("masspay.overview.funding.read")} <TimeAgo date={as_of} />
              </>
            )}
          </Text>
        </div>
        <div>
          <Text size="xsmall" className="text-ui-fg-subtle">
            {t("masspay.overview.funding.upcoming")}
          </Text>
          <Text weight="plus" className="tabular-nums">
            {amount}
          </Text>
        </div>
        <StatusBadge
          color={balance === null ? "grey" : is_low ? "red" : "green"}
          className="col-span-2 h-fit w-fit sm:col-span-1"
        >
          {balance === null
            ? `${currency_code} · ${t("masspay.overview.funding.unknown")}`
            : `${currency_code} · ${t(is_low ? "masspay.overview.funding.low" : "masspay.overview.funding.enough")}`}
        </StatusBadge>
      </div>
      {balance !== null && (
        <div
          role="img"
          aria-label={t("masspay.overview.funding.share", {
            amount,
            balance: withCode(balance, currency_code),
          })}
          className="bg-ui-bg-component h-1.5 overflow-hidden rounded-full"
        >
          <div
            className={clx(
              "h-full rounded-full",
              is_low ? "bg-ui-tag-red-icon" : "bg-ui-tag-green-icon"
            )}
            style={{ width: `${percentOf(upcoming, balance)}%` }}
          />
        </div>
      )}
    </li>
  )
}
