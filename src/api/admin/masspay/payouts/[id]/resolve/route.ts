import { actionRoute } from "../../action-route"

/** Asks MassPay now what became of a payout, and applies the answer. */
export const POST = actionRoute("resolve")
