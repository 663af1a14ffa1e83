/** What a host's own adapter may be built from: `medusa-plugin-masspay/marketplaces`. */
export type { ItemRow, OrderRow } from "./order-rows"
export type { MarketplaceAdapter } from "./types"
export { vendorFrom } from "./vendor-facts"
export { factsOfWholeOrder, type WholeOrderReading } from "./whole-order"
