import {
  type ActionRefusal,
  type ActionVerdict,
  refused,
} from "../../../domain/actions"
import {
  type PayeeRefusal,
  payeeRefusalText,
} from "../../../domain/payee-action"

/** Why nothing was done. The message is for the operator. */
export class ActionRefusedError extends Error {
  constructor(
    readonly code: ActionRefusal | PayeeRefusal,
    message: string
  ) {
    super(message)
    this.name = "ActionRefusedError"
  }
}

export function refusalOf(
  verdict: Extract<ActionVerdict, { allowed: false }>
): ActionRefusedError {
  return new ActionRefusedError(verdict.code, verdict.message)
}

export function payeeRefusal(
  code: PayeeRefusal,
  detail?: string
): ActionRefusedError {
  return new ActionRefusedError(code, payeeRefusalText(code, detail))
}

export function refusal(code: ActionRefusal): ActionRefusedError {
  return refusalOf(refused(code))
}
