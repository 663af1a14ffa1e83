import { actionRoute } from "../../action-route"

/** Looks a blocked payout up and, when it was not executed, lets it be sent again. */
export const POST = actionRoute("retry")
