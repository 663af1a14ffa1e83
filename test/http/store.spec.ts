import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import type { OrderFacts } from "../../src/domain/facts"
import { adapterFor } from "../../src/marketplaces/registry"
import { storeAdapter } from "../../src/marketplaces/store"
import { checksumOf } from "./support/checksum"
import { describeHost } from "./support/host"
import { restOf, runJobs, walletsOf } from "./support/plugin"

describeHost(
  { MASSPAY_TEST_VENDORS: "stores", MASSPAY_MARKETPLACE: "auto" },
  ({ shop, getContainer, sandbox }) => {
    const links = () => getContainer().resolve(ContainerRegistrationKeys.LINK)

    async function store(
      handle: string,
      default_sales_channel_id?: string
    ): Promise<string> {
      const stores = getContainer().resolve(Modules.STORE)
      const created = await stores.createStores({
        name: `${handle}'s store`,
        ...(default_sales_channel_id && { default_sales_channel_id }),
        metadata: {
          email: `${handle}@example.com`,
          first_name: handle,
          last_name: "Vendor",
          country_code: "us",
        },
      })
      return created.id
    }

    async function platformStore(): Promise<string> {
      const stores = getContainer().resolve(Modules.STORE)
      const [oldest] = await stores.listStores(
        {},
        { order: { created_at: "ASC" }, take: 1 }
      )
      if (!oldest) throw new Error("The shop has no store")
      return oldest.id
    }

    async function product(title: string, store_id?: string): Promise<string> {
      const products = getContainer().resolve(Modules.PRODUCT)
      const created = await products.createProducts({ title })
      if (store_id) {
        await links().create({
          [Modules.PRODUCT]: { product_id: created.id },
          [Modules.STORE]: { store_id },
        })
      }
      return created.id
    }

    async function linkOrder(order_id: string, store_id: string) {
      await links().create({
        [Modules.ORDER]: { order_id },
        [Modules.STORE]: { store_id },
      })
    }

    async function factsOf(order_id: string): Promise<OrderFacts> {
      const adapter = await adapterFor(getContainer(), "auto")
      expect(adapter.id).toBe("store")
      const facts = await adapter.factsForOrder(getContainer(), order_id)
      if (!facts) throw new Error(`No facts of ${order_id}`)
      return facts
    }

    it("pays the stores that sold the products, and never the platform's own", async () => {
      const ada = await store("ada")
      const bob = await store("bob")
      const own = await platformStore()
      const order = await shop.place({
        items: [
          {
            title: "Bowl",
            unit_price: "20.00",
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
            product_id: await product("Wrap", own),
          },
        ],
      })
      const before = await checksumOf(getContainer())
      const facts = await factsOf(order)

      expect(await checksumOf(getContainer())).toEqual(before)
      expect(
        facts.lines.map(({ title, vendor_id }) => [title, vendor_id]).sort()
      ).toEqual([
        ["Bowl", ada],
        ["Cup", bob],
        ["Wrap", null],
      ])
      expect(facts.vendors).toContainEqual({
        id: ada,
        name: "ada's store",
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

      expect(walletsOf(sandbox())).toEqual({
        "ada@example.com": "20.00 USD",
        "bob@example.com": "10.00 USD",
      })
    })

    it("takes the order's store where the product has none, and asks where it has several", async () => {
      const ada = await store("ada")
      const bob = await store("bob")
      const order = await shop.place({
        items: [{ title: "Made to order", unit_price: "20.00" }],
        shipping: 5,
      })
      expect((await factsOf(order)).lines[0]?.vendor_id).toBeNull()

      // The link comes late: a subscriber makes it after the order.
      await linkOrder(order, ada)
      expect((await factsOf(order)).lines).toMatchObject([
        { kind: "item", vendor_id: ada },
        { kind: "shipping", vendor_id: ada },
      ])

      await linkOrder(order, bob)
      await expect(factsOf(order)).rejects.toMatchObject({
        code: "masspay.ambiguous_vendor",
      })
    })

    it("tells vendors by their sales channels, where it is told to", async () => {
      const channels = getContainer().resolve(Modules.SALES_CHANNEL)
      const channel = async (handle: string): Promise<string> => {
        const { id } = await channels.createSalesChannels({
          name: `${handle}'s channel`,
        })
        await channels.updateSalesChannels(id, {
          metadata: { email: `${handle}@example.com` },
        })
        return id
      }
      const ada = await channel("ada")
      const bob = await channel("bob")
      const bowl = await product("Bowl")
      await links().create({
        [Modules.PRODUCT]: { product_id: bowl },
        [Modules.SALES_CHANNEL]: { sales_channel_id: ada },
      })
      const adapter = storeAdapter({ vendor: "sales_channel" })
      const sellerIn = async (sales_channel_id: string) => {
        const order = await shop.place({
          items: [{ title: "Bowl", unit_price: "20.00", product_id: bowl }],
          sales_channel_id,
        })
        return adapter.factsForOrder(getContainer(), order)
      }

      expect(await sellerIn(ada)).toMatchObject({
        lines: [{ vendor_id: ada }],
        vendors: [{ id: ada, name: "ada's channel", email: "ada@example.com" }],
      })
      // She may pick any channel that the key of the storefront opens.
      expect(await sellerIn(bob)).toMatchObject({
        lines: [{ vendor_id: null }],
        vendors: [],
      })
    })
  }
)
