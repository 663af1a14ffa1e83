import { refused } from "../errors"
import { Fields } from "../fields"
import type { JsonObject } from "../json"
import { isKnownCurrency, parseAmount, toJsonNumber } from "../money"
import {
  countryList,
  findCountry,
  findPayer,
  type Payer,
  payersOf,
} from "../payouts/catalog"
import { rateOf, rateText } from "../payouts/fx"
import { isPriced, limitsOf, type Price, priceOf } from "../payouts/pricing"
import type { World } from "../world"
import { type Operation, type OperationContext, read } from "./context"
import { readFlag, readLimit } from "./payout-order"

const DEFAULT_AMOUNT = "200"
const DEFAULT_CURRENCY = "USD"
const HOUR_MS = 3_600_000
/** One transparent pixel. */
const LOGO =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="

export const listCountries: Operation = () =>
  read(
    countryList().map(({ code, name, three_letter_code }) => ({
      code,
      name,
      three_letter_code,
    }))
  )

type CatalogQuery = {
  source_currency: string
  minor: bigint
  destination_currency: string | null
  limit_minor: bigint | null
  payer_name: string | null
  has_logos: boolean
  is_generic_only: boolean
}

type Offer = { payer: Payer; price: Price | null }

export const listServices: Operation = (context) => {
  const query = readQuery(context)
  return read(companiesOf(context, query, offersOf(context, query)))
}

/** Of each kind of delivery the one with the lowest fee. */
export const listCheapest: Operation = (context) => {
  const query = readQuery(context)
  const offers = onePerDelivery(offersOf(context, query), (a, b) =>
    Number((a.price?.fee_minor ?? 0n) - (b.price?.fee_minor ?? 0n))
  )
  return read(companiesOf(context, query, offers))
}

/** Of each kind of delivery the one that brings the most for what it costs in all. */
export const listBest: Operation = (context) => {
  const query = readQuery(context)
  const offers = onePerDelivery(
    offersOf(context, query),
    (a, b) => worth(b) - worth(a)
  )
  return read(companiesOf(context, query, offers))
}

function worth({ price }: Offer): number {
  if (!price) return Number.NEGATIVE_INFINITY
  const paid = price.source_minor + price.fee_minor
  return Number(price.destination_minor) / Number(paid || 1n)
}

function onePerDelivery(
  offers: readonly Offer[],
  compare: (a: Offer, b: Offer) => number
): Offer[] {
  const best = new Map<string, Offer>()
  for (const offer of offers) {
    const known = best.get(offer.payer.delivery_type)
    if (!known || compare(offer, known) < 0) {
      best.set(offer.payer.delivery_type, offer)
    }
  }
  return [...best.values()]
}

export const getService: Operation = (context) => {
  const payer = payerOf(context)
  const query = { ...plainQuery(context), destination_currency: null }
  return read(serviceOf(context, query, [{ payer, price: null }]))
}

/** Other ways of the same kind in the same country. */
export const listAlternatives: Operation = (context) => {
  const payer = payerOf(context)
  const others = payersOf(context.world.payouts, payer.country_code).filter(
    ({ destination_token, delivery_type }) =>
      destination_token !== payer.destination_token &&
      delivery_type === payer.delivery_type
  )
  const query = plainQuery(context)
  return read(
    others.map((other) =>
      serviceOf(context, query, [{ payer: other, price: null }])
    )
  )
}

function payerOf({ world, params }: OperationContext): Payer {
  const payer = findPayer(world.payouts, params.destination_token ?? "")
  if (!payer) throw refused(404, ["There is no such destination"])
  return payer
}

function plainQuery({ query }: OperationContext): CatalogQuery {
  const fields = new Fields({})
  const has_logos = readFlag(fields, query, "include_payer_logos")
  fields.assertValid()
  return {
    source_currency: DEFAULT_CURRENCY,
    minor: 20_000n,
    destination_currency: null,
    limit_minor: null,
    payer_name: null,
    has_logos,
    is_generic_only: false,
  }
}

