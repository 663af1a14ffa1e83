import { Container, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

import type {
  AdminPayeeBalance,
  AdminPayeeDetail,
} from "../../../types/http-collect"
import { useMoney } from "../../hooks/use-money"
import { isZero } from "../../lib/decimal"
import { NothingHere, SectionHeader } from "../common/section"
import { ExactTime } from "../common/time-ago"

const PARTS = ["due", "held", "in_transit", "paid"] as const

/** What she has in each currency, and where it is. */
export function BalancesSection({ payee }: { payee: AdminPayeeDetail }) {
  const { t } = useTranslation()

  return (
    <Container
      className="divide-y overflow-hidden p-0"
      data-testid="masspay-payee-balances"
    >
      <SectionHeader title={t("masspay.payee.balances.title")} />
      {payee.balances.length === 0 ? (
        <NothingHere title={t("masspay.payee.balances.empty")} />
      ) : (
        payee.balances.map((balance) => (
          <Balance key={balance.currency_code} balance={balance} />
        ))
      )}
    </Container>
  )
}

function Balance({ balance }: { balance: AdminPayeeBalance }) {
  const { t } = useTranslation()
  const { money, withCode } = useMoney()
  const { currency_code, open, reserved, reserved_until } = balance
  const owes = open.startsWith("-")

  return (
    <div className="flex flex-col gap-y-3 px-6 py-4">
      <Text size="small" weight="plus" className="tabular-nums">
        {owes
          ? t("masspay.payee.balances.owes", {
              amount: withCode(open.slice(1), currency_code),
            })
          : t("masspay.payee.balances.open", {
              amount: withCode(open, currency_code),
            })}
      </Text>
      <dl className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        {PARTS.map((part) => (
          <div key={part}>
            <dt className="txt-compact-xsmall text-ui-fg-subtle">
              {t(`masspay.payee.balances.${part}`)}
            </dt>
            <dd className="txt-compact-small tabular-nums">
              {money(balance[part], currency_code)}
            </dd>
          </div>
        ))}
      </dl>
      {!isZero(reserved) && (
        <Text size="small" className="text-ui-fg-subtle">
          {t("masspay.payee.balances.reserved", {
            amount: money(reserved, currency_code),
          })}
          {reserved_until && (
            <>
              {" "}
              {t("masspay.payee.balances.reservedUntil")}{" "}
              <ExactTime date={reserved_until} />
            </>
          )}
        </Text>
      )}
    </div>
  )
}
