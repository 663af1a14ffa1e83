import { effectOfBooking, isBalanceAction } from "../../../domain/adjustment"
import type { AdminBalanceAction } from "../../../types/http-statements"
import {
  type Answer,
  answered,
  type Proposal,
  readProposal,
  writeAnswer,
} from "./action-proposals"
import { refusal } from "./action-refusal"
import { type BalancePayee, balancePayee, bookByHand } from "./adjustment-steps"
import { amountToWriteOff, noSuchPayee } from "./adjustments"
import { areBooksKnown } from "./database-identity"
import type { Sql } from "./db"
import { amountText } from "./dto"

type Input = Answer & { dry_run: boolean; tag: string }

/**
 * The answer to a proposal about a vendor's balance. What she owes is read
 * again: a write-off takes what is left of it, and never more than was proposed.
 *
 * Throws `ActionRefusedError` when it is not allowed; then nothing was written.
 */
export async function answerBalanceProposal(
  sql: Sql,
  payee_id: string,
  input: Input
): Promise<AdminBalanceAction> {
  const { id, actor, dry_run } = input
  const are_books_known = await areBooksKnown(sql)
  const payee = await balancePayee(sql, payee_id, { lock: !dry_run })
  // Read again: whoever answered first held the payee until now.
  const proposal = await readProposal(sql, id, { lock: !dry_run })
  if (!payee || !proposal) throw noSuchPayee()
  if (proposal.state !== "proposed") return resultOf(answered(proposal, input))

  const isConfirmed = input.answer === "confirm"
  if (isConfirmed && proposal.maker === actor) throw refusal("own_proposal")
  if (isConfirmed && !are_books_known) throw refusal("books_unknown")
  const { action, payload, maker } = proposal
  if (!isBalanceAction(action)) {
    throw new Error(`${id} does not propose anything about a balance`)
  }
  const { amount, currency_code, available_at } = proposed(payload)
  const booked = isConfirmed
    ? await amountToBook(sql, { action, payee, amount, currency_code })
    : amount
  const result: AdminBalanceAction = {
    ...resultOf(proposal.result),
    id: dry_run ? null : id,
    state: dry_run ? "preview" : isConfirmed ? "done" : "rejected",
    effect: isConfirmed
      ? effectOfBooking({ action, amount: booked, currency_code })
      : "Nothing is booked.",
    amount: amountText(booked, currency_code),
  }
  if (dry_run) return result
  const entry_id = isConfirmed
    ? await bookByHand(sql, {
        action,
        payee,
        amount: booked,
        currency_code,
        available_at,
        reason: proposal.maker_reason,
        actor: maker,
        request: id,
        tag: input.tag,
      })
    : null
  const answer = { ...result, entry_id }
  await writeAnswer(sql, { answer: input, maker, result: answer })
  return answer
}

async function amountToBook(
  sql: Sql,
  {
    action,
    payee,
    amount,
    currency_code,
  }: {
    action: AdminBalanceAction["action"]
    payee: BalancePayee
    amount: bigint
    currency_code: string
  }
): Promise<bigint> {
  if (action === "adjust") return amount
  const deficit = await amountToWriteOff(sql, { payee, currency_code })
  if (deficit > amount) throw refusal("deficit_grew")
  return deficit
}

function proposed({
  amount,
  currency_code,
  available_at,
}: Proposal["payload"]) {
  if (amount === undefined || currency_code === undefined) {
    throw new Error("A proposal about a balance names an amount")
  }
  return {
    amount: BigInt(amount),
    currency_code,
    available_at: available_at == null ? null : new Date(available_at),
  }
}

function resultOf(result: Proposal["result"]): AdminBalanceAction {
  if (!("entry_id" in result)) {
    throw new Error(`${result.request_id} was not about a balance`)
  }
  return result
}
