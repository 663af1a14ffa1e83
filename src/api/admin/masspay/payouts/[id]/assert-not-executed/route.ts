import { actionRoute } from "../../action-route"

/** Proposes that MassPay executed none of the requests of a parked payout; a second operator confirms it under `/admin/masspay/action-requests`. */
export const POST = actionRoute("assert_not_executed")
