import {
  effectOfPayeeAction,
  isPayeeAction,
  type PayeeAction,
} from "../../../domain/payee-action"
import type { AdminPayeeAction } from "../../../types/http-linking"
import {
  type Answer,
  answered,
  type Proposal,
  readProposal,
  writeAnswer,
} from "./action-proposals"
import { payeeRefusal, refusal } from "./action-refusal"
import { stateOf } from "./action-requests"
import { areBooksKnown } from "./database-identity"
import type { Db, Sql } from "./db"
import { newId } from "./new-id"
import {
  openMattersOf,
  type PayeeUserFacts,
  payeeUserFacts,
  unlinkPayee,
} from "./payee-users"
import { isUniqueViolation } from "./payees"

export type PayeeActionInput = {
  action: PayeeAction
  payee_id: string
  request_id: string
  reason: string
  actor: string
  dry_run: boolean
  /** A second person has to agree. */
  needs_second: boolean
  /** Of `confirm_user`: whom the operator was shown. Compared, never adopted. */
  shown_user_token?: string | undefined
}

/** A user to confirm: MassPay is asked first, and then it is written. */
export type ToConfirm = {
  payee_id: string
  user_token: string
  result: AdminPayeeAction
  /** Writes the decision down. Call it in the transaction that links her. */
  write: (sql: Sql) => Promise<void>
}
export type Acted = { result: AdminPayeeAction } | { to_confirm: ToConfirm }

/**
 * Decides about a vendor's user once for each request id: asking again returns
 * what was done. An unlinking is done at once, and nothing is where two people
 * have to agree. A dry run decides alike and writes nothing.
 *
 * Throws `ActionRefusedError` when it is not allowed; then nothing was written.
 */
export async function actOnPayee(
  db: Db,
  input: PayeeActionInput
): Promise<Acted> {
  try {
    return await db.tx((sql) => act(sql, input))
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    // The same request came twice at once: by now the other one is written.
    return db.tx((sql) => act(sql, input))
  }
}

async function act(sql: Sql, input: PayeeActionInput): Promise<Acted> {
  const { action, payee_id, dry_run, needs_second } = input
  // In the order in which everybody locks: identity, payee.
  const are_books_known = await areBooksKnown(sql)
  const payee = await payeeUserFacts(sql, payee_id, { lock: !dry_run })
  const known = await knownRequest(sql, input)
  if (known) return { result: known }
  if (!payee) throw payeeRefusal("payee_not_found")
  if (!are_books_known) throw refusal("books_unknown")
  const user_token = await userToDecideAbout(sql, payee, {
    action,
    shown: input.shown_user_token,
  })

  const id = newId("msact")
  const result: AdminPayeeAction = {
    id: dry_run ? null : id,
    request_id: input.request_id,
    action,
    payee_id,
    vendor_id: payee.vendor_id,
    state: dry_run ? "preview" : needs_second ? "proposed" : "done",
    effect: effectOfPayeeAction(action, { needs_second }),
  }
  if (dry_run) return { result }
  const write = (sql: Sql) =>
    insertRequest(sql, { id, input, user_token, result })
  if (!needs_second && action === "confirm_user") {
    return { to_confirm: { payee_id, user_token, result, write } }
  }
  if (!needs_second) {
    await unlinkPayee(sql, {
      payee_id,
      vendor_id: payee.vendor_id,
      actor: input.actor,
      reason: input.reason,
    })
  }
  await write(sql)
  return { result }
}

/** The user in question, or why nothing is decided. */
async function userToDecideAbout(
  sql: Sql,
  payee: PayeeUserFacts,
  { action, shown }: { action: PayeeAction; shown: string | undefined }
): Promise<string> {
  if (payee.is_busy) throw payeeRefusal("being_linked")
  if (action === "unlink") {
    if (payee.user_token === null) throw payeeRefusal("not_linked")
    const open = await openMattersOf(sql, payee.payee_id)
    if (open.length > 0) throw payeeRefusal("something_open", open.join(" "))
    return payee.user_token
  }
  if (payee.user_token !== null) throw payeeRefusal("already_linked")
  if (!payee.has_contact) throw payeeRefusal("contact_incomplete")
  if (payee.found_user_token === null) throw payeeRefusal("nobody_found")
  if (payee.found_user_token !== shown) throw payeeRefusal("user_changed")
  return payee.found_user_token
}

