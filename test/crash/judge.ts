import { formatMajor } from "../../src/domain/money"
import { checkInvariants } from "../../src/modules/masspay/queries/invariants"
import { adoptAfterRestore } from "../../src/runners/adopt"
import { applyWebhooks } from "../../src/runners/apply-webhooks"
import { collectPayouts } from "../../src/runners/collect"
import { dispatchPayouts } from "../../src/runners/dispatch"
import { resolvePayouts } from "../../src/runners/resolve"
import { COLLECT } from "../support/collect-policy"
import { directSins, outDirectly } from "../support/direct"
import { MINUTE_MS, type Shop } from "../support/payout-shop"

const ROUNDS_MAX = 40

/** What every process does, in turn and with the virtual clock, until nothing moves any more. */
export async function comeToRest(shop: Shop): Promise<string[]> {
  let before = ""
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    await adoptAfterRestore(shop.deps(), { wait_ms: 0 })
    await applyWebhooks(shop.deps())
    await resolvePayouts(shop.deps())
    await collectPayouts(shop.deps(), { policy: COLLECT, tag: shop.tag })
    await dispatchPayouts(shop.deps())
    await shop.passTime(21 * MINUTE_MS)
    const after = await fingerprint(shop)
    if (after === before) return []
    before = after
  }
  return [`it never came to rest: ${before}`]
}

async function fingerprint({ books, sandbox }: Shop): Promise<string> {
  const [row] = await books.db.rows<Record<string, string>>(
    `select (select count(*)::text from masspay_payout) as payouts,
            (select sum(version)::text from masspay_payout) as versions,
            (select count(*)::text from masspay_attempt) as attempts,
            (select count(*)::text from masspay_open_entry) as open`
  )
  const { load_count } = sandbox.control.loads()
  const { payout_count } = sandbox.control.payouts()
  return JSON.stringify({ ...row, load_count, payout_count })
}

/**
 * The oracle: what MassPay's journal says against what the books say. Nothing
 * executed twice, nobody paid more or less than is booked for her, every load
 * and every committed quote in exactly one payout, all invariants, nothing in doubt.
 */
export async function judge(shop: Shop): Promise<string[]> {
  const { control } = shop.sandbox
  const audit = control.audit()
  const broken = (await checkInvariants(shop.books.db)).filter(
    ({ holds }) => !holds
  )
  return [
    ...audit.problems,
    ...audit.repeats.map((repeat) => `double-paid: ${repeat}`),
    ...directSins(shop).map((sin) => `double-paid: ${sin}`),
    ...(audit.reads_with_idempotency_key > 0 ? ["a read carried a key"] : []),
    ...broken.map(
      ({ id, violations }) => `${id}: ${JSON.stringify(violations.slice(0, 3))}`
    ),
    ...(await judgeVendors(shop)),
    ...(await judgePaid(shop)),
    ...(await judgeStatuses(shop)),
    ...(await judgeInbox(shop)),
  ]
}

/** What MassPay said by itself was looked into. */
async function judgeInbox({ books }: Shop): Promise<string[]> {
  const rows = await books.db.rows<{ id: string; state: string }>(
    `select id, state from masspay_webhook_event where state <> 'applied'`
  )
  return rows.map(({ id, state }) => `webhook ${id} is ${state}`)
}

/** What is booked for her is with her or open. */
async function judgeVendors(shop: Shop): Promise<string[]> {
  const { books, sandbox } = shop
  const rows = await books.db.rows<{
    user_token: string
    booked: string
    open: string
  }>(
    `select y.user_token,
            coalesce((select sum(e.amount) from masspay_ledger_entry e
               where e.vendor_id = y.vendor_id and e.kind <> 'overpayment'), 0)::text as booked,
            coalesce((select sum(o.amount) from masspay_open_entry o
               where o.vendor_id = y.vendor_id), 0)::text as open
       from masspay_payee y where y.user_token is not null`
  )
  const paid = new Map<string, bigint>()
  for (const load of sandbox.control.loads().loads) {
    if (load.status === "CANCELLED") continue
    const minor = BigInt(load.amount.replace(".", ""))
    paid.set(load.user_token, (paid.get(load.user_token) ?? 0n) + minor)
  }
  for (const { user_token, amount, status } of sandbox.control.spendbacks()
    .spendbacks) {
    if (status !== "success") continue
    const minor = BigInt(amount.replace(".", ""))
    paid.set(user_token, (paid.get(user_token) ?? 0n) - minor)
  }
  for (const { user_token, cents } of outDirectly(shop)) {
    paid.set(user_token, (paid.get(user_token) ?? 0n) + BigInt(cents))
  }
  return rows.flatMap(({ user_token, booked, open }) => {
    const has = paid.get(user_token) ?? 0n
    const sums = `${user_token}: booked ${booked}, open ${open}, paid ${has}`
    if (has > BigInt(booked)) return [`double-paid ${sums}`]
    if (has + BigInt(open) !== BigInt(booked)) return [`lost ${sums}`]
    return BigInt(open) > 0n ? [`not paid ${sums}`] : []
  })
}

async function judgePaid(shop: Shop): Promise<string[]> {
  const rows = await shop.books.db.rows<{
    client_id: string
    amount: string
    user_token: string
  }>(
    `select o.client_id, p.amount::text as amount, p.user_token
       from masspay_payout p
       join masspay_operation o on o.payout_id = p.id and o.kind in ('load', 'commit')
      where p.status in ('completed', 'accepted', 'reversing')`
  )
  const ours = new Set(
    rows.map(({ client_id, amount, user_token }) =>
      [client_id, formatMajor(BigInt(amount), "USD"), user_token].join(" ")
    )
  )
  const loads = shop.sandbox.control
    .loads()
    .loads.filter((load) => load.status !== "CANCELLED")
    .map((load) => [load.client_load_id, load.amount, load.user_token])
  const payouts = outDirectly(shop).map(({ commit_id, cents, user_token }) => [
    commit_id,
    formatMajor(BigInt(cents), "USD"),
    user_token,
  ])
  const theirs = new Set([...loads, ...payouts].map((parts) => parts.join(" ")))
  return [
    ...[...theirs]
      .filter((paid) => !ours.has(paid))
      .map((paid) => `only MassPay has ${paid}`),
    ...[...ours]
      .filter((paid) => !theirs.has(paid))
      .map((paid) => `only the books have ${paid}`),
  ]
}

async function judgeStatuses({ books }: Shop): Promise<string[]> {
  const rows = await books.db.rows<{ id: string; status: string }>(
    `select id, status from masspay_payout
      where status not in ('completed', 'void', 'netted', 'reversed')`
  )
  return rows.map(({ id, status }) => `${id} is still ${status}`)
}
