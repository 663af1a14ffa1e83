import { medusaIntegrationTestRunner } from "@medusajs/test-utils"

import type { OrderFacts } from "../../src/domain/facts"
import { medusaRecipeAdapter as adapter } from "../../src/marketplaces/medusa-recipe"
import { adapterFor } from "../../src/marketplaces/registry"
import { checksumOf } from "./support/checksum"
import { sumOf } from "./support/decimals"
import { openMarketplace } from "./support/marketplace"
import { openShop } from "./support/shop"

process.env.MASSPAY_TEST_VENDORS = "on"

function explained(facts: OrderFacts): string {
  return sumOf([
    ...facts.lines.flatMap(({ net, tax }) => [net, tax]),
    facts.unattributed,
  ])
}

medusaIntegrationTestRunner({
  testSuite: ({ getContainer }) => {
    const shop = openShop(getContainer)
    const market = openMarketplace(getContainer)

    async function factsOf(order_id: string): Promise<OrderFacts> {
      const facts = await adapter.factsForOrder(getContainer(), order_id)
      if (!facts) throw new Error(`No facts of ${order_id}`)
      expect(explained(facts)).toBe(facts.total)
      return facts
    }

    describe("the recipe's adapter", () => {
      it("knows nothing of an order that does not exist", async () => {
        expect(
          await adapter.factsForOrder(getContainer(), "order_none")
        ).toBeNull()
      })

      it("gives nobody a line of an order without vendors", async () => {
        const id = await shop.place({
          items: [{ title: "Gift card", unit_price: 10 }],
          shipping: 5,
        })
        const facts = await factsOf(id)

        expect(facts.lines.map(({ vendor_id }) => vendor_id)).toEqual([
          null,
          null,
        ])
        expect(facts.total).toBe("15")
        expect(facts.payment.captured).toBe("none")
      })

      it("gives a single vendor the whole order that is linked to her", async () => {
        const ada = await market.vendor("ada")
        const id = await shop.place({
          items: [{ title: "Bowl", unit_price: "19.99", quantity: 2 }],
          shipping: 5,
        })
        await market.link(id, ada)
        await shop.pay(id)
        const facts = await factsOf(id)

        expect(facts.root_order_id).toBe(id)
        expect(facts.currency_code).toBe("USD")
        expect(facts.lines).toEqual([
          expect.objectContaining({
            kind: "item",
            vendor_id: ada,
            net: "39.98",
            tax: "0",
            quantity: 2,
          }),
          expect.objectContaining({
            kind: "shipping",
            vendor_id: ada,
            net: "5",
          }),
        ])
        expect(facts.vendors).toEqual([
          {
            id: ada,
            name: "ada",
            email: "ada@example.com",
            first_name: "ada",
            last_name: "Vendor",
            business_name: null,
            country_code: "US",
          },
        ])
        expect(facts.payment).toEqual({
          captured: "full",
          captured_total: "44.98",
          refunded_total: "0",
          refunds: [],
          credits_total: "0",
        })
      })

      it("counts shipping once although every child repeats it", async () => {
        const family = await market.family(shop, {
          vendors: { ada: ["12.50"], bob: ["7.25", "0.25"] },
          platform: ["3"],
          shipping: 6,
        })
        await shop.pay(family.parent)
        const before = await checksumOf(getContainer())

        for (const id of [family.parent, family.children.ada as string]) {
          const facts = await factsOf(id)
          expect(facts.root_order_id).toBe(family.parent)
          expect(facts.total).toBe("29")
          expect(facts.unattributed).toBe("0")
          expect(
            facts.lines.map(({ kind, order_id, vendor_id, net }) => [
              kind,
              order_id,
              vendor_id,
              net,
            ])
          ).toEqual(
            expect.arrayContaining([
              ["item", family.children.ada, family.vendors.ada, "12.5"],
              ["item", family.children.bob, family.vendors.bob, "7.25"],
              ["item", family.children.bob, family.vendors.bob, "0.25"],
              ["item", family.parent, null, "3"],
              ["shipping", family.parent, null, "6"],
            ])
          )
          expect(facts.lines).toHaveLength(5)
          expect(facts.orders.map(({ order_id }) => order_id)).toEqual([
            family.parent,
            family.children.ada,
            family.children.bob,
          ])
          expect(facts.payment.captured).toBe("full")
        }
        expect(await checksumOf(getContainer())).toEqual(before)
      })

      it("reads many orders as it reads each of them", async () => {
        const family = await market.family(shop, {
          vendors: { ada: ["12.50"], bob: ["7.25"] },
          platform: ["3"],
          shipping: 6,
        })
        const other = await market.family(shop, {
          vendors: { cid: ["1.00"] },
          platform: [],
        })
        const plain = await shop.place({
          items: [{ title: "Bowl", unit_price: 5 }],
        })
        // A parent whose children are not asked for, a child whose parent is not.
        const asked = [
          family.parent,
          other.children.cid as string,
          plain,
          "order_none",
        ]
        const together = await adapter.factsForOrders?.(getContainer(), asked)

        expect([...(together?.keys() ?? [])].sort()).toEqual(
          asked.slice(0, 3).sort()
        )
        for (const id of asked.slice(0, 3)) {
          expect(together?.get(id)).toEqual(await factsOf(id))
        }
        const both = [family.parent, family.children.bob as string]
        const shared = await adapter.factsForOrders?.(getContainer(), both)
        expect(shared?.get(both[0] ?? "")).toBe(shared?.get(both[1] ?? ""))
      })

      it("never pays a vendor more than was paid when a child lost its discount", async () => {
        const family = await market.family(shop, {
          vendors: { ada: ["10"], bob: ["20"] },
          platform: [],
        })
        await market.discount(family.parent, "Item 10", "4")
        const facts = await factsOf(family.parent)

        expect(facts.total).toBe("26")
        expect(facts.unattributed).toBe("0")
        expect(facts.lines.map(({ net }) => net)).toEqual(["6", "20"])
      })

      it("leaves what a cancelled child was worth to nobody until it is refunded", async () => {
        const family = await market.family(shop, {
          vendors: { ada: ["10"], bob: ["20"] },
          platform: [],
        })
        await shop.pay(family.parent)
        await shop.cancel(family.children.ada as string)
        const before = await factsOf(family.parent)

        expect(before.lines.map(({ net }) => net)).toEqual(["0", "20"])
        expect(before.unattributed).toBe("10")

        await shop.refund(family.parent, 10)
        const after = await factsOf(family.parent)

        expect(after.total).toBe("20")
        expect(after.unattributed).toBe("0")
        expect(after.payment).toEqual({
          captured: "full",
          captured_total: "30",
          refunded_total: "10",
          refunds: [
            {
              id: expect.stringMatching(/^ref_/) as string,
              amount: "10",
              refunded_at: expect.stringMatching(/Z$/) as string,
            },
          ],
          credits_total: "0",
        })
      })

      it("does not take the buyer's word for a parent", async () => {
        const ada = await market.vendor("ada")
        const rich = await shop.place({
          items: [{ title: "Piano", unit_price: "900.00" }],
        })
        await shop.pay(rich)
        const own = await shop.place({
          items: [{ title: "Bowl", unit_price: 500 }],
          metadata: { parent_order_id: rich },
        })
        await market.link(own, ada)
        await shop.checkOut(own)

        expect((await factsOf(own)).root_order_id).toBe(own)
        expect((await factsOf(rich)).lines).toHaveLength(1)
      })

      it("is the one that auto detection finds", async () => {
        expect(await adapterFor(getContainer(), "auto")).toBe(adapter)
      })

      it("is not guessed when another model fits as well", async () => {
        await shop.place({
          items: [{ title: "Bowl", unit_price: 1 }],
          metadata: { vendor_id: "ven_1" },
        })

        await expect(adapterFor(getContainer(), "auto")).rejects.toMatchObject({
          code: "masspay.ambiguous_marketplace",
          candidates: ["medusa-recipe", "metadata"],
        })
      })
    })
  },
})
