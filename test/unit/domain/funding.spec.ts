import { type Draw, fitToWallets } from "../../../src/domain/funding"

const MAIN = "wallet_main"
const OTHER = "wallet_other"

function aDraw(id: string, overrides: Partial<Draw> = {}): Draw {
  return {
    id,
    source_token: MAIN,
    amount: 100n,
    created_at: new Date("2026-01-01T00:00:00Z"),
    ...overrides,
  }
}

function fit(payouts: readonly Draw[], balances: Record<string, bigint>) {
  const { fits, short } = fitToWallets(
    payouts,
    new Map(Object.entries(balances))
  )
  return {
    fits: fits.map(({ id }) => id),
    short: short.map(({ payout, left }) => [payout.id, left]),
  }
}

describe("fitToWallets", () => {
  it("pays out a wallet to its last cent, and not one further", () => {
    const payouts = [aDraw("a", { amount: 60n }), aDraw("b", { amount: 40n })]

    expect(fit(payouts, { [MAIN]: 100n })).toEqual({
      fits: ["a", "b"],
      short: [],
    })
    expect(fit(payouts, { [MAIN]: 99n })).toEqual({
      fits: ["a"],
      short: [["b", 39n]],
    })
  })

  it("serves the oldest first, however they are listed", () => {
    const payouts = [
      aDraw("a", { created_at: new Date("2026-01-03T00:00:00Z") }),
      aDraw("b", { created_at: new Date("2026-01-01T00:00:00Z") }),
      aDraw("c", { created_at: new Date("2026-01-02T00:00:00Z") }),
    ]

    expect(fit(payouts, { [MAIN]: 200n })).toEqual({
      fits: ["b", "c"],
      short: [["a", 0n]],
    })
  })

  it("serves those of one moment by id, the same way on every run", () => {
    const payouts = ["c", "a", "b"].map((id) => aDraw(id))

    expect(fit(payouts, { [MAIN]: 100n })).toEqual({
      fits: ["a"],
      short: [["b", 0n]],
    })
  })

  it("closes a wallet behind the first that does not fit, also for smaller ones", () => {
    const payouts = [
      aDraw("a", { amount: 30n }),
      aDraw("b", { amount: 80n }),
      aDraw("c", { amount: 1n }),
      aDraw("d", { amount: 90n }),
    ]

    expect(fit(payouts, { [MAIN]: 100n })).toEqual({
      fits: ["a"],
      short: [["b", 70n]],
    })
  })

  it("counts each wallet by itself", () => {
    const payouts = [
      aDraw("a", { amount: 101n }),
      aDraw("b", { amount: 100n, source_token: OTHER }),
      aDraw("c", { amount: 1n, source_token: OTHER }),
      aDraw("d", { amount: 1n }),
    ]

    expect(fit(payouts, { [MAIN]: 100n, [OTHER]: 100n })).toEqual({
      fits: ["b"],
      short: [
        ["a", 100n],
        ["c", 0n],
      ],
    })
  })

  it("lets everything through where a balance, or the wallet, is not known", () => {
    const payouts = [
      aDraw("a", { amount: 10n ** 12n, source_token: OTHER }),
      aDraw("b", { amount: 10n ** 12n, source_token: null }),
      aDraw("c", { amount: 1n }),
      aDraw("d", { amount: 1n, source_token: null }),
    ]

    expect(fit(payouts, { [MAIN]: 0n })).toEqual({
      fits: ["a", "b", "d"],
      short: [["c", 0n]],
    })
  })

  it("changes neither the list nor the balances it was given", () => {
    const payouts = [aDraw("b"), aDraw("a")]
    const balances = new Map([[MAIN, 150n]])

    fitToWallets(payouts, balances)

    expect(payouts.map(({ id }) => id)).toEqual(["b", "a"])
    expect(balances).toEqual(new Map([[MAIN, 150n]]))
  })
})
