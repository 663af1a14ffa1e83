import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

import { parseMajor } from "../../../domain/money"
import { kernelFrom } from "../../../kernel"
import { chooseRoute, payeeWithUser } from "../../../runners/destinations"
import { orRefuse } from "../../refusals"

export type ChooseDestinationInput = {
  payee_id: string
  /** Of the money that is paid out, upper case. */
  currency_code: string
  /** ISO 3166-1, two letters or three. */
  country_code: string
  destination_token: string
  destination_currency_code: string
  /** What the fee was asked for, major units; left out: MassPay's own example. */
  amount?: string
  /** What the vendor, or whoever chooses for her, was shown. */
  shown: {
    /** Major units of `currency_code`. */
    fee: string | null
    exchange_rate: string
    destination_currency_code: string
  }
  /** Made by the caller: asking again with the same one does nothing again. */
  request_id: string
  reason: string
  /** Id of the operator, or `vendor:<id>`. */
  actor: string
}

/**
 * Chooses where a vendor's money of one currency goes. Asks MassPay for the
 * route, and writes the books only.
 *
 * Has no undo: what a person chose stays chosen; another route is another choice.
 */
export const chooseDestinationStep = createStep(
  "choose-destination",
  async (input: ChooseDestinationInput, { container }) => {
    const kernel = await kernelFrom(container)
    const { currency_code, amount, shown, request_id, reason, actor } = input
    const { payee_id, vendor_id, result } = await orRefuse(async () => {
      const payee = await payeeWithUser(kernel, { payee_id: input.payee_id })
      const result = await chooseRoute(kernel, {
        payee,
        wish: {
          currency_code,
          country_code: input.country_code,
          destination_token: input.destination_token,
          destination_currency_code: input.destination_currency_code,
          ...(amount !== undefined && {
            amount: parseMajor(amount, currency_code),
          }),
        },
        shown: {
          ...shown,
          fee: shown.fee === null ? null : parseMajor(shown.fee, currency_code),
        },
        acting: { request_id, reason, actor, chosen_by: actor },
      })
      return { ...payee, result }
    })
    kernel.nudgeOutbox()
    return new StepResponse({ ...result, payee_id, vendor_id })
  }
)
