import {
  type CollectPlan,
  type OpenEntry,
  planCollect,
  REPEATED_CANCELS_MAX,
} from "../../../domain/collect"
import {
  type CollectPolicy,
  type PayeeFacts,
  readTerms,
  type Waiver,
} from "./collect-terms"
import type { Sql } from "./db"
import { HELD_ENTRIES, holdOf, type HoldRow } from "./hold-facts"
import { CONTACT_FIELDS } from "./payee-contact"

export type { CollectPolicy, PayeeFacts } from "./collect-terms"

export type EntryFacts = OpenEntry & {
  settlement_id: string | null
  actor: string
  display_id: number | null
  created_at: Date
}

/** One vendor's open money in one currency, and what is decided about it now. */
export type VendorPlan = {
  payee: PayeeFacts
  currency_code: string
  entries: EntryFacts[]
  source_token: string | null
  plan: CollectPlan
}

/** The same decision for the preview and for the payout, from the same facts. */
export async function plansOf(
  sql: Sql,
  {
    payees,
    policy,
    now,
    waive,
  }: {
    payees: readonly PayeeFacts[]
    policy: CollectPolicy
    now: Date
    waive?: Waiver
  }
): Promise<VendorPlan[]> {
  const vendor_ids = payees.map((payee) => payee.vendor_id)
  const entries = await openEntriesOf(sql, vendor_ids)
  const known = await readTerms(sql, {
    vendor_ids,
    policy,
    now,
    ...(waive && { waive }),
  })
  return payees.flatMap((payee) =>
    [...(entries.get(payee.vendor_id) ?? [])].map(([currency_code, open]) => {
      const { source_token, ...terms } = known.of(payee, currency_code)
      return {
        payee,
        currency_code,
        entries: open,
        source_token,
        plan: planCollect({ ...terms, entries: open }),
      }
    })
  )
}

/**
 * Of a payee `y`: her payments are refused for want of papers, and a payout
 * waits that shows when that is over. Making more of them would tell nothing.
 */
const PAPERS_KEEP_BACK = `(
  y.papers_wanted and exists (
    select 1 from masspay_payout w
     where w.payee_id = y.id and w.method in ('wallet', 'direct')
       and w.status in ('pending', 'ready', 'sending', 'unknown', 'blocked')))`

/** As `missingContactOf` finds it. */
const MISSING_CONTACT = `array_remove(array[${CONTACT_FIELDS.map(
  (field) => `case when ${field} is null then '${field}' end`
).join(", ")}], null)`

const PAYEE_COLUMNS = `id, vendor_id, name,
  case when status = 'active' and ${PAPERS_KEEP_BACK} then 'locked' else status end
    as status,
  status_detail, case when status_reason = 'contact_incomplete' then ${MISSING_CONTACT} end
    as missing_contact, is_paused, pause_reason, user_token, needs_adoption, schedule,
  minimum, method,
  (select jsonb_object_agg(d.currency_code, jsonb_build_object(
            'status', d.status, 'min', d.min_amount::text, 'max', d.max_amount::text))
     from masspay_destination d
    where d.payee_id = y.id and d.replaced_at is null and d.user_token = y.user_token)
    as destinations`

/** With `lock`, nobody else collects for these vendors or books a negative until the transaction ends. */
export async function payeesOf(
  sql: Sql,
  vendor_ids: readonly string[],
  { lock }: { lock: boolean }
): Promise<PayeeFacts[]> {
  const payees = await sql.rows<Omit<PayeeFacts, "repeated_cancels">>(
    `select ${PAYEE_COLUMNS} from masspay_payee y
      where vendor_id = any(?) order by vendor_id ${lock ? "for update" : ""}`,
    [vendor_ids]
  )
  const cancels = await repeatedCancelsOf(
    sql,
    payees.map((payee) => payee.id)
  )
  return payees.map((payee) => ({
    ...payee,
    repeated_cancels: cancels.get(payee.id) ?? 0,
  }))
}

