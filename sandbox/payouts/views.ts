import type { JsonObject } from "../json"
import { formatAmount, toJsonNumber } from "../money"
import type { World } from "../world"
import { shownValues } from "./attributes"
import { findPayer } from "./catalog"
import { shownStatus } from "./shown-status"
import type { Payout, PayoutStatus, PayoutStep } from "./types"

const REVERSIBLE = ["BANK_DEPOSIT", "MASSPAY_CARD"]

/** What can still be called back of a payout, in its destination currency. */
export function reversibleMinor(payout: Payout): bigint {
  const isReversible =
    payout.status === "COMPLETED" && REVERSIBLE.includes(payout.delivery_type)
  return isReversible ? payout.destination_minor - payout.reversed_minor : 0n
}

/** As the payout API shows it, in its answer to a quote and in its lists. */
export function toApi(world: World, payout: Payout): JsonObject {
  const { source_currency_code, destination_currency_code } = payout
  const set = world.payouts.set(payout.attr_set_token ?? "")
  const payer = findPayer(world.payouts, payout.destination_token)
  return {
    payout_token: payout.token,
    client_transfer_id: payout.client_transfer_id ?? "",
    source_currency_code,
    destination_currency_code,
    source_token: payout.source_token,
    destination_token: payout.destination_token,
    source_amount: toJsonNumber(payout.source_minor, source_currency_code),
    destination_amount: toJsonNumber(
      payout.destination_minor,
      destination_currency_code
    ),
    attr_set_token: payout.attr_set_token ?? "",
    exchange_rate: Number(payout.exchange_rate),
    fee: toJsonNumber(payout.fee_minor, source_currency_code),
    expiration: new Date(payout.expires_ms).toISOString(),
    pickup_code: payout.pickup_code,
    ...shownStatus(world, payout),
    payer_name: payout.payer_name,
    delivery_type: payout.delivery_type,
    country_code: payout.country_code,
    estimated_availability: new Date(payout.estimated_ms).toISOString(),
    ...(payer && { attrs: shownValues(world, payer, set) }),
    ...(payout.metadata && { metadata: payout.metadata }),
  }
}

/** With what only the look-up of one payout tells. */
export function toStatusApi(world: World, payout: Payout): JsonObject {
  const code = payout.destination_currency_code
  return {
    ...toApi(world, payout),
    trace_code: payout.trace_code ?? "",
    reversible_amount: toJsonNumber(reversibleMinor(payout), code),
  }
}

/** Amounts are text in major units, exact to the last digit. */
export type PayoutView = {
  payout_token: string
  number: number
  client_transfer_id: string | null
  user_token: string
  source_token: string
  destination_token: string
  attr_set_token: string | null
  source_amount: string
  fee: string
  source_currency_code: string
  destination_amount: string
  destination_currency_code: string
  exchange_rate: string
  min_limit: string
  payer_name: string
  delivery_type: string
  country_code: string
  status: PayoutStatus
  status_reason: string | null
  pickup_code: string
  trace_code: string | null
  /** What is away from the source wallet now. */
  out: string
  reversed_amount: string
  notify_user: boolean
  statement_description: string | null
  metadata: Record<string, unknown> | null
  created_at: string
  expiration: string
  /** Null: only a quote. */
  committed_at: string | null
}

export function viewPayout(world: World, payout: Payout): PayoutView {
  const { source_currency_code, destination_currency_code } = payout
  const { committed_ms } = payout
  const inSource = (minor: bigint): string =>
    formatAmount(minor, source_currency_code)
  const inDestination = (minor: bigint): string =>
    formatAmount(minor, destination_currency_code)
  return {
    payout_token: payout.token,
    number: payout.number,
    client_transfer_id: payout.client_transfer_id,
    user_token: payout.user_token,
    source_token: payout.source_token,
    destination_token: payout.destination_token,
    attr_set_token: payout.attr_set_token,
    source_amount: inSource(payout.source_minor),
    fee: inSource(payout.fee_minor),
    source_currency_code,
    destination_amount: inDestination(payout.destination_minor),
    destination_currency_code,
    exchange_rate: payout.exchange_rate,
    min_limit: inSource(payout.min_minor),
    payer_name: payout.payer_name,
    delivery_type: payout.delivery_type,
    country_code: payout.country_code,
    ...shownStatus(world, payout),
    pickup_code: payout.pickup_code,
    trace_code: payout.trace_code,
    out: inSource(payout.out_minor),
    reversed_amount: inDestination(payout.reversed_minor),
    notify_user: payout.notify_user,
    statement_description: payout.statement_description,
    metadata: payout.metadata,
    created_at: new Date(payout.created_ms).toISOString(),
    expiration: new Date(payout.expires_ms).toISOString(),
    committed_at:
      committed_ms === null ? null : new Date(committed_ms).toISOString(),
  }
}

/** A change of a payout's status that is still to come. */
export type PayoutStepView = Omit<
  PayoutStep,
  "token" | "number" | "time_ms"
> & {
  id: string
  due_at: string
}

export function viewStep(step: PayoutStep): PayoutStepView {
  const { token, number: _number, time_ms, ...rest } = step
  return { id: token, ...rest, due_at: new Date(time_ms).toISOString() }
}
