import { refused } from "../errors"
import { Fields, parseMoment } from "../fields"
import type { JsonObject } from "../json"
import {
  cancelLoad,
  completeLoad,
  problemWithUser,
  takeLoadBack,
} from "../load-rules"
import { toJsonNumber } from "../money"
import type { Load, User, Wallet } from "../store"
import { loadEvent } from "../webhooks/bodies"
import { tell } from "../webhooks/tell"
import type { World } from "../world"
import {
  type Operation,
  type OperationContext,
  type OperationResult,
  read,
  userOf,
} from "./context"
import { listed } from "./lists"
import { readMoneyFields } from "./money-fields"

const CLIENT_LOAD_ID_MAX = 50
const NOTES_MAX = 255

type LoadOrder = {
  client_load_id: string
  source_token: string
  currency_code: string
  minor: bigint
  notes: string
  notify_user: boolean
  metadata: JsonObject | null
  /** Null: at once. */
  due_ms: number | null
}

/**
 * Credits a user's wallet from the funding wallet, at once or when its time comes.
 * Either the load is recorded and its money moved, or nothing happened at all.
 */
export const createLoad: Operation = (context) => {
  const { world, body, requestId } = context
  const order = readOrder(body, world.clock.now())
  const user = userOf(context)
  const problem = problemWithUser(world, user)
  if (problem) throw problem
  const funding = fundingWalletFor(world, order)
  assertNewClientLoadId(world, order)

  const isShort = order.due_ms === null && funding.minor < order.minor
  if (isShort && world.settings.insufficient_funds === "refuse") {
    throw refused(400, ["Insufficient funds in the source wallet"])
  }

  const load = recordLoad(context, user, order)
  const isDue = load.status !== "SCHEDULED" && !isShort && !context.mustFail
  if (isDue) completeLoad(world, load, { reason: "load", requestId })
  else tell(world, loadEvent(load))
  return created(load)
}

function readOrder(body: JsonObject, nowMs: number): LoadOrder {
  const fields = new Fields(body)
  const dueText = fields.optionalText("time_to_process")
  const due = dueText === undefined ? null : parseMoment(dueText)
  if (dueText !== undefined && due === null) {
    fields.problem("time_to_process", "must be a time in ISO 8601")
  } else if (due !== null && due <= nowMs) {
    fields.problem("time_to_process", "must be in the future")
  }
  const order = {
    client_load_id: fields.text("client_load_id", { max: CLIENT_LOAD_ID_MAX }),
    source_token: fields.text("source_token"),
    ...readMoneyFields(fields),
    notes: fields.optionalText("notes", { max: NOTES_MAX }) ?? "",
    notify_user: fields.optionalBoolean("notify_user", true),
    metadata: fields.optionalObject("metadata") ?? null,
    due_ms: due,
  }
  fields.assertValid()
  return order
}

function fundingWalletFor(world: World, order: LoadOrder): Wallet {
  const wallet = world.store.wallet(order.source_token)
  if (!wallet || wallet.user_token !== null) {
    throw refused(400, ["source_token is not a funding wallet of this account"])
  }
  if (wallet.currency_code !== order.currency_code) {
    throw refused(400, [
      `source_token holds ${wallet.currency_code}, not ${order.currency_code}`,
    ])
  }
  return wallet
}

function assertNewClientLoadId(world: World, order: LoadOrder): void {
  const isRefused = world.settings.duplicate_client_load_id === "refuse"
  if (isRefused && world.store.loadByClientId(order.client_load_id)) {
    throw refused(400, ["Duplicate client_load_id"])
  }
}

/** Not yet COMPLETED: that is for the code that moves the money to say. */
function recordLoad(
  { world, mustFail }: OperationContext,
  user: User,
  order: LoadOrder
): Load {
  const { store, tokens, clock } = world
  const { due_ms, ...ordered } = order
  const isScheduled = due_ms !== null && !mustFail
  const load: Load = {
    ...ordered,
    token: tokens.next("ld_"),
    number: store.loads().length + 1,
    user_token: user.token,
    wallet_token: walletFor(world, user, order.currency_code).token,
    status: isScheduled ? "SCHEDULED" : "CANCELLED",
    created_ms: clock.now(),
    time_ms: due_ms ?? clock.now(),
  }
  store.addLoad(load)
  return load
}

function walletFor(world: World, user: User, currencyCode: string): Wallet {
  const known = world.store.walletOf(user.token, currencyCode)
  if (known) return known
  const wallet: Wallet = {
    token: world.tokens.next("usr_wlt_"),
    user_token: user.token,
    currency_code: currencyCode,
    minor: 0n,
  }
  world.store.addWallet(wallet)
  return wallet
}

/** A refusal that comes as a success has its own status code too. */
function created(load: Load): OperationResult {
  return {
    status: load.status === "CANCELLED" ? 200 : 201,
    body: {
      load_token: load.token,
      status: load.status,
      wallet_token: load.wallet_token,
    },
    executed: true,
    load_token: load.token,
  }
}

export const listLoads: Operation = (context) => {
  const { store, settings } = context.world
  const user = userOf(context)
  const timeline = store.loadTimes.of(user.token)
  return read(
    listed(timeline, context, settings.load_list_max_rows).map((load) => ({
      load_token: load.token,
      time_of_load: new Date(load.time_ms).toISOString(),
      client_load_id: load.client_load_id,
      source_token: load.source_token,
      wallet_token: load.wallet_token,
      amount: toJsonNumber(load.minor, load.currency_code),
      source_currency_code: load.currency_code,
      notes: load.notes,
      status: load.status,
      ...(load.metadata && { metadata: load.metadata }),
    }))
  )
}

/** Takes a load back whole: there is no partial reversal. */
export const reverseLoad: Operation = (context) => {
  const { world, requestId } = context
  const load = namedLoad(context)
  if (load.status === "CANCELLED") {
    throw refused(400, ["Load is already cancelled"])
  }
  if (load.status === "SCHEDULED") cancelLoad(world, load)
  else if (!takeLoadBack(world, load, { reason: "reversal", requestId })) {
    throw refused(400, ["The user's wallet no longer holds the loaded amount"])
  }
  return {
    status: 200,
    body: { load_token: load.token, status: load.status },
    executed: true,
    load_token: load.token,
  }
}

export const resendLoadNotification: Operation = (context) => {
  const load = namedLoad(context)
  return {
    ...read({ success: load.status !== "CANCELLED" }),
    load_token: load.token,
  }
}

/** The load named in the query, if it is one of this user. */
function namedLoad(context: OperationContext): Load {
  const token = context.query.get("load_token")
  if (!token) {
    const fields = new Fields({})
    fields.problem("load_token", "is required in the query")
    fields.assertValid()
  }
  const user = userOf(context)
  const load = context.world.store.load(token ?? "")
  if (!load || load.user_token !== user.token) {
    throw refused(404, ["This user has no such load"])
  }
  return load
}
