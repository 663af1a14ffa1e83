import { useMemo } from "react"
import { useTranslation } from "react-i18next"

import { localeFor } from "../lib/locale"

/** Whole days, as the API counts them: in UTC, whatever the reader's clock says. */
export function useDay() {
  const { i18n } = useTranslation()
  const locale = localeFor(i18n.language, navigator.languages)

  return useMemo(() => {
    const short = new Intl.DateTimeFormat(locale, {
      day: "numeric",
      month: "short",
      timeZone: "UTC",
    })
    const long = new Intl.DateTimeFormat(locale, {
      dateStyle: "medium",
      timeZone: "UTC",
    })
    return {
      shortDay: (date: string) => short.format(new Date(date)),
      longDay: (date: string) => long.format(new Date(date)),
    }
  }, [locale])
}
