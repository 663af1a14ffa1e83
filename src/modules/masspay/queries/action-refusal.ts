import {
  type ActionRefusal,
  type ActionVerdict,
  refused,
} from "../../../domain/actions"

/** Why nothing was done. The message is for the operator. */
export class ActionRefusedError extends Error {
  constructor(
    readonly code: ActionRefusal,
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

export function refusal(code: ActionRefusal): ActionRefusedError {
  return refusalOf(refused(code))
}
