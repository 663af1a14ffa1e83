import { ENDED_BY_READING } from "../../../domain/compare"
import type { Db, Sql } from "./db"
import {
  closeDiscrepancy,
  type FoundDiscrepancy,
  noteHealed,
  openDiscrepancyIn,
} from "./discrepancies"
import { amountText } from "./dto"
import type { InvariantResult } from "./invariants"
import { MAIN_KINDS } from "./main-operation"
import { missingIn } from "./reconcile-absence"

const PAUSE_REASON: Partial<Record<string, string>> = {
  D08: "MassPay shows a load or a spendback of hers with another amount, currency or user than was asked for. Look at it before anything more is paid.",
  D09: "MassPay shows more than one load for one payout of hers. Look at it before anything more is paid.",
}

/**
 * Opens a difference and, where the class asks for it and the difference is new,
 * pauses the vendor in the same transaction. Whoever resumed her since knew of it.
 */
export async function openAndPause(
  db: Db,
  found: FoundDiscrepancy
): Promise<{ id: string; is_new: boolean }> {
  return db.tx(async (sql) => {
    const reason = PAUSE_REASON[found.class]
    // Payees first of all locks.
    if (reason && found.payee_id) {
      await sql.rows(`select id from masspay_payee where id = ? for update`, [
        found.payee_id,
      ])
    }
    const opened = await openDiscrepancyIn(sql, found)
    if (reason && found.payee_id && opened.is_new) {
      await sql.rows(
        `update masspay_payee
            set is_paused = true, pause_reason = ?, updated_at = masspay_now()
          where id = ? and not is_paused`,
        [reason, found.payee_id]
      )
    }
    return opened
  })
}

/**
 * Ends the open differences of one user that a complete reading of her lists did
 * not show any more. Returns how many were open.
 */
export async function closeUnshown(
  db: Db,
  {
    payee_id,
    user_token,
    shown,
    run_id,
  }: {
    payee_id: string
    user_token: string
    /** Cause keys of what does show. */
    shown: readonly string[]
    run_id: string
  }
): Promise<number> {
  const over = await db.rows<{ cause_key: string }>(
    `select cause_key from masspay_discrepancy
      where payee_id = ? and gone_at is null and class = any(?)
        and coalesce(theirs->>'user_token', ours->>'user_token') = ?
        and cause_key <> all(?::text[])
      order by cause_key`,
    [payee_id, [...ENDED_BY_READING], user_token, shown]
  )
  let closed = 0
  for (const { cause_key } of over) {
    if (await closeDiscrepancy(db, { cause_key, run_id })) closed += 1
  }
  return closed
}

/** D05 (and D14 for what was taken back): paid here, and not there, in two complete runs. Never paid again by code. */
export async function openMissing(
  db: Db,
  run_id: string
): Promise<("D05" | "D14")[]> {
  const opened: ("D05" | "D14")[] = []
  for (const one of await missingIn(db, run_id)) {
    const name = one.method === "spendback" ? "D14" : "D05"
    await openAndPause(db, {
      class: name,
      cause_key: `${name}:${one.operation_id}`,
      payout_id: one.payout_id,
      payee_id: one.payee_id,
      vendor_id: one.vendor_id,
      remote_token: one.remote_token,
      currency_code: one.currency_code,
      ours: {
        status: "completed",
        amount: amountText(one.amount, one.currency_code),
        currency_code: one.currency_code,
        completed_at: one.completed_at.toISOString(),
        user_token: one.user_token,
      },
      theirs: {},
      action: "flagged",
      run_id,
    })
    opened.push(name)
  }
  return opened
}

/**
 * D10: money that a payout brought a vendor after its items were released, and
 * that nothing has netted yet. Told once; it ends when it is netted or flips back.
 */
