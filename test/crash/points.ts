import { claimReady } from "../../src/modules/masspay/queries/dispatch"
import { newId } from "../../src/modules/masspay/queries/new-id"
import { requestTakeBack } from "../../src/modules/masspay/queries/take-back"
import { applyWebhooks } from "../../src/runners/apply-webhooks"
import { collectPayouts } from "../../src/runners/collect"
import { type FailpointName, FAILPOINTS } from "../../src/runners/deps"
import { dispatchPayouts } from "../../src/runners/dispatch"
import { resolvePayouts } from "../../src/runners/resolve"
import { COLLECT } from "../support/collect-policy"
import { aDirectPayout } from "../support/direct"
import type { ChildOrder } from "../support/failpoints"
import { aPayee, aPayout, MINUTE_MS, type Shop } from "../support/payout-shop"
import { randomFrom } from "../support/random"
import { deliver } from "../support/webhooks"
import { startChild } from "./children"
import { comeToRest, judge } from "./judge"
import type { Part } from "./part"
import { withShop } from "./with-shop"

type Scenario = {
  /** What there is to do when the worker comes. */
  prepare: (shop: Shop) => Promise<void>
  steps: ChildOrder["steps"]
  /** How often the worker passes the point at most. */
  hits: number
}

async function payouts(shop: Shop): Promise<void> {
  for (let made = 0; made < 3; made += 1) await aPayout(shop)
}

/** A load, and a direct payout. */
async function toTakeBack(shop: Shop): Promise<void> {
  const payouts = [await aPayout(shop), await aDirectPayout(shop)]
  await dispatchPayouts(shop.deps())
  await shop.passTime(5 * MINUTE_MS)
  await resolvePayouts(shop.deps())
  for (const { id } of payouts) {
    await shop.books.db.tx((sql) =>
      requestTakeBack(sql, {
        payout_id: id,
        kind: "reverse",
        tag: shop.tag,
        actor: "user_1",
        cause: null,
      })
    )
  }
}

async function leasesThatEnded(shop: Shop): Promise<void> {
  await payouts(shop)
  await claimReady(shop.books.db, {
    worker: "gone",
    limit: 3,
    lease_ms: MINUTE_MS,
  })
  await shop.passTime(2 * MINUTE_MS)
}

/** One was executed and one was not; neither was answered. */
async function unknownOutcomes(shop: Shop): Promise<void> {
  for (const fault of ["execute_then_drop", "drop_before_execute"] as const) {
    shop.sandbox.control.armFault({ fault, method: "POST", path: "/load/" })
  }
  await payouts(shop)
  await dispatchPayouts(shop.deps())
  await shop.passTime(5 * MINUTE_MS)
}

/** The books are of another database than before, and forgot a load. */
async function forgottenLoads(shop: Shop): Promise<void> {
  const payee = await aPayee(shop)
  await anEntry(shop, payee.vendor_id)
  const id = `mpl${shop.tag}${newId("f").slice(-10).toLowerCase()}`
  const response = await fetch(
    `${shop.sandbox.url}/v1.0.0/payout/load/${payee.user_token}`,
    {
      method: "POST",
      headers: {
        authorization: `Bearer ${shop.sandbox.apiKey}`,
        "content-type": "application/json",
        "idempotency-key": id,
      },
      body: JSON.stringify({
        client_load_id: id,
        source_token: shop.source_token,
        amount: 12.34,
        source_currency_code: "USD",
        notify_user: false,
      }),
    }
  )
  if (response.status !== 201) throw new Error("The load was not made")
  await shop.books.db.rows(
    `update masspay_control
        set value = jsonb_set(value, '{identity,database_oid}', '"1"')
      where key = 'database_identity'`
  )
}

async function anEntry(
  shop: Shop,
  vendor_id: string,
  amount = 1_234
): Promise<void> {
  const id = newId("mslen")
  await shop.books.db.rows(
    `insert into masspay_ledger_entry
       (id, vendor_id, currency_code, amount, kind, source_key, reason, available_at)
     values (?, ?, 'USD', ?, 'adjustment', ?, 'test', masspay_now())`,
    [id, vendor_id, amount, id]
  )
}

async function openEntries(shop: Shop): Promise<void> {
  const payee = await aPayee(shop)
  await anEntry(shop, payee.vendor_id)
}

/** More is taken off than waits to be sent: the rest has to come back out of her wallet. */
async function tooMuch(shop: Shop): Promise<void> {
  const { vendor_id } = await aPayee(shop)
  const collect = () =>
    collectPayouts(shop.deps(), { policy: COLLECT, tag: shop.tag })
  await anEntry(shop, vendor_id, 5_000)
  await collect()
  await dispatchPayouts(shop.deps())
  await anEntry(shop, vendor_id, 1_234)
  await collect()
  await anEntry(shop, vendor_id, -5_000)
  await anEntry(shop, vendor_id, -1_234)
}

