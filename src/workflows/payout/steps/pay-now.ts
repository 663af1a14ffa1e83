import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

import { collectPolicy, kernelFrom } from "../../../kernel"
import { previewPayNow } from "../../../modules/masspay/queries/pay-now"
import { payVendorNow } from "../../../runners/collect"
import { orRefuse } from "../../refusals"

export type PayNowInput = {
  vendor_id: string
  /** Upper case; every currency when left out. */
  currency_code?: string
  /** Also what is below her smallest payout. */
  ignore_minimum?: boolean
  /** Made by the caller: asking again with the same one does nothing again. */
  request_id: string
  reason: string
  /** Id of the operator. */
  actor: string
  /** Only says what it would do. */
  dry_run?: boolean
}

/**
 * Makes the payouts of one vendor's due money, whatever her schedule. Asks
 * MassPay for her user, but moves no money: dispatch does.
 *
 * Has no undo: a payout may be on the wire already. An operator voids it.
 */
export const payNowStep = createStep(
  "pay-now",
  async (input: PayNowInput, { container }) => {
    const kernel = await kernelFrom(container)
    const { vendor_id, request_id, reason, actor } = input
    const asked = {
      vendor_id,
      currency_code: input.currency_code ?? null,
      ignore_minimum: input.ignore_minimum ?? false,
      policy: collectPolicy(kernel.options),
    }
    if (input.dry_run) {
      return new StepResponse(
        await orRefuse(() => previewPayNow(kernel.books, asked))
      )
    }
    const paid = await orRefuse(() =>
      payVendorNow(kernel, {
        ...asked,
        tag: kernel.installation.tag,
        deciding: { request_id, reason, actor },
      })
    )
    kernel.nudgeDispatch()
    kernel.nudgeOutbox()
    return new StepResponse(paid)
  }
)
