import { createIntake } from "../../src/api/hooks/masspay/intake"
import { checkInvariants } from "../../src/modules/masspay/queries/invariants"
import { createWebhooks } from "../../src/modules/masspay-gateway/webhooks"
import { applyWebhooks } from "../../src/runners/apply-webhooks"
import { dispatchPayouts } from "../../src/runners/dispatch"
import { resolvePayouts } from "../../src/runners/resolve"
import { manyPayees, readyPayouts } from "../support/many-payouts"
import {
  MINUTE_MS,
  openShop,
  requests,
  type Shop,
} from "../support/payout-shop"
import { type Random, randomFrom } from "../support/random"
import { PostOffice, SECRETS } from "./post-office"

export type Storm = {
  events: number
  deliveries: number
  lost: number
  forged: number
  forged_accepted: number
  genuine_refused: number
  /** Stored anew; the rest were repeats of a signed delivery. */
  stored: number
  users: number
  loads: number
  flips: number
  /** Loads whose payout said what MassPay says, before anything was polled. */
  right_by_webhooks: number
  right_in_the_end: number
  /** Requests for a user's loads because of webhooks. */
  lookups: number
  lookups_of_one_max: number
  /** What the coalescing interval allows one user in the time it took. */
  lookups_of_one_allowed: number
  left_in_inbox: number
  problems: string[]
}

export type StormSize = {
  payouts: number
  rounds: number
  seed: number
}

/** Never so many that her list could be cut off at a page. */
const PAYOUTS_PER_PAYEE = 11
/** Of the payouts: of payees who have but one. What is lost about it, no other message makes up for. */
const ALONE = 0.2
const COALESCE_MS = 5_000
/** Between two rounds, on the virtual clock: a little more than the interval. */
const ROUND_MS = 6_000
const LATE_MAX = 6
const DEPTH_MAX = 4
const DAY_MS = 24 * 60 * MINUTE_MS

/**
 * A shop whose loads flip up to four deep while MassPay's messages about it come
 * late, in no order, several times, or not at all, and others' forgeries among
 * them. Two workers follow; what was lost is polled for in the end.
 */
export async function storm(size: StormSize): Promise<Storm> {
  const shop = await openShop({
    in_flight: 8,
    funds: "100000000.00",
    deadline_ms: 15_000,
  })
  try {
    return await play(shop, size)
  } finally {
    await shop.close()
  }
}

async function play(shop: Shop, size: StormSize): Promise<Storm> {
  const random = randomFrom(size.seed)
  const loads = await paidLoads(shop, size)
  const office = new PostOffice(random, {
    lost: 0.05,
    forged: 0.01,
    copies_max: 5,
    late_max: LATE_MAX,
  })
  const door = doorOf(shop)
  const flips = planFlips(random, loads, size.rounds)
  const before = lookupsByUser(shop)

  for (const load of loads) office.post(eventOf(load, "COMPLETED"), 0)
  let flipped = 0
  const rounds = size.rounds + LATE_MAX + 1
  for (let round = 0; round < rounds; round += 1) {
    for (const load of flips.get(round) ?? []) {
      const status = load.is_completed ? "CANCELLED" : "COMPLETED"
      shop.sandbox.control.setLoadStatus(load.load_token, status)
      load.is_completed = !load.is_completed
      flipped += 1
      office.post(eventOf(load, status), round)
    }
    for (const delivery of office.take(round)) await door.take(delivery)
    await shop.passTime(ROUND_MS)
    await Promise.all([1, 2].map(() => applyWebhooks(shop.deps(), POLICY)))
  }
  // Second looks at what seemed to differ, and what came in the last round.
  for (const wait_ms of [ROUND_MS, 2 * MINUTE_MS, ROUND_MS]) {
    await shop.passTime(wait_ms)
    await applyWebhooks(shop.deps(), POLICY)
  }
  const after = lookupsByUser(shop)
  const of_one = [...after].map(([user, n]) => n - (before.get(user) ?? 0))
  const right_by_webhooks = await rightOf(shop)
  await pollForTheRest(shop, of_one.length)

  return {
    ...office.posted,
    ...door.counted,
    users: of_one.length,
    loads: loads.length,
    flips: flipped,
    right_by_webhooks,
    right_in_the_end: await rightOf(shop),
    lookups: of_one.reduce((sum, n) => sum + n, 0),
    lookups_of_one_max: Math.max(...of_one),
    lookups_of_one_allowed:
      Math.ceil(
        (rounds * ROUND_MS + 2 * MINUTE_MS + 2 * ROUND_MS) / COALESCE_MS
      ) + 1,
    left_in_inbox: await leftInInbox(shop),
    problems: await problemsOf(shop),
  }
}

const POLICY = { coalesce_ms: COALESCE_MS, second_look_ms: MINUTE_MS }

type Load = {
  load_token: string
  client_load_id: string
  is_completed: boolean
}