function readQuery({ world, query }: OperationContext): CatalogQuery {
  const fields = new Fields({})
  const amount = query.get("amount")
  const source = query.get("source_currency")
  if (amount !== null && source === null) {
    fields.problem("source_currency", "is required when amount is given")
  }
  const source_currency = source ?? DEFAULT_CURRENCY
  const destination_currency = query.get("destination_currency")
  const isKnown = isKnownCurrency(source_currency) && isPriced(source_currency)
  if (!isKnown) {
    fields.problem("source_currency", "must be a currency with a rate")
  }
  if (destination_currency !== null && !isKnownCurrency(destination_currency)) {
    fields.problem("destination_currency", "must be an ISO 4217 code")
  }
  const parsed = isKnown
    ? parseAmount(amount ?? DEFAULT_AMOUNT, source_currency)
    : { minor: 0n }
  if (parsed.problem !== undefined) fields.problem("amount", parsed.problem)
  const wallet = world.store.wallet(query.get("wallet_token") ?? "")
  const user = world.store.user(
    query.get("user_token") ?? wallet?.user_token ?? ""
  )
  if (query.has("user_token") && !user) {
    fields.problem("user_token", "is no user of this account")
  }
  if (query.has("wallet_token") && !wallet) {
    fields.problem("wallet_token", "is no wallet of this account")
  }
  const asked = {
    source_currency,
    minor: parsed.minor ?? 0n,
    destination_currency,
    limit_minor: readLimit(fields, query, source_currency),
    payer_name: query.get("payer_name"),
    has_logos: readFlag(fields, query, "include_payer_logos"),
    is_generic_only: readFlag(fields, query, "only_generic_payers"),
  }
  fields.assertValid()
  return asked
}

function offersOf(
  { world, params }: OperationContext,
  query: CatalogQuery
): Offer[] {
  const code = params.country_code ?? ""
  if (!findCountry(code)) throw refused(404, ["There is no such country"])
  const { payer_name, destination_currency, is_generic_only } = query
  return payersOf(world.payouts, code)
    .filter(
      (payer) =>
        (payer_name ?? payer.payer_name) === payer.payer_name &&
        (destination_currency === null ||
          payer.currencies.includes(destination_currency)) &&
        (!is_generic_only || payer.is_generic)
    )
    .map((payer) => ({ payer, price: offered(world, payer, query) }))
}

function offered(
  world: World,
  payer: Payer,
  query: CatalogQuery
): Price | null {
  return priceOf(world, payer, {
    source_currency_code: query.source_currency,
    destination_currency_code:
      query.destination_currency ?? payer.currencies[0] ?? DEFAULT_CURRENCY,
    source_minor: query.minor,
    destination_minor: null,
    limit_minor: query.limit_minor,
  })
}

function companiesOf(
  context: OperationContext,
  query: CatalogQuery,
  offers: readonly Offer[]
): JsonObject {
  const byCompany = grouped(offers, ({ payer }) => payer.company)
  return {
    companies: [...byCompany].map(([company_name, theirs]) => ({
      company_name,
      description: `${company_name}, which exists in this sandbox only`,
      rating: 4,
      company_logo: LOGO,
      services: [
        ...grouped(theirs, ({ payer }) => payer.delivery_type).values(),
      ].map((service) => serviceOf(context, query, service)),
    })),
  }
}

function grouped(
  offers: readonly Offer[],
  keyOf: (offer: Offer) => string
): Map<string, Offer[]> {
  const groups = new Map<string, Offer[]>()
  for (const offer of offers) {
    const key = keyOf(offer)
    groups.set(key, [...(groups.get(key) ?? []), offer])
  }
  return groups
}

function serviceOf(
  { world }: OperationContext,
  query: CatalogQuery,
  offers: readonly Offer[]
): JsonObject {
  const first = offers[0]?.payer
  return {
    country_code: first?.country_code,
    delivery_type: first?.delivery_type,
    payers: offers.map(({ payer, price }) =>
      shownPayer(world, query, { payer, price })
    ),
  }
}

function shownPayer(
  world: World,
  query: CatalogQuery,
  { payer, price }: Offer
): JsonObject {
  const { source_currency: code } = query
  const priced = price ?? offered(world, payer, query)
  const limits = limitsOf(payer, code, world.payouts.fx)
  const inSource = (minor: bigint): number => toJsonNumber(minor, code)
  return {
    destination_token: payer.destination_token,
    payer_name: payer.payer_name,
    fee: inSource(priced?.fee_minor ?? 0n),
    min_limit: inSource(limits?.min_minor ?? 0n),
    max_limit: inSource(limits?.max_minor ?? 0n),
    exchange_rate: payer.currencies.map((to) => {
      const rate = rateOf(
        { from: code, to },
        world.payouts.fx,
        payer.spread_bps
      )
      return {
        currency_symbol: to,
        exchange_rate: Number(rateText(rate ?? 0n)),
      }
    }),
    number_of_locations: payer.locations,
    estimated_availability: new Date(
      world.clock.now() + payer.hours * HOUR_MS
    ).toISOString(),
    additional_description: payer.description,
    is_dynamic_token: payer.is_dynamic_token,
    ...(query.has_logos && { payer_logo: LOGO }),
    ...(query.limit_minor !== null &&
      priced && { source_amount: inSource(priced.source_minor) }),
  }
}
