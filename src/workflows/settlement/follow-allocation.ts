import type { Kernel } from "../../kernel"
import type { AdminRefundAllocation } from "../../types/http-refunds"

/** Says what an operator said about a refund, and publishes what follows from it. */
export function followAllocation(
  kernel: Kernel,
  actor: string,
  { refund_id, order_id, state }: AdminRefundAllocation
): void {
  if (state === "preview") return
  kernel.log.info("refund.allocation", { refund_id, order_id, actor, state })
  if (state === "done") kernel.nudgeOutbox()
}
