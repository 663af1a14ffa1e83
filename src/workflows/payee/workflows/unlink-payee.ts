import {
  createHook,
  createWorkflow,
  transform,
  type WorkflowData,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"

import { type ActOnPayeeInput, actOnPayeeStep } from "../steps/act-on-payee"

export type MasspayUnlinkPayeeInput = Omit<
  Extract<ActOnPayeeInput, { action: "unlink" }>,
  "action"
>

/**
 * Takes a vendor's MassPay user away from her, once for each `request_id`, when
 * nothing of hers is open. Where `payouts.approval` asks for approvals it is a
 * proposal. With `dry_run` it only says what it would do. Throws `not_allowed`
 * with every reason in plain words.
 *
 * Hook `payeeUnlinked`: `{ result }`.
 */
export const masspayUnlinkPayeeWorkflow = createWorkflow(
  "masspay-unlink-payee",
  (input: WorkflowData<MasspayUnlinkPayeeInput>) => {
    const asked = transform({ input }, ({ input }) => ({
      ...input,
      action: "unlink" as const,
    }))
    const result = actOnPayeeStep(asked)
    const payeeUnlinked = createHook("payeeUnlinked", { result })
    return new WorkflowResponse(result, { hooks: [payeeUnlinked] })
  }
)
