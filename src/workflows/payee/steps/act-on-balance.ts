import { MedusaError } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

import { parseAdjustment } from "../../../domain/adjustment"
import { canonicalCurrency } from "../../../domain/currency"
import { DomainError } from "../../../domain/errors"
import { actionRules, type Kernel, kernelFrom } from "../../../kernel"
import { actOnBalance } from "../../../modules/masspay/queries/adjustments"
import { orRefuse } from "../../payout/steps/act-on-payout"
import { followBalanceAction } from "../follow-balance"

type Asked = {
  payee_id: string
  /** Made by the caller: asking again with the same one does nothing again. */
  request_id: string
  /** The vendor reads it on her statement. */
  reason: string
  /** Id of the operator. */
  actor: string
  /** ISO 4217, in any case. */
  currency_code: string
  /** Only says what it would do. */
  dry_run?: boolean
}

export type AdjustBalanceInput = Asked & {
  /** Signed, in major units: "12.50" credits her, "-12.50" charges her. */
  amount: string
  /** ISO 8601: from when on it may be paid. Default: at once. */
  available_at?: string | undefined
}

export type WriteOffBalanceInput = Asked

/**
 * Books a signed amount by hand, or proposes it where two people have to agree.
 * Moves no money itself.
 *
 * Has no undo: what a person booked, with a reason, stays booked; the opposite
 * is another entry.
 */
export const adjustBalanceStep = createStep(
  "adjust-balance",
  async (input: AdjustBalanceInput, { container }) => {
    const kernel = await kernelFrom(container)
    const { available_at = null, dry_run = false, ...asked } = input
    const currency_code = orInvalid(() =>
      canonicalCurrency(input.currency_code)
    )
    const result = await orRefuse(() =>
      actOnBalance(kernel.books, {
        ...asked,
        action: "adjust",
        dry_run,
        amount: orInvalid(() => parseAdjustment(input.amount, currency_code)),
        currency_code,
        available_at: available_at === null ? null : momentOf(available_at),
        ...rulesOf(kernel),
      })
    )
    await followBalanceAction(kernel, input.actor, result)
    return new StepResponse(result)
  }
)

/** Writes off what a vendor owes in one currency, or proposes it. Has no undo, for the same reason. */
export const writeOffBalanceStep = createStep(
  "write-off-balance",
  async (input: WriteOffBalanceInput, { container }) => {
    const kernel = await kernelFrom(container)
    const result = await orRefuse(() =>
      actOnBalance(kernel.books, {
        ...input,
        action: "write_off",
        dry_run: input.dry_run ?? false,
        currency_code: orInvalid(() => canonicalCurrency(input.currency_code)),
        ...rulesOf(kernel),
      })
    )
    await followBalanceAction(kernel, input.actor, result)
    return new StepResponse(result)
  }
)

function rulesOf({ options, installation }: Kernel) {
  return { approval: actionRules(options).approval, tag: installation.tag }
}

function momentOf(text: string): Date {
  const moment = new Date(text)
  if (!Number.isNaN(moment.getTime())) return moment
  throw invalid("available_at must be a time in ISO 8601")
}

/** What the rules refuse about an amount is for whoever gave it. */
function orInvalid<Value>(read: () => Value): Value {
  try {
    return read()
  } catch (error) {
    throw error instanceof DomainError ? invalid(error.message) : error
  }
}

function invalid(message: string): MedusaError {
  return new MedusaError(MedusaError.Types.INVALID_DATA, message)
}
