/**
 * Mutation tests run every test thousands of times over and look at one
 * combination in 37: no factor of any list, so that all values still meet.
 */
export const STRIDE = process.env.PROPERTY_RUNS_MAX === undefined ? 1 : 37

/** Every combination of the given values (or one in `stride`), one object each. */
export function* product<T extends object>(
  values: { [K in keyof T]-?: readonly T[K][] },
  stride = 1
): Generator<T> {
  const names = Object.keys(values) as (keyof T)[]
  const picks = names.map(() => 0)
  for (let index = 0; ; index += 1) {
    if (index % stride === 0) {
      yield Object.fromEntries(
        names.map((name, at) => [name, values[name][picks[at] ?? 0]])
      ) as T
    }
    let at = names.length - 1
    while (at >= 0) {
      const name = names[at]
      picks[at] = (picks[at] ?? 0) + 1
      if (name !== undefined && (picks[at] ?? 0) < values[name].length) break
      picks[at] = 0
      at -= 1
    }
    if (at < 0) return
  }
}

/** Rules by name, and the first inputs that break one. */
export class Broken<Input, Decision> {
  readonly inputs: unknown[] = []
  count = 0

  constructor(
    private readonly rules: Record<
      string,
      (input: Input, decision: Decision) => boolean
    >
  ) {}

  /** Whether it is worth going on: a rule that is broken is broken often. */
  check(input: Input, decision: Decision): boolean {
    this.count += 1
    for (const [rule, isKept] of Object.entries(this.rules)) {
      if (!isKept(input, decision) && this.inputs.length < 5) {
        this.inputs.push({ rule, input, decision })
      }
    }
    return this.inputs.length < 5
  }
}