async function paidLoads(shop: Shop, size: StormSize): Promise<Load[]> {
  const alone = Math.round(size.payouts * ALONE)
  await payoutsOf(shop, { payees: alone, payouts: alone })
  const others = size.payouts - alone
  const payees = Math.ceil(others / PAYOUTS_PER_PAYEE)
  await payoutsOf(shop, { payees, payouts: others })
  // A run ends after so many claims; the next one goes on.
  for (;;) {
    await dispatchPayouts(shop.deps())
    const [left] = await shop.books.db.rows(
      `select id from masspay_payout where status = 'ready' limit 1`
    )
    if (!left) break
  }
  return shop.sandbox.control.loads().loads.map((load) => ({
    load_token: load.load_token,
    client_load_id: load.client_load_id,
    is_completed: load.status === "COMPLETED",
  }))
}

async function payoutsOf(
  { books, tag, source_token, wire }: Shop,
  count: { payees: number; payouts: number }
): Promise<void> {
  const payees = await manyPayees(books.db, {
    tag,
    count: count.payees,
    createUser: async ({ vendor_id, internal_user_id }) => {
      const user = await wire.createUser(
        {
          internal_user_id,
          email: `${vendor_id}@example.com`,
          first_name: "Ada",
          last_name: "Vendor",
          country_code: "US",
        },
        `create-${vendor_id}`
      )
      return user.user_token
    },
  })
  await readyPayouts(books.db, {
    tag,
    source_token,
    payees,
    count: count.payouts,
  })
}

/** Each load flips up to four times, each time in a later round. */
function planFlips(
  random: Random,
  loads: readonly Load[],
  rounds: number
): Map<number, Load[]> {
  const plan = new Map<number, Load[]>()
  for (const load of loads) {
    const depth = random.pick([0, 1, 2, 2, 3, DEPTH_MAX])
    const when = new Set<number>()
    while (when.size < depth) when.add(random.between(1, rounds - 1))
    for (const round of when) {
      plan.set(round, [...(plan.get(round) ?? []), load])
    }
  }
  return plan
}

function eventOf({ load_token, client_load_id }: Load, status: string) {
  return {
    event_type: "load",
    load_token,
    client_load_id,
    amount: 12.34,
    source_currency_code: "USD",
    notes: "Payout",
    status,
  }
}

/** What the route does with a delivery, but for HTTP. */
function doorOf(shop: Shop) {
  const webhooks = createWebhooks({
    secrets: SECRETS,
    stale: "hint",
    toleranceSeconds: 300,
  })
  const intake = createIntake(shop.books.db)
  const counted = { stored: 0, forged_accepted: 0, genuine_refused: 0 }
  return {
    counted,
    async take(delivery: {
      header: string
      body: Buffer
      is_genuine: boolean
    }) {
      const { header, body, is_genuine } = delivery
      const now = new Date()
      const received = webhooks.receive({ headers: [header], body, now })
      if (received.verdict !== "genuine") {
        if (is_genuine) counted.genuine_refused += 1
        return
      }
      if (!is_genuine) counted.forged_accepted += 1
      const { event, mac, signed_at, is_stale } = received
      const taken = await intake({ ...event, mac, signed_at, is_stale })
      if (taken.did === "stored") counted.stored += 1
      else if (taken.did !== "known") counted.genuine_refused += 1
    },
  }
}

/** What the resolver does within a day, on the virtual clock. */
async function pollForTheRest(shop: Shop, users: number): Promise<void> {
  await shop.passTime(DAY_MS + MINUTE_MS)
  // A few payees are read in each run.
  for (let run = 0; run <= users / 5 + 5; run += 1) {
    await resolvePayouts(shop.deps())
    const [left] = await shop.books.db.rows<{ n: number }>(
      `select count(*)::int as n from masspay_payee
        where coalesce(read_in_full_at, created_at)
                <= masspay_now() - interval '1 day'`
    )
    if (left?.n === 0) return
  }
}

function lookupsByUser(shop: Shop): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { method, path } of requests(shop)) {
    const [, user] = /\/payout\/load\/([^/?]+)/.exec(path) ?? []
    if (method !== "GET" || user === undefined) continue
    counts.set(user, (counts.get(user) ?? 0) + 1)
  }
  return counts
}

/** How many payouts say what MassPay says. Given up is what a cancelled one becomes. */
async function rightOf(shop: Shop): Promise<number> {
  const rows = await shop.books.db.rows<{ client_id: string; status: string }>(
    `select o.client_id, p.status from masspay_payout p
       join masspay_operation o on o.payout_id = p.id and o.kind = 'load'`
  )
  const ours = new Map(rows.map((row) => [row.client_id, row.status]))
  return shop.sandbox.control.loads().loads.filter((load) => {
    const status = ours.get(load.client_load_id) ?? ""
    return load.status === "COMPLETED"
      ? status === "completed"
      : ["cancelled", "void"].includes(status)
  }).length
}

async function leftInInbox(shop: Shop): Promise<number> {
  const [row] = await shop.books.db.rows<{ n: number }>(
    `select count(*)::int as n from masspay_webhook_event where state <> 'applied'`
  )
  return row?.n ?? 0
}

async function problemsOf(shop: Shop): Promise<string[]> {
  const broken = (await checkInvariants(shop.books.db)).filter(
    ({ holds }) => !holds
  )
  return [
    ...shop.sandbox.control.audit().problems,
    ...broken.map(({ id }) => `invariant ${id}`),
    ...shop.logs.filter((line) => line.startsWith("error")).slice(0, 3),
  ]
}
