import { useCallback } from "react"
import { useTranslation } from "react-i18next"

import { localeFor } from "../lib/locale"

const WHOLE = 100

/** A share of 100 in the reader's own locale: "12.5%", "12,5 %". */
export function usePercent(): (percentage: number) => string {
  const { i18n } = useTranslation()
  const locale = localeFor(i18n.language, navigator.languages)

  return useCallback(
    (percentage) =>
      new Intl.NumberFormat(locale, {
        style: "percent",
        maximumFractionDigits: 2,
      }).format(percentage / WHOLE),
    [locale]
  )
}
