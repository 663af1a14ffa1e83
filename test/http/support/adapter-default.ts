import type { MarketplaceAdapter } from "../../../src/marketplaces/types"

const adapter: MarketplaceAdapter = {
  id: "by-default",
  detect: async () => false,
  factsForOrder: async () => null,
  getVendor: async () => null,
}

export default adapter
