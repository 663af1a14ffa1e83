import { refused } from "../errors"
import { Fields } from "../fields"
import type { JsonObject } from "../json"
import { toJsonNumber } from "../money"
import type { Spendback, User, Wallet } from "../store"
import { spendbackEvent } from "../webhooks/bodies"
import { tell } from "../webhooks/tell"
import type { World } from "../world"
import { type Operation, read, userOf } from "./context"
import { listed } from "./lists"
import { readMoneyFields } from "./money-fields"

const CLIENT_SPENDBACK_ID_MAX = 50
const NOTES_MAX = 255

type SpendbackOrder = {
  client_spendback_id: string
  source_token: string
  currency_code: string
  minor: bigint
  notes: string
  metadata: JsonObject | null
}

/**
 * Takes money out of a user's wallet and puts it into the funding wallet of its
 * currency. Either the spendback is recorded as a success and its money moved, or
 * no money moved at all. Locked users are debited too: nothing says otherwise, and
 * it is the paying out that their papers are needed for.
 */
export const createSpendback: Operation = (context) => {
  const { world, body, mustFail, requestId } = context
  const order = readOrder(body)
  const user = userOf(context)
  const wallet = walletToDebit(world, user, order)
  const funding = world.store.fundingWallet(order.currency_code)
  if (!funding) {
    throw refused(400, [
      `This account has no funding wallet in ${order.currency_code}`,
    ])
  }
  assertNewClientSpendbackId(world, order)

  const isShort = wallet.minor < order.minor
  if (isShort && world.settings.insufficient_wallet === "refuse") {
    throw refused(400, ["Insufficient funds in the user's wallet"])
  }

  const isFailed = isShort || mustFail
  const spendback = recordSpendback(world, user, {
    ...order,
    wallet_token: funding.token,
    status: isFailed ? "failure" : "success",
  })
  if (!isFailed) {
    world.ledger.move({
      from: wallet,
      to: funding,
      minor: order.minor,
      reason: "spendback",
      spendback,
      requestId,
    })
  }
  tell(world, spendbackEvent(spendback))
  return {
    status: isFailed ? 200 : 201,
    body: {
      spendback_token: spendback.token,
      client_spendback_id: spendback.client_spendback_id,
      status: spendback.status,
    },
    executed: true,
    spendback_token: spendback.token,
  }
}

function readOrder(body: JsonObject): SpendbackOrder {
  const fields = new Fields(body)
  const order = {
    client_spendback_id: fields.text("client_spendback_id", {
      max: CLIENT_SPENDBACK_ID_MAX,
    }),
    source_token: fields.text("source_token"),
    ...readMoneyFields(fields),
    notes: fields.optionalText("notes", { max: NOTES_MAX }) ?? "",
    metadata: fields.optionalObject("metadata") ?? null,
  }
  fields.assertValid()
  return order
}

function walletToDebit(
  world: World,
  user: User,
  order: SpendbackOrder
): Wallet {
  const wallet = world.store.wallet(order.source_token)
  if (wallet?.user_token !== user.token) {
    throw refused(400, ["source_token is not a wallet of this user"])
  }
  if (wallet.currency_code !== order.currency_code) {
    throw refused(400, [
      `source_token holds ${wallet.currency_code}, not ${order.currency_code}`,
    ])
  }
  return wallet
}

function assertNewClientSpendbackId(
  { settings, store }: World,
  { client_spendback_id }: SpendbackOrder
): void {
  const isRefused = settings.duplicate_client_spendback_id === "refuse"
  if (isRefused && store.hasClientSpendbackId(client_spendback_id)) {
    throw refused(400, ["Duplicate client_spendback_id"])
  }
}

function recordSpendback(
  { store, tokens, clock }: World,
  user: User,
  order: SpendbackOrder & Pick<Spendback, "wallet_token" | "status">
): Spendback {
  const spendback: Spendback = {
    ...order,
    token: tokens.next("spnd_bk_"),
    number: store.spendbacks().length + 1,
    user_token: user.token,
    created_ms: clock.now(),
    time_ms: clock.now(),
  }
  store.addSpendback(spendback)
  return spendback
}

/**
 * Shows those that failed too, and does not say which they are: only the history
 * has a status.
 */
export const listSpendbacks: Operation = (context) => {
  const { store, settings } = context.world
  const user = userOf(context)
  const timeline = store.spendbackTimes.of(user.token)
  return read(
    listed(timeline, context, settings.spendback_list_max_rows).map(
      (spendback) => ({
        spendback_token: spendback.token,
        time_of_spendback: new Date(spendback.time_ms).toISOString(),
        client_spendback_id: spendback.client_spendback_id,
        source_token: spendback.source_token,
        wallet_token: spendback.wallet_token,
        amount: toJsonNumber(spendback.minor, spendback.currency_code),
        source_currency_code: spendback.currency_code,
        notes: spendback.notes,
        ...(spendback.metadata && { metadata: spendback.metadata }),
      })
    )
  )
}
