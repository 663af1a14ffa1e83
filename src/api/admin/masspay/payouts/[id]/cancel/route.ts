import { actionRoute } from "../../action-route"

/** Asks MassPay to cancel a load that is scheduled. */
export const POST = actionRoute("cancel")
