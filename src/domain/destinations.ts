import { parseDecimal, unitsAt } from "./decimal"

/**
 * What can be said of a payee's destination: `incomplete` lacks attributes,
 * `returned` sent money back, `gone` is a route that MassPay offers no more or
 * whose limits her payouts do not meet.
 */
export const DESTINATION_STATUSES = [
  "incomplete",
  "ready",
  "returned",
  "gone",
] as const
export type DestinationStatus = (typeof DESTINATION_STATUSES)[number]

/** How payees are paid: into their wallet at MassPay, or straight to a destination. */
export const PAYEE_METHODS = ["wallet", "direct"] as const
export type PayeeMethod = (typeof PAYEE_METHODS)[number]

/** What is wrong with a destination. Stable codes. */
export const DESTINATION_PROBLEMS = [
  "attributes_missing",
  "attributes_required",
  "returned",
  "route_gone",
  "currency_gone",
  "user_gone",
] as const
export type DestinationProblem = (typeof DESTINATION_PROBLEMS)[number]

const PROBLEM_WORDS: Record<DestinationProblem, string> = {
  attributes_missing: "Details of where to pay to are still missing.",
  attributes_required:
    "MassPay wants more details before it pays to this destination.",
  returned:
    "Money that was paid to this destination came back. Change it, or have an operator use it again.",
  route_gone: "MassPay does not offer this way of paying any more.",
  currency_gone: "MassPay does not pay out in this currency by this way now.",
  user_gone: "MassPay does not know this user any more.",
}

/** In plain words, also for a code of a later version. */
export function destinationWords(reason: string | null): string | null {
  if (reason === null) return null
  const words: Partial<Record<string, string>> = PROBLEM_WORDS
  return words[reason] ?? reason
}

/** Inclusive, minor units of the money that is paid out; `null`: no bound. */
export type RouteLimits = {
  min_amount: bigint | null
  max_amount: bigint | null
}

/** Whether an amount may be sent by a route. */
export function fitsLimits(
  { min_amount, max_amount }: RouteLimits,
  amount: bigint
): "fits" | "below_minimum" | "above_maximum" {
  if (min_amount !== null && amount < min_amount) return "below_minimum"
  return max_amount !== null && amount > max_amount ? "above_maximum" : "fits"
}

/** As much of a route as decides between two. */
export type Rankable = RouteLimits & {
  destination_token: string
  fee: bigint | null
  estimated_availability: Date | null
}

/**
 * The routes with the one to choose first: those the amount fits before the
 * rest, then the cheapest, then the soonest. An unknown fee comes last, for
 * nobody can agree to it. Where nothing decides, MassPay's own order stays.
 */
export function rankRoutes<Route extends Rankable>(
  routes: readonly Route[],
  amount: bigint | null
): Route[] {
  const fits = (route: Route) =>
    amount === null || fitsLimits(route, amount) === "fits"
  return [...routes].sort(
    (a, b) =>
      Number(fits(b)) - Number(fits(a)) ||
      compare(a.fee, b.fee) ||
      compare(
        a.estimated_availability?.getTime() ?? null,
        b.estimated_availability?.getTime() ?? null
      )
  )
}

/** What is not known comes last. */
function compare<Value extends bigint | number>(
  a: Value | null,
  b: Value | null
): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  return a < b ? -1 : a > b ? 1 : 0
}

/** What somebody agrees to when she chooses a route. */
export type RouteTerms = {
  destination_currency_code: string
  /** Minor units; `null`: MassPay does not tell. */
  fee: bigint | null
  /** A decimal: destination currency for one of what is paid out. */
  exchange_rate: string
}

/** MassPay's rates are estimates and move: so much less than was shown is still what was shown. */
const RATE_TOLERANCE_PERCENT = 1n

/**
 * What of the terms is worse for her now than what she was shown; none where
 * she may be held to it. Better ones need no second look, another currency
 * always does.
 */
export function worseThanShown(
  shown: RouteTerms,
  now: RouteTerms
): ("destination_currency_code" | "fee" | "exchange_rate")[] {
  const worse: ReturnType<typeof worseThanShown> = []
  if (shown.destination_currency_code !== now.destination_currency_code) {
    worse.push("destination_currency_code")
  }
  if (now.fee === null ? shown.fee !== null : isMore(now.fee, shown.fee)) {
    worse.push("fee")
  }
  if (isLowerRate(now.exchange_rate, shown.exchange_rate)) {
    worse.push("exchange_rate")
  }
  return worse
}

/** Against nothing that was shown, any fee is more. */
function isMore(fee: bigint, shown: bigint | null): boolean {
  return shown === null ? fee > 0n : fee > shown
}

function isLowerRate(now: string, shown: string): boolean {
  const [a, b] = [parseDecimal(now), parseDecimal(shown)]
  const scale = Math.max(a.scale, b.scale)
  return (
    unitsAt(a, scale) * 100n <
    unitsAt(b, scale) * (100n - RATE_TOLERANCE_PERCENT)
  )
}
