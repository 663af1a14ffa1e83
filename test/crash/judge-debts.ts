import { formatMajor, parseMajor } from "../../src/domain/money"
import { checkInvariants } from "../../src/modules/masspay/queries/invariants"
import type { Shop } from "../support/payout-shop"
import type { Debts } from "./debts"

/** What must hold at every moment: nothing twice, and nobody ahead of what she is due. */
export function judgeNow(debts: Debts): string[] {
  const { repeats, problems } = debts.shop.sandbox.control.audit()
  const paid = paidByUser(debts.shop)
  return [
    ...repeats.map((repeat) => `executed twice: ${repeat}`),
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
    ...(await judgeLoads(shop)),
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

/** Each load that MassPay holds is one completed payout with its amount and user, and back. */
async function judgeLoads(shop: Shop): Promise<string[]> {
  const rows = await shop.books.db.rows<{
    client_id: string
    amount: string
    user_token: string
    load_token: string | null
  }>(
    `select o.client_id, p.amount::text as amount, p.user_token,
            o.remote_token as load_token
       from masspay_payout p
       join masspay_operation o on o.payout_id = p.id and o.kind = 'load'
      where p.status = 'completed'`
  )
  const books = new Set(
    rows.map((row) =>
      [
        row.client_id,
        formatMajor(BigInt(row.amount), "USD"),
        row.user_token,
        row.load_token,
      ].join(" ")
    )
  )
  const masspay = new Set(
    heldLoads(shop).map((load) =>
      [load.client_load_id, load.amount, load.user_token, load.load_token].join(
        " "
      )
    )
  )
  return [
    ...[...masspay]
      .filter((load) => !books.has(load))
      .map((load) => `only MassPay has ${load}`),
    ...[...books]
      .filter((load) => !masspay.has(load))
      .map((load) => `only the books have ${load}`),
  ]
}

/** How many loads at MassPay these books have no operation for. */
export async function forgottenLoads(shop: Shop): Promise<number> {
  const rows = await shop.books.db.rows<{ client_id: string }>(
    `select client_id from masspay_operation where kind = 'load'`
  )
  const known = new Set(rows.map((row) => row.client_id))
  return heldLoads(shop).filter((load) => !known.has(load.client_load_id))
    .length
}

export function heldLoads({ sandbox }: Shop) {
  return sandbox.control
    .loads()
    .loads.filter((load) => load.status !== "CANCELLED")
}

/** In cents. */
function paidByUser(shop: Shop): Map<string, number> {
  const paid = new Map<string, number>()
  for (const { user_token, amount } of heldLoads(shop)) {
    const cents = Number(parseMajor(amount, "USD"))
    paid.set(user_token, (paid.get(user_token) ?? 0) + cents)
  }
  return paid
}
