import type { GoLiveFinding } from "../../../src/domain/go-live"

/** All that an operator reads of a check: what was seen, what to do, and the details. */
export const linesOf = ({ seen, fix, details = [] }: GoLiveFinding) => [
  seen,
  fix ?? "Nothing to do.",
  ...details,
]

/** A situation, what is judged of it, and the lines that an operator reads. */
export type TextCase = [string, () => GoLiveFinding, string[]]
