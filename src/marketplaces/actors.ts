import { MedusaError } from "@medusajs/framework/utils"

/** Somebody who is signed in, by what Medusa's authentication says of her. */
export type Actor = {
  actor_type: string
  actor_id: string
  /**
   * The vendor she says she acts for, where the marketplace lets her choose. It
   * is hers to say and proves nothing: whoever answers has to know that she
   * belongs to that vendor.
   */
  acts_for?: string | null | undefined
}

/**
 * The vendor for whom somebody acts who belongs to these; `null` when she
 * belongs to none, or not to the one that she names. Throws `forbidden` when
 * there are several and she names none.
 */
export function vendorAmong(
  vendor_ids: readonly string[],
  { acts_for }: Actor
): string | null {
  const own = [...new Set(vendor_ids)]
  if (acts_for != null) return own.includes(acts_for) ? acts_for : null
  if (own.length > 1) {
    throw new MedusaError(
      MedusaError.Types.FORBIDDEN,
      `You belong to ${own.length} vendors, and nothing says for which you are signed in. ` +
        "The shop's developer can say it: see vendorOfActor in the plugin's docs/statements.md.",
      "vendor_unknown"
    )
  }
  return own[0] ?? null
}
