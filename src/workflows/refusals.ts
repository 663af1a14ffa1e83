import { MedusaError } from "@medusajs/framework/utils"

import { DecisionRefusedError } from "../domain/decisions"
import { AllocationRefusedError } from "../domain/refund-allocation"

/** What an operator is told who may not do what she asked for. */
export async function orRefuse<Result>(
  work: () => Promise<Result>
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof DecisionRefusedError)) throw error
    const { NOT_FOUND, NOT_ALLOWED } = MedusaError.Types
    const type = error.is_not_found ? NOT_FOUND : NOT_ALLOWED
    throw new MedusaError(type, error.message, error.code)
  }
}

/** The same for whoever says whose a refund is. */
export async function orRefuseAllocation<Result>(
  work: () => Promise<Result>
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof AllocationRefusedError)) throw error
    const { NOT_FOUND, NOT_ALLOWED } = MedusaError.Types
    const type = error.is_not_found ? NOT_FOUND : NOT_ALLOWED
    throw new MedusaError(type, error.message, error.code)
  }
}
