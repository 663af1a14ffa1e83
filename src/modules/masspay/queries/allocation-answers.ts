import {
  AllocationRefusedError,
  EFFECT_OF_ALLOCATING,
} from "../../../domain/refund-allocation"
import type { AdminRefundAllocation } from "../../../types/http-refunds"
import {
  type Answer,
  answered,
  type Proposal,
  readProposal,
  writeAnswer,
} from "./action-proposals"
import { refusal } from "./action-refusal"
import type { AllocateRefundResult } from "./allocate-refund"
import { ALLOCATE_REFUND } from "./allocation-requests"
import { bookAllocation, planAllocation } from "./allocation-steps"
import type { Db, Sql } from "./db"
import { familiesOf } from "./settlement-rows"
import { lockFamily, type SettlementsInput, whileFresh } from "./settlements"

type Input = Answer & { dry_run: boolean }

/** The refund that a proposal is about while it waits for a second person; `null`: it is about something else, or answered. */
export async function refundToAllocate(
  sql: Sql,
  id: string
): Promise<string | null> {
  const proposal = await readProposal(sql, id, { lock: false })
  return proposal?.action === ALLOCATE_REFUND && proposal.state === "proposed"
    ? (proposal.payload.refund ?? null)
    : null
}

/**
 * The second person's yes to an allocation: decided again on facts just read,
 * under the locks of the order's settlements. What was proposed is allocated
 * exactly, or not at all: it is refused when the refund is allocated by now, or
 * when what each has of the order is not what it was.
 *
 * Throws `ActionRefusedError` or `AllocationRefusedError` when it is not
 * allowed; then nothing was written.
 */
export async function confirmAllocation(
  db: Db,
  { answer, ...input }: SettlementsInput & { answer: Input }
): Promise<AllocateRefundResult> {
  const { facts, policy, read_at, tag } = input
  const { id, actor, dry_run } = answer
  return whileFresh(db, async (sql) => {
    const rows = dry_run
      ? await familiesOf(sql, [facts])
      : await lockFamily(sql, { facts, read_at, tag })
    const proposal = await proposedAllocation(sql, id, { lock: !dry_run })
    const known = alreadyAnswered(proposal, answer)
    if (known) {
      return { outcome: "recorded", allocation: known, settlements: [] }
    }
    const { maker, maker_reason, payload } = proposal
    if (maker === actor) throw refusal("own_proposal")
    const proposed = resultOf(proposal)
    const plan = await planAllocation(sql, {
      found: { facts, policy, rows },
      refund: proposed.refund,
      asked: proposed.allocations,
    })
    if (plan.grounds !== payload.grounds) {
      throw new AllocationRefusedError("order_changed")
    }
    const allocation: AdminRefundAllocation = {
      ...proposed,
      ...plan.said,
      id: dry_run ? null : id,
      state: dry_run ? "preview" : "done",
      effect: EFFECT_OF_ALLOCATING[dry_run ? "preview" : "done"],
    }
    if (dry_run) return { outcome: "recorded", allocation, settlements: [] }
    await writeAnswer(sql, { answer, maker, result: allocation })
    const settlements = await bookAllocation(sql, {
      plan,
      request: {
        request_id: proposed.request_id,
        actor: maker,
        reason: maker_reason,
      },
    })
    return { outcome: "recorded", allocation, settlements }
  })
}

/**
 * An answer to a proposal about a refund that needs no look at its order: a no,
 * or one that was given before.
 *
 * Throws `ActionRefusedError` when it is not allowed; then nothing was written.
 */
export async function answerAllocation(
  sql: Sql,
  input: Input
): Promise<AdminRefundAllocation> {
  const { id, dry_run } = input
  const proposal = await proposedAllocation(sql, id, { lock: !dry_run })
  const known = alreadyAnswered(proposal, input)
  if (known) return known
  if (input.answer === "confirm") {
    throw new Error(`${id} is confirmed on facts of its order only`)
  }
  const result: AdminRefundAllocation = {
    ...resultOf(proposal),
    id: dry_run ? null : id,
    state: dry_run ? "preview" : "rejected",
    changes: [],
    effect: EFFECT_OF_ALLOCATING.rejected,
  }
  if (!dry_run) {
    await writeAnswer(sql, { answer: input, maker: proposal.maker, result })
  }
  return result
}

async function proposedAllocation(
  sql: Sql,
  id: string,
  lock: { lock: boolean }
): Promise<Proposal> {
  const proposal = await readProposal(sql, id, lock)
  if (proposal?.action !== ALLOCATE_REFUND) throw refusal("not_found")
  return proposal
}

function alreadyAnswered(
  proposal: Proposal,
  answer: Answer
): AdminRefundAllocation | null {
  if (proposal.state === "proposed") return null
  return resultOf({ result: answered(proposal, answer) })
}

function resultOf({ result }: Pick<Proposal, "result">): AdminRefundAllocation {
  if (!("allocations" in result)) {
    throw new Error(`${result.request_id} was not about a refund`)
  }
  return result
}
