import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

import type { Schedule } from "../../../domain/collect-schedule"
import type { PayeeMethod } from "../../../domain/destinations"
import { parseMajor } from "../../../domain/money"
import { kernelFrom } from "../../../kernel"
import {
  pausePayee,
  resumePayee,
  setPayeeTerms,
} from "../../../modules/masspay/queries/payee-decisions"
import type { AdminPayeeDecision } from "../../../types/http-collect"
import { orRefuse } from "../../refusals"

export type DecideAboutPayeeInput = {
  payee_id: string
  /** Made by the caller: asking again with the same one does nothing again. */
  request_id: string
  reason: string
  /** Id of the operator. */
  actor: string
} & (
  | { decision: "pause" | "resume" }
  | {
      decision: "set_terms"
      /** How she is paid, and below: `null`: as the shop's options say. Left out: as it was. */
      method?: PayeeMethod | null
      schedule?: Schedule | null
      /** Smallest payout by upper-case currency code, major units. */
      minimum?: Record<string, string> | null
    }
)

/**
 * One operator's decision about one vendor. Writes the books only.
 *
 * Has no undo: what a person decided, with a reason, stays decided.
 */
export const decideAboutPayeeStep = createStep(
  "decide-about-payee",
  async (input: DecideAboutPayeeInput, { container }) => {
    const kernel = await kernelFrom(container)
    const { payee_id, request_id, reason, actor, decision } = input
    const deciding = { payee_id, request_id, reason, actor }
    const decided: AdminPayeeDecision = await orRefuse(() => {
      switch (input.decision) {
        case "pause":
          return pausePayee(kernel.books, deciding)
        case "resume":
          return resumePayee(kernel.books, deciding)
        case "set_terms":
          return setPayeeTerms(kernel.books, {
            ...deciding,
            terms: {
              method: input.method,
              schedule: input.schedule,
              minimum: input.minimum && inMinorUnits(input.minimum),
            },
          })
      }
    })
    kernel.log.info("payee.decision", { decision, payee_id, actor })
    kernel.nudgeOutbox()
    if (decision === "resume") kernel.nudgeDispatch()
    return new StepResponse(decided)
  }
)

function inMinorUnits(minimum: Record<string, string>): Record<string, bigint> {
  return Object.fromEntries(
    Object.entries(minimum).map(([code, amount]) => [
      code,
      parseMajor(amount, code),
    ])
  )
}
