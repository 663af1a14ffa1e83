import { answerRoute } from "../../answer-route"

/** Confirms what another operator proposed; it is done at once. */
export const POST = answerRoute("confirm")
