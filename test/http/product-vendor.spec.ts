import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { deleteProductsWorkflow } from "@medusajs/medusa/core-flows"

import type MarketplaceModuleService from "../../demo/src/modules/marketplace/service"
import type { OrderFacts } from "../../src/domain/facts"
import { adapterFor } from "../../src/marketplaces/registry"
import type { VendorBalanceResponse } from "../../src/types/http-vendor"
import { checksumOf } from "./support/checksum"
import { describeHost } from "./support/host"
import { openMarketplace } from "./support/marketplace"
import { restOf, runJobs, walletsOf } from "./support/plugin"

describeHost(
  { MASSPAY_TEST_VENDORS: "products", MASSPAY_MARKETPLACE: "auto" },
  ({ shop, getContainer, sandbox, admin, http }) => {
    const market = openMarketplace(getContainer)
    const links = () => getContainer().resolve(ContainerRegistrationKeys.LINK)

    const linkOf = (product_id: string, vendor_id: string) => ({
      marketplace: { vendor_id },
      [Modules.PRODUCT]: { product_id },
    })

    async function product(title: string, vendor_id?: string): Promise<string> {
      const products = getContainer().resolve(Modules.PRODUCT)
      const created = await products.createProducts({ title })
      if (vendor_id) await links().create(linkOf(created.id, vendor_id))
      return created.id
    }

    async function factsOf(order_id: string): Promise<OrderFacts> {
      const adapter = await adapterFor(getContainer(), "auto")
      expect(adapter.id).toBe("product-vendor")
      const facts = await adapter.factsForOrder(getContainer(), order_id)
      if (!facts) throw new Error(`No facts of ${order_id}`)
      return facts
    }

    const sellersOf = async (order_id: string) =>
      (await factsOf(order_id)).lines.map(({ vendor_id }) => vendor_id)

    it("pays the vendor of each product out of one order", async () => {
      const ada = await market.vendor("ada")
      const bob = await market.vendor("bob")
      const order = await shop.place({
        items: [
          {
            title: "Bowl",
            unit_price: "19.99",
            quantity: 2,
            product_id: await product("Bowl", ada),
          },
          {
            title: "Cup",
            unit_price: "10.00",
            product_id: await product("Cup", bob),
          },
          {
            title: "Wrap",
            unit_price: "3.00",
            product_id: await product("Wrap"),
          },
          { title: "Card", unit_price: "1.00" },
        ],
        shipping: 5,
        metadata: { vendor_id: "mallory" },
      })
      // A customer wrote that, so it says nothing.
      await shop.checkOut(order)
      const before = await checksumOf(getContainer())
      const facts = await factsOf(order)

      expect(await checksumOf(getContainer())).toEqual(before)
      expect(facts).toMatchObject({ total: "58.98", unattributed: "0" })
      expect(
        facts.lines.map(({ title, vendor_id, net }) => [title, vendor_id, net])
      ).toEqual(
        expect.arrayContaining([
          ["Bowl", ada, "39.98"],
          ["Cup", bob, "10"],
          ["Wrap", null, "3"],
          ["Card", null, "1"],
          ["Parcel", null, "5"],
        ])
      )
      expect(facts.vendors).toHaveLength(2)
      expect(facts.vendors).toContainEqual({
        id: ada,
        name: "ada",
        email: "ada@example.com",
        first_name: "ada",
        last_name: "Vendor",
        business_name: null,
        country_code: "US",
      })

      await shop.pay(order)
      await shop.complete(order)
      await restOf(getContainer())
      await runJobs(getContainer())

      // 500 cents of shipping by 3998 : 1000 : 400 of the platform's are
      // 370.32 : 92.63 : 37.05, so 370 : 93 : 37.
      expect(walletsOf(sandbox())).toEqual({
        "ada@example.com": "43.68 USD",
        "bob@example.com": "10.93 USD",
      })
      expect((await (await admin()).order(order)).settlements).toHaveLength(2)
    })

    it("shows each vendor's people her own money, never the other's, and what is reserved of it", async () => {
      const vendors = {
        ada: await market.vendor("ada"),
        bob: await market.vendor("bob"),
      }
      const people =
        getContainer().resolve<MarketplaceModuleService>("marketplace")
      const balanceOf = async (actor_id: string, query = "") => {
        const { status, data } = await http.get(
          `/vendor/masspay/balance${query}`,
          {
            ...shop.actorHeaders({ actor_type: "vendor", actor_id }),
            validateStatus: () => true,
          }
        )
        return { status, ...(data as Partial<VendorBalanceResponse>) }
      }
      const personOf = async (handle: string) =>
        (await people.listVendorAdmins({ email: `${handle}@example.com` }))[0]
          ?.id ?? ""
      const placed = await shop.place({
        items: [
          {
            title: "Bowl",
            unit_price: "40.00",
            product_id: await product("Bowl", vendors.ada),
          },
          {
            title: "Cup",
            unit_price: "10.00",
            product_id: await product("Cup", vendors.bob),
          },
        ],
      })
      await restOf(getContainer())
      await runJobs(getContainer())
      const operator = await admin()
      const held = await operator.post("holds", {
        request_id: "reserve-1",
        reason: "new to us",
        kind: "reserve",
        vendor_id: vendors.ada,
        basis_points: 1000,
        days: 30,
      })
      expect(held).toMatchObject({
        status: 200,
        data: { hold: { basis_points: 1000, days: 30, amount: null } },
      })
      await shop.pay(placed)
      await shop.complete(placed)
      await restOf(getContainer())
      await runJobs(getContainer())

      expect(await balanceOf(await personOf("ada"))).toMatchObject({
        status: 200,
        balances: [{ due: "40.00", reserved: "4.00", paid: "0.00" }],
      })
      expect(await balanceOf(await personOf("bob"))).toMatchObject({
        status: 200,
        balances: [{ payable: "0.00", reserved: "0.00", paid: "10.00" }],
      })
      // Nobody is a vendor by her id, nor by asking for one.
      expect((await balanceOf(vendors.ada)).status).toBe(403)
      expect((await balanceOf("venadm_none")).status).toBe(403)
      expect(
        (await balanceOf(await personOf("ada"), `?vendor_id=${vendors.bob}`))
          .status
      ).toBe(400)
    })

    it("follows a product to another vendor until the sale is booked, and no further", async () => {
      const ada = await market.vendor("ada")
      const bob = await market.vendor("bob")
      const bowl = await product("Bowl", ada)
      const order = await shop.place({
        items: [{ title: "Bowl", unit_price: "20.00", product_id: bowl }],
      })
      await links().dismiss(linkOf(bowl, ada))
      expect(await sellersOf(order)).toEqual([null])
      await links().create(linkOf(bowl, bob))
      expect(await sellersOf(order)).toEqual([bob])

      await shop.pay(order)
      await shop.complete(order)
      await restOf(getContainer())
      await runJobs(getContainer())
      await links().dismiss(linkOf(bowl, bob))
      await links().create(linkOf(bowl, ada))
      await runJobs(getContainer())

      expect(walletsOf(sandbox())).toEqual({ "bob@example.com": "20.00 USD" })
    })

    it("leaves a vendor the sale of a product that was deleted since", async () => {
      const ada = await market.vendor("ada")
      const bowl = await product("Bowl", ada)
      const order = await shop.place({
        items: [{ title: "Bowl", unit_price: "20.00", product_id: bowl }],
      })
      await deleteProductsWorkflow(getContainer()).run({
        input: { ids: [bowl] },
      })

      expect(await sellersOf(order)).toEqual([ada])
    })
  }
)
