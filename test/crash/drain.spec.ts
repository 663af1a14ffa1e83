import { claimReady } from "../../src/modules/masspay/queries/dispatch"
import { runChild } from "../support/failpoints"
import {
  aPayout,
  attemptsOf,
  expectBooksToAgree,
  openShop,
  readPayout,
  sentLoads,
  type Shop,
  type TestPayout,
  untilQuiet,
} from "../support/payout-shop"

/** When its requests end, answered or not; shorter than draining may take. */
const ENDS_MS = 1_500

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop.close())

async function payoutsOf(count: number): Promise<TestPayout[]> {
  const payouts: TestPayout[] = []
  for (let made = 0; made < count; made += 1) payouts.push(await aPayout(shop))
  return payouts
}

/** How many payouts have each status. */
async function statuses(
  payouts: readonly TestPayout[]
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { id } of payouts) {
    const { status } = await readPayout(shop, id)
    counts[status] = (counts[status] ?? 0) + 1
  }
  return counts
}

describe("a worker that is asked to end", () => {
  it("ends what is on the wire, gives back what it has not begun, and begins nothing", async () => {
    const payouts = await payoutsOf(10)
    shop.sandbox.control.armFault({
      fault: "delay_then_execute",
      delay_ms: 400,
      method: "POST",
      path: "/load/",
      times: 10,
    })

    // Asked over its fourth claim: three requests are on the wire by then.
    const end = await runChild(shop, {
      steps: ["dispatch", "dispatch"],
      in_flight: 8,
      end: { at: "dispatch.claimed", hit: 4 },
    })

    expect(end).toMatchObject({ code: 0, signal: null })
    expect(await statuses(payouts)).toEqual({ completed: 3, ready: 7 })
    expect(sentLoads(shop)).toHaveLength(3)
    const { claimed: left } = await claimReady(shop.books.db, {
      worker: "other",
      limit: 10,
      lease_ms: 60_000,
    })
    // Due at once: nobody has to wait for a lease to end.
    expect(left).toHaveLength(7)
  })

  it("leaves attempts that say that nothing was sent, and everybody is paid once later", async () => {
    const payouts = await payoutsOf(6)
    const end = await runChild(shop, {
      steps: ["dispatch"],
      in_flight: 6,
      end: { at: "dispatch.claimed", hit: 1 },
    })
    expect(end).toMatchObject({ code: 0, signal: null })
    expect(await statuses(payouts)).toEqual({ ready: 6 })
    expect(sentLoads(shop)).toEqual([])
    for (const { id } of payouts) {
      expect(await attemptsOf(shop, id)).toMatchObject([
        { outcome: "shutdown", proof: "not_executed" },
      ])
    }

    await untilQuiet(shop)

    expect(await statuses(payouts)).toEqual({ completed: 6 })
    await expectBooksToAgree(shop)
  })

  it("does not wait for ever for an answer that never comes, and leaves nothing undecided behind", async () => {
    const payouts = await payoutsOf(2)
    shop.sandbox.control.armFault({
      fault: "timeout_before_execute",
      method: "POST",
      path: "/load/",
    })

    const began = performance.now()
    const end = await runChild(shop, {
      steps: ["dispatch"],
      in_flight: 2,
      deadline_ms: ENDS_MS,
      end: { at: "dispatch.claimed", hit: 2 },
    })

    // Its deadline ended the request, and the outcome was written.
    expect(end).toMatchObject({ code: 0, signal: null })
    expect(await statuses(payouts)).toEqual({ ready: 1, unknown: 1 })
    // The process itself takes a while to start on a busy machine.
    expect(performance.now() - began).toBeLessThan(30_000 + ENDS_MS)
  })
})
