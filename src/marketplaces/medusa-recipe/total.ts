import type { LineFacts } from "../../domain/facts"
import { add, isAtLeast, subtract } from "../decimals"
import type { OrderRow } from "../order-rows"
import type { FamilyLines } from "./lines"

/**
 * What a family costs now. The parent knows refunds, but neither what came back
 * to a child nor what was added to one. What was added is paid first out of what
 * came back and was not refunded; the rest makes the purchase dearer.
 */
export function totalOfFamily(
  root: OrderRow,
  { lines, added }: FamilyLines
): string {
  const more = worthOf(added)
  const bought = subtract(worthOf(lines), more)
  const came_back = larger(subtract(root.raw_total, bought), "0")
  return add(root.raw_total, larger(subtract(more, came_back), "0"))
}

function worthOf(lines: readonly LineFacts[]): string {
  return add("0", ...lines.flatMap(({ net, tax }) => [net, tax]))
}

function larger(a: string, b: string): string {
  return isAtLeast(a, b) ? a : b
}
