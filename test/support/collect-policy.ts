import { CLAWBACK_RUNGS } from "../../src/domain/clawback"
import type { CollectPolicy } from "../../src/modules/masspay/queries/collect"

/** Pays everything at once, and takes back by every rung there is. */
export const COLLECT: CollectPolicy = {
  minimum: {},
  clawback: CLAWBACK_RUNGS,
  notify_payee: false,
  source_tokens: {},
}
