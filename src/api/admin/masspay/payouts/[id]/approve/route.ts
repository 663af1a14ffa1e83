import { actionRoute } from "../../action-route"

/** Lets a payout that waits for approval be sent. Whoever caused it may not. */
export const POST = actionRoute("approve")
