import type { ActionVerdict, PayoutAction } from "./actions"

/** Where a payout goes that two people say was not executed. */
export type AssertedOutcome = "ready" | "void"

type Allowed = Extract<ActionVerdict, { allowed: true }>
type Asked = { action: PayoutAction; outcome: AssertedOutcome | null }

const ASSERTED: Record<AssertedOutcome, string> = {
  ready:
    "MassPay is asked once more; if it does not have it, it is sent again.",
  void: "It is given up; its entries are open again.",
}

/** In plain words, what asking for an action does; where two people decide, also what follows. */
export function effectOfAsking(verdict: Allowed, asked: Asked): string {
  if (!verdict.needs_second) return verdict.effect
  const first =
    asked.action === "assert_not_executed"
      ? verdict.effect
      : "A second person is asked to confirm. Until the answer it is not sent."
  return `${first} Then: ${effectOfConfirming(verdict, asked)}`
}

/** In plain words, what the second person's yes does. */
export function effectOfConfirming(
  { effect }: Allowed,
  { action, outcome }: Asked
): string {
  return action === "assert_not_executed"
    ? ASSERTED[outcome ?? "ready"]
    : effect
}
