import { useCallback } from "react"
import { useTranslation } from "react-i18next"

import { localeFor } from "../lib/locale"
import {
  formatMoney,
  formatMoneyShort,
  formatMoneyWithCode,
} from "../lib/money"

type Formatter = (amount: string, currency_code: string) => string

/** Amounts in the reader's own locale; `withCode` where currencies meet. */
export function useMoney(): {
  money: Formatter
  withCode: Formatter
  /** Rounded, for the ticks of a drawing only. */
  short: (amount: number, currency_code: string) => string
} {
  const { i18n } = useTranslation()
  const locale = localeFor(i18n.language, navigator.languages)
  const money: Formatter = useCallback(
    (amount, currency_code) => formatMoney(amount, currency_code, locale),
    [locale]
  )
  const withCode: Formatter = useCallback(
    (amount, currency_code) =>
      formatMoneyWithCode(amount, currency_code, locale),
    [locale]
  )
  const short = useCallback(
    (amount: number, currency_code: string) =>
      formatMoneyShort(amount, currency_code, locale),
    [locale]
  )
  return { money, withCode, short }
}
