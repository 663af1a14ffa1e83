import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"

import type { HealthStatus } from "../../../domain/health"
import { MASSPAY_MODULE } from "../../../modules/masspay"
import type { Db } from "../../../modules/masspay/queries/db"
import type { MasspayModuleService } from "../../../modules/masspay/service"
import { createHealth } from "../../../sweep/health"
import type { HealthResponse } from "../../../types/http-health"

// By books, because a process may hold more than one shop (tests do).
const asked = new WeakMap<Db, () => Promise<HealthStatus>>()

/**
 * Whether payouts work, for load balancers and uptime checks. Says one word to
 * anybody, and never asks MassPay.
 *
 * @oas [get] /masspay/health
 * operationId: GetMasspayHealth
 * summary: Get Health
 * description: "`ok`; `degraded` where payouts wait or somebody has to look; `down`, with 503, where the books do not answer. Why is said at `/admin/masspay/health`."
 * tags:
 *   - MassPay Health
 * responses:
 *   "200":
 *     description: Payouts work, or they wait.
 *   "503":
 *     description: The books do not answer.
 */
export const GET = async (
  req: MedusaRequest,
  res: MedusaResponse<HealthResponse>
): Promise<void> => {
  const { db } = req.scope.resolve<MasspayModuleService>(MASSPAY_MODULE)
  let ask = asked.get(db)
  if (!ask) {
    ask = createHealth(db)
    asked.set(db, ask)
  }
  const status = await ask()
  res.setHeader("cache-control", "no-store")
  res.status(status === "down" ? 503 : 200).json({ status })
}
