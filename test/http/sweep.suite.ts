import { Modules } from "@medusajs/framework/utils"

import { kernelFrom } from "../../src/kernel"
import { metadataAdapter } from "../../src/marketplaces/metadata"
import type { MarketplaceAdapter } from "../../src/marketplaces/types"
import { lookAgainAt } from "../../src/shop-events"
import { readPage, SOURCES } from "../../src/sweep/sources"
import { sweepOrders } from "../../src/sweep/sweep-orders"
import { masspaySettleOrderWorkflow } from "../../src/workflows/settlement/workflows/settle-order"
import type { HostSuite } from "./support/host"
import { restOf, runJobs, walletsOf } from "./support/plugin"
import { aContact } from "./support/shop"

const ADA = "ven_ada"

/** What the workflow's hook was told. A hook takes one handler for the life of the process. */
const hooked: { order_id: string; differences: string[] }[] = []
masspaySettleOrderWorkflow.hooks.orderSettled(({ order_id, settlements }) => {
  hooked.push({
    order_id,
    differences: settlements.map(({ difference }) => difference),
  })
})

export const sweep: HostSuite = ({ shop, getContainer, sandbox, admin }) => {
  beforeEach(() => shop.registerVendors({ [ADA]: aContact() }))
  afterEach(() => jest.restoreAllMocks())

  /** From here on nobody hears of anything. */
  function muteEvents(): jest.SpyInstance {
    const bus = getContainer().resolve(Modules.EVENT_BUS)
    return jest.spyOn(bus, "emit").mockResolvedValue()
  }

  async function soldOrder(unit_price: string): Promise<string> {
    const order = await shop.place({
      items: [{ title: "Bowl", unit_price, vendor_id: ADA }],
    })
    await shop.pay(order)
    await shop.complete(order)
    return order
  }

  /** One order cannot be read any more, alone or together with others. */
  function breakReading(bad: string): () => void {
    const whole = { ...metadataAdapter } as Required<MarketplaceAdapter>
    const spies = [
      jest
        .spyOn(metadataAdapter, "factsForOrder")
        .mockImplementation(async (container, id) => {
          if (id === bad) throw new Error("The shop's database hiccups")
          return whole.factsForOrder(container, id)
        }),
      jest
        .spyOn(
          metadataAdapter as Required<MarketplaceAdapter>,
          "factsForOrders"
        )
        .mockImplementation(async (container, ids) => {
          if (ids.includes(bad)) throw new Error("The shop's database hiccups")
          return whole.factsForOrders(container, ids)
        }),
    ]
    return () => {
      for (const spy of spies) spy.mockRestore()
    }
  }

  async function entries(): Promise<{ kind: string; amount: string }[]> {
    const { books } = await kernelFrom(getContainer())
    return books.rows(
      `select kind, amount::text as amount from masspay_ledger_entry order by created_at, id`
    )
  }

  it("finds, pays and takes back what no event announced", async () => {
    const muted = muteEvents()
    const order = await soldOrder("12.34")
    const masspay = await admin()

    expect(muted).toHaveBeenCalled()
    expect(await masspay.order(order)).toMatchObject({
      settlements: [],
      reason: "not_settled_yet",
    })

    await runJobs(getContainer())

    expect(walletsOf(sandbox())).toEqual({ "ada@example.com": "12.34 USD" })

    await shop.refund(order, 2)
    await runJobs(getContainer())

    expect(await entries()).toEqual([
      { kind: "earning", amount: "1234" },
      { kind: "clawback", amount: "-200" },
    ])
    expect(walletsOf(sandbox())).toEqual({ "ada@example.com": "12.34 USD" })
  })

  it("finds the orders of a payment that is linked to nothing but their cart", async () => {
    const muted = muteEvents()
    const heard = await shop.place({
      items: [{ title: "Bowl", unit_price: "20.00", vendor_id: ADA }],
    })
    const swept = await shop.place({
      items: [{ title: "Bowl", unit_price: "30.00", vendor_id: ADA }],
    })
    const payment_id = await shop.payAtCart(heard)
    await shop.payAtCart(swept)
    muted.mockRestore()
    const facts = jest.spyOn(metadataAdapter, "factsForOrders")

    await lookAgainAt(
      getContainer(),
      { name: "payment.captured" },
      { payment_id }
    )

    expect(facts.mock.calls.map(([, order_ids]) => order_ids)).toEqual([
      [heard],
    ])
    const captures = SOURCES.find(({ entity }) => entity === "capture")
    if (!captures) throw new Error("Captures are no source")
    const page = await readPage(getContainer(), captures, {
      filters: {},
      after: null,
      limit: 10,
    })
    expect(page.order_ids.sort()).toEqual([heard, swept].sort())
  })

  it("reads many orders as it reads each of them", async () => {
    muteEvents()
    const orders = [
      await soldOrder("3.00"),
      await soldOrder("4.00"),
      await shop.place({
        items: [
          { title: "Cup", unit_price: "1.50", vendor_id: "ven_bob" },
          { title: "Lid", unit_price: "0.50" },
        ],
        shipping: 2,
      }),
    ]
    const together = await metadataAdapter.factsForOrders?.(getContainer(), [
      ...orders,
      "order_none",
    ])

    expect([...(together?.keys() ?? [])].sort()).toEqual([...orders].sort())
    for (const id of orders) {
      expect(together?.get(id)).toEqual(
        await metadataAdapter.factsForOrder(getContainer(), id)
      )
    }
  })

  it("settles together what changed, and calls the hook for each order", async () => {
    muteEvents()
    const orders = [await soldOrder("3.00"), await soldOrder("4.00")]
    const alone = jest.spyOn(metadataAdapter, "factsForOrder")

    expect(await sweepOrders(getContainer())).toMatchObject({
      settled: 2,
      failed: 0,
    })
    expect(alone).not.toHaveBeenCalled()
    expect(hooked.filter(({ order_id }) => orders.includes(order_id))).toEqual([
      { order_id: orders[0], differences: ["300"] },
      { order_id: orders[1], differences: ["400"] },
    ])
    expect((await entries()).map(({ amount }) => amount)).toEqual([
      "300",
      "400",
    ])
  })

  it("books once when events and several sweeps look at one order together", async () => {
    const order = await soldOrder("20.00")
    const bus = getContainer().resolve(Modules.EVENT_BUS)
    await Promise.all([
      sweepOrders(getContainer()),
      ...["order.completed", "order.placed", "order.completed"].map((name) =>
        bus.emit({ name, data: { id: order } })
      ),
      sweepOrders(getContainer()),
    ])
    await restOf(getContainer())
    await runJobs(getContainer())

    expect(await entries()).toEqual([{ kind: "earning", amount: "2000" }])
    expect((await (await admin()).payouts()).count).toBe(1)
    expect(walletsOf(sandbox())).toEqual({ "ada@example.com": "20.00 USD" })
  })

  it("is not stopped by an order that cannot be settled, and tries it again", async () => {
    muteEvents()
    const bad = await soldOrder("5.00")
    await soldOrder("7.00")
    const mend = breakReading(bad)

    expect(await sweepOrders(getContainer())).toMatchObject({
      failed: 1,
      drained: true,
    })
    expect(await entries()).toEqual([{ kind: "earning", amount: "700" }])

    mend()
    expect(await sweepOrders(getContainer())).toMatchObject({ failed: 0 })
    expect((await entries()).map(({ amount }) => amount)).toEqual([
      "700",
      "500",
    ])
  })

  it("goes on where a sweep that was cut off had stopped", async () => {
    muteEvents()
    await soldOrder("9.00")
    const { books } = await kernelFrom(getContainer())
    const walk = {
      since: "2020-01-01T00:00:00.000Z",
      began_at: "2020-01-02T00:00:00.000Z",
      source: 4,
      after: null,
    }
    for (const key of ["watermark:sweep", "watermark:rescan"]) {
      await books.rows(
        `insert into masspay_control (key, value) values (?, ?::jsonb)`,
        [key, JSON.stringify({ watermark: null, walk, failed: [] })]
      )
    }
    // Orders and captures were looked at before the cut, it seems.
    await sweepOrders(getContainer())
    expect(await entries()).toEqual([])

    // The next sweep begins where that walk had begun.
    await sweepOrders(getContainer())
    expect(await entries()).toEqual([{ kind: "earning", amount: "900" }])
  })
}
