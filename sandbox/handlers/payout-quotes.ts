import { refused } from "../errors"
import { problemWithUser } from "../load-rules"
import { formatAmount } from "../money"
import {
  idLinkOf,
  isIdMissing,
  lastSetOf,
  problemsOfValues,
  type Route,
} from "../payouts/attributes"
import { findPayer } from "../payouts/catalog"
import { commit } from "../payouts/commit"
import { record } from "../payouts/entries"
import { rateText } from "../payouts/fx"
import { type Price, priceOf } from "../payouts/pricing"
import type { AttributeSet, Payout, QuoteWord } from "../payouts/types"
import { toApi } from "../payouts/views"
import type { User, Wallet } from "../store"
import { payoutEvent } from "../webhooks/payout-bodies"
import { tell } from "../webhooks/tell"
import type { World } from "../world"
import { type Operation, type OperationResult, userOf } from "./context"
import { type PayoutOrder, readPayoutOrder } from "./payout-order"

const QUOTE_MS = 120_000
const HOUR_MS = 3_600_000
/** What a quote is called that was only played through. */
const DRY_RUN_TOKEN = "payout_XXXXXXXX-XXXX-XXXX-XXXX-XXXXXXXXXXXX"

/**
 * Says what a payout would cost and bring, and holds to it for two minutes. No money
 * moves and none is set aside, unless it is committed in the same call.
 */
export const createPayout: Operation = (context) => {
  const { world, requestId, mustFail } = context
  const order = readPayoutOrder(context)
  const user = userOf(context)
  assertPayable(world, user)
  const wallet = sourceWalletOf(world, user, order)
  const route = routeOf(world, order)
  const set = setOf(world, user, { order, route })
  const isSameCurrency =
    order.source_currency_code === order.destination_currency_code
  const refusesCommit =
    order.auto_commit &&
    !isSameCurrency &&
    world.settings.auto_commit_between_currencies === "refuse"
  if (refusesCommit) {
    throw refused(400, ["auto_commit needs the same currency on both sides"])
  }
  const price = pricedWithinBounds(world, route, order)
  const payout = drafted(world, { order, user, route, set, price })

  const word = wordInsteadOfToken(world, payout, wallet)
  if (word) return shown(world, { ...payout, token: word })
  if (order.is_dry_run) return shown(world, payout)

  payout.token = world.tokens.next("payout_")
  world.payouts.add(payout)
  record(world, payout, { event: "quoted", request_id: requestId })
  tell(world, payoutEvent(world, payout, "payout.created"))
  if (!order.auto_commit || !isSameCurrency) {
    return { ...shown(world, payout), status: 201, executed: true }
  }
  const result = commit(world, payout, { requestId, mustFail })
  return {
    status: 201,
    body: {
      payout_token: payout.token,
      status: result.status,
      pickup_code: payout.pickup_code,
      ...(result.errors !== undefined && { errors: result.errors }),
    },
    executed: true,
    payout_token: payout.token,
  }
}

function shown(world: World, payout: Payout): OperationResult {
  return {
    status: 200,
    body: toApi(world, payout),
    executed: false,
    payout_token: payout.token,
  }
}

const NEEDED = ["address1", "city", "date_of_birth"] as const

function assertPayable(world: World, user: User): void {
  const problem = problemWithUser(world, user)
  if (problem) throw problem
  if (world.settings.payout_profile === "any") return
  const missing = NEEDED.filter((field) => (user.profile[field] ?? "") === "")
  if (missing.length > 0) {
    throw refused(
      400,
      missing.map((field) => `${field} of the user is required for a payout`)
    )
  }
}

function sourceWalletOf(world: World, user: User, order: PayoutOrder): Wallet {
  const wallet = world.store.wallet(order.source_token)
  const owner = wallet?.user_token ?? null
  if (!wallet || (owner !== null && owner !== user.token)) {
    throw refused(400, [
      "source_token is neither a funding wallet of this account nor a wallet of this user",
    ])
  }
  if (wallet.currency_code !== order.source_currency_code) {
    throw refused(400, [
      `source_token holds ${wallet.currency_code}, not ${order.source_currency_code}`,
    ])
  }
  return wallet
}

function routeOf({ payouts }: World, order: PayoutOrder): Route {
  const payer = findPayer(payouts, order.destination_token)
  if (!payer) throw refused(400, ["There is no destination_token like this"])
  const currency_code = order.destination_currency_code
  if (!payer.currencies.includes(currency_code)) {
    throw refused(400, [
      `This destination does not pay ${currency_code}, only ${payer.currencies.join(", ")}`,
    ])
  }
  return { payer, currency_code }
}

