import { actionRoute } from "../../action-route"

/** Gives up a payout that nothing was ever sent for; its entries are open again. */
export const POST = actionRoute("void")