async function aVendorWithoutUser(shop: Shop): Promise<void> {
  const id = newId("mspye")
  const vendor_id = `ven_${id.slice(-8).toLowerCase()}`
  await shop.books.db.rows(
    `insert into masspay_payee
       (id, vendor_id, internal_user_id, email, first_name, last_name, country_code)
     values (?, ?, ?, ?, 'New', 'Vendor', 'US')`,
    [id, vendor_id, `mpu${shop.tag}.${vendor_id}`, `${vendor_id}@example.com`]
  )
  await anEntry(shop, vendor_id)
}

async function newsToTell(shop: Shop): Promise<void> {
  await payouts(shop)
  await dispatchPayouts(shop.deps())
}

/** MassPay took its word back about what it had paid, then back again, and said so. */
async function flipsThatWereTold(shop: Shop): Promise<void> {
  await payouts(shop)
  await dispatchPayouts(shop.deps())
  await flipAll(shop, "CANCELLED")
  await applyWebhooks(shop.deps())
  await flipAll(shop, "COMPLETED")
}

async function flipAll(
  shop: Shop,
  status: "COMPLETED" | "CANCELLED"
): Promise<void> {
  for (const { load_token, client_load_id } of shop.sandbox.control.loads()
    .loads) {
    shop.sandbox.control.setLoadStatus(load_token, status)
    await deliver(shop, {
      event_type: "load",
      load_token,
      client_load_id,
      status,
    })
  }
  await shop.passTime(MINUTE_MS)
}

const dispatching = (hits = 3): Scenario => ({
  prepare: payouts,
  steps: ["dispatch"],
  hits,
})
const dispatchingDirect: Scenario = {
  prepare: async (shop) => {
    for (let made = 0; made < 3; made += 1) await aDirectPayout(shop)
  },
  steps: ["dispatch"],
  hits: 3,
}
const takingBack: Scenario = {
  prepare: toTakeBack,
  steps: ["dispatch"],
  hits: 2,
}
const resolving = (prepare: Scenario["prepare"], hits: number): Scenario => ({
  prepare,
  steps: ["resolve"],
  hits,
})
const adopting: Scenario = {
  prepare: forgottenLoads,
  steps: ["adopt"],
  hits: 1,
}

const telling: Scenario = {
  prepare: flipsThatWereTold,
  steps: ["webhooks"],
  hits: 1,
}

const reconciling: Scenario = {
  prepare: unknownOutcomes,
  steps: ["reconcile"],
  hits: 1,
}

/** What leads to each point. The type asks for a scenario of every new one. */
const SCENARIOS: Record<FailpointName, Scenario> = {
  "dispatch.claiming": dispatching(1),
  "dispatch.claimed": dispatching(),
  "dispatch.quoting": dispatchingDirect,
  "dispatch.quoted": dispatchingDirect,
  "dispatch.committing": dispatchingDirect,
  "dispatch.commit_claimed": dispatchingDirect,
  "dispatch.sending": dispatching(),
  "dispatch.answered": dispatching(),
  "dispatch.recording": dispatching(),
  "dispatch.recorded": dispatching(),
  // Both are claimed in one transaction.
  "take_back.claiming": { ...takingBack, hits: 1 },
  "take_back.claimed": takingBack,
  "take_back.sending": takingBack,
  "take_back.answered": takingBack,
  "take_back.recording": takingBack,
  "take_back.recorded": takingBack,
  "resolve.reaping": resolving(leasesThatEnded, 1),
  "resolve.reaped": resolving(leasesThatEnded, 1),
  "resolve.looked_up": resolving(unknownOutcomes, 2),
  "resolve.applying": resolving(unknownOutcomes, 2),
  "resolve.applied": resolving(unknownOutcomes, 2),
  "adopt.listed": adopting,
  "adopt.adopted": adopting,
  "adopt.finishing": adopting,
  "adopt.finished": adopting,
  "link.created": { prepare: aVendorWithoutUser, steps: ["link"], hits: 1 },
  // What waits is given up, her wallet is asked for, what she owes is spent back.
  "clawback.written": { prepare: tooMuch, steps: ["collect"], hits: 3 },
  "collect.collected": { prepare: openEntries, steps: ["collect"], hits: 1 },
  "outbox.published": { prepare: newsToTell, steps: ["publish"], hits: 1 },
  "reconcile.staged": reconciling,
  "reconcile.compared": reconciling,
  "reconcile.inspected": reconciling,
  "reconcile.finishing": reconciling,
  "webhooks.claimed": telling,
  "webhooks.looked_up": telling,
  "webhooks.applying": telling,
  "webhooks.applied": telling,
}

/** A worker process is killed at each named point, and proven to have reached it. */
export const POINTS: Part[] = FAILPOINTS.map((at) => ({
  name: `killed at ${at}`,
  sizes: { ci: 10, nightly: 200 },
  play: ({ seed }) =>
    withShop(async (shop) => {
      const { prepare, steps, hits } = SCENARIOS[at]
      await prepare(shop)
      const hit = randomFrom(seed).between(1, hits)
      const child = startChild(shop, { steps, die: { at, hit } })
      const { signal, code } = await child.end
      const problems =
        signal === "SIGKILL"
          ? []
          : [`the point was not reached (${code}): ${child.stderr()}`]
      await shop.passTime(5 * MINUTE_MS)
      return [...problems, ...(await comeToRest(shop)), ...(await judge(shop))]
    }),
}))
