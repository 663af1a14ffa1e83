/** What a failed request means for whoever made it. */

export type Failure =
  "forbidden" | "signed_out" | "not_found" | "refused" | "broken" | "offline"

const HTTP_BAD_REQUEST = 400
const HTTP_UNAUTHORIZED = 401
const HTTP_FORBIDDEN = 403
const HTTP_NOT_FOUND = 404
const HTTP_TIMEOUT = 408
const HTTP_CONFLICT = 409
const HTTP_SERVER_ERROR = 500

const SENTENCE_MAX = 400
/** Braces and angle brackets, line breaks, a file's place: not written for people. */
const NOT_FOR_PEOPLE = /[{}<>\n]|\bat \S+:\d+|\.(ts|js|mjs):\d+/

/** The answer's HTTP status, or `null` where no answer came. */
export function statusOf(error: unknown): number | null {
  const status = (error as { status?: unknown } | null)?.status
  return typeof status === "number" ? status : null
}

export function failureOf(error: unknown): Failure {
  const status = statusOf(error)
  if (status === null) return "offline"
  if (status === HTTP_UNAUTHORIZED) return "signed_out"
  if (status === HTTP_FORBIDDEN) return "forbidden"
  if (status === HTTP_NOT_FOUND) return "not_found"
  return status < HTTP_SERVER_ERROR ? "refused" : "broken"
}

/**
 * The server's own words where they were written for people, otherwise `null`:
 * nobody is shown JSON, markup or a stack trace.
 */
export function sentenceOf(error: unknown): string | null {
  const failure = failureOf(error)
  if (failure !== "refused" && failure !== "not_found") return null
  const text = error instanceof Error ? error.message.trim() : ""
  const isFit =
    text.length > 0 &&
    text.length <= SENTENCE_MAX &&
    text.includes(" ") &&
    !NOT_FOR_PEOPLE.test(text)
  return isFit ? text : null
}

/**
 * Whether this answer to a POST proves that nothing was done. No answer, a
 * server's breakdown or a conflict proves nothing.
 */
export function provesNothingDone(error: unknown): boolean {
  const status = statusOf(error)
  return (
    status !== null &&
    status >= HTTP_BAD_REQUEST &&
    status < HTTP_SERVER_ERROR &&
    status !== HTTP_TIMEOUT &&
    status !== HTTP_CONFLICT
  )
}
