import { holdWords } from "../../../domain/holds"
import type { PayoutStatus } from "../../../domain/payout-status"
import type { HeldReason } from "../../../domain/settle-types"
import type { AdminOrderSettlement } from "../../../types/http"
import {
  type CollectPolicy,
  payeesOf,
  plansOf,
  type VendorPlan,
} from "./collect-facts"
import { detailOf, holdFact, reasonFacts } from "./collect-reasons"
import type { Sql } from "./db"
import {
  amountText,
  isoOrNull,
  PAYOUT_COLUMNS,
  payoutOf,
  type PayoutRow,
} from "./dto"
import { HELD_ENTRIES, holdOf, type HoldRow } from "./hold-facts"
import { databaseNow } from "./settlements"

type SettlementFacts = {
  id: string
  order_id: string
  vendor_id: string
  vendor_name: string | null
  currency_code: string
  gross: string
  commission: string
  shipping: string
  tax: string
  net: string
  held_reason: HeldReason | null
  held_detail: string | null
  notice: string | null
  available_at: Date | null
}

type EntryState = {
  settlement_id: string
  amount: string
  available_at: Date
  /** What an operator said who holds its order. */
  hold: HoldRow | null
  /** Of the payout that holds the entry; `null` while it is open. */
  payout_status: PayoutStatus | null
}

/** A payout in one of these has done what it was for. */
const DONE: readonly PayoutStatus[] = ["completed", "reversing", "netted"]

/**
 * Every vendor's share of one order and what became of it. `order_id` may be
 * the paid order, which shows the whole family, or a vendor's own order.
 */
export async function orderSettlements(
  sql: Sql,
  { order_id, policy }: { order_id: string; policy: CollectPolicy }
): Promise<AdminOrderSettlement[]> {
  const settlements = await sql.rows<SettlementFacts>(
    `select s.id, s.order_id, s.vendor_id, y.name as vendor_name,
            s.currency_code, s.gross::text as gross,
            s.commission::text as commission, s.shipping::text as shipping,
            s.tax::text as tax, s.net::text as net, s.held_reason,
            s.held_detail, s.notice, s.available_at
       from masspay_settlement s
       left join masspay_payee y on y.vendor_id = s.vendor_id
      where s.id in (select id from masspay_settlement where order_id = ?
                     union
                     select id from masspay_settlement where root_order_id = ?)
      order by s.order_id, s.vendor_id, s.currency_code`,
    [order_id, order_id]
  )
  const ids = settlements.map((settlement) => settlement.id)
  const entries = await entriesOf(sql, ids)
  const payouts = await payoutsOf(sql, ids)
  const plans = await plansForOpen(sql, { settlements, entries, policy })
  const now = await databaseNow(sql)
  return settlements.map((settlement) => {
    const own = entries.filter((entry) => entry.settlement_id === settlement.id)
    const plan = plans.find(
      ({ payee, currency_code }) =>
        payee.vendor_id === settlement.vendor_id &&
        currency_code === settlement.currency_code
    )
    return {
      ...dtoOf(settlement),
      facts: {},
      ...stateOf({ settlement, entries: own, plan, now }),
      payouts: payouts.get(settlement.id) ?? [],
    }
  })
}

function dtoOf({
  held_reason: _reason,
  held_detail: _detail,
  ...settlement
}: SettlementFacts): Omit<
  AdminOrderSettlement,
  "state" | "reason" | "detail" | "facts" | "payouts"
> {
  const text = (minor: string) => amountText(minor, settlement.currency_code)
  return {
    ...settlement,
    gross: text(settlement.gross),
    commission: text(settlement.commission),
    shipping: text(settlement.shipping),
    tax: text(settlement.tax),
    net: text(settlement.net),
    available_at: isoOrNull(settlement.available_at),
  }
}

