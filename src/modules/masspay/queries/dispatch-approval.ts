import { type ApprovalPolicy, needsApproval } from "../../../domain/collect"
import type { Sql } from "./db"
import { movePayout } from "./payout-moves"

type Candidate = {
  payout_id: string
  version: number
  amount: bigint
  currency_code: string
  approval: string
}

/**
 * Keeps of the candidates those that today's policy lets go: nothing is sent
 * without the approval that is required when it is sent, whatever was required
 * when it was made. The others wait for an operator from now on. Call it inside
 * the claim, with the payouts locked.
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
    [unapproved.map(({ payout_id }) => payout_id)]
  )
  for (const { payout_id, version } of unapproved) {
    const moved = await movePayout(sql, {
      payout_id,
      from: "ready",
      to: "pending",
      event: "approval_required",
      version,
      cause: "claim",
      detail: "policy",
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
