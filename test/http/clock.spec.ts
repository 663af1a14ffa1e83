import { Modules } from "@medusajs/framework/utils"

import { describeHost } from "./support/host"
import { until, walletsOf } from "./support/plugin"
import { aContact } from "./support/shop"

const ADA = "ven_ada"

describeHost(
  {
    MASSPAY_MARKETPLACE: "metadata",
    MASSPAY_SETTLEMENT: "{}",
    MASSPAY_JOBS: "on",
  },
  ({ shop, getContainer, sandbox }) => {
    it("pays with nothing but the clock: no event, and nobody calls a job", async () => {
      const bus = getContainer().resolve(Modules.EVENT_BUS)
      jest.spyOn(bus, "emit").mockResolvedValue()
      await shop.registerVendors({ [ADA]: aContact() })
      const order = await shop.place({
        items: [{ title: "Bowl", unit_price: "8.15", vendor_id: ADA }],
      })
      await shop.pay(order)
      await shop.complete(order)

      await until(
        "the wallet to be loaded",
        async () => walletsOf(sandbox())["ada@example.com"] === "8.15 USD",
        200_000
      )
      expect(sandbox().control.loads().loads).toHaveLength(1)
    }, 240_000)
  }
)
