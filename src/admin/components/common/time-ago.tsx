import { useDate } from "@medusajs/dashboard/hooks"
import { Tooltip } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

import { localeFor } from "../../lib/locale"

/**
 * How long ago something happened; the exact time shows on hover. It is not said
 * to come, whatever this computer's clock says, unless it does (`isToCome`).
 */
export function TimeAgo({
  date,
  isToCome = false,
}: {
  date: string
  isToCome?: boolean
}) {
  const { getFullDate, getRelativeDate } = useDate()
  const isAhead = !isToCome && Date.parse(date) > Date.now()
  const exact = getFullDate({ date, includeTime: true })

  return (
    <Tooltip content={exact}>
      <time dateTime={date}>
        {getRelativeDate(isAhead ? new Date() : date)}
      </time>
    </Tooltip>
  )
}

/** An exact time, for places that are read rather than scanned. */
export function ExactTime({ date }: { date: string }) {
  const { getFullDate } = useDate()

  return <time dateTime={date}>{getFullDate({ date, includeTime: true })}</time>
}

/** The same with seconds, where steps follow each other within a minute. */
export function ExactSecond({ date }: { date: string }) {
  const { getFullDate } = useDate()
  const { i18n } = useTranslation()
  const locale = localeFor(i18n.language, navigator.languages)
  const format = new Intl.DateTimeFormat(locale, { timeStyle: "medium" })

  return (
    <time dateTime={date}>
      {getFullDate({ date })} {format.format(new Date(date))}
    </time>
  )
}
