import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

import { collectPolicy, kernelFrom } from "../../../kernel"
import { collectPayouts } from "../../../runners/collect"

type CollectPayoutsStepInput = { vendor_id?: string }

/** A payout that was made. Safe to serialise: the amount is text. */
type CollectedPayoutId = {
  payout_id: string
  vendor_id: string
  currency_code: string
  /** Minor units. */
  amount: string
}

/**
 * Makes payouts of what is due. Asks MassPay for vendors' users, but moves no
 * money.
 *
 * Has no undo: a payout may be on the wire already. An operator voids it, or
 * the next settlement books the opposite.
 */
export const collectPayoutsStep = createStep(
  "collect-payouts",
  async ({ vendor_id }: CollectPayoutsStepInput, { container }) => {
    const kernel = await kernelFrom(container)
    const { payouts } = await collectPayouts(kernel, {
      policy: collectPolicy(kernel.options),
      tag: kernel.installation.tag,
      ...(vendor_id !== undefined && { vendor_id }),
    })
    return new StepResponse(
      payouts.map((payout): CollectedPayoutId => ({
        payout_id: payout.id,
        vendor_id: payout.vendor_id,
        currency_code: payout.currency_code,
        amount: payout.amount.toString(),
      }))
    )
  }
)
