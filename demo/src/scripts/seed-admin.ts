import type { MedusaContainer } from "@medusajs/framework/types"
import { MedusaError, Modules } from "@medusajs/framework/utils"
import {
  createUsersWorkflow,
  setAuthAppMetadataWorkflow,
} from "@medusajs/medusa/core-flows"

/** Creates the one who may sign in to the dashboard. */
export async function seedAdmin(
  container: MedusaContainer,
  { email, password }: { email: string; password: string }
): Promise<void> {
  const { result: users } = await createUsersWorkflow(container).run({
    input: { users: [{ email, first_name: "Demo", last_name: "Operator" }] },
  })
  const { authIdentity, error } = await container
    .resolve(Modules.AUTH)
    .register("emailpass", { body: { email, password } })
  if (!authIdentity || !users[0]) {
    throw new MedusaError(
      MedusaError.Types.UNEXPECTED_STATE,
      `The dashboard's login was not created: ${error ?? "no identity"}`
    )
  }
  await setAuthAppMetadataWorkflow(container).run({
    input: {
      authIdentityId: authIdentity.id,
      actorType: "user",
      value: users[0].id,
    },
  })
}
