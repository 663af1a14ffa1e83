import type { AssertedOutcome } from "../../../domain/action-effects"
import type { PayoutAction } from "../../../domain/actions"
import type { PayoutEvent, PayoutStatus } from "../../../domain/payout-status"
import type { ActionTarget } from "./action-facts"
import { entriesOf, payeesOf } from "./collect-facts"
import { createPayout } from "./create-payout"
import type { Sql } from "./db"
import { MAIN_KINDS } from "./main-operation"
import { newId } from "./new-id"
import { movePayout, type PayoutColumns } from "./payout-moves"
import { releaseItems } from "./release-items"
import { databaseNow } from "./settlements"
import { requestTakeBack } from "./take-back"

export type ActionStep = {
  target: ActionTarget
  action: PayoutAction
  actor: string
  /** Names the request in the timeline. */
  cause: string
  tag: string
  outcome: AssertedOutcome | null
}

/** Does what was decided. Call it with the target locked. */
export async function perform(sql: Sql, step: ActionStep): Promise<void> {
  const { target, action, actor, cause, tag } = step
  switch (action) {
    case "approve":
      return approve(sql, step)
    case "reject":
      return giveUp(sql, step, "rejected")
    case "void":
      return giveUp(sql, step, "voided")
    case "settle_elsewhere":
      return settleElsewhere(sql, step)
    case "reverse":
    case "cancel": {
      const { payout_id } = target
      await requestTakeBack(sql, { payout_id, kind: action, tag, actor, cause })
      return
    }
    case "assert_not_executed":
      return closeAttempts(sql, step)
    case "resolve":
    case "retry":
      // Done by a look-up, outside this transaction.
      return
  }
}

async function approve(sql: Sql, step: ActionStep): Promise<void> {
  const { payout_id } = step.target
  await sql.rows(
    `update masspay_payout
        set approval = 'approved', approved_by = ?, approved_at = masspay_now(),
            updated_at = masspay_now()
      where id = ?`,
    [step.actor, payout_id]
  )
  await moveOn(sql, step, {
    to: "ready",
    event: "approved",
    set: { next_attempt_in_ms: 0 },
  })
}

async function giveUp(
  sql: Sql,
  step: ActionStep,
  event: "rejected" | "voided"
): Promise<void> {
  await moveOn(sql, step, {
    to: "void",
    event,
    set: { items_released: true, block_reason: null, block_detail: null },
  })
  await releaseItems(sql, [step.target.payout_id])
}

/**
 * The payout is given up, its amount is booked as paid by other means, and a
 * netting payout closes both: nothing of it is open afterwards.
 */
async function settleElsewhere(sql: Sql, step: ActionStep): Promise<void> {
  const { target, actor, tag } = step
  const items = await sql.rows<{ entry_id: string }>(
    `select entry_id from masspay_payout_item
      where payout_id = ? and released_at is null`,
    [target.payout_id]
  )
  await giveUp(sql, step, "voided")
  const entry_id = newId("mslen")
  await sql.rows(
    `insert into masspay_ledger_entry
       (id, vendor_id, currency_code, amount, kind, source_key, reason, actor,
        available_at)
     values (?, ?, ?, ?, 'settled_elsewhere', ?, 'settled_elsewhere', ?, masspay_now())`,
    [
      entry_id,
      target.vendor_id,
      target.currency_code,
      (-target.amount).toString(),
      `payout:${target.payout_id}:settled_elsewhere`,
      actor,
    ]
  )
  const [payee] = await payeesOf(sql, [target.vendor_id], { lock: true })
  if (!payee) throw new Error(`There is no payee of ${target.vendor_id}`)
  await createPayout(sql, {
    payee,
    currency_code: target.currency_code,
    amount: 0n,
    method: "netting",
    entries: await entriesOf(sql, [
      ...items.map((item) => item.entry_id),
      entry_id,
    ]),
    source_token: null,
    notify_payee: false,
    needs_approval: false,
    tag,
    now: await databaseNow(sql),
  })
}

/**
 * Two people say that MassPay executed none of its requests. The key is burnt,
 * so that a new one follows; where it is to be sent again, a look-up still goes
 * first, and finds it if they were wrong.
 */
async function closeAttempts(sql: Sql, step: ActionStep): Promise<void> {
  const { payout_id } = step.target
  await sql.rows(
    `update masspay_attempt a
        set proof = 'not_executed', updated_at = masspay_now()
       from masspay_operation o
      where a.operation_id = o.id and o.payout_id = ?
        and (o.kind in ${MAIN_KINDS} or o.kind = 'quote') and a.proof is null`,
    [payout_id]
  )
  await sql.rows(
    `update masspay_operation
        set key_burnt = true, updated_at = masspay_now()
      where payout_id = ? and kind in ${MAIN_KINDS}`,
    [payout_id]
  )
  const set: PayoutColumns = {
    unknown_since: null,
    not_found_count: 0,
    not_found_at: null,
    ambiguous_count: 0,
    rotations: 0,
    review_reason: null,
  }
  if (step.outcome === "void") {
    await moveOn(sql, step, {
      to: "void",
      event: "voided",
      set: { ...set, items_released: true },
    })
    await releaseItems(sql, [payout_id])
    return
  }
  await moveOn(sql, step, {
    to: "ready",
    event: "resend_confirmed",
    set: { ...set, needs_lookup: true, next_attempt_in_ms: 0 },
  })
}

async function moveOn(
  sql: Sql,
  { target, action, actor, cause }: ActionStep,
  move: { to: PayoutStatus; event: PayoutEvent; set: PayoutColumns }
): Promise<void> {
  const version = await movePayout(sql, {
    payout_id: target.payout_id,
    from: target.facts.status,
    version: target.version,
    ...move,
    cause,
    detail: action,
    actor,
  })
  if (version === null) {
    throw new Error(`Payout ${target.payout_id} moved although locked`)
  }
}
