import { parseMajor } from "../../src/domain/money"
import { checkInvariants } from "../../src/modules/masspay/queries/invariants"
import { directSins, outDirectly } from "../support/direct"
import type { Shop } from "../support/payout-shop"
import type { Debts } from "./debts"

/** What must hold at every moment: nothing twice, and nobody ahead of what she is due. */
export function judgeNow(debts: Debts): string[] {
  const { repeats, problems } = debts.shop.sandbox.control.audit()
  const paid = paidByUser(debts.shop)
  return [
    ...repeats.map((repeat) => `executed twice: ${repeat}`),
    ...directSins(debts.shop),
    ...problems,
    ...debts.payees.flatMap((payee) => {
      const has = paid.get(payee.user_token) ?? 0
      const due = debts.due(payee)
      return has > due
        ? [`${payee.vendor_id} was paid ${has} of ${due} cents`]
        : []
    }),
  ]
}

/** What must hold when nothing moves any more. */
export async function judgeQuiet(debts: Debts): Promise<string[]> {
  const { shop } = debts
  const broken = (await checkInvariants(shop.books.db)).filter(
    (invariant) => !invariant.holds
  )
  const { reads_with_idempotency_key } = shop.sandbox.control.audit()
  const stuck = await shop.books.db.rows<{ id: string; status: string }>(
    `select id, status from masspay_payout
      where status not in ('completed', 'void', 'netted')`
  )
  return [
    ...judgeNow(debts),
    ...(reads_with_idempotency_key > 0 ? ["a read carried a key"] : []),
    ...broken.map(
      ({ id, violations }) => `${id}: ${JSON.stringify(violations.slice(0, 3))}`
    ),
    ...stuck.map(({ id, status }) => `${id} is ${status}`),
    ...(await judgeSums(debts)),
    ...(await judgePaid(shop)),
  ]
}

/** Per vendor: what is due, what is booked and what MassPay holds for her are the same. */
async function judgeSums(debts: Debts): Promise<string[]> {
  const { shop, payees } = debts
  const rows = await shop.books.db.rows<{
    vendor_id: string
    booked: number
    open: number
  }>(
    `select e.vendor_id,
            coalesce(sum(e.amount) filter (where e.kind <> 'overpayment'), 0)::float8 as booked,
            (select coalesce(sum(o.amount), 0) from masspay_open_entry o
              where o.vendor_id = e.vendor_id)::float8 as open
       from masspay_ledger_entry e group by e.vendor_id`
  )
  const paid = paidByUser(shop)
  return payees.flatMap((payee) => {
    const { vendor_id } = payee
    const row = rows.find((each) => each.vendor_id === vendor_id)
    const { booked, open } = row ?? { booked: 0, open: 0 }
    const due = debts.due(payee)
    const has = paid.get(payee.user_token) ?? 0
    const told = JSON.stringify({ vendor_id, due, booked, paid: has, open })
    return [
      ...(booked === due ? [] : [`entries lost or added: ${told}`]),
      ...(has === booked - open ? [] : [`money lost or doubled: ${told}`]),
      ...(open === 0 ? [] : [`money left open: ${told}`]),
    ]
  })
}

/** Each load and payout that MassPay holds is one completed payout with its amount and user, and back. */
async function judgePaid(shop: Shop): Promise<string[]> {
  const rows = await shop.books.db.rows<{
    client_id: string
    cents: number
    user_token: string
    remote_token: string | null
  }>(
    `select o.client_id, p.amount::float8 as cents, p.user_token, o.remote_token
       from masspay_payout p
       join masspay_operation o on o.payout_id = p.id and o.kind in ('load', 'commit')
      where p.status = 'completed'`
  )
  const inWords = (paid: Held) =>
    [paid.client_id, paid.cents, paid.user_token, paid.remote_token].join(" ")
  const books = new Set(rows.map(inWords))
  const masspay = new Set(held(shop).map(inWords))
  return [
    ...[...masspay]
      .filter((paid) => !books.has(paid))
      .map((paid) => `only MassPay has ${paid}`),
    ...[...books]
      .filter((paid) => !masspay.has(paid))
      .map((paid) => `only the books have ${paid}`),
  ]
}

/** How much of what MassPay holds these books have no operation for. */
export async function forgotten(shop: Shop): Promise<number> {
  const rows = await shop.books.db.rows<{ client_id: string }>(
    `select client_id from masspay_operation where kind in ('load', 'commit')`
  )
  const known = new Set(rows.map((row) => row.client_id))
  return held(shop).filter(({ client_id }) => !known.has(client_id)).length
}

type Held = {
  client_id: string
  cents: number
  user_token: string
  remote_token: string | null
}

/** Loads and committed payouts that were not cancelled. */
export function held(shop: Shop): Held[] {
  const loads = shop.sandbox.control
    .loads()
    .loads.filter((load) => load.status !== "CANCELLED")
    .map(({ client_load_id, amount, user_token, load_token }) => ({
      client_id: client_load_id,
      cents: Number(parseMajor(amount, "USD")),
      user_token,
      remote_token: load_token,
    }))
  const payouts = outDirectly(shop).map(
    ({ commit_id, cents, user_token, payout_token }) => ({
      client_id: commit_id,
      cents,
      user_token,
      remote_token: payout_token,
    })
  )
  return [...loads, ...payouts]
}

/** In cents. */
function paidByUser(shop: Shop): Map<string, number> {
  const paid = new Map<string, number>()
  for (const { user_token, cents } of held(shop)) {
    paid.set(user_token, (paid.get(user_token) ?? 0) + cents)
  }
  return paid
}
