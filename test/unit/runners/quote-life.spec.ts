import type { QuoteAnswer } from "../../../src/modules/masspay-gateway/types"
import { lifeOf } from "../../../src/runners/dispatch-quote"

const SECOND = 1_000
const NOON = new Date("2026-03-02T12:00:00Z")
const lives = (
  expires_in_s: number | null,
  {
    answered_at = NOON,
    asked_at_ms = 0,
    now_ms = 3 * SECOND,
    deadline_ms = 15 * SECOND,
  } = {}
) =>
  lifeOf(
    {
      expires_at:
        expires_in_s === null
          ? null
          : new Date(NOON.getTime() + expires_in_s * SECOND),
      answered_at,
    } as QuoteAnswer,
    { asked_at_ms, now_ms, deadline_ms }
  )

it("ends a request's time before the quote does, counted from before it was asked for", () => {
  expect(lives(120)).toEqual({
    until_ms: 105 * SECOND,
    lives_ms: 118 * SECOND,
  })
  expect(lives(120, { asked_at_ms: 1_000 * SECOND }).until_ms).toBe(
    1_105 * SECOND
  )
})

it("is never longer than MassPay says that quotes live", () => {
  expect(lives(3_600).until_ms).toBe(105 * SECOND)
})

it.each([0, -1, -3_600, null])("is over for a quote that ends in %p s", (s) => {
  expect(lives(s).until_ms).toBeLessThanOrEqual(0)
})

it("leaves a short one some of its time", () => {
  expect(lives(8).until_ms).toBe(6 * SECOND)
})
