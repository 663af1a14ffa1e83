import type { Kernel } from "../kernel"
import { addRule, deleteRule, rulesOf } from "../runners/autopayouts"
import { payeeWithUser } from "../runners/destinations"
import type {
  AutopayoutChangeResponse,
  AutopayoutListResponse,
} from "../types/http-destinations"
import { askOrRefuse } from "./destination-answers"

type Who = { payee_id: string } | { vendor_id: string }
type Deciding = { actor: string; reason: string; request_id: string }

/** The rules on somebody's wallets, read now. Throws with the reason in plain words. */
export async function autopayoutsOf(
  kernel: Kernel,
  who: Who
): Promise<AutopayoutListResponse> {
  const autopayouts = await askOrRefuse(kernel, async () =>
    rulesOf(kernel, await payeeWithUser(kernel, who))
  )
  return { autopayouts }
}

/** Makes a rule to her own destination of that currency. */
export async function addAutopayoutOf(
  kernel: Kernel,
  {
    who,
    ...rule
  }: {
    who: Who
    currency_code: string
    percentage: number
    deciding: Deciding
  }
): Promise<AutopayoutChangeResponse> {
  const { effect } = await askOrRefuse(kernel, async () =>
    addRule(kernel, { payee: await payeeWithUser(kernel, who), ...rule })
  )
  return { ...(await autopayoutsOf(kernel, who)), effect }
}

/** Ends one of her rules. */
export async function endAutopayoutOf(
  kernel: Kernel,
  { who, ...rule }: { who: Who; rule_id: string; deciding: Deciding }
): Promise<AutopayoutChangeResponse> {
  const { effect } = await askOrRefuse(kernel, async () =>
    deleteRule(kernel, { payee: await payeeWithUser(kernel, who), ...rule })
  )
  return { ...(await autopayoutsOf(kernel, who)), effect }
}
