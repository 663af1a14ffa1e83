import { actionRoute } from "../../action-route"

/** Asks MassPay to take a whole load back, once. Option `payouts.allowReversal`. */
export const POST = actionRoute("reverse")
