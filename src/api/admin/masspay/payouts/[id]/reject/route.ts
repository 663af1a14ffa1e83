import { actionRoute } from "../../action-route"

/** Gives up a payout that waits for approval; its entries are open again. */
export const POST = actionRoute("reject")