/**
 * How many of a payee's last payouts in a row MassPay cancelled, as far as it
 * matters. Payouts without a word from MassPay yet, those from before an
 * operator resumed her, and those that our own funding wallet was too short
 * for, do not count.
 */
async function repeatedCancelsOf(
  sql: Sql,
  payee_ids: readonly string[]
): Promise<Map<string, number>> {
  const rows = await sql.rows<{ payee_id: string; is_cancelled: boolean }>(
    `select p.id as payee_id, last.is_cancelled
       from masspay_payee p
      cross join lateral (
        select o.status in ('cancelled', 'void') as is_cancelled,
               o.created_at, o.id
          from masspay_payout o
         where o.payee_id = p.id and o.amount > 0
           and o.created_at > coalesce(p.resumed_at, '-infinity')
           and (o.status in ('accepted', 'completed', 'reversing', 'reversed')
                or (o.status in ('cancelled', 'void')
                    and exists (select 1 from masspay_payout_event v
                                 where v.payout_id = o.id
                                   and v.to_status = 'cancelled'
                                   and v.detail is distinct from 'funding_short')))
         order by o.created_at desc, o.id desc
         limit ?) last
      where p.id = any(?)
      order by last.created_at desc, last.id desc`,
    [REPEATED_CANCELS_MAX, payee_ids]
  )
  const cancels = new Map<string, number>()
  const isOver = new Set<string>()
  for (const { payee_id, is_cancelled } of rows) {
    if (!is_cancelled) isOver.add(payee_id)
    if (isOver.has(payee_id)) continue
    cancels.set(payee_id, (cancels.get(payee_id) ?? 0) + 1)
  }
  return cancels
}

type EntryRow = Omit<EntryFacts, "amount" | "hold"> & {
  vendor_id: string
  currency_code: string
  amount: string
  hold: HoldRow | null
}

const ENTRY_COLUMNS = `e.id, e.source_key, e.vendor_id, e.currency_code,
            e.amount::text as amount, e.available_at, e.settlement_id,
            e.created_at, e.actor, s.display_id, held.entry_id is not null as is_held,
            held.hold`

/** These entries, open or not, oldest first. */
export async function entriesOf(
  sql: Sql,
  ids: readonly string[]
): Promise<EntryFacts[]> {
  const rows = await sql.rows<EntryRow>(
    `select ${ENTRY_COLUMNS}
       from masspay_ledger_entry e
       left join masspay_settlement s on s.id = e.settlement_id
       left join ${HELD_ENTRIES} held on held.entry_id = e.id
      where e.id = any(?)
      order by e.created_at, e.id`,
    [ids]
  )
  return rows.map(entryOf)
}

/** Open entries by vendor and currency, oldest first. */
export async function openEntriesOf(
  sql: Sql,
  vendor_ids: readonly string[]
): Promise<Map<string, Map<string, EntryFacts[]>>> {
  const rows = await sql.rows<EntryRow>(
    `select ${ENTRY_COLUMNS}
       from masspay_open_entry o
       join masspay_ledger_entry e on e.id = o.entry_id
       left join masspay_settlement s on s.id = e.settlement_id
       left join ${HELD_ENTRIES} held on held.entry_id = e.id
      where o.vendor_id = any(?)
      order by e.vendor_id, e.currency_code, e.created_at, e.id`,
    [vendor_ids]
  )
  const entries = new Map<string, Map<string, EntryFacts[]>>()
  for (const row of rows) {
    const { vendor_id, currency_code } = row
    const currencies = entries.get(vendor_id) ?? new Map<string, EntryFacts[]>()
    const list = currencies.get(currency_code) ?? []
    list.push(entryOf(row))
    entries.set(vendor_id, currencies.set(currency_code, list))
  }
  return entries
}

function entryOf({ amount, hold, ...row }: EntryRow): EntryFacts {
  return { ...row, amount: BigInt(amount), hold: holdOf(hold) }
}
