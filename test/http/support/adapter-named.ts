import type { MarketplaceAdapter } from "../../../src/marketplaces/types"

const adapter: MarketplaceAdapter = {
  id: "by-name",
  detect: async () => false,
  factsForOrder: async () => null,
  getVendor: async () => null,
}

export { adapter }
