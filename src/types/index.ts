/** The public type surface: what a host's own code may import. */
export type {
  LineFacts,
  OrderFacts,
  OrderState,
  VendorFacts,
} from "../domain/facts"
export type {
  BlockReason,
  EntryKind,
  OperationKind,
  PayeeStatus,
  PayoutMethod,
  PayoutStatus,
} from "../domain/payout-status"
export type { MarketplaceAdapter } from "../marketplaces/types"
export type {
  NotificationContext,
  NotificationTemplate,
  NotificationText,
} from "../notifications/templates"
export type { MasspayPluginOptions } from "../options"
export * from "./events"
export type * from "./http"
export type * from "./http-collect"
export type * from "./http-destinations"
export type * from "./http-go-live"
export type * from "./http-health"
export type * from "./http-incidents"
export type * from "./http-kyc"
export type * from "./http-linking"
export type * from "./http-mirrors"
export type * from "./http-notifications"
export type * from "./http-overview"
export type * from "./http-reconciliation"
export type * from "./http-refunds"
export type * from "./http-settings"
export type * from "./http-statements"
export type * from "./http-vendor"
export type * from "./http-webhooks"
