import { existsSync } from "node:fs"
import path from "node:path"

import { medusaIntegrationTestRunner } from "@medusajs/test-utils"

import { type Sandbox, startSandbox } from "../../sandbox"
import { openMarketplace } from "./support/marketplace"
import { type Http, openAdmin, until, walletsOf } from "./support/plugin"
import { openShop } from "./support/shop"

const BUILT = path.join(
  __dirname,
  "../../.medusa/server/src/modules/masspay/index.js"
)

let sandbox: Sandbox

beforeAll(async () => {
  if (!existsSync(BUILT)) {
    throw new Error("The plugin is not built. Run: npm run build")
  }
  sandbox = await startSandbox()
  process.env.MASSPAY_BASE_URL = sandbox.url
})
afterAll(() => sandbox.stop())

medusaIntegrationTestRunner({
  cwd: path.join(__dirname, "../host"),
  testSuite: ({ getContainer, api }) => {
    const shop = openShop(getContainer)
    const market = openMarketplace(getContainer)

    it("pays the vendors of a shop that installed the built plugin by its name", async () => {
      const { parent, vendors } = await market.family(shop, {
        vendors: { ada: ["12.50"], bob: ["20.00"] },
        platform: [],
      })
      await shop.pay(parent)
      await shop.complete(parent)
      const admin = openAdmin(api as Http, await shop.adminHeaders())
      const paid = await until(
        "both vendors to be paid",
        async () => {
          const { settlements } = await admin.order(parent)
          return (
            settlements.length === 2 &&
            settlements.every(({ state }) => state === "paid") &&
            settlements
          )
        },
        60_000
      )

      expect(
        Object.fromEntries(paid.map(({ vendor_id, net }) => [vendor_id, net]))
      ).toEqual({
        [vendors.ada as string]: "12.50",
        [vendors.bob as string]: "20.00",
      })
      expect(walletsOf(sandbox)).toEqual({
        "ada@example.com": "12.50 USD",
        "bob@example.com": "20.00 USD",
      })
      expect(sandbox.control.loads().loads).toHaveLength(2)
    })
  },
})
