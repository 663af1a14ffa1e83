import {
  DESTINATION_PROBLEMS,
  destinationWords,
  fitsLimits,
  rankRoutes,
  worseThanShown,
} from "../../../src/domain/destinations"

const LIMITS = { min_amount: 1_000n, max_amount: 5_000n }

it.each([
  [999n, "below_minimum"],
  [1_000n, "fits"],
  [5_000n, "fits"],
  [5_001n, "above_maximum"],
] as const)("an amount of %s is %s of a route's limits", (amount, answer) => {
  expect(fitsLimits(LIMITS, amount)).toBe(answer)
})

it("a bound that is not there bounds nothing", () => {
  const open = { min_amount: null, max_amount: null }
  expect(fitsLimits(open, 1n)).toBe("fits")
  expect(fitsLimits(open, 10n ** 15n)).toBe("fits")
})

function aRoute(destination_token: string, change: object = {}) {
  return {
    destination_token,
    min_amount: null,
    max_amount: null,
    fee: 100n,
    estimated_availability: null,
    ...change,
  }
}

describe("routes", () => {
  const order = (routes: ReturnType<typeof aRoute>[], amount: bigint | null) =>
    rankRoutes(routes, amount).map(({ destination_token }) => destination_token)

  it("that do not take the amount come last, however cheap", () => {
    const cheap = aRoute("cheap", { fee: 0n, min_amount: 10_000n })
    const dear = aRoute("dear", { fee: 500n })
    expect(order([cheap, dear], 9_999n)).toEqual(["dear", "cheap"])
    expect(order([cheap, dear], 10_000n)).toEqual(["cheap", "dear"])
    expect(order([dear, cheap], null)).toEqual(["cheap", "dear"])
  })

  it("of one price are ordered by when the money is there, and a price nobody tells comes last", () => {
    const soon = aRoute("soon", { estimated_availability: new Date(1) })
    const late = aRoute("late", { estimated_availability: new Date(2) })
    const secret = aRoute("secret", { fee: null })
    const never = aRoute("never")
    const routes = [secret, never, late, soon]
    const wanted = ["soon", "late", "never", "secret"]
    expect(order(routes, null)).toEqual(wanted)
    expect(order(routes.reverse(), null)).toEqual(wanted)
  })

  it("that cost more come later, however soon the money is there", () => {
    const cheap = aRoute("cheap", { estimated_availability: new Date(2) })
    const dear = aRoute("dear", {
      ...{ fee: 101n, estimated_availability: new Date(1) },
    })
    expect(order([cheap, dear], null)).toEqual(["cheap", "dear"])
    expect(order([dear, cheap], null)).toEqual(["cheap", "dear"])
  })

  it("are left in MassPay's order where nothing decides", () => {
    expect(order([aRoute("b"), aRoute("a"), aRoute("c")], 5n)).toEqual([
      "b",
      "a",
      "c",
    ])
  })
})

describe("what somebody was shown", () => {
  const SHOWN = {
    destination_currency_code: "MXN",
    fee: 299n,
    exchange_rate: "17.00",
  }

  it.each([
    ["the same", {}, []],
    ["a lower fee", { fee: 1n }, []],
    ["a better rate", { exchange_rate: "18" }, []],
    ["a rate a hundredth lower", { exchange_rate: "16.83" }, []],
    [
      "a rate that is lower than that",
      { exchange_rate: "16.8299" },
      ["exchange_rate"],
    ],
    ["a higher fee", { fee: 300n }, ["fee"]],
    ["a fee that is not told any more", { fee: null }, ["fee"]],
    [
      "another currency, however good its rate",
      { destination_currency_code: "USD", exchange_rate: "99" },
      ["destination_currency_code"],
    ],
  ] as const)("holds for %s, or says what is worse", (_, now, worse) => {
    expect(worseThanShown(SHOWN, { ...SHOWN, ...now })).toEqual(worse)
  })

  it("without a fee does not agree to one", () => {
    const shown = { ...SHOWN, fee: null }
    expect(worseThanShown(shown, { ...SHOWN, fee: 1n })).toEqual(["fee"])
    expect(worseThanShown(shown, { ...SHOWN, fee: 0n })).toEqual([])
    expect(worseThanShown(shown, shown)).toEqual([])
  })
})

it("every problem has words, and a code of another version is told as it is", () => {
  for (const problem of DESTINATION_PROBLEMS) {
    expect(destinationWords(problem)).toMatch(/^[A-Z].*\.$/)
  }
  expect(destinationWords("something_new")).toBe("something_new")
  expect(destinationWords(null)).toBeNull()
})
