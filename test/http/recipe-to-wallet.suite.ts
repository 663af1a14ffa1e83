import { Modules } from "@medusajs/framework/utils"

import type { HostSuite } from "./support/host"
import { openMarketplace } from "./support/marketplace"
import { restOf, runJobs, walletsOf } from "./support/plugin"

export const recipeToWallet: HostSuite = ({
  shop,
  getContainer,
  sandbox,
  admin,
}) => {
  const market = openMarketplace(getContainer)

  /** Everything sent and delivered, then one piece of the item comes back. */
  async function returnItem(order_id: string, title: string): Promise<void> {
    const orders = getContainer().resolve(Modules.ORDER)
    const order = await orders.retrieveOrder(order_id, {
      relations: ["items"],
    })
    const items = (order.items ?? []).map(({ id, quantity }) => ({
      id,
      quantity,
    }))
    await orders.registerFulfillment({ order_id, items })
    await orders.registerShipment({ order_id, items })
    await orders.registerDelivery({ order_id, items })
    const item = order.items?.find((one) => one.title === title)
    if (!item) throw new Error(`No item ${title}`)
    const returned = await orders.createReturn({
      order_id,
      items: [{ id: item.id, quantity: 1 }],
    })
    await orders.receiveReturn({
      return_id: returned.id,
      items: [{ id: item.id, quantity: 1 }],
    })
  }

  it("pays each vendor of a split order out of the one payment, and takes a return back from its vendor alone", async () => {
    const { parent, children, vendors } = await market.family(shop, {
      vendors: { ada: ["12.50"], bob: ["20.00", "5.00"] },
      platform: ["3.00"],
      shipping: 6,
    })
    await restOf(getContainer())
    await runJobs(getContainer())
    const masspay = await admin()

    expect(walletsOf(sandbox())).toEqual({})
    expect((await masspay.order(parent)).settlements).toMatchObject([
      { order_id: children.ada, vendor_name: "ada", reason: "not_captured" },
      { order_id: children.bob, vendor_name: "bob", reason: "not_captured" },
    ])

    await shop.pay(parent)
    await shop.complete(parent)
    await restOf(getContainer())
    await runJobs(getContainer())
    const wallets = {
      "ada@example.com": "12.50 USD",
      "bob@example.com": "25.00 USD",
    }

    expect(walletsOf(sandbox())).toEqual(wallets)
    expect((await masspay.order(children.bob ?? "")).settlements).toMatchObject(
      [{ vendor_id: vendors.bob, state: "paid", net: "25.00" }]
    )

    await returnItem(children.bob ?? "", "Item 5.00")
    await runJobs(getContainer())
    const afterReturn = await masspay.get("payouts/preview")

    expect(afterReturn).toMatchObject({
      preview: [{ vendor_id: vendors.bob, open: "-5.00", reason: "negative" }],
    })

    // The refund that follows is not taken from anybody a second time.
    await shop.refund(parent, 5)
    await restOf(getContainer())
    await runJobs(getContainer())

    expect(await masspay.get("payouts/preview")).toEqual(afterReturn)
    expect(walletsOf(sandbox())).toEqual(wallets)
  })

  it("releases a vendor whose own order is completed, and waits for the others", async () => {
    const { parent, children } = await market.family(shop, {
      vendors: { ada: ["12.50"], bob: ["20.00"] },
      platform: [],
    })
    await shop.pay(parent)
    await shop.complete(children.ada ?? "")
    await restOf(getContainer())
    await runJobs(getContainer())

    expect(walletsOf(sandbox())).toEqual({ "ada@example.com": "12.50 USD" })
  })
}
