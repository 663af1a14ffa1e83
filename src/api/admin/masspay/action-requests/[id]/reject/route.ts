import { answerRoute } from "../../answer-route"

/** Rejects what another operator proposed; nothing is done. */
export const POST = answerRoute("reject")
