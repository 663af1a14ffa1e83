import { DAY_MS } from "../clock"
import { Fields, parseDay } from "../fields"
import type { JsonObject } from "../json"
import { toJsonNumber } from "../money"
import type { Payout } from "../payouts/types"
import {
  isDirectPayout,
  isLoad,
  isSpendback,
  type Store,
  type Transaction,
} from "../store"
import type { TimeIndex } from "../time-index"
import { type Operation, type OperationContext, read, userOf } from "./context"

const PAGE_SIZE = 10
const PAGE_SIZE_MAX = 100
const TYPES = ["payout", "load", "spendback"] as const
type HistoryType = (typeof TYPES)[number]

/** The history has one set of statuses for rows of all types. */
const HISTORY_STATUS = { success: "COMPLETED", failure: "CANCELLED" } as const

type HistoryQuery = {
  size: number
  page: number
  fromMs: number
  toMs: number
  types: readonly HistoryType[]
  walletToken: string | null
}

export const getUserHistory: Operation = (context) => {
  const query = readQuery(context.query)
  const user = userOf(context)
  return read(rows(context, query, user.token))
}

export const getAllUsersHistory: Operation = (context) => {
  const query = readQuery(context.query)
  // A wallet belongs to one user, whose rows are far fewer than everybody's.
  const owner = context.world.store.wallet(query.walletToken ?? "")?.user_token
  if (query.walletToken !== null && !owner) return read([])
  return read(rows(context, query, owner ?? undefined))
}

function readQuery(query: URLSearchParams): HistoryQuery {
  const fields = new Fields({})
  const asked = query.get("type")?.split(",") ?? TYPES
  const types = TYPES.filter((type) => asked.includes(type))
  if (asked.some((type) => !TYPES.some((known) => known === type))) {
    fields.problem("type", `must be one or more of ${TYPES.join(", ")}`)
  }
  const parsed = {
    size: readWhole(fields, query, {
      name: "number_of_records",
      fallback: PAGE_SIZE,
      min: 0,
      max: PAGE_SIZE_MAX,
    }),
    page: readWhole(fields, query, {
      name: "page",
      fallback: 1,
      min: 1,
      max: Number.MAX_SAFE_INTEGER,
    }),
    fromMs: readDay(fields, query, "start_date") ?? Number.NEGATIVE_INFINITY,
    toMs:
      (readDay(fields, query, "end_date") ?? Number.POSITIVE_INFINITY) + DAY_MS,
    types,
    walletToken: query.get("wallet_token"),
  }
  fields.assertValid()
  return parsed
}

function readWhole(
  fields: Fields,
  query: URLSearchParams,
  rule: { name: string; fallback: number; min: number; max: number }
): number {
  const text = query.get(rule.name)
  if (text === null) return rule.fallback
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (value >= rule.min && value <= rule.max) return value
  fields.problem(
    rule.name,
    `must be a whole number from ${rule.min} to ${rule.max}`
  )
  return rule.fallback
}

function readDay(
  fields: Fields,
  query: URLSearchParams,
  name: string
): number | null {
  const text = query.get(name)
  if (text === null) return null
  const day = parseDay(text)
  if (day === null) fields.problem(name, "must be a date written YYYY-MM-DD")
  return day
}

/** All rows, or those of the one type that was asked for; of two types all, to be sorted out. */
function timelineOf(
  { allTimes, loadTimes, spendbackTimes, payoutTimes }: Store,
  { types }: HistoryQuery,
  userToken: string | undefined
): Pick<TimeIndex<Transaction>, "latestFirst"> {
  const only = types.length === 1 ? types[0] : null
  if (only === "load") return loadTimes.of(userToken)
  if (only === "spendback") return spendbackTimes.of(userToken)
  if (only === "payout") return payoutTimes.of(userToken)
  return allTimes.of(userToken)
}

function typeOf(row: Transaction): HistoryType {
  if (isLoad(row)) return "load"
  return isSpendback(row) ? "spendback" : "payout"
}

/** Latest first, so that rows move to later pages while new ones come in. */
function rows(
  { world }: OperationContext,
  query: HistoryQuery,
  userToken: string | undefined
): JsonObject[] {
  const { fromMs, toMs, size, walletToken, types } = query
  const skip = size * (query.page - 1)
  const timeline = timelineOf(world.store, query, userToken)
  const { hidden } = world
  if (walletToken === null && types.length !== 2 && hidden.size === 0) {
    return timeline
      .latestFirst({ fromMs, toMs, skip, limit: size })
      .map((row) => toRow(row))
  }
  return timeline
    .latestFirst({ fromMs, toMs, skip: 0, limit: Number.MAX_SAFE_INTEGER })
    .filter((row) => types.includes(typeOf(row)) && !hidden.has(row.token))
    .filter((row) => walletToken === null || usersWalletOf(row) === walletToken)
    .slice(skip, skip + size)
    .map((row) => toRow(row))
}

function usersWalletOf(row: Transaction): string {
  return isLoad(row) ? row.wallet_token : row.source_token
}

/** Of direct payouts only, the client ids are here too. */
function toRow(row: Transaction): JsonObject {
  if (isDirectPayout(row)) return toPayoutRow(row)
  const amount = toJsonNumber(row.minor, row.currency_code)
  const type = typeOf(row)
  return {
    token: row.token,
    type: type === "spendback" ? "spend back" : type,
    time_of_txn: new Date(row.time_ms).toISOString(),
    source_token: row.source_token,
    source_amount: amount,
    source_currency_code: row.currency_code,
    destination_amount: amount,
    destination_currency_code: row.currency_code,
    fee: 0,
    ...ownFieldsOf(row),
    user_token: row.user_token,
  }
}

function toPayoutRow(payout: Payout): JsonObject {
  const { source_currency_code, destination_currency_code } = payout
  return {
    token: payout.token,
    type: "payout",
    time_of_txn: new Date(payout.time_ms).toISOString(),
    source_token: payout.source_token,
    source_amount: toJsonNumber(payout.source_minor, source_currency_code),
    source_currency_code,
    destination_amount: toJsonNumber(
      payout.destination_minor,
      destination_currency_code
    ),
    destination_currency_code,
    fee: toJsonNumber(payout.fee_minor, source_currency_code),
    destination_token: payout.destination_token,
    status: payout.status,
    delivery_type: payout.delivery_type,
    payer_name: payout.payer_name,
    pickup_code: payout.pickup_code,
    ...(payout.client_transfer_id !== null && {
      client_transfer_id: payout.client_transfer_id,
    }),
    ...(payout.status_reason !== null && {
      status_reason: payout.status_reason,
    }),
    user_token: payout.user_token,
  }
}

function ownFieldsOf(row: Exclude<Transaction, Payout>): JsonObject {
  if (isLoad(row)) {
    const { wallet_token, status, notes } = row
    return { destination_token: wallet_token, status, notes }
  }
  if (isSpendback(row)) {
    const { wallet_token, notes } = row
    const status = HISTORY_STATUS[row.status]
    return { destination_token: wallet_token, status, notes }
  }
  const { destination_token } = row
  const delivery_type = "BANK_TRANSFER"
  return { destination_token, status: "COMPLETED", delivery_type }
}
