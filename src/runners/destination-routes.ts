import { DecisionRefusedError } from "../domain/decisions"
import { fitsLimits, rankRoutes, type RouteTerms } from "../domain/destinations"
import { formatMajor } from "../domain/money"
import type { RouteToKeep } from "../modules/masspay/queries/destination-rows"
import type {
  RemoteRoute,
  RouteList,
} from "../modules/masspay-gateway/destination-types"
import type { RunnerDeps } from "./deps"

export type RouteWish = {
  user_token: string
  /** ISO 3166-1, two letters or three. */
  country_code: string
  /** Of the money that is paid out, upper case. */
  currency_code: string
  destination_currency_code: string
  /** What the fee is for, minor units; left out: MassPay's own example. */
  amount?: bigint | undefined
}

export type OfferedRoute = RouteToKeep & {
  description: string | null
  /** Whether the amount that was asked about may go there; `null`: none was. */
  fits: ReturnType<typeof fitsLimits> | null
}

/**
 * The routes by which MassPay can pay a payee now, the one to choose first. Only
 * what pays out in the currency that was asked for. Throws `GatewayError`.
 */
export async function offeredRoutes(
  { wire }: Pick<RunnerDeps, "wire">,
  {
    payer_name,
    only_generic_payers,
    ...wish
  }: RouteWish & {
    payer_name?: string | undefined
    only_generic_payers?: boolean | undefined
  }
): Promise<{ found_by: RouteList["found_by"]; routes: OfferedRoute[] }> {
  const { found_by, routes } = await wire.listRoutes({
    ...queryOf(wish),
    payer_name,
    only_generic_payers,
  })
  const { amount = null } = wish
  const offered = routes.flatMap((route) => {
    const kept = routeToKeep(route, wish)
    if (!kept) return []
    const fits = amount === null ? null : fitsLimits(kept, amount)
    return [{ ...kept, description: route.description, fits }]
  })
  return { found_by, routes: rankRoutes(offered, amount) }
}

/**
 * One route as MassPay offers it now; `null` where it does not, or not in this
 * currency. Looked for among all of them: the best and the cheapest are short
 * lists. Throws `GatewayError`.
 */
export async function listedRoute(
  { wire }: Pick<RunnerDeps, "wire">,
  wish: RouteWish & { destination_token: string }
): Promise<RouteToKeep | null> {
  const { routes } = await wire.listRoutes({ ...queryOf(wish), of: "all" })
  const route = routes.find(
    (one) => one.destination_token === wish.destination_token
  )
  return route ? routeToKeep(route, wish) : null
}

/** The same of one that was chosen before, or why it is there no more. Throws `GatewayError`. */
export async function findRoute(
  deps: Pick<RunnerDeps, "wire">,
  wish: RouteWish & { destination_token: string }
): Promise<
  { found: RouteToKeep } | { missing: "route_gone" | "currency_gone" }
> {
  const found = await listedRoute(deps, wish)
  if (found) return { found }
  // A list for one currency leaves out what pays in others.
  const isOffered = await deps.wire.isRouteOffered(wish.destination_token)
  return { missing: isOffered ? "currency_gone" : "route_gone" }
}

function queryOf(wish: RouteWish) {
  return {
    user_token: wish.user_token,
    country_code: wish.country_code,
    source_currency_code: wish.currency_code,
    destination_currency_code: wish.destination_currency_code,
    amount: wish.amount,
  }
}

/** `null` where it does not pay out in the currency. */
function routeToKeep(
  route: RemoteRoute,
  { currency_code, destination_currency_code }: RouteWish
): RouteToKeep | null {
  const isSame = currency_code === destination_currency_code
  const rate = route.rates.find(
    (one) => one.currency_code === destination_currency_code
  )?.rate
  // Nothing is changed where it stays in one currency, if no rate says otherwise.
  const exchange_rate = rate ?? (isSame ? "1" : null)
  if (exchange_rate === null) return null
  return {
    destination_token: route.destination_token,
    destination_currency_code,
    country_code: route.country_code,
    payer_name: route.payer_name,
    delivery_type: route.delivery_type,
    min_amount: route.min_amount,
    max_amount: route.max_amount,
    fee: route.fee,
    exchange_rate,
    estimated_availability: route.estimated_availability,
  }
}

/** What the terms are now, for whoever was shown others. */
export function termsChanged(
  now: RouteTerms,
  currency_code: string
): DecisionRefusedError {
  const fee =
    now.fee === null ? "not told" : formatMajor(now.fee, currency_code)
  return new DecisionRefusedError(
    "terms_changed",
    `Now: fee ${fee} ${currency_code}, ${now.exchange_rate} ${now.destination_currency_code} for one ${currency_code}.`
  )
}
