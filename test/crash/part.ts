/** One row of the proof: something that is destroyed again and again. */
export type Part = {
  name: string
  /** How many rounds are played in CI and nightly. */
  sizes: { ci: number; nightly: number }
  /** Plays one round; returns what is wrong, nothing when all is well. */
  play(round: { seed: number }): Promise<string[]>
}
