import type { MedusaContainer } from "@medusajs/framework/types"
import { MedusaError } from "@medusajs/framework/utils"
import { createUsersWorkflow } from "@medusajs/medusa/core-flows"

import { type Login, seedLogin } from "./seed-login"

/** Creates the one who may sign in to the dashboard. */
export async function seedAdmin(
  container: MedusaContainer,
  login: Login
): Promise<void> {
  const { email } = login
  const { result: users } = await createUsersWorkflow(container).run({
    input: { users: [{ email, first_name: "Demo", last_name: "Operator" }] },
  })
  const [user] = users
  if (!user) {
    throw new MedusaError(
      MedusaError.Types.UNEXPECTED_STATE,
      "The dashboard's user was not created"
    )
  }
  await seedLogin(container, { login, actor_type: "user", actor_id: user.id })
}
