import { z } from "@medusajs/framework/zod"

import { parseDecimal, printDecimal } from "../../../domain/decimal"
import { formatMajor } from "../../../domain/money"
import type { RemoteRoute, RouteList, RouteQuery } from "../destination-types"
import {
  GatewayMisconfiguredError,
  GatewayRejectedError,
  OffContractError,
} from "../errors"
import type { Transport } from "../types"
import { alpha3Of } from "./countries"
import { balanceOf, Currency, parseRead, parseTime, Token } from "./parse"
import { sendOrNull } from "./users"

const Text = z.string().min(1).max(300)
const Amount = z.number().nonnegative()

const Payer = z.object({
  destination_token: Token,
  payer_name: Text,
  fee: Amount.nullish(),
  min_limit: Amount.nullish(),
  max_limit: Amount.nullish(),
  exchange_rate: z.array(z.unknown()).nullish(),
  estimated_availability: z.string().nullish(),
  additional_description: z.string().nullish(),
})
const Rate = z.object({
  currency_symbol: Currency,
  exchange_rate: z.number().positive(),
})
const Service = z.object({
  country_code: z.string().regex(/^[A-Za-z]{3}$/),
  delivery_type: Text,
  payers: z.array(z.unknown()),
})
const Catalogue = z.object({
  companies: z.array(z.object({ services: z.array(z.unknown()) })),
})

const ROUTES_MAX = 500
const DESCRIPTION_MAX = 300
const WAYS = [
  ["best", "best"],
  ["cheapest", "cheapest"],
  ["all", null],
] as const

/**
 * How MassPay can pay somebody in a country: its best choice, or where it names
 * none, its cheapest for each kind of service, or else all it has. The first of
 * these addresses stands in no specification of MassPay's, so that it is missing,
 * or answered otherwise than the others, is no error.
 *
 * Fees and limits are taken for amounts of the source currency that was asked
 * about: MassPay does not say which currency they are of. 0 is no bound.
 */
export async function listRoutes(
  transport: Transport,
  query: RouteQuery
): Promise<RouteList> {
  const country = alpha3Of(query.country_code) ?? query.country_code
  for (const [found_by, way] of WAYS) {
    if (query.of === "all" && way !== null) continue
    try {
      const response = await transport.send({
        method: "GET",
        path: ["country", country.toUpperCase(), ...(way ? [way] : [])],
        query: queryOf(query, found_by),
        lane: "interactive",
      })
      const catalogue = parseRead(Catalogue, response, "list of routes")
      const routes = routesOf(catalogue, query)
      if (routes.length > 0 || way === null) return { found_by, routes }
    } catch (error) {
      if (way === null || !isMissing(error)) throw error
    }
  }
  return { found_by: "all", routes: [] }
}

/** MassPay does not have this address, does not take these filters there, or answers it in a way of its own. */
function isMissing(error: unknown): boolean {
  return (
    error instanceof GatewayMisconfiguredError ||
    error instanceof GatewayRejectedError ||
    error instanceof OffContractError
  )
}

function queryOf(
  query: RouteQuery,
  found_by: RouteList["found_by"]
): Record<string, string> {
  const { amount, source_currency_code, payer_name } = query
  return {
    source_currency: source_currency_code,
    destination_currency: query.destination_currency_code,
    user_token: query.user_token,
    ...(amount !== undefined && {
      amount: formatMajor(amount, source_currency_code),
    }),
    ...(payer_name !== undefined && { payer_name }),
    ...(found_by === "best" &&
      query.only_generic_payers !== undefined && {
        only_generic_payers: String(query.only_generic_payers),
      }),
  }
}

/** What cannot be read of it is left out: nobody can choose it. */
function routesOf(
  { companies }: z.infer<typeof Catalogue>,
  query: RouteQuery
): RemoteRoute[] {
  const routes = companies
    .flatMap(({ services }) => services)
    .flatMap((given) => {
      const service = Service.safeParse(given).data
      if (!service) return []
      return service.payers.flatMap((payer) => {
        const known = Payer.safeParse(payer).data
        return known ? [routeOf(known, service, query)] : []
      })
    })
  const first = new Map<string, RemoteRoute>()
  for (const route of routes) {
    if (!first.has(route.destination_token)) {
      first.set(route.destination_token, route)
    }
  }
  return [...first.values()].slice(0, ROUTES_MAX)
}

function routeOf(
  payer: z.infer<typeof Payer>,
  service: z.infer<typeof Service>,
  { source_currency_code }: RouteQuery
): RemoteRoute {
  const { fee, min_limit, max_limit } = payer
  return {
    destination_token: payer.destination_token,
    payer_name: payer.payer_name,
    country_code: service.country_code.toUpperCase(),
    delivery_type: service.delivery_type,
    fee: typeof fee === "number" ? roundedUp(fee, source_currency_code) : null,
    min_amount: min_limit ? roundedUp(min_limit, source_currency_code) : null,
    max_amount: max_limit ? balanceOf(max_limit, source_currency_code) : null,
    rates: (payer.exchange_rate ?? []).flatMap((given) => {
      const rate = Rate.safeParse(given).data
      if (!rate) return []
      const { currency_symbol: currency_code, exchange_rate } = rate
      const decimal = printDecimal(parseDecimal(String(exchange_rate)))
      return [{ currency_code, rate: decimal }]
    }),
    estimated_availability: parseTime(payer.estimated_availability),
    description:
      payer.additional_description?.slice(0, DESCRIPTION_MAX) ?? null,
  }
}

/** Minor units, so that no fee and no minimum looks smaller than it is. */
function roundedUp(value: number, currency_code: string): bigint | null {
  const down = balanceOf(-value, currency_code)
  return down === null ? null : -down
}

/** Whether MassPay still has the route, in whatever currency. */
export async function isRouteOffered(
  transport: Transport,
  destination_token: string
): Promise<boolean> {
  const response = await sendOrNull(transport, {
    method: "GET",
    path: ["service", destination_token],
    not_found_means: "payee",
    lane: "lookup",
  })
  if (response === null) return false
  const { payers } = parseRead(Service, response, "route")
  return payers.some(
    (payer) =>
      Payer.safeParse(payer).data?.destination_token === destination_token
  )
}
