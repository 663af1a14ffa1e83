import { collectPolicy, type Kernel } from "../../kernel"
import { clawBack } from "../../runners/clawback"
import { errorFields } from "../../runners/log"
import type { AdminBalanceAction } from "../../types/http-statements"

/**
 * Says what an operator did to a balance, and does at once what the next job
 * would do anyway: what she has too much of now comes back as option `clawback`
 * says, before what waits to be sent is sent. What fails here is done by that job.
 */
export async function followBalanceAction(
  kernel: Kernel,
  actor: string,
  { action, payee_id, vendor_id, amount, state }: AdminBalanceAction
): Promise<void> {
  if (state === "preview") return
  kernel.log.info("balance.action", { action, payee_id, actor, state })
  if (state !== "done") return
  if (amount.startsWith("-")) {
    try {
      await clawBack(kernel, {
        policy: collectPolicy(kernel.options),
        tag: kernel.installation.tag,
        vendor_id,
      })
    } catch (error) {
      kernel.log.error("clawback.failed", { vendor_id, ...errorFields(error) })
    }
  }
  kernel.nudgeDispatch()
  kernel.nudgeOutbox()
}
