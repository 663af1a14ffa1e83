import type { AuthenticatedMedusaRequest } from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"

import { type Kernel, kernelFrom } from "../../../kernel"
import {
  AmbiguousMarketplaceError,
  MarketplaceNotFoundError,
} from "../../../marketplaces/errors"
import type { MarketplaceAdapter } from "../../../marketplaces/types"

/**
 * The vendor whose member is signed in: the only one whose data a vendor route
 * may read. No route takes a vendor's id from the request. Throws `forbidden`
 * for everybody else, and where the marketplace's adapter cannot tell.
 */
export async function signedInVendor(
  request: AuthenticatedMedusaRequest
): Promise<string> {
  const { auth_context, scope } = request
  const { actor_type, actor_id } = auth_context
  const kernel = await kernelFrom(scope)
  const { actorTypes } = kernel.options.vendors
  if (!actorTypes.includes(actor_type)) {
    throw forbidden(
      `Sign in as a vendor to see this. Actor types that may: ${actorTypes.join(", ")}.`,
      "not_a_vendor"
    )
  }
  const adapter = await adapterOrForbidden(kernel)
  if (!adapter.vendorOfActor) {
    throw forbidden(
      `This shop's marketplace adapter "${adapter.id}" cannot tell which vendor is signed in: its model does not say who is behind a vendor. ` +
        "The shop's developer can: option marketplace: { resolve } with an adapter that has vendorOfActor and takes everything else from the built-in one. See the plugin's docs/statements.md.",
      "vendor_unknown"
    )
  }
  const vendor_id = await adapter.vendorOfActor(scope, {
    actor_type,
    actor_id,
    acts_for: chosenSeller(request),
  })
  if (!vendor_id) {
    throw forbidden("You are signed in for no vendor.", "not_a_vendor")
  }
  return vendor_id
}

const Choosing = z.object({
  seller_context: z.object({ seller_id: z.string() }),
})

/** Mercur writes down there which of her sellers somebody acts for. */
function chosenSeller(request: object): string | null {
  return Choosing.safeParse(request).data?.seller_context.seller_id ?? null
}

async function adapterOrForbidden(kernel: Kernel): Promise<MarketplaceAdapter> {
  try {
    return await kernel.adapter()
  } catch (error) {
    if (
      error instanceof AmbiguousMarketplaceError ||
      error instanceof MarketplaceNotFoundError
    ) {
      throw forbidden(
        "This shop does not say which marketplace model it uses, so nobody can tell which vendor is signed in.",
        "vendor_unknown"
      )
    }
    throw error
  }
}

function forbidden(message: string, code: string): MedusaError {
  return new MedusaError(MedusaError.Types.FORBIDDEN, message, code)
}