/**
 * The answer to a proposal about a vendor's user. What was allowed when it was
 * proposed is decided again now, about the same user.
 *
 * Throws `ActionRefusedError` when it is not allowed; then nothing was written.
 */
export async function answerPayeeProposal(
  db: Db,
  input: Answer & { dry_run: boolean }
): Promise<Acted | null> {
  return db.tx(async (sql) => {
    const asked = await readProposal(sql, input.id, { lock: false })
    if (!asked?.payee_id || !isPayeeAction(asked.action)) return null
    return answer(sql, input, {
      payee_id: asked.payee_id,
      action: asked.action,
    })
  })
}

async function answer(
  sql: Sql,
  input: Answer & { dry_run: boolean },
  { payee_id, action }: { payee_id: string; action: PayeeAction }
): Promise<Acted> {
  const { id, actor, dry_run } = input
  const are_books_known = await areBooksKnown(sql)
  const payee = await payeeUserFacts(sql, payee_id, { lock: !dry_run })
  // Read again: whoever answered first held the payee until now.
  const proposal = await readProposal(sql, id, { lock: !dry_run })
  if (!payee || !proposal) throw payeeRefusal("payee_not_found")
  if (proposal.state !== "proposed") {
    return { result: resultOf(answered(proposal, input)) }
  }
  const isConfirmed = input.answer === "confirm"
  const { maker, maker_reason: reason, payload } = proposal
  if (isConfirmed && maker === actor) throw refusal("own_proposal")
  if (isConfirmed && !are_books_known) throw refusal("books_unknown")
  const user_token = isConfirmed
    ? await userToDecideAbout(sql, payee, { action, shown: payload.user_token })
    : null
  // An unlinking was proposed about the user whom she had then.
  if (user_token !== null && user_token !== payload.user_token) {
    throw payeeRefusal("user_changed")
  }
  const result: AdminPayeeAction = {
    ...resultOf(proposal.result),
    id: dry_run ? null : id,
    state: dry_run ? "preview" : isConfirmed ? "done" : "rejected",
    effect: isConfirmed
      ? effectOfPayeeAction(action, { needs_second: false })
      : "Nothing is changed.",
  }
  if (dry_run) return { result }
  const write = (sql: Sql) => writeAnswer(sql, { answer: input, maker, result })
  if (user_token !== null && action === "confirm_user") {
    return { to_confirm: { payee_id, user_token, result, write } }
  }
  if (user_token !== null) {
    const { vendor_id } = payee
    await unlinkPayee(sql, { payee_id, vendor_id, actor: maker, reason })
  }
  await write(sql)
  return { result }
}

async function insertRequest(
  sql: Sql,
  {
    id,
    input,
    user_token,
    result,
  }: {
    id: string
    input: PayeeActionInput
    user_token: string
    result: AdminPayeeAction
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
      JSON.stringify({ user_token }),
      result.state,
      input.actor,
      input.reason,
      result.state,
      JSON.stringify(result),
    ]
  )
}

/** What was asked for under this id before, with what came of it by now. Throws when it was something else. */
async function knownRequest(
  sql: Sql,
  { action, payee_id, actor, request_id, shown_user_token }: PayeeActionInput
): Promise<AdminPayeeAction | null> {
  const [row] = await sql.rows<{
    is_same: boolean
    state: string
    result: AdminPayeeAction
  }>(
    `select coalesce(action = ? and payee_id = ? and maker = ?
              and (?::text is null or payload->>'user_token' = ?::text), false)
              as is_same, state, result
       from masspay_action_request where request_id = ?`,
    [
      action,
      payee_id,
      actor,
      shown_user_token ?? null,
      shown_user_token ?? null,
      request_id,
    ]
  )
  if (!row) return null
  if (!row.is_same) throw refusal("request_id_used")
  return { ...row.result, state: stateOf(row.state) }
}

function resultOf(result: Proposal["result"]): AdminPayeeAction {
  if (
    "payout_id" in result ||
    "entry_id" in result ||
    "allocations" in result
  ) {
    throw new Error(`${result.request_id} was not about a vendor's user`)
  }
  return result
}
