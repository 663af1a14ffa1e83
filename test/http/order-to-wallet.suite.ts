import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import type { HostSuite } from "./support/host"
import { restOf, runJobs, walletsOf } from "./support/plugin"
import { aContact } from "./support/shop"

const ADA = "ven_ada"
const BOB = "ven_bob"
const CONTACTS = {
  [ADA]: aContact(),
  [BOB]: aContact({
    name: "Bob's Bowls",
    email: "bob@example.com",
    first_name: "Bob",
    last_name: "Bowl",
  }),
}

export const orderToWallet: HostSuite = ({
  shop,
  getContainer,
  sandbox,
  admin,
}) => {
  async function say(name: string, order_id: string): Promise<void> {
    await getContainer()
      .resolve(Modules.EVENT_BUS)
      .emit({ name, data: { id: order_id } })
  }

  beforeEach(() => shop.registerVendors(CONTACTS))

  it("pays nobody before the order is released, and everybody exactly once after", async () => {
    const order = await shop.place({
      items: [
        { title: "Bowl", unit_price: "19.99", quantity: 2, vendor_id: ADA },
        { title: "Cup", unit_price: "10.00", vendor_id: BOB },
        { title: "Gift wrap", unit_price: "3.00" },
      ],
      shipping: 5,
    })
    await shop.pay(order)
    await runJobs(getContainer())
    const masspay = await admin()

    expect(walletsOf(sandbox())).toEqual({})
    expect((await masspay.order(order)).settlements).toMatchObject([
      { vendor_id: ADA, state: "held", reason: "not_released" },
      { vendor_id: BOB, state: "held", reason: "not_released" },
    ])

    await shop.complete(order)
    await say("order.completed", order)
    await say("order.placed", order)
    await restOf(getContainer())
    await runJobs(getContainer())
    await runJobs(getContainer())

    // By hand, in cents. Of 500 for shipping, by the value of the goods (3998 :
    // 1000 : 300 of the platform's), 377.31 : 94.38 : 28.31, so 377 : 95 : 28.
    // Commission is a tenth of the goods: 400 and 100.
    const expected = {
      ada: "39.75", // 3998 - 400 + 377
      bob: "9.95", // 1000 - 100 + 95
    }
    const { settlements } = await masspay.order(order)
    expect(
      settlements.map(({ vendor_id, net, state, payouts }) => ({
        vendor_id,
        net,
        state,
        payouts: payouts.map(({ amount }) => amount),
      }))
    ).toEqual([
      {
        vendor_id: ADA,
        net: expected.ada,
        state: "paid",
        payouts: [expected.ada],
      },
      {
        vendor_id: BOB,
        net: expected.bob,
        state: "paid",
        payouts: [expected.bob],
      },
    ])
    expect(walletsOf(sandbox())).toEqual({
      "ada@example.com": `${expected.ada} USD`,
      "bob@example.com": `${expected.bob} USD`,
    })
    expect((await masspay.payouts()).count).toBe(2)
    expect(sandbox().control.loads().loads).toHaveLength(2)
  })

  it("says which payout paid what, and tells the shop", async () => {
    const emit = jest.spyOn(getContainer().resolve(Modules.EVENT_BUS), "emit")
    const order = await shop.place({
      items: [{ title: "Bowl", unit_price: "20.00", vendor_id: ADA }],
    })
    await shop.pay(order)
    await shop.complete(order)
    await restOf(getContainer())
    await runJobs(getContainer())
    const masspay = await admin()
    const { payouts } = await masspay.payouts(`?q=${order}`)
    const { payout } = await masspay.get<{ payout: Record<string, unknown> }>(
      `payouts/${payouts[0]?.id ?? ""}`
    )

    expect(payout).toMatchObject({
      vendor_id: ADA,
      vendor_name: "Ada's Atelier",
      status: "completed",
      amount: "18.00",
      currency_code: "USD",
      items: [{ kind: "earning", amount: "18.00", order_id: order }],
      operations: [{ kind: "load", proof: "executed" }],
    })
    const told = emit.mock.calls
      .flatMap(([messages]) => messages)
      .filter(({ name }) => name === "masspay.payout.completed")
      .map(({ data }) => data as { id: string; event_id: string })
    expect(told.map(({ id }) => id)).toEqual([payouts[0]?.id])
    expect(told[0]?.event_id).toMatch(/^msout_/)
    emit.mockRestore()
    expect(JSON.stringify(payout)).not.toContain("masspay-sandbox-key")
  })

  it("rounds a price with more decimals than the currency once, and loses nothing", async () => {
    const order = await shop.place({
      items: [
        {
          title: "Thread",
          unit_price: "0.3333",
          quantity: 3,
          vendor_id: ADA,
        },
        { title: "Button", unit_price: "3.335", vendor_id: BOB },
      ],
    })
    await shop.pay(order)
    await runJobs(getContainer())
    const { settlements } = await (await admin()).order(order)
    const cents = settlements.map(({ gross }) => Number(gross.replace(".", "")))

    // 0.9999 + 3.335 = 4.3349
    expect(cents.reduce((sum, one) => sum + one, 0)).toBe(433)
  })

  it("keeps an order without vendors, of no value or in an unknown currency to itself, and says why", async () => {
    const masspay = await admin()
    const plain = await shop.place({
      items: [{ title: "Gift card", unit_price: 25 }],
    })
    const free = await shop.place({
      items: [{ title: "Sample", unit_price: 0, vendor_id: ADA }],
    })
    const unknown = await shop.place({
      items: [{ title: "Bowl", unit_price: 9, vendor_id: ADA }],
    })
    await getContainer()
      .resolve(ContainerRegistrationKeys.PG_CONNECTION)
      .raw(`update "order" set currency_code = 'zzz' where id = ?`, [unknown])
    await shop.pay(plain)
    await shop.complete(plain)
    await shop.complete(free)
    await restOf(getContainer())
    await runJobs(getContainer())

    expect(walletsOf(sandbox())).toEqual({})
    expect(await masspay.order(plain)).toMatchObject({
      settlements: [],
      reason: "no_vendor_lines",
    })
    expect((await masspay.order(free)).settlements).toMatchObject([
      { state: "nothing_due", net: "0.00" },
    ])
    expect((await masspay.order(unknown)).settlements).toMatchObject([
      { state: "held", reason: "unknown_currency" },
    ])
    expect(await masspay.refusal("orders/order_none")).toMatchObject({
      status: 404,
    })
  })

  it("keeps the money of a vendor without an e-mail address until she has one", async () => {
    const { email: _, ...nameless } = aContact()
    await shop.registerVendors({ [ADA]: nameless })
    const order = await shop.place({
      items: [{ title: "Bowl", unit_price: "20.00", vendor_id: ADA }],
    })
    await shop.pay(order)
    await shop.complete(order)
    await restOf(getContainer())
    await runJobs(getContainer())
    const masspay = await admin()

    expect(walletsOf(sandbox())).toEqual({})
    expect((await masspay.order(order)).settlements).toMatchObject([
      { state: "open", reason: "not_linked" },
    ])
    expect(await masspay.get("payees")).toMatchObject({
      payees: [{ vendor_id: ADA, status_reason: "contact_incomplete" }],
    })
    expect(await masspay.get("payouts/preview")).toMatchObject({
      preview: [{ vendor_id: ADA, due: "18.00", reason: "not_linked" }],
    })

    await shop.registerVendors({ [ADA]: aContact() })
    await runJobs(getContainer())
    await runJobs(getContainer())

    expect(walletsOf(sandbox())).toEqual({ "ada@example.com": "18.00 USD" })
  })

  it("pays nothing for an order cancelled before, and carries what was paid for one cancelled after", async () => {
    const masspay = await admin()
    const before = await shop.place({
      items: [{ title: "Bowl", unit_price: "20.00", vendor_id: ADA }],
    })
    await shop.pay(before)
    await shop.cancel(before)
    await restOf(getContainer())
    await runJobs(getContainer())

    expect(walletsOf(sandbox())).toEqual({})
    expect((await masspay.order(before)).settlements).toMatchObject([
      { state: "held", reason: "canceled" },
    ])

    const after = await shop.place({
      items: [{ title: "Bowl", unit_price: "30.00", vendor_id: ADA }],
    })
    await shop.pay(after)
    await shop.complete(after)
    await restOf(getContainer())
    await runJobs(getContainer())
    await shop.refund(after, 10)
    await restOf(getContainer())
    await runJobs(getContainer())

    expect(walletsOf(sandbox())).toEqual({ "ada@example.com": "27.00 USD" })
    expect(await masspay.get("payouts/preview")).toMatchObject({
      preview: [{ vendor_id: ADA, open: "-9.00", reason: "negative" }],
    })

    const next = await shop.place({
      items: [{ title: "Bowl", unit_price: "20.00", vendor_id: ADA }],
    })
    await shop.pay(next)
    await shop.complete(next)
    await restOf(getContainer())
    await runJobs(getContainer())

    // 27.00 were paid, 9.00 too much; 18.00 earned since.
    expect(walletsOf(sandbox())).toEqual({ "ada@example.com": "36.00 USD" })
  })

  it("does not let a customer name the vendor", async () => {
    const order = await shop.place({
      items: [{ title: "Bowl", unit_price: "20.00", vendor_id: BOB }],
      metadata: { vendor_id: BOB },
    })
    await shop.checkOut(order)
    await shop.pay(order)
    await shop.complete(order)
    await restOf(getContainer())
    await runJobs(getContainer())

    expect(walletsOf(sandbox())).toEqual({})
    expect(await (await admin()).order(order)).toMatchObject({
      reason: "no_vendor_lines",
    })
  })
}
