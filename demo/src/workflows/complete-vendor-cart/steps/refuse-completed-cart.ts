import { MedusaError } from "@medusajs/framework/utils"
import { createStep } from "@medusajs/framework/workflows-sdk"

export type CartRow = { id: string; completed_at?: Date | string | null }

/** A second click must not make a second set of vendor orders. */
export const refuseCompletedCartStep = createStep(
  "refuse-completed-cart",
  async ({ cart }: { cart: CartRow }) => {
    if (!cart.completed_at) return
    throw new MedusaError(
      MedusaError.Types.NOT_ALLOWED,
      `Cart ${cart.id} is an order already`
    )
  }
)
