import type { PayeeNeed } from "../../domain/payee-needs"
import type { PayeeStatus } from "../../domain/payout-status"
import type { AdminPayee } from "../../types/http"
import type { Schedule } from "../../types/http-collect"

type Color = "green" | "red" | "blue" | "orange" | "grey" | "purple"

const COLOR_OF_STATUS = {
  unlinked: "grey",
  linking: "blue",
  active: "green",
  locked: "red",
  deactivated: "red",
} satisfies Record<PayeeStatus, Color>

/** What a newer server says and this version does not know is grey. */
export function payeeColor(status: string): Color {
  return status in COLOR_OF_STATUS
    ? COLOR_OF_STATUS[status as PayeeStatus]
    : "grey"
}

type InNeed = Pick<
  AdminPayee,
  | "status"
  | "is_paused"
  | "user_token"
  | "found_user_token"
  | "profile_missing"
  | "papers_wanted"
>

/** What somebody has to see to, the first step first. The same as the list's filter finds. */
export function needsOf(payee: InNeed): PayeeNeed[] {
  const { status, user_token, found_user_token, profile_missing } = payee
  const needs: [PayeeNeed, boolean][] = [
    ["account", ["unlinked", "linking", "deactivated"].includes(status)],
    ["confirmation", user_token === null && found_user_token !== null],
    ["profile", (profile_missing ?? []).length > 0],
    ["papers", status === "locked" || payee.papers_wanted],
    ["resume", payee.is_paused],
  ]
  return needs.filter(([, isThere]) => isThere).map(([need]) => need)
}

/** The choice that a select box holds for a schedule: "weekly:monday". */
export function choiceOf(schedule: Schedule | null): string {
  if (schedule === null) return "shop"
  if (typeof schedule === "string") return schedule
  return "weekly" in schedule
    ? `weekly:${schedule.weekly}`
    : `monthly:${schedule.monthly}`
}

/** The schedule of a choice, `null` for the shop's own. */
export function scheduleOf(choice: string): Schedule | null {
  const [kind, value = ""] = choice.split(":")
  switch (kind) {
    case "immediate":
    case "daily":
      return kind
    case "weekly":
      return { weekly: value } as Schedule
    case "monthly":
      return { monthly: Number(value) }
    default:
      return null
  }
}

/** Minimums as typed, one per currency; lines without an amount are none. */
export function minimumOf(
  lines: readonly { currency_code: string; amount: string }[]
): Record<string, string> | null {
  const given = lines
    .map(({ currency_code, amount }): [string, string] => [
      currency_code.trim().toUpperCase(),
      amount.trim(),
    ])
    .filter(([code, amount]) => code && amount)
  return given.length === 0 ? null : Object.fromEntries(given)
}

export type Period = { from: string; to: string }

/** Whole UTC days, `to` not part of it: the month that `months` lie behind the current one. */
export function monthBefore(now: Date, months: number): Period {
  const first = (back: number) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1))
      .toISOString()
      .slice(0, 10)
  return { from: first(months), to: first(months - 1) }
}

/** The day after, for a span whose last day was chosen. Nothing for what is no day. */
export function dayAfter(day: string): string | null {
  const ms = Date.parse(`${day}T00:00:00Z`)
  const DAY_MS = 86_400_000
  return Number.isNaN(ms)
    ? null
    : new Date(ms + DAY_MS).toISOString().slice(0, 10)
}

/** An amount as somebody types it, with a comma for the point; `null` when it is none. */
export function typedAmount(text: string): string | null {
  const amount = text.trim().replace(",", ".")
  return /^-?\d{1,15}(\.\d{1,4})?$/.test(amount) ? amount : null
}
