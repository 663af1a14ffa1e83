import { settle } from "../../../src/domain/settle"
import { medusaRecipeAdapter } from "../../../src/marketplaces/medusa-recipe"
import { aPolicy, NOON } from "../../unit/domain/order-builders"
import { recipeHost, recipeShop } from "./hosts/recipe"
import { collectionRow } from "./order-row"
import type { Sale } from "./sale"

const SOLD: Sale = {
  currency: "usd",
  items: [
    { id: "bowl", seller: "ada", unit_price: "20.00", quantity: 1 },
    { id: "cups", seller: "bob", unit_price: "10.00", quantity: 1 },
  ],
  captured: "30.00",
  is_completed: true,
}

describe("the recipe's adapter", () => {
  it("does not take what was removed from the paid order alone for an addition", async () => {
    const { orders, shop } = recipeShop(SOLD)
    const [parent] = orders
    if (!parent) throw new Error("No parent")
    // Somebody edits the parent, the cups are off, and 10.00 go back.
    Object.assign(parent, {
      payment_collections: [
        collectionRow("pc_1", { captured: 30_000_000n, refunded: 10_000_000n }),
      ],
      items: (parent.items as { title: string }[]).filter(
        ({ title }) => title === "bowl"
      ),
      raw_total: { value: "20" },
    })
    const facts = await medusaRecipeAdapter.factsForOrder(
      shop.container,
      "order_1"
    )
    if (!facts) throw new Error("No facts")

    expect(facts).toMatchObject({ total: "20", unattributed: "-10" })
    expect(
      settle({ facts, booked: [], policy: aPolicy(), now: NOON }).map(
        ({ held_reason, difference }) => [held_reason, difference]
      )
    ).toEqual([
      ["unallocated_refund", null],
      ["unallocated_refund", null],
    ])
  })

  it("counts a payment that hosts linked to a child as well once", async () => {
    const { orders, shop } = recipeShop(SOLD)
    const [parent, child] = orders
    if (!parent || !child) throw new Error("No family")
    child.payment_collections = parent.payment_collections
    const facts = await medusaRecipeAdapter.factsForOrder(
      shop.container,
      "order_1"
    )

    expect(facts?.payment).toEqual({
      captured: "full",
      captured_total: "30",
      refunded_total: "0",
      refunds: [],
      credits_total: "0",
    })
  })

  it("is told apart from a shop that has but half of the recipe", async () => {
    const { shop } = recipeShop(SOLD, { orderLink: false })

    expect(await recipeHost.adapter.detect(shop.container)).toBe(false)
  })
})
