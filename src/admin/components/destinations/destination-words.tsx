import { useTranslation } from "react-i18next"

import type { Destination } from "../../../types/http-destinations"
import { useMoney } from "../../hooks/use-money"
import { localeFor } from "../../lib/locale"
import type { Translate } from "../../lib/texts"

/** "BANK_DEPOSIT" as "Bank account". MassPay's list is open: what is new is shown in its own words. */
export function deliveryWord(t: Translate, delivery_type: string): string {
  const plain = delivery_type.toLowerCase().replace(/_/g, " ")
  return t(`masspay.destinations.delivery.${delivery_type}`, {
    defaultValue: plain.charAt(0).toUpperCase() + plain.slice(1),
  })
}

/** What is wrong with a destination, in the reader's language; the server's own words for what is new. */
export function problemWords(
  t: Translate,
  { reason, detail }: Pick<Destination, "reason" | "detail">
): string | null {
  return reason === null
    ? null
    : t(`masspay.destinations.problem.${reason}`, {
        defaultValue: detail ?? reason,
      })
}

type Terms = Pick<
  Destination,
  | "currency_code"
  | "destination_currency_code"
  | "exchange_rate"
  | "fee"
  | "min_amount"
  | "max_amount"
>

/** Fee, rate and limits of a route, as MassPay last told them. */
export function useTermsWords(): (terms: Terms) => string[] {
  const { t } = useTranslation()
  const { withCode } = useMoney()
  const rateOf = useRateWords()

  return ({ currency_code, destination_currency_code, ...terms }) => {
    const { fee, exchange_rate, min_amount: min, max_amount: max } = terms
    const inMoney = (amount: string) => withCode(amount, currency_code)
    const isChanged = currency_code !== destination_currency_code
    return [
      fee === null
        ? t("masspay.destinations.noFee")
        : t("masspay.destinations.fee", { amount: inMoney(fee) }),
      ...(isChanged && exchange_rate !== null
        ? [
            rateOf({
              currency_code,
              destination_currency_code,
              exchange_rate,
            }),
          ]
        : []),
      ...(min !== null && max !== null
        ? [
            t("masspay.destinations.between", {
              min: inMoney(min),
              max: inMoney(max),
            }),
          ]
        : min !== null
          ? [t("masspay.destinations.from", { min: inMoney(min) })]
          : max !== null
            ? [t("masspay.destinations.upTo", { max: inMoney(max) })]
            : []),
    ]
  }
}

type Rate = {
  currency_code: string
  destination_currency_code: string
  exchange_rate: string
}

const RATE_DIGITS = 6

/** "1 USD is about 17.2 MXN". */
export function useRateWords(): (rate: Rate) => string {
  const { t, i18n } = useTranslation()
  const format = new Intl.NumberFormat(
    localeFor(i18n.language, navigator.languages),
    { maximumSignificantDigits: RATE_DIGITS }
  )

  return ({ currency_code, destination_currency_code, exchange_rate }) =>
    t("masspay.destinations.rate", {
      from: currency_code,
      rate: format.format(Number(exchange_rate)),
      to: destination_currency_code,
    })
}
