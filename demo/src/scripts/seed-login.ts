import type { MedusaContainer } from "@medusajs/framework/types"
import { MedusaError, Modules } from "@medusajs/framework/utils"
import { setAuthAppMetadataWorkflow } from "@medusajs/medusa/core-flows"

export type Login = { email: string; password: string }

/** Lets somebody sign in who is in the shop already. */
export async function seedLogin(
  container: MedusaContainer,
  {
    login: { email, password },
    actor_type,
    actor_id,
  }: { login: Login; actor_type: "user" | "vendor"; actor_id: string }
): Promise<void> {
  const { authIdentity, error } = await container
    .resolve(Modules.AUTH)
    .register("emailpass", { body: { email, password } })
  if (!authIdentity) {
    throw new MedusaError(
      MedusaError.Types.UNEXPECTED_STATE,
      `The login of a ${actor_type} was not created: ${error ?? "no identity"}`
    )
  }
  await setAuthAppMetadataWorkflow(container).run({
    input: {
      authIdentityId: authIdentity.id,
      actorType: actor_type,
      value: actor_id,
    },
  })
}