function stateOf({
  settlement,
  entries,
  plan,
  now,
}: {
  settlement: SettlementFacts
  entries: readonly EntryState[]
  plan: VendorPlan | undefined
  now: Date
}): Pick<AdminOrderSettlement, "state" | "reason" | "detail"> &
  Partial<Pick<AdminOrderSettlement, "facts">> {
  const held = {
    reason: settlement.held_reason,
    detail: settlement.held_detail,
  }
  if (entries.length === 0) {
    const isNothing = [null, "nothing_due"].includes(settlement.held_reason)
    return { state: isNothing ? "nothing_due" : "held", ...held }
  }
  const open = entries.filter((entry) => entry.payout_status === null)
  if (open.length > 0) {
    const sum = open.reduce((total, entry) => total + BigInt(entry.amount), 0n)
    if (sum === 0n && open.length === entries.length) {
      return { state: "nothing_due", ...held }
    }
    if (settlement.held_reason === "unallocated_refund") {
      return { state: "open", ...held }
    }
    const hold = holdOf(open.find((entry) => entry.hold)?.hold ?? null)
    if (hold) {
      return {
        ...{ state: "open", reason: "hold", detail: holdWords(hold) },
        facts: holdFact(hold),
      }
    }
    if (open.every((entry) => entry.available_at > now)) {
      return { state: "open", reason: "not_due", detail: null }
    }
    return {
      state: "open",
      reason: plan?.plan.reason ?? null,
      detail: plan ? detailOf(plan) : null,
      ...(plan && { facts: reasonFacts(plan) }),
    }
  }
  // Nothing is on its way, and somebody may have to act.
  if (entries.some(({ payout_status }) => payout_status === "blocked")) {
    return { state: "blocked", reason: null, detail: null }
  }
  const isDone = entries.every(
    ({ payout_status }) =>
      payout_status !== null && DONE.includes(payout_status)
  )
  return { state: isDone ? "paid" : "in_transit", reason: null, detail: null }
}

async function entriesOf(
  sql: Sql,
  settlement_ids: readonly string[]
): Promise<EntryState[]> {
  return sql.rows<EntryState>(
    `select e.settlement_id, e.amount::text as amount, e.available_at,
            p.status as payout_status, held.hold
       from masspay_ledger_entry e
       left join ${HELD_ENTRIES} held on held.entry_id = e.id
       left join masspay_payout_item i
         on i.entry_id = e.id and i.released_at is null
       left join masspay_payout p on p.id = i.payout_id
      where e.settlement_id = any(?)`,
    [settlement_ids]
  )
}

/** Also those that gave their entries back. Newest first. */
async function payoutsOf(
  sql: Sql,
  settlement_ids: readonly string[]
): Promise<Map<string, AdminOrderSettlement["payouts"]>> {
  const rows = await sql.rows<PayoutRow & { settlement_id: string }>(
    `select link.settlement_id, ${PAYOUT_COLUMNS}
       from (select distinct e.settlement_id, i.payout_id
               from masspay_ledger_entry e
               join masspay_payout_item i on i.entry_id = e.id
              where e.settlement_id = any(?)) link
       join masspay_payout p on p.id = link.payout_id
       join masspay_payee y on y.id = p.payee_id
      order by p.created_at desc, p.id desc`,
    [settlement_ids]
  )
  const payouts = new Map<string, AdminOrderSettlement["payouts"]>()
  for (const { settlement_id, ...row } of rows) {
    const payout = payoutOf(row)
    payouts.set(settlement_id, [
      ...(payouts.get(settlement_id) ?? []),
      {
        id: payout.id,
        method: payout.method,
        status: payout.status,
        block_reason: payout.block_reason,
        detail: payout.detail,
        amount: payout.amount,
        currency_code: payout.currency_code,
        created_at: payout.created_at,
        completed_at: payout.completed_at,
      },
    ])
  }
  return payouts
}

async function plansForOpen(
  sql: Sql,
  {
    settlements,
    entries,
    policy,
  }: {
    settlements: readonly SettlementFacts[]
    entries: readonly EntryState[]
    policy: CollectPolicy
  }
): Promise<VendorPlan[]> {
  const withOpen = new Set(
    entries
      .filter((entry) => entry.payout_status === null)
      .map((entry) => entry.settlement_id)
  )
  const vendors = settlements
    .filter((settlement) => withOpen.has(settlement.id))
    .map((settlement) => settlement.vendor_id)
  if (vendors.length === 0) return []
  const payees = await payeesOf(sql, [...new Set(vendors)], { lock: false })
  return plansOf(sql, { payees, policy, now: await databaseNow(sql) })
}
