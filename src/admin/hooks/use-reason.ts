import { useDate } from "@medusajs/dashboard/hooks"
import { useCallback } from "react"
import { useTranslation } from "react-i18next"

import { reasonDetail, type Reasoned } from "../lib/texts"
import { useMoney } from "./use-money"

/** What there is to say besides a reason, in the reader's language; `null`: nothing. */
export function useReasonDetail(): (row: Reasoned) => string | null {
  const { t } = useTranslation()
  const { withCode } = useMoney()
  const { getFullDate } = useDate()

  return useCallback(
    (row) =>
      reasonDetail(t, row, {
        money: withCode,
        time: (date) => getFullDate({ date, includeTime: true }),
      }),
    [t, withCode, getFullDate]
  )
}
