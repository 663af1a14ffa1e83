import type { RemoteStatus } from "./decide-after-attempt"

/** One reversal of a direct payout, as MassPay lists it. */
export type ListedReversal = {
  reversal_token: string
  /** `COMPLETED` and `PARTIAL` say how much of the payout it brought back. */
  status: "COMPLETED" | "PARTIAL" | "FAILED" | "UNRECOGNISED"
  currency_code: string
  /** Minor units; `null` where it cannot be told exactly. */
  amount: bigint | null
}

type Sent = {
  /** What arrived, minor units; `null` where it cannot be told exactly. */
  amount: bigint | null
  currency_code: string | null
}

/**
 * What a payout is, of which MassPay still says `status`, by its list of
 * reversals: reversed where what they brought back is all that arrived, partly
 * where it is less. Each counts once, however often it is listed. A list that
 * may be cut or contradicts itself, a word, an amount or a currency that is not
 * understood shows nothing, and what brought back more than arrived is for a
 * person.
 */
export function statusAfterReversals(
  status: RemoteStatus,
  sent: Sent,
  {
    reversals,
    is_complete,
  }: { reversals: readonly ListedReversal[]; is_complete: boolean }
): RemoteStatus {
  const byToken = new Map(reversals.map((one) => [one.reversal_token, one]))
  const isClear = reversals.every((one) =>
    isSame(one, byToken.get(one.reversal_token))
  )
  if (!isClear) return "UNRECOGNISED"
  let back = 0n
  for (const reversal of byToken.values()) {
    if (reversal.status === "FAILED") continue
    const { amount, currency_code } = reversal
    const isUnderstood =
      reversal.status !== "UNRECOGNISED" &&
      currency_code === sent.currency_code &&
      amount !== null
    if (!isUnderstood) return "UNRECOGNISED"
    back += amount
  }
  if (!is_complete) return "UNRECOGNISED"
  if (back === 0n) return status
  if (sent.amount === null) return "UNRECOGNISED"
  if (back > sent.amount) return "ERROR"
  return back === sent.amount ? "REVERSED" : "PARTLY_REVERSED"
}

function isSame(a: ListedReversal, b: ListedReversal | undefined): boolean {
  return (
    a.status === b?.status &&
    a.amount === b.amount &&
    a.currency_code === b.currency_code
  )
}
