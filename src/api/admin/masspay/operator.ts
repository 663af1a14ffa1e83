import type { AuthenticatedMedusaRequest } from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"

/**
 * Who acts: the id of the signed-in user. An API key is no person: somebody who
 * has a login and a key would be two people, and a key gives no account of a
 * decision. Code acts through the workflows, in its own name.
 */
export function operatorOf({
  auth_context,
}: AuthenticatedMedusaRequest): string {
  if (auth_context.actor_type !== "user") {
    throw new MedusaError(
      MedusaError.Types.NOT_ALLOWED,
      "Sign in as a user to do this. An API key cannot decide about payouts.",
      "not_a_person"
    )
  }
  return auth_context.actor_id
}
