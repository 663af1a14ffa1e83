import { isZero, negate, sum } from "./decimal"
import { typedAmount } from "./payee"

type Part = { vendor_id: string | null; amount: string }

/** What is left of it after these parts; negative when they are too much, `null` while one is no amount. */
export function restOf(
  unallocated: string,
  amounts: readonly string[]
): string | null {
  const typed = amounts.map(amountOrZero)
  if (typed.some((amount) => amount === null)) return null
  return sum([unallocated, ...typed.map((amount) => negate(amount ?? "0"))])
}

/** The parts that somebody bears, or `null` while they do not add up exactly. */
export function allocationOf({
  unallocated,
  parts,
}: {
  unallocated: string
  parts: readonly Part[]
}): Part[] | null {
  const rest = restOf(
    unallocated,
    parts.map(({ amount }) => amount)
  )
  if (rest === null || !isZero(rest)) return null
  const borne = parts
    .map(({ vendor_id, amount }) => ({
      vendor_id,
      amount: amountOrZero(amount) ?? "0",
    }))
    .filter(({ amount }) => !isZero(amount))
  return borne.length === 0 ? null : borne
}

/** An empty field is nothing; a negative part is none. */
function amountOrZero(text: string): string | null {
  if (text.trim() === "") return "0"
  const amount = typedAmount(text)
  return amount === null || amount.startsWith("-") ? null : amount
}
