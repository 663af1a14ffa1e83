import type { RunnerDeps } from "../../src/runners/deps"
import { dispatchPayouts } from "../../src/runners/dispatch"
import { meteredWire } from "../../src/runners/metered-wire"
import { resolvePayouts } from "../../src/runners/resolve"
import { createTraffic, forRunners } from "../../src/runners/traffic"
import {
  aPayee,
  aPayout,
  attemptsOf,
  DEADLINE_MS,
  expectBooksToAgree,
  MINUTE_MS,
  openShop,
  requests,
  sentLoads,
  type Shop,
  type TestPayout,
} from "../support/payout-shop"

let shop: Shop
beforeEach(async () => {
  shop = await openShop({ in_flight: 8 })
})
afterEach(() => shop.close())

/** A process that keeps to the rate and to the circuit. */
function aPoliteProcess(max_requests_per_second = 1_000): RunnerDeps {
  const deps = shop.deps()
  const traffic = createTraffic({
    books: deps.books,
    log: deps.log,
    worker: deps.worker,
    max_requests_per_second,
    deadline_ms: DEADLINE_MS,
  })
  return {
    ...deps,
    wire: meteredWire(shop.wire, traffic),
    traffic: forRunners(traffic, shop.wire),
  }
}

async function payoutsOf(count: number): Promise<TestPayout[]> {
  const payee = await aPayee(shop)
  const payouts: TestPayout[] = []
  for (let made = 0; made < count; made += 1) {
    payouts.push(await aPayout(shop, { payee, amount: 1_00n }))
  }
  return payouts
}

const executed = () =>
  Object.keys(shop.sandbox.control.audit().executed_loads).length

it("stops sending when MassPay is broken, burns no attempt of what waits, and goes on when it is back", async () => {
  const payouts = await payoutsOf(60)
  shop.sandbox.control.armFault({
    fault: "502_html",
    method: "POST",
    path: "/load/",
    times: 1_000,
  })
  const process = aPoliteProcess()
  await dispatchPayouts(process)

  const sent = sentLoads(shop).length
  expect(sent).toBeGreaterThanOrEqual(20)
  // What was under way when it opened, and no more.
  expect(sent).toBeLessThanOrEqual(20 + 2 * 8)
  const before = requests(shop).length
  for (let time = 0; time < 5; time += 1) {
    await dispatchPayouts(process)
    await resolvePayouts(process)
  }
  expect(requests(shop).length - before).toBeLessThanOrEqual(1)
  const waiting = payouts.slice(sent)
  for (const { id } of waiting) expect(await attemptsOf(shop, id)).toEqual([])

  shop.sandbox.control.clearFaults()
  for (let time = 0; time < 30 && executed() < 60; time += 1) {
    await shop.passTime(20 * MINUTE_MS)
    await resolvePayouts(process)
    await dispatchPayouts(process)
  }
  expect(executed()).toBe(60)
  await expectBooksToAgree(shop)
})

it("two processes share one rate", async () => {
  await payoutsOf(40)
  const began = performance.now()
  const processes = [aPoliteProcess(20), aPoliteProcess(20)]
  while (executed() < 40) {
    await Promise.all(processes.map((process) => dispatchPayouts(process)))
  }
  const seconds = (performance.now() - began) / 1_000

  // A second's worth may leave at once; the clock of the bucket is the books'.
  expect(40).toBeLessThanOrEqual(20 + 20 * seconds + 1)
  await expectBooksToAgree(shop)
})
