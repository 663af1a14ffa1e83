import type { CollectVerdict } from "../../../domain/collect"
import type { HoldFacts } from "../../../domain/holds"
import type { ReasonFacts } from "../../../types/http"
import type { PayeeFacts } from "./collect-terms"
import { amountText, isoOrNull } from "./dto"

/** What is known about this payee says more than the rule's general words. */
export function detailOf({
  payee,
  plan,
}: {
  payee: PayeeFacts
  plan: Pick<CollectVerdict, "reason" | "detail">
}): string | null {
  if (plan.reason === "not_linked" || plan.reason === "kyc") {
    return payee.status_detail ?? plan.detail
  }
  if (plan.reason === "paused") return payee.pause_reason ?? plan.detail
  return plan.detail
}

/** What `detailOf` says, in facts. */
export function reasonFacts({
  payee,
  plan: { reason, facts = {} },
  currency_code,
}: {
  payee: PayeeFacts
  plan: Pick<CollectVerdict, "reason" | "facts">
  currency_code: string
}): ReasonFacts {
  const { hold, ...amounts } = facts
  const texts = Object.entries(amounts).map(([name, amount]) => [
    name,
    amountText(amount, currency_code),
  ])
  return {
    ...(Object.fromEntries(texts) as ReasonFacts),
    ...(hold && holdFact(hold)),
    ...(reason === "not_linked" &&
      payee.missing_contact && { missing: payee.missing_contact }),
    ...(reason === "paused" &&
      payee.pause_reason !== null && { note: payee.pause_reason }),
  }
}

export function holdFact({
  kind,
  reason,
  until,
}: HoldFacts): Pick<ReasonFacts, "hold"> {
  return { hold: { kind, reason, until: isoOrNull(until) } }
}
