import type {
  AdminOrderSettlement,
  AdminOrderSettlementsResponse,
} from "../../../src/types/http"

const SIGN: Record<string, string> = { USD: "$", EUR: "€" }

/** "-12.50" as "-$12.50"; the demo's amounts have no thousands. */
export function money(
  amount: string | { amount: string; currency_code: string }
): string {
  const { amount: text, currency_code } =
    typeof amount === "string" ? { amount, currency_code: "USD" } : amount
  const sign = SIGN[currency_code] ?? currency_code
  return text.startsWith("-") ? `-${sign}${text.slice(1)}` : `${sign}${text}`
}

/** The first order one of whose settlements is like that. */
export function orderWith(
  orders: readonly AdminOrderSettlementsResponse[],
  matches: (settlement: AdminOrderSettlement) => boolean
): AdminOrderSettlementsResponse {
  const order = orders.find(({ settlements }) => settlements.some(matches))
  if (!order) throw new Error("The demo has no such order")
  return order
}

export function theCartOfThreeVendors(
  orders: readonly AdminOrderSettlementsResponse[]
): AdminOrderSettlementsResponse {
  const order = orders.find(({ settlements }) => settlements.length === 3)
  if (!order) throw new Error("The demo has no order of three vendors")
  return order
}
