import { MedusaError } from "@medusajs/framework/utils"

/** More than one model fits this shop. Guessing could pay the wrong vendor, so nothing is settled. */
export class AmbiguousMarketplaceError extends MedusaError {
  constructor(
    readonly candidates: readonly string[],
    advice = "Set the plugin option `marketplace` to the one that says who sold what."
  ) {
    super(
      MedusaError.Types.NOT_ALLOWED,
      `More than one marketplace model fits this shop: ${candidates.join(", ")}. ${advice}`,
      "masspay.ambiguous_marketplace"
    )
  }
}

/** No model fits, or the configured one cannot be used. */
export class MarketplaceNotFoundError extends MedusaError {
  constructor(message: string) {
    super(
      MedusaError.Types.NOT_ALLOWED,
      message,
      "masspay.marketplace_not_found"
    )
  }
}

/** The shop names several vendors where only one can be paid. The order is not settled until it names one. */
export class AmbiguousVendorError extends MedusaError {
  constructor(
    what: string,
    readonly vendor_ids: readonly string[]
  ) {
    super(
      MedusaError.Types.NOT_ALLOWED,
      `${what} belongs to more than one vendor: ${vendor_ids.join(", ")}. ` +
        "Nobody is paid for it until it belongs to one.",
      "masspay.ambiguous_vendor"
    )
  }
}
