const WORD = 2 ** 32

/**
 * From 0 (included) to 1, from its arguments alone: the same seed, number and
 * purpose give the same in every run, whatever was drawn in between.
 */
export function chance(seed: number, number: number, purpose: number): number {
  let hash = 0x9e3779b9
  for (const word of [seed % WORD, Math.floor(seed / WORD), number, purpose]) {
    hash = Math.imul(hash ^ word, 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
    hash ^= hash >>> 16
  }
  return (hash >>> 0) / WORD
}
