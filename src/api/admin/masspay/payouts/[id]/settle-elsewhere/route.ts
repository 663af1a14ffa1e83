import { actionRoute } from "../../action-route"

/** Gives up a payout and books its amount as paid by other means. Above the approval limit a second operator has to confirm. */
export const POST = actionRoute("settle_elsewhere")
