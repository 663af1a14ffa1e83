import fc from "fast-check"

import {
  type CallWindow,
  CIRCUIT_CALLS_MIN,
  CIRCUIT_WINDOW_MS,
  countCall,
  PROBE_GAP_MS,
  shouldOpen,
} from "../../../src/domain/circuit"
import {
  afterSuccess,
  RETRY_BUDGET,
  spendRetry,
} from "../../../src/domain/retry-budget"

type Call = { at_ms: number; is_failure: boolean }
const windowOf = (calls: readonly Call[]): CallWindow =>
  calls.reduce<CallWindow>((window, call) => countCall(window, call), [])

function calls({
  failed,
  answered,
  at_ms = 0,
}: {
  failed: number
  answered: number
  at_ms?: number
}): Call[] {
  return [
    ...Array.from({ length: failed }, () => ({ at_ms, is_failure: true })),
    ...Array.from({ length: answered }, () => ({ at_ms, is_failure: false })),
  ]
}

describe("the circuit", () => {
  it.each([
    [0, 0, false],
    [19, 0, false],
    [20, 0, true],
    [10, 9, false],
    [10, 10, true],
    [10, 11, false],
    [9, 11, false],
    [100, 100, true],
    [99, 100, false],
  ])("with %i failures and %i answers opens: %p", (failed, answered, opens) => {
    expect(shouldOpen(windowOf(calls({ failed, answered })), 0)).toBe(opens)
  })

  it("forgets calls of more than thirty seconds ago", () => {
    const window = windowOf(calls({ failed: 20, answered: 0, at_ms: 1_000 }))

    expect(shouldOpen(window, 1_000 + CIRCUIT_WINDOW_MS - 1)).toBe(true)
    expect(shouldOpen(window, 1_000 + CIRCUIT_WINDOW_MS)).toBe(false)
  })

  it("adds up the calls of one second, and of all seconds of the window", () => {
    const window = windowOf([
      ...calls({ failed: 3, answered: 2, at_ms: 1_000 }),
      ...calls({ failed: 1, answered: 4, at_ms: 1_999 }),
      ...calls({ failed: 6, answered: 4, at_ms: 2_000 }),
    ])

    expect(window).toEqual([
      { second: 1, calls: 10, failures: 4 },
      { second: 2, calls: 10, failures: 6 },
    ])
    expect(shouldOpen(window, 2_000)).toBe(true)
    expect(shouldOpen(window, 31_000)).toBe(false)
  })

  it("looks back half a minute, and is probed every ten seconds", () => {
    expect([CIRCUIT_WINDOW_MS, PROBE_GAP_MS]).toEqual([30_000, 10_000])
  })

  it("never opens on few calls, nor while less than half of them failed", () => {
    const call = fc.record({
      at_ms: fc.integer({ min: 0, max: 90_000 }),
      is_failure: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(call, { maxLength: 200 }), (unsorted) => {
        const sorted = unsorted.sort((a, b) => a.at_ms - b.at_ms)
        const window = windowOf(sorted)
        const at_ms = sorted.at(-1)?.at_ms ?? 0
        // The window may lose up to one second: what it counts lies between these two.
        const recent = sorted.filter(
          (one) => one.at_ms > at_ms - CIRCUIT_WINDOW_MS
        )
        const counted = window.reduce((sum, row) => sum + row.calls, 0)
        const failures = recent.filter((one) => one.is_failure).length

        expect(counted).toBeLessThanOrEqual(recent.length)
        expect(window.length).toBeLessThanOrEqual(30)
        if (recent.length < CIRCUIT_CALLS_MIN || failures === 0) {
          expect(shouldOpen(window, at_ms)).toBe(false)
        }
        if (counted >= CIRCUIT_CALLS_MIN && failures === recent.length) {
          expect(shouldOpen(window, at_ms)).toBe(true)
        }
      })
    )
  })
})

describe("the retry budget", () => {
  it("covers a hundred repeats, or fifty after time-outs, and no more", () => {
    for (const [after, times] of [
      ["other", 100],
      ["timeout", 50],
    ] as const) {
      let budget: number | null = RETRY_BUDGET
      for (let n = 0; n < times; n += 1) {
        budget = spendRetry(budget ?? 0, after)
        expect(budget).not.toBeNull()
      }
      expect(spendRetry(budget ?? 0, after)).toBeNull()
    }
  })

  it("gets one back for a success, and never more than it began with", () => {
    expect(afterSuccess(0)).toBe(1)
    expect(afterSuccess(RETRY_BUDGET)).toBe(RETRY_BUDGET)
  })

  it("grants at most one repeat for five successes in the long run", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("retry", "success"), { maxLength: 1000 }),
        (events) => {
          let budget = RETRY_BUDGET
          let repeats = 0
          let successes = 0
          for (const event of events) {
            if (event === "success") {
              successes += 1
              budget = afterSuccess(budget)
              continue
            }
            const left = spendRetry(budget, "other")
            if (left === null) continue
            repeats += 1
            budget = left
          }
          expect(budget).toBeGreaterThanOrEqual(0)
          expect(repeats * 5).toBeLessThanOrEqual(RETRY_BUDGET + successes)
        }
      )
    )
  })
})
