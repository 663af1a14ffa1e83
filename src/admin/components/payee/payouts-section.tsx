import { Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

import { usePayoutsOf } from "../../hooks/payee"
import { useMoney } from "../../hooks/use-money"
import { PayoutStatusBadge } from "../common/payout-status-badge"
import { NothingHere, Section } from "../common/section"
import { TextLink } from "../common/text-link"
import { TimeAgo } from "../common/time-ago"

/** Her latest payouts, and the way to all of them. */
export function PayoutsSection({ vendor_id }: { vendor_id: string }) {
  const { t } = useTranslation()
  const { withCode } = useMoney()
  const query = usePayoutsOf(vendor_id)
  const all = `/masspay/payouts?vendor_id=${encodeURIComponent(
    JSON.stringify([vendor_id])
  )}`

  return (
    <Section
      testId="masspay-payee-payouts"
      title={t("masspay.payee.payouts.title")}
      loading={t("masspay.payee.payouts.loading")}
      query={query}
      body={({ payouts }) =>
        payouts.length === 0 ? (
          <NothingHere
            title={t("masspay.payee.payouts.empty")}
            text={t("masspay.payee.payouts.emptyText")}
          />
        ) : (
          <ul className="divide-y">
            {payouts.map((payout) => (
              <li
                key={payout.id}
                className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-6 py-3"
              >
                <div>
                  <TextLink
                    to={`/masspay/payouts/${payout.id}`}
                    className="txt-compact-small-plus tabular-nums"
                  >
                    {withCode(payout.amount, payout.currency_code)}
                  </TextLink>
                  <Text size="small" className="text-ui-fg-subtle">
                    <TimeAgo date={payout.created_at} />
                  </Text>
                </div>
                <PayoutStatusBadge
                  status={payout.status}
                  method={payout.method}
                  block_reason={payout.block_reason}
                />
              </li>
            ))}
          </ul>
        )
      }
    >
      <TextLink to={all} className="txt-compact-small-plus">
        {t("masspay.payee.payouts.all")}
      </TextLink>
    </Section>
  )
}
