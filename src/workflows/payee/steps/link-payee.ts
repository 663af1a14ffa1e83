import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

import { DecisionRefusedError } from "../../../domain/decisions"
import { failureFields } from "../../../failure"
import { type Kernel, kernelFrom } from "../../../kernel"
import { decideOnce } from "../../../modules/masspay/queries/decisions"
import { upsertPayees } from "../../../modules/masspay/queries/payee-contact"
import { wantLink } from "../../../modules/masspay/queries/payee-users"
import { linkNow } from "../../../runners/link-now"
import { orRefuse } from "../../refusals"

export type LinkPayeeInput = {
  payee_id: string
  /** Made by the caller: asking again with the same one does nothing again. */
  request_id: string
  reason: string
  /** Id of the operator. */
  actor: string
}

/**
 * Looks a vendor up at MassPay and creates her there where she is not known.
 *
 * Has no undo: a MassPay user cannot be deleted; unlinking is another decision.
 */
export const linkPayeeStep = createStep(
  "link-payee",
  async (input: LinkPayeeInput, { container }) => {
    const kernel = await kernelFrom(container)
    const { payee_id, ...deciding } = input
    const { vendor_id } = await orRefuse(() =>
      decideOnce(
        kernel.books,
        { ...deciding, decision: "link", payload: { payee_id } },
        async (sql) => {
          const payee = await wantLink(sql, payee_id)
          if (!payee) throw new DecisionRefusedError("vendor_not_found")
          const effect = "MassPay is asked about her now."
          return { payee_id, result: { ...payee, effect } }
        }
      )
    )
    await refreshContact(kernel, container, vendor_id)
    const outcome = await orRefuse(async () => {
      const linked = await linkNow(kernel, payee_id)
      if (!linked) throw new DecisionRefusedError("vendor_not_found")
      return linked
    })
    const { did, reason } = outcome
    kernel.log.info("payee.link_asked", {
      payee_id,
      actor: input.actor,
      did,
      ...(reason !== null && { reason }),
    })
    kernel.nudgeOutbox()
    return new StepResponse(outcome)
  }
)

/** What the shop knows of her by now; what it knew before will do where it cannot be read. */
async function refreshContact(
  kernel: Kernel,
  container: Parameters<typeof kernelFrom>[0],
  vendor_id: string
): Promise<void> {
  try {
    const adapter = await kernel.adapter()
    const vendor = await adapter.getVendor(container, vendor_id)
    if (!vendor) return
    const { tag } = kernel.installation
    await kernel.books.tx((sql) =>
      upsertPayees(sql, { vendors: [vendor], tag })
    )
  } catch (error) {
    kernel.log.warn("payee.contact_unreadable", {
      vendor_id,
      ...failureFields(error),
    })
  }
}
