import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"
import type { MedusaContainer } from "@medusajs/framework/types"
import { MedusaError } from "@medusajs/framework/utils"

import { collectPolicy } from "../../../../kernel"
import { retrievePayee } from "../../../../modules/masspay/queries/payee-detail"
import { booksOptions } from "../../../../options"
import type {
  AdminPayeeDecisionResponse,
  AdminPayeeDetail,
} from "../../../../types/http-collect"
import { masspayDecideAboutPayeeWorkflow } from "../../../../workflows/payee/workflows/decide-about-payee"
import { booksOf } from "../books"
import type { DecisionBody } from "../collect-validators"
import { operatorOf } from "../operator"

/** One vendor as she is now; 404 when there is none. */
export async function payeeOf(
  scope: MedusaContainer,
  id: string
): Promise<AdminPayeeDetail> {
  const { db, options } = booksOf(scope)
  const policy = collectPolicy(booksOptions(options))
  const payee = await retrievePayee(db, { id, policy })
  if (payee) return payee
  throw new MedusaError(
    MedusaError.Types.NOT_FOUND,
    `Payee with id: ${id} was not found`
  )
}

/** The route of a decision about a vendor that needs no more than a reason. */
export function decisionRoute(decision: "pause" | "resume") {
  return async (
    req: AuthenticatedMedusaRequest<DecisionBody>,
    res: MedusaResponse<AdminPayeeDecisionResponse>
  ): Promise<void> => {
    const payee_id = req.params.id ?? ""
    const { result } = await masspayDecideAboutPayeeWorkflow(req.scope).run({
      input: {
        ...req.validatedBody,
        decision,
        payee_id,
        actor: operatorOf(req),
      },
    })
    const payee = await payeeOf(req.scope, payee_id)
    res.json({ payee, decision: result })
  }
}
