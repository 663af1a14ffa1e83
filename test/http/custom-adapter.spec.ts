import { createMedusaContainer } from "@medusajs/framework/utils"

import { adapterFor } from "../../src/marketplaces/registry"

const FIXTURES = {
  "by-default": require.resolve("./support/adapter-default"),
  "by-name": require.resolve("./support/adapter-named"),
  none: require.resolve("./support/decimals"),
}

describe("a marketplace of the host's own", () => {
  const container = createMedusaContainer()

  it("is refused when it cannot answer what is asked of it", async () => {
    await expect(
      adapterFor(container, { resolve: FIXTURES.none })
    ).rejects.toMatchObject({ code: "masspay.marketplace_not_found" })
  })

  it("is loaded from its default export or its export `adapter`", async () => {
    for (const id of ["by-default", "by-name"] as const) {
      const adapter = await adapterFor(container, { resolve: FIXTURES[id] })
      expect(adapter.id).toBe(id)
    }
  })

  it("is told apart from a name that nobody has", async () => {
    await expect(adapterFor(container, "mercur9")).rejects.toThrow(
      "auto, medusa-recipe, mercur2, product-vendor, store, metadata, or { resolve }"
    )
  })
})
