/** One row of the crash proofs. */
export type Part = {
  name: string
  /** Rounds in CI, and the goal of the nightly run. */
  sizes: { ci: number; nightly: number }
  /** One round; the seed decides all that is random in it. Returns what is wrong. */
  play(round: { seed: number }): Promise<string[]>
}
