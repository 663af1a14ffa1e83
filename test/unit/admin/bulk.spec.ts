import {
  type BulkOutcome,
  moneyMoved,
  requestIdOf,
  runBulk,
} from "../../../src/admin/lib/bulk"
import {
  isBulkStatus,
  isGrave,
  type OfferedAction,
  pathOf,
  sortActions,
} from "../../../src/admin/lib/payout-actions"

function answer(status?: number): Error {
  return Object.assign(new Error("no"), { status })
}

const IDS = ["a", "b", "c", "d", "e"]

describe("the same action on many", () => {
  it("asks once for each, a few at once", async () => {
    const asked: string[] = []
    let running = 0
    let most = 0
    await runBulk(
      IDS,
      async (id) => {
        asked.push(id)
        running += 1
        most = Math.max(most, running)
        await new Promise((resolve) => setTimeout(resolve, 1))
        running -= 1
      },
      () => {}
    )
    expect(asked.sort()).toEqual(IDS)
    expect(most).toBe(2)
  })

  it("says of each what is proven, and lets no failure keep the others", async () => {
    const told = new Map<string, BulkOutcome<string>>()
    const outcomes = await runBulk(
      IDS,
      (id) => {
        if (id === "b") return Promise.reject(answer(400))
        if (id === "c") return Promise.reject(answer(502))
        if (id === "d") return Promise.reject(answer())
        return Promise.resolve(id)
      },
      (id, outcome) => told.set(id, outcome)
    )
    expect(IDS.map((id) => outcomes.get(id)?.state)).toEqual([
      "done",
      "refused",
      "unclear",
      "unclear",
      "done",
    ])
    expect(told).toEqual(outcomes)
  })

  it("asks for no more once nobody is signed in, and says what was not asked", async () => {
    const asked: string[] = []
    const outcomes = await runBulk(
      IDS,
      (id) => {
        asked.push(id)
        return Promise.reject(answer(401))
      },
      () => {}
    )
    expect(asked.length).toBeLessThan(IDS.length)
    expect(outcomes.get("e")).toEqual({ state: "waiting" })
  })

  it("has one request id for each, the same whenever it is asked again", () => {
    const ids = IDS.map((id) => requestIdOf("admin-1", id))
    expect(new Set(ids).size).toBe(IDS.length)
    expect(IDS.map((id) => requestIdOf("admin-1", id))).toEqual(ids)
  })
})

describe("how much money moves", () => {
  it("is told for each currency, and never set off against what comes back", () => {
    expect(
      moneyMoved([
        { amount: "120.50", currency_code: "USD" },
        { amount: "-20.00", currency_code: "USD" },
        { amount: "30.25", currency_code: "USD" },
        { amount: "4500", currency_code: "JPY" },
      ])
    ).toEqual([
      { currency_code: "JPY", direction: "out", count: 1, amount: "4500" },
      { currency_code: "USD", direction: "back", count: 1, amount: "-20.00" },
      { currency_code: "USD", direction: "out", count: 2, amount: "150.75" },
    ])
  })
})

describe("the actions on a payout", () => {
  const offered = (
    action: OfferedAction["action"],
    code: string | null
  ): OfferedAction => ({
    action,
    allowed: code === null,
    effect: null,
    needs_second: false,
    why_not:
      code === null
        ? null
        : ({ code, message: "no" } as NonNullable<OfferedAction["why_not"]>),
  })

  it("are offered only where the server allows them", () => {
    const { now, notNow } = sortActions([
      offered("approve", "wrong_status"),
      offered("resolve", null),
      offered("retry", "too_early"),
      offered("cancel", "wrong_method"),
    ])
    expect(now.map(({ action }) => action)).toEqual(["resolve"])
    // What explains most stands first.
    expect(notNow.map(({ action }) => action)).toEqual([
      "retry",
      "approve",
      "cancel",
    ])
  })

  it("have the paths that the server has", () => {
    expect(pathOf("assert_not_executed")).toBe("assert-not-executed")
    expect(pathOf("approve")).toBe("approve")
  })

  it("look grave where money is given up or taken back", () => {
    expect(isGrave("settle_elsewhere")).toBe(true)
    expect(isGrave("resolve")).toBe(false)
  })

  it("can be done together only from the status that they need", () => {
    expect(
      ["pending", "blocked", "ready", "completed"].map(isBulkStatus)
    ).toEqual([true, true, false, false])
  })
})
