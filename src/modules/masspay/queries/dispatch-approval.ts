import { type ApprovalPolicy, needsApproval } from "../../../domain/collect"
import type { Sql } from "./db"
import { movePayout } from "./payout-moves"

type Candidate = {
  payout_id: string
  version: number
  amount: bigint
  currency_code: string
  approval: string
  /** Something was sent for it, and nobody knows what came of it. */
  is_unproven: boolean
}

const ASK = { to: "pending", event: "approval_required" } as const
const PARK = {
  to: "needs_review",
  event: "parked",
  detail: "approval_required",
  set: { review_reason: "approval_required" },
} as const

/**
 * Keeps of the candidates those that today's policy lets go: nothing is sent
 * without the approval that is required when it is sent, whatever was required
 * when it was made. The others wait for an operator from now on; one that may
 * have been executed already is no question of an approval any more, and is
 * parked for a person. Call it inside the claim, with the payouts locked.
 */
export async function keepApproved<Payout extends Candidate>(
  sql: Sql,
  candidates: readonly Payout[],
  policy: ApprovalPolicy
): Promise<{ approved: Payout[]; unapproved: Payout[] }> {
  const unapproved = candidates.filter(
    (payout) => payout.approval !== "approved" && needsApproval(policy, payout)
  )
  if (unapproved.length === 0) return { approved: [...candidates], unapproved }
  await sql.rows(
    `update masspay_payout
        set approval = 'required', updated_at = masspay_now()
      where id = any(?)`,
    [
      unapproved
        // Ready again after the person's decision, it would be claimed no more.
        .filter(({ is_unproven }) => !is_unproven)
        .map(({ payout_id }) => payout_id),
    ]
  )
  for (const { payout_id, version, is_unproven } of unapproved) {
    const moved = await movePayout(sql, {
      payout_id,
      from: "ready",
      version,
      cause: "claim",
      ...(is_unproven ? PARK : ASK),
    })
    if (moved === null) {
      throw new Error(`Payout ${payout_id} moved although locked`)
    }
  }
  const asked = new Set(unapproved)
  return {
    approved: candidates.filter((payout) => !asked.has(payout)),
    unapproved,
  }
}
