import { MedusaError } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

import { canonicalCurrency } from "../../../domain/currency"
import { DomainError } from "../../../domain/errors"
import { parseMajor } from "../../../domain/money"
import { kernelFrom } from "../../../kernel"
import {
  type NewFundingMovement,
  recordFundingMovement,
} from "../../../modules/masspay/queries/funding-movements"
import { orRefuse } from "../../refusals"

export type RecordFundingMovementInput = {
  /** ISO 4217, in any case. */
  currency_code: string
  /** Signed, in major units, never zero: "5000.00" came, "-12.50" left. */
  amount: string
  /** ISO 8601: when it shows in MassPay's balance. */
  occurred_at: string
  /** Of a bank transfer, for example. */
  reference?: string | null
  /** Made by the caller: asking again with the same one records nothing again. */
  request_id: string
  reason: string
  /** Id of the operator. */
  actor: string
}

/** Records one movement. Has no undo: what was recorded wrongly is undone by recording the opposite. */
export const recordFundingMovementStep = createStep(
  "record-funding-movement",
  async (input: RecordFundingMovementInput, { container }) => {
    const { books, nudgeOutbox } = await kernelFrom(container)
    const { request_id, reason, actor } = input
    const movement = movementOf(input)
    const recorded = await orRefuse(() =>
      recordFundingMovement(books, { movement, request_id, reason, actor })
    )
    // It may have ended a discrepancy.
    nudgeOutbox()
    return new StepResponse(recorded)
  }
)

function movementOf(input: RecordFundingMovementInput): NewFundingMovement {
  const { amount, occurred_at, reference = null } = input
  try {
    const currency_code = canonicalCurrency(input.currency_code)
    const minor = parseMajor(amount, currency_code)
    if (minor === 0n) throw invalid("amount must not be zero")
    return {
      currency_code,
      amount: minor,
      occurred_at: momentOf(occurred_at),
      reference,
    }
  } catch (error) {
    throw error instanceof DomainError ? invalid(error.message) : error
  }
}

function momentOf(text: string): Date {
  const moment = new Date(text)
  if (!Number.isNaN(moment.getTime())) return moment
  throw invalid("occurred_at must be a time in ISO 8601")
}

function invalid(message: string): MedusaError {
  return new MedusaError(MedusaError.Types.INVALID_DATA, message)
}