export async function openOverpaid(db: Db, run_id: string): Promise<number> {
  const overpaid = await db.rows<{
    payout_id: string
    payee_id: string
    vendor_id: string
    remote_token: string | null
    status: string
    amount: string
    currency_code: string
  }>(
    `select p.id as payout_id, p.payee_id, p.vendor_id, p.status,
            max(o.remote_token) as remote_token,
            sum(l.amount)::text as amount, p.currency_code
       from masspay_open_entry e
       join masspay_ledger_entry l on l.id = e.entry_id
       join masspay_payout p on p.id = split_part(l.source_key, ':', 2)
       join masspay_operation o on o.payout_id = p.id
        and o.kind in ${MAIN_KINDS}
      where l.kind = 'overpayment' and l.source_key like 'payout:%'
        and p.counted and p.method <> 'spendback'
        and p.source_key not like 'adopt:%'
      group by p.id having sum(l.amount) < 0
      order by p.id`
  )
  for (const one of overpaid) {
    await openAndPause(db, {
      class: "D10",
      cause_key: `D10:${one.payout_id}`,
      payout_id: one.payout_id,
      payee_id: one.payee_id,
      vendor_id: one.vendor_id,
      remote_token: one.remote_token,
      currency_code: one.currency_code,
      ours: {
        status: one.status,
        overpaid: amountText(one.amount, one.currency_code),
        currency_code: one.currency_code,
      },
      theirs: {},
      action: "netted_by_next_payouts",
      run_id,
    })
  }
  const over = await db.rows<{ cause_key: string }>(
    `select cause_key from masspay_discrepancy
      where class = 'D10' and gone_at is null and cause_key <> all(?::text[])`,
    [overpaid.map(({ payout_id }) => `D10:${payout_id}`)]
  )
  for (const { cause_key } of over) {
    await closeDiscrepancy(db, { cause_key, run_id })
  }
  return overpaid.length
}

/**
 * D13: withdrawals of which MassPay changed its word since the run began; what
 * is shown of them is right already. Written once for each run.
 */
export async function noteMirrored(
  db: Db,
  { run_id, started_at }: { run_id: string; started_at: Date }
): Promise<number> {
  const changed = await db.rows<{
    token: string
    payee_id: string | null
    vendor_id: string | null
    source_currency_code: string | null
    previous_status: string
    remote_status: string
    user_token: string | null
  }>(
    `select r.token, r.payee_id, y.vendor_id, r.source_currency_code,
            r.previous_status, r.remote_status, r.user_token
       from masspay_remote_transaction r
       left join masspay_payee y on y.id = r.payee_id
      where r.type = 'payout' and r.last_run_id = ?
        and r.changed_at >= ?::timestamptz and r.previous_status is not null
        and not exists (select 1 from masspay_discrepancy d
                         where d.run_id = ? and d.class = 'D13'
                           and d.remote_token = r.token)
      order by r.token`,
    [run_id, started_at, run_id]
  )
  for (const one of changed) {
    await noteHealed(db, {
      class: "D13",
      cause_key: `D13:${one.token}:${one.remote_status}`,
      payee_id: one.payee_id,
      vendor_id: one.vendor_id,
      remote_token: one.token,
      currency_code: one.source_currency_code,
      ours: { status: one.previous_status },
      theirs: { status: one.remote_status, user_token: one.user_token },
      action: "mirror_updated",
      run_id,
    })
  }
  return changed.length
}

/** D15: an invariant of the books does not hold, or holds again. */
export async function recordInvariants(
  db: Db,
  {
    results,
    stopping,
    run_id = null,
  }: {
    results: readonly InvariantResult[]
    /** Those for which sending stops. */
    stopping: readonly string[]
    run_id?: string | null
  }
): Promise<void> {
  for (const { id, holds, violations } of results) {
    const cause_key = `D15:${id}`
    if (holds) {
      await closeDiscrepancy(db, { cause_key, run_id })
      continue
    }
    await openAndPause(db, {
      class: "D15",
      cause_key,
      ours: { invariant: id, violations: violations.length },
      theirs: {},
      action: stopping.includes(id) ? "dispatch_stopped" : "flagged",
      run_id,
    })
  }
}

/** The payout of an operation that was adopted under this token. */
export async function payoutOfToken(
  sql: Sql,
  remote_token: string
): Promise<string | null> {
  const [row] = await sql.rows<{ payout_id: string }>(
    `select payout_id from masspay_operation
      where remote_token = ? and kind in ${MAIN_KINDS} limit 1`,
    [remote_token]
  )
  return row?.payout_id ?? null
}
