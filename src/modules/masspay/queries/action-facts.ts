import type { ActionFacts } from "../../../domain/actions"
import { type ApprovalPolicy, needsApproval } from "../../../domain/collect"
import { VISIBILITY_DELAY_MS } from "../../../domain/lookup-timing"
import { areBooksKnown } from "./database-identity"
import type { Sql } from "./db"
import { MAIN_KINDS, MAIN_OPERATION } from "./main-operation"
import { TAKE_BACK_WAS_TRIED } from "./take-back-reads"

/** What the options say about operators' actions. */
export type ActionRules = {
  approval: ApprovalPolicy
  may_reverse: boolean
  may_reverse_direct: boolean
}

export type ActionTarget = {
  payout_id: string
  payee_id: string
  vendor_id: string
  version: number
  source_key: string
  user_token: string | null
  amount: bigint
  currency_code: string
  facts: ActionFacts
}

/**
 * A payout as an operator's action finds it. With `lock`, nobody else decides
 * about it or about its vendor's open money until the transaction ends.
 */
export async function actionTarget(
  sql: Sql,
  {
    payout_id,
    rules,
    lock,
  }: { payout_id: string; rules: ActionRules; lock: boolean }
): Promise<ActionTarget | null> {
  // In the order in which everybody locks: identity, payee, payout.
  const are_books_known = await areBooksKnown(sql)
  if (lock) {
    await sql.rows(
      `select e.id from masspay_payee e
         join masspay_payout p on p.payee_id = e.id
        where p.id = ? for update of e`,
      [payout_id]
    )
    await sql.rows(`select id from masspay_payout where id = ? for update`, [
      payout_id,
    ])
  }
  const [row] = await sql.rows<
    Omit<ActionTarget, "amount" | "facts"> & {
      amount: string
    } & Omit<
        ActionFacts,
        "are_books_known" | "may_reverse" | "may_reverse_direct" | "needs_two"
      >
  >(
    `select p.id as payout_id, p.payee_id, p.vendor_id, p.version, p.source_key,
            p.user_token, p.amount::text as amount, p.currency_code, p.status,
            p.method, p.user_token is not null as has_user,
            coalesce(o.remote_token is not null, false) as has_load,
            o.remote_status,
            a.count > 0 as was_sent, a.unproven > 0 as is_unproven,
            a.executed > 0 or exists (
              select 1 from masspay_operation x
               where x.payout_id = p.id and x.proof = 'executed'
                 and x.kind in ${MAIN_KINDS}) as is_executed,
            coalesce(p.truth_as_of > a.shows_at, false) as is_looked_up,
            coalesce(masspay_now() > a.shows_at, true) as is_visible,
            exists (select 1 from masspay_operation t
                     where t.payout_id = p.id and t.kind = 'reverse'
                       and ${TAKE_BACK_WAS_TRIED}) as was_reversed,
            exists (select 1 from masspay_operation t
                     where t.payout_id = p.id and t.kind = 'cancel'
                       and ${TAKE_BACK_WAS_TRIED}) as was_cancelled,
            array(select p.maker union
                  select e.actor from masspay_payout_item i
                    join masspay_ledger_entry e on e.id = i.entry_id
                   where i.payout_id = p.id) as caused_by,
            exists (select 1 from masspay_action_request r
                     where r.payout_id = p.id and r.state = 'proposed') as is_proposed
       from masspay_payout p
       left join masspay_operation o
         on ${MAIN_OPERATION}
      cross join lateral (
        select count(*)::int as count,
               count(*) filter (where a.proof is null)::int as unproven,
               count(*) filter (where a.proof = 'executed' or a.outcome = 'ok')::int as executed,
               max(a.lease_until) + ? * interval '1 millisecond' as shows_at
          from masspay_attempt a
          join masspay_operation x on x.id = a.operation_id
         where x.payout_id = p.id and x.kind in ${MAIN_KINDS}) a
      where p.id = ?`,
    [VISIBILITY_DELAY_MS, payout_id]
  )
  if (!row) return null
  const { payee_id, vendor_id, version, source_key, user_token } = row
  return {
    payout_id,
    payee_id,
    vendor_id,
    version,
    source_key,
    user_token,
    amount: BigInt(row.amount),
    currency_code: row.currency_code,
    facts: {
      status: row.status,
      method: row.method,
      caused_by: row.caused_by,
      has_user: row.has_user,
      has_load: row.has_load,
      remote_status: row.remote_status,
      was_sent: row.was_sent,
      is_unproven: row.is_unproven,
      is_executed: row.is_executed,
      is_looked_up: row.is_looked_up,
      is_visible: row.is_visible,
      was_reversed: row.was_reversed,
      was_cancelled: row.was_cancelled,
      is_proposed: row.is_proposed,
      are_books_known,
      may_reverse: rules.may_reverse,
      may_reverse_direct: rules.may_reverse_direct,
      needs_two: needsApproval(rules.approval, {
        amount: BigInt(row.amount),
        currency_code: row.currency_code,
      }),
    },
  }
}
