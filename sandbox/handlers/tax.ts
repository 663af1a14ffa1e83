import { Fields } from "../fields"
import { interviewLink } from "../kyc/links"
import { type Operation, userOf } from "./context"

const RETURN_URL_MAX = 2_000

/** A GET that makes another interview each time, like the links for papers. */
export const startTaxInterview: Operation = (context) => {
  const { world, query } = context
  const return_url = query.get("return_url")
  const fields = new Fields({ return_url })
  fields.optionalText("return_url", {
    max: RETURN_URL_MAX,
    pattern: /^https?:\/\/\S+$/i,
    shape: "an http or https address",
  })
  fields.assertValid()
  const interview = {
    secret: world.tokens.linkSecret(),
    user_token: userOf(context).token,
    return_url: return_url === "" ? null : return_url,
    is_done: false,
  }
  world.papers.addInterview(interview)
  return {
    status: 200,
    body: { interview_url: interviewLink(world, interview) },
    executed: true,
  }
}
