import {
  deficitOf,
  effectOfBooking,
  effectOfProposing,
  magnitudeOf,
} from "../../../domain/adjustment"
import { type ApprovalPolicy, needsApproval } from "../../../domain/collect"
import type { AdminBalanceAction } from "../../../types/http-statements"
import { ActionRefusedError, refusal } from "./action-refusal"
import { stateOf } from "./action-requests"
import { isUniqueViolation } from "./actions"
import {
  type BalancePayee,
  balancePayee,
  bookByHand,
  isAnyOnItsWay,
  openEntriesIn,
} from "./adjustment-steps"
import { areBooksKnown } from "./database-identity"
import type { Db, Sql } from "./db"
import { amountText } from "./dto"
import { newId } from "./new-id"

type Asked = {
  payee_id: string
  request_id: string
  /** The vendor reads it on her statement. */
  reason: string
  actor: string
  dry_run: boolean
  /** Upper case. */
  currency_code: string
  /** Above which amounts, of either sign, a second person has to agree. */
  approval: ApprovalPolicy
  tag: string
}
type AdjustInput = Asked & {
  action: "adjust"
  /** Minor units, signed, never zero. */
  amount: bigint
  /** From when on it may be paid; `null`: at once. */
  available_at: Date | null
}
type WriteOffInput = Asked & { action: "write_off" }

/**
 * Books a signed amount for a vendor by hand, or writes off what she owes, once
 * for each request id: asking again returns what was done. Where the approval
 * policy asks for two people, nothing is booked until a second one confirms.
 * Decision and deed are one transaction under the lock of the payee. A dry run
 * decides alike and writes nothing.
 *
 * Throws `ActionRefusedError` when it is not allowed; then nothing was written.
 */
export async function actOnBalance(
  db: Db,
  input: AdjustInput | WriteOffInput
): Promise<AdminBalanceAction> {
  try {
    return await db.tx((sql) => act(sql, input))
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    // The same request came twice at once: by now the other one is written.
    return db.tx((sql) => act(sql, input))
  }
}

async function act(
  sql: Sql,
  input: AdjustInput | WriteOffInput
): Promise<AdminBalanceAction> {
  const { action, payee_id, currency_code, dry_run } = input
  // In the order in which everybody locks: identity, payee, payout.
  const are_books_known = await areBooksKnown(sql)
  const payee = await balancePayee(sql, payee_id, { lock: !dry_run })
  const known = await knownRequest(sql, input)
  if (known) return known
  if (!payee) throw noSuchPayee()
  if (!are_books_known) throw refusal("books_unknown")
  const amount =
    action === "adjust"
      ? input.amount
      : await amountToWriteOff(sql, { payee, currency_code })

  const id = newId("msact")
  const available_at = action === "adjust" ? input.available_at : null
  const needs_second = needsApproval(input.approval, {
    amount: magnitudeOf(amount),
    currency_code,
  })
  const effect = effectOfBooking({ action, amount, currency_code })
  const proposed: AdminBalanceAction = {
    id: dry_run ? null : id,
    request_id: input.request_id,
    action,
    payee_id,
    vendor_id: payee.vendor_id,
    state: dry_run ? "preview" : needs_second ? "proposed" : "done",
    effect: needs_second ? effectOfProposing(effect) : effect,
    amount: amountText(amount, currency_code),
    currency_code,
    available_at: available_at?.toISOString() ?? null,
    entry_id: null,
  }
  if (dry_run) return proposed
  const entry_id = needs_second
    ? null
    : await bookByHand(sql, {
        action,
        payee,
        amount,
        currency_code,
        available_at,
        reason: input.reason,
        actor: input.actor,
        request: id,
        tag: input.tag,
      })
  const result = { ...proposed, entry_id }
  await insertRequest(sql, { id, input, amount, result })
  return result
}

async function insertRequest(
  sql: Sql,
  {
    id,
    input,
    amount,
    result,
  }: {
    id: string
    input: AdjustInput | WriteOffInput
    amount: bigint
    result: AdminBalanceAction
  }
): Promise<void> {
  await sql.rows(
    `insert into masspay_action_request
       (id, request_id, action, payee_id, payload, state, maker, maker_reason,
        decided_at, result)
     values (?, ?, ?, ?, ?::jsonb, ?, ?, ?,
             case when ? = 'done' then masspay_now() end, ?::jsonb)`,
    [
      id,
      input.request_id,
      input.action,
      input.payee_id,
      JSON.stringify({
        amount: amount.toString(),
        currency_code: result.currency_code,
        available_at: result.available_at,
      }),
      result.state,
      input.actor,
      input.reason,
      result.state,
      JSON.stringify(result),
    ]
  )
}

type Known = {
  is_same: boolean
  amount: string
  available_at: string | null
  state: string
  result: AdminBalanceAction
}

/** What was asked for under this id before, with what came of it by now. Throws when it was something else. */
async function knownRequest(
  sql: Sql,
  input: AdjustInput | WriteOffInput
): Promise<AdminBalanceAction | null> {
  const { action, payee_id, actor, currency_code, request_id } = input
  const [row] = await sql.rows<Known>(
    `select coalesce(action = ? and payee_id = ? and maker = ?
              and payload->>'currency_code' = ?, false) as is_same,
            payload->>'amount' as amount,
            payload->>'available_at' as available_at, state, result
       from masspay_action_request where request_id = ?`,
    [action, payee_id, actor, currency_code, request_id]
  )
  if (!row) return null
  // How much is written off, the books say and not the request.
  const is_same =
    row.is_same &&
    (input.action === "write_off" ||
      (row.amount === input.amount.toString() &&
        row.available_at === (input.available_at?.toISOString() ?? null)))
  if (!is_same) throw refusal("request_id_used")
  return { ...row.result, state: stateOf(row.state) }
}

/** What she owes now, or why nothing is written off. */
export async function amountToWriteOff(
  sql: Sql,
  { payee, currency_code }: { payee: BalancePayee; currency_code: string }
): Promise<bigint> {
  const { vendor_id } = payee
  if (await isAnyOnItsWay(sql, { vendor_id, currency_code })) {
    throw refusal("on_its_way")
  }
  const deficit = deficitOf(
    await openEntriesIn(sql, { vendor_id, currency_code })
  )
  if (deficit === 0n) throw refusal("no_deficit")
  return deficit
}

export function noSuchPayee(): ActionRefusedError {
  return new ActionRefusedError("not_found", "There is no such payee.")
}
