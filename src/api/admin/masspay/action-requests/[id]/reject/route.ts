import { answerRoute } from "../../answer-route"

/** Rejects what another operator proposed, or withdraws what one proposed oneself; nothing is done. */
export const POST = answerRoute("reject")