function setOf(
  world: World,
  user: User,
  { order, route }: { order: PayoutOrder; route: Route }
): AttributeSet | undefined {
  const named =
    order.attr_set_token === null
      ? lastSetOf(world, user, route)
      : world.payouts.set(order.attr_set_token)
  const { payer, currency_code } = route
  const isHers =
    named?.user_token === user.token &&
    named.destination_token === payer.destination_token &&
    named.currency_code === currency_code
  if (order.attr_set_token !== null && !isHers) {
    throw refused(400, [
      "attr_set_token is no set of this user for this destination and currency",
    ])
  }
  if (isIdMissing(world, user, payer)) {
    throw refused(400, [
      "Not a valid IDSelfieCollection",
      `Please upload a government issued ID at the following link: ${idLinkOf(world, user)}`,
    ])
  }
  const problems = problemsOfValues(world, route, named?.values ?? {})
  if (problems.length > 0) throw refused(400, problems)
  return named
}

function pricedWithinBounds(
  world: World,
  { payer }: Route,
  order: PayoutOrder
): Price {
  const price = priceOf(world, payer, order)
  const code = order.source_currency_code
  if (!price) {
    throw refused(400, [
      `There is no rate from ${code} to ${order.destination_currency_code}`,
    ])
  }
  const { source_minor, min_minor, max_minor } = price
  if (source_minor <= 0n || price.destination_minor <= 0n) {
    throw refused(400, ["The amount is too small to be paid out"])
  }
  const isBelow = source_minor < min_minor
  if (isBelow && world.settings.below_minimum === "refuse") {
    throw refused(400, [
      `The amount is below the minimum of ${formatAmount(min_minor, code)} ${code}`,
    ])
  }
  if (max_minor > 0n && source_minor > max_minor) {
    throw refused(400, [
      `The amount is above the maximum of ${formatAmount(max_minor, code)} ${code}`,
    ])
  }
  return price
}

type Draft = {
  order: PayoutOrder
  user: User
  route: Route
  set: AttributeSet | undefined
  price: Price
}

function drafted(
  { clock, payouts }: World,
  { order, user, route, set, price }: Draft
): Payout {
  const { payer } = route
  const now = clock.now()
  return {
    token: DRY_RUN_TOKEN,
    number: payouts.all().length + 1,
    client_transfer_id: order.client_transfer_id,
    user_token: user.token,
    source_token: order.source_token,
    destination_token: order.destination_token,
    attr_set_token: set?.token ?? null,
    source_currency_code: order.source_currency_code,
    destination_currency_code: order.destination_currency_code,
    source_minor: price.source_minor,
    fee_minor: price.fee_minor,
    destination_minor: price.destination_minor,
    min_minor: price.min_minor,
    exchange_rate: rateText(price.rate),
    payer_name: payer.payer_name,
    delivery_type: payer.delivery_type,
    country_code: payer.country_code,
    status: "PENDING",
    status_reason: null,
    pickup_code: "",
    trace_code: null,
    estimated_ms: now + payer.hours * HOUR_MS,
    notify_user: order.notify_user,
    statement_description: order.statement_description,
    metadata: order.metadata,
    created_ms: now,
    time_ms: now,
    expires_ms: now + QUOTE_MS,
    committed_ms: null,
    out_minor: 0n,
    returned_minor: 0n,
    reversed_minor: 0n,
  }
}

function wordInsteadOfToken(
  world: World,
  payout: Payout,
  wallet: Wallet
): QuoteWord | null {
  const isDuplicate =
    payout.client_transfer_id !== null &&
    world.payouts
      .withClientId(payout.client_transfer_id)
      .some((known) => isInTheWay(world, known))
  if (isDuplicate) return "DUPLICATE"
  const scripted = world.payouts.script("quote", payout)?.quote
  if (scripted) return scripted
  const minor = payout.source_minor + payout.fee_minor
  return wallet.minor < minor ? "NSF" : null
}

/** Whether a client id may be used again is for a setting to say. */
function isInTheWay({ settings, clock }: World, known: Payout): boolean {
  switch (settings.duplicate_client_transfer_id) {
    case "refuse":
      return true
    case "allow":
      return false
    case "free_when_dead":
      return known.committed_ms !== null || clock.now() < known.expires_ms
  }
}
