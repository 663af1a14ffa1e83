import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { attestationOf } from "../../../../domain/go-live"
import { goLiveItemOf } from "../../../../go-live/check"
import { kernelFrom } from "../../../../kernel"
import {
  attestGoLive,
  goLiveStatements,
  withdrawGoLive,
} from "../../../../modules/masspay/queries/go-live"
import type { AdminGoLiveDecisionResponse } from "../../../../types/http-go-live"
import { orRefuse } from "../../../../workflows/refusals"
import type { GoLiveStatementBody } from "../go-live-validators"
import { operatorOf } from "../operator"

const STATES = { attested: attestGoLive, withdrawn: withdrawGoLive }

/** The two routes differ in nothing but what is said. */
export async function state(
  req: AuthenticatedMedusaRequest<GoLiveStatementBody>,
  res: MedusaResponse<AdminGoLiveDecisionResponse>,
  did: keyof typeof STATES
): Promise<void> {
  const actor = operatorOf(req)
  const { books, log } = await kernelFrom(req.scope)
  const { key, effect } = await orRefuse(() =>
    STATES[did](books, {
      ...req.validatedBody,
      key: req.params.key ?? "",
      actor,
    })
  )
  log.info("go_live.stated", { item: key, did, actor })
  const statements = await goLiveStatements(books)
  res.json({
    item: goLiveItemOf(attestationOf(key, statements[key] ?? [])),
    effect,
  })
}
