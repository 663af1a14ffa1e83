import { type Schedule, scheduleText } from "../../../domain/collect-schedule"
import { type Decision, DecisionRefusedError } from "../../../domain/decisions"
import type { PayeeMethod } from "../../../domain/destinations"
import { MasspayEvents } from "../../../types/events"
import type { AdminPayeeDecision } from "../../../types/http-collect"
import type { Db, Sql } from "./db"
import { decideOnce, type Deciding } from "./decisions"
import { addOutboxEvent } from "./outbox"

type PayeeDecision = Deciding & { payee_id: string }

/** Nothing of hers is collected or sent from now on; what is on the wire is not called back. */
export async function pausePayee(
  db: Db,
  input: PayeeDecision
): Promise<AdminPayeeDecision> {
  return decide(db, {
    ...input,
    decision: "pause",
    event: MasspayEvents.PAYEE_PAUSED,
    effect: "Nothing is collected or sent for her until she is resumed.",
    set: `is_paused = true, pause_reason = ?`,
    params: [input.reason],
  })
}

/** Her payouts go on. Also for one who is not paused: MassPay's cancels up to now count no more. */
export async function resumePayee(
  db: Db,
  input: PayeeDecision
): Promise<AdminPayeeDecision> {
  return decide(db, {
    ...input,
    decision: "resume",
    event: MasspayEvents.PAYEE_RESUMED,
    effect:
      "Her payouts go on with the next run. Payouts that MassPay cancelled up to now count no more.",
    set: `is_paused = false, pause_reason = null, resumed_at = masspay_now()`,
  })
}

/** Her own terms; `null` goes back to those of the shop, what is left out stays. */
export type PayeeTerms = {
  /** Into her wallet, or directly to a destination. */
  method?: PayeeMethod | null | undefined
  schedule?: Schedule | null | undefined
  /** Smallest payout by upper-case currency code, minor units; replaces those she had. */
  minimum?: Record<string, bigint> | null | undefined
}

export async function setPayeeTerms(
  db: Db,
  { terms, ...input }: PayeeDecision & { terms: PayeeTerms }
): Promise<AdminPayeeDecision> {
  const { method, schedule, minimum } = terms
  const sets: string[] = []
  const params: unknown[] = []
  if (method !== undefined) {
    sets.push(`method = ?`)
    params.push(method)
  }
  if (schedule !== undefined) {
    sets.push(`schedule = ?`)
    params.push(schedule && scheduleText(schedule))
  }
  if (minimum !== undefined) {
    sets.push(`minimum = ?::jsonb`)
    params.push(minimum && JSON.stringify(inText(minimum)))
  }
  return decide(db, {
    ...input,
    decision: "set_terms",
    payload: {
      ...(method !== undefined && { method }),
      ...(schedule !== undefined && { schedule }),
      ...(minimum !== undefined && { minimum: minimum && inText(minimum) }),
    },
    event: MasspayEvents.PAYEE_UPDATED,
    effect: "It holds for what is collected from now on.",
    set: sets.join(", "),
    params,
  })
}

function inText(minimum: Record<string, bigint>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(minimum).map(([code, amount]) => [code, amount.toString()])
  )
}

async function decide(
  db: Db,
  {
    decision,
    payee_id,
    payload = {},
    event,
    effect,
    set,
    params = [],
    ...deciding
  }: PayeeDecision & {
    decision: Decision
    payload?: Record<string, unknown>
    event: string
    effect: string
    /** Columns of the payee, as SQL; empty: nothing changes. */
    set: string
    params?: readonly unknown[]
  }
): Promise<AdminPayeeDecision> {
  return decideOnce<AdminPayeeDecision>(
    db,
    { decision, payload: { ...payload, payee_id }, ...deciding },
    async (sql, id) => {
      const vendor_id = await update(sql, { payee_id, set, params })
      await addOutboxEvent(sql, {
        name: event,
        payload: { id: payee_id, vendor_id },
        cause_key: `decision:${id}`,
      })
      const result = { id, decision, payee_id, vendor_id, effect }
      return { payee_id, result }
    }
  )
}

/** Under the lock of the payee, as whoever collects for her has it. */
async function update(
  sql: Sql,
  {
    payee_id,
    set,
    params,
  }: { payee_id: string; set: string; params: readonly unknown[] }
): Promise<string> {
  const [payee] = await sql.rows<{ vendor_id: string }>(
    `update masspay_payee
        set updated_at = masspay_now()${set && `, ${set}`}
      where id = ?
      returning vendor_id`,
    [...params, payee_id]
  )
  if (!payee) throw new DecisionRefusedError("vendor_not_found")
  return payee.vendor_id
}
