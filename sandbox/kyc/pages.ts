import type { Answer } from "../answers"
import { messagePage, taxPage, uploadPage } from "../page/papers"
import type { Runtime } from "../runtime"
import { taxEvent } from "../webhooks/bodies"
import { tell } from "../webhooks/tell"
import type { World } from "../world"
import { TAX_PREFIX, UPLOAD_PREFIX } from "./links"
import { filesIn } from "./multipart"
import type { KycSession, TaxInterview } from "./papers"
import { isOpen, submit } from "./rules"

export const UPLOAD_BYTES_MAX = 10 * 1024 * 1024
/** What a form needs around its file. */
export const FORM_BYTES_MAX = 64 * 1024

export type PageRequest = {
  method: string
  path: string
  contentType: string
  /** Whether the browser says that a page of another origin sent it. */
  isForeign: boolean
  /** Null when it was larger than the sandbox reads. */
  body: Buffer | null
}

export function isPaperPath(path: string): boolean {
  return path.startsWith(UPLOAD_PREFIX) || path.startsWith(TAX_PREFIX)
}

const UNKNOWN: Answer = messagePage({
  status: 404,
  title: "This link leads nowhere",
  sentences: [
    "It may be incomplete, or the sandbox was reset since it was made. Ask for a new one.",
  ],
})

const FOREIGN: Answer = messagePage({
  status: 403,
  title: "This did not come from this page",
  sentences: ["Nothing was sent. Open the link itself and try again."],
})

/** Answers what a browser asks of a link that MassPay gave out. */
export function handlePaperRequest(
  runtime: Runtime,
  request: PageRequest
): Answer {
  const { method, path, isForeign } = request
  if (method !== "GET" && method !== "POST") return notAllowed()
  const world = runtime.worldNow()
  const { papers } = world
  const session = path.startsWith(UPLOAD_PREFIX)
    ? papers.sessionBySecret(path.slice(UPLOAD_PREFIX.length))
    : undefined
  const interview = path.startsWith(TAX_PREFIX)
    ? papers.interview(path.slice(TAX_PREFIX.length))
    : undefined
  if (!session && !interview) return UNKNOWN
  if (method === "POST" && isForeign) return FOREIGN
  const answer = session
    ? answerSession(world, session, request)
    : interview && answerInterview(world, interview, request)
  if (method === "POST") runtime.changed()
  return answer ?? UNKNOWN
}

function notAllowed(): Answer {
  const answer = messagePage({
    status: 405,
    title: "This page can be opened and sent, nothing else",
    sentences: [],
  })
  return { ...answer, headers: { ...answer.headers, allow: "GET, POST" } }
}

function answerSession(
  world: World,
  session: KycSession,
  request: PageRequest
): Answer {
  if (!isOpen(session)) return closedPage(session)
  if (request.method === "GET") {
    return uploadPage(session.asks, { note: session.reason })
  }
  const problem = problemWithUpload(request)
  if (problem) return uploadPage(session.asks, problem)
  submit(world, session)
  return thanksPage(session)
}

/** What was uploaded is looked at no further than this, and not kept. */
function problemWithUpload({
  contentType,
  body,
}: PageRequest): { status: number; note: string } | null {
  const files = body && filesIn(contentType, body)
  if (!body || files?.some(({ size }) => size > UPLOAD_BYTES_MAX)) {
    return { status: 413, note: "The file is larger than 10 MB." }
  }
  if (!files) return { status: 400, note: "The upload was cut off. Try again." }
  if (files.length === 0) return { status: 400, note: "Choose a file first." }
  const isPaper = files.every(({ type }) =>
    /^(image\/[\w.+-]+|application\/pdf)$/.test(type)
  )
  return isPaper
    ? null
    : { status: 415, note: "The file must be a picture or a PDF." }
}

function closedPage({ status }: KycSession): Answer {
  const gone = (title: string, sentence: string): Answer =>
    messagePage({ status: 410, title, sentences: [sentence] })
  switch (status) {
    case "Submitted":
    case "Resubmitted":
    case "Review":
      return gone("This link was used", "Your papers are being looked at.")
    case "Approved":
      return gone("This link was used", "Your papers were accepted.")
    default:
      return gone(
        "This link is no longer good",
        "If papers are still needed, there is a newer link."
      )
  }
}

function thanksPage({ status, reason }: KycSession): Answer {
  switch (status) {
    case "Approved":
      return messagePage({
        status: 200,
        title: "Your papers were accepted",
        sentences: ["There is nothing more to do. You can close this page."],
      })
    case "Declined":
      return messagePage({
        status: 200,
        title: "Your papers were not accepted",
        sentences: ["You will be given a new link."],
      })
    case "Resubmission requested":
      return messagePage({
        status: 200,
        title: "Please upload them once more",
        sentences: [
          `${reason ?? "The papers could not be used"}.`,
          "Open the same link again.",
        ],
      })
    default:
      return messagePage({
        status: 200,
        title: "Thank you",
        sentences: ["Your papers arrived and are being looked at."],
      })
  }
}

function answerInterview(
  world: World,
  interview: TaxInterview,
  { method }: PageRequest
): Answer {
  const back = interview.return_url
  if (interview.is_done) {
    return messagePage({
      status: 410,
      title: "This link was used",
      sentences: ["The interview is finished."],
      back,
    })
  }
  if (method === "GET") return taxPage()
  interview.is_done = true
  const { store, clock, journal } = world
  const { user_token } = interview
  const event = "tax_interview_submitted"
  journal.append({ kind: "note", event, user_token, load_token: null })
  const user = store.user(user_token)
  if (user) tell(world, taxEvent(user, clock.now()))
  return messagePage({
    status: 200,
    title: "Thank you",
    sentences: ["The form is signed and on file."],
    back,
  })
}
