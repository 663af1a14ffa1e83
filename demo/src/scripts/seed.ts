import type { ExecArgs } from "@medusajs/framework/types"

import { seedAdmin } from "./seed-admin"
import { seedMarkets } from "./seed-markets"
import { seedVendors } from "./seed-vendors"

/**
 * Fills an empty database: `medusa exec ./src/scripts/seed.ts <email> <password>`.
 * The two are the dashboard's login, and every vendor's has the same password.
 */
export default async function seed({ container, args }: ExecArgs) {
  const [email, password] = args
  if (!email || !password) throw new Error("usage: seed.ts <email> <password>")

  const shop = await seedMarkets(container)
  await seedVendors(container, { shop, password })
  await seedAdmin(container, { email, password })
}
