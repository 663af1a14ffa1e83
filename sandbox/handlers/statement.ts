import { DAY_MS } from "../clock"
import { Fields, parseDay } from "../fields"
import type { MovementEntry } from "../journal"
import { pdfOf } from "../pdf"
import type { World } from "../world"
import { type Operation, read } from "./context"

const DAYS_MAX = 31

/** What moved on the funding wallets over whole days, both included, as a PDF. */
export const getStatement: Operation = ({ world, query }) => {
  const fields = new Fields({})
  const from = dayOf(fields, query, "start_date")
  const to = dayOf(fields, query, "ending_date")
  if (from !== null && to !== null) {
    const days = (to - from) / DAY_MS + 1
    if (days < 1) fields.problem("ending_date", "must not be before start_date")
    if (days > DAYS_MAX) {
      fields.problem("ending_date", `must be within ${DAYS_MAX} days`)
    }
  }
  fields.assertValid()
  const lines = linesOf(world, { from: from ?? 0, until: (to ?? 0) + DAY_MS })
  return read({ content: pdfOf(lines).toString("base64") })
}

function dayOf(
  fields: Fields,
  query: URLSearchParams,
  name: string
): number | null {
  const text = query.get(name)
  const day = text === null ? null : parseDay(text)
  if (text === null) fields.problem(name, "is required")
  else if (day === null) {
    fields.problem(name, "must be a date written YYYY-MM-DD")
  }
  return day
}

function linesOf(
  { journal, store }: World,
  { from, until }: { from: number; until: number }
): string[] {
  const own = new Set(store.fundingWallets().map(({ token }) => token))
  const moved = journal
    .all()
    .filter(
      (entry): entry is MovementEntry =>
        entry.kind === "movement" && (own.has(entry.from) || own.has(entry.to))
    )
  const shown = moved.filter(({ at }) => {
    const time = Date.parse(at)
    return time >= from && time < until
  })
  const dayText = (time: number) => new Date(time).toISOString().slice(0, 10)
  return [
    "MassPay sandbox: account statement",
    `${dayText(from)} to ${dayText(until - DAY_MS)}`,
    "",
    ...shown.map(
      ({ at, amount, currency_code, reason, ...entry }) =>
        `${at}  ${own.has(entry.to) ? "+" : "-"}${amount} ${currency_code}  ${reason}`
    ),
    "",
    `${shown.length} movements`,
  ]
}
