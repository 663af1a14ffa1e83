import type { PayeeStatus } from "./payout-status"

/** The papers that MassPay may want of a payee, and what is known about them. Pure. */

export const KYC_KINDS = ["identity", "bank_document", "other"] as const
export type KycKind = (typeof KYC_KINDS)[number]

/** How a request came about: MassPay refused a payment, told of a session, or somebody began one. */
export const KYC_SOURCES = ["error", "session", "operator", "vendor"] as const
export type KycSource = (typeof KYC_SOURCES)[number]

/**
 * What MassPay's refusal says about the user. `user_inactive`: she is locked,
 * and active again once it has her papers. `missing_id`: she is and stays
 * active, and every payment is refused. `unclear`: neither was said. `none`: no
 * payment was refused.
 */
export const KYC_REFUSALS = [
  "user_inactive",
  "missing_id",
  "unclear",
  "none",
] as const
export type KycRefusal = (typeof KYC_REFUSALS)[number]

export const KYC_CLEAR_REASONS = [
  "payee_active",
  "payment_passed",
  "session_approved",
  "session_over",
  "superseded",
  "operator",
] as const
export type KycClearReason = (typeof KYC_CLEAR_REASONS)[number]

/**
 * What is known of a payee's papers. `unknown` is no news at all;
 * `not_required` is proven: MassPay paid her, and asks for nothing.
 */
export const KYC_STATUSES = [
  "unknown",
  "not_required",
  "required",
  "submitted",
  "declined",
  "approved",
] as const
export type KycStatus = (typeof KYC_STATUSES)[number]

export const KYC_PROVIDERS = ["veriff", "au10tix"] as const
export type KycProvider = (typeof KYC_PROVIDERS)[number]

/** MassPay's own words for a session; one that we do not know is `UNRECOGNISED`. */
export const KYC_SESSION_STATUSES = [
  "Started",
  "Submitted",
  "Abandoned",
  "Expired",
  "Resubmitted",
  "Declined",
  "Approved",
  "Resubmission requested",
  "Review",
] as const
export type KycSessionStatus =
  (typeof KYC_SESSION_STATUSES)[number] | "UNRECOGNISED"

export type KycSession = {
  provider: KycProvider | "UNRECOGNISED"
  session_id: string
  started_at: Date | null
  status: KycSessionStatus
}

/** One thing that MassPay wants, as its refusal says. */
export type WantedPaper = {
  kind: KycKind
  /** MassPay's words where we have none of our own for it. Without numbers and links. */
  text: string | null
  /** A bearer secret. */
  link: string | null
}

const TEXT_MAX = 300
const PAPERS_MAX = 10

/**
 * What a refusal asks for. `details` are MassPay's reasons with links and
 * numbers taken out, `links` are those links. A refusal that names nothing is a
 * request of kind `other` without words, so that none is lost.
 */
export function papersWanted({
  details,
  links,
}: {
  details: readonly string[]
  links: readonly { kind: KycKind | "identity_document"; url: string }[]
}): { refusal: KycRefusal; papers: WantedPaper[] } {
  const told = details.filter((detail) => !SAYS_NOTHING.test(detail.trim()))
  const papers: WantedPaper[] = links.map(({ kind: word, url }) => {
    const kind = word === "identity_document" ? "identity" : word
    const text = kind === "other" ? wordsWithLink(told) : null
    return { kind, text, link: url }
  })
  for (const detail of told) {
    // A reason with a link is among the links already.
    if (detail.includes("[link]") && links.length > 0) continue
    const kind = kindOf(detail)
    if (papers.some((paper) => paper.kind === kind && kind !== "other")) {
      continue
    }
    papers.push({
      kind,
      text: kind === "other" ? withoutNumbers(detail) : null,
      link: null,
    })
  }
  if (papers.length === 0)
    papers.push({ kind: "other", text: null, link: null })
  return { refusal: refusalOf(details), papers: papers.slice(0, PAPERS_MAX) }
}

const SAYS_NOTHING =
  /^(additional documentation required|documentation required|user is not active|bad request)\.?$|^$/i
const MISSING_ID = /idselfiecollection/i

function refusalOf(details: readonly string[]): KycRefusal {
  const text = details.join(" \n ")
  if (/user is not active/i.test(text)) return "user_inactive"
  return MISSING_ID.test(text) ? "missing_id" : "unclear"
}

function kindOf(detail: string): KycKind {
  if (/bank statement|paper check/i.test(detail)) return "bank_document"
  return MISSING_ID.test(detail) || /government[ -]issued id/i.test(detail)
    ? "identity"
    : "other"
}

function wordsWithLink(told: readonly string[]): string | null {
  const detail = told.find(
    (one) => one.includes("[link]") && kindOf(one) === "other"
  )
  return detail === undefined ? null : withoutNumbers(detail)
}

/** An account number may have letters and gaps: no word with digits is kept. */
function withoutNumbers(detail: string): string | null {
  const text = detail
    .replace(/\baccount\s+(number|no\.?|#)\s*:?\s*\S+/gi, "account number […]")
    .replace(/\S*\d\S*/g, "[…]")
    .replace(/(\[…\]\s*)+/g, "[…] ")
    .trim()
  return text === "" ? null : text.slice(0, TEXT_MAX)
}

/** A request that stands, as far as closing it is concerned. */
export type OpenKycRequest = {
  id: string
  source: KycSource
  refusal: KycRefusal
  opened_at: Date
  /** MassPay carried out a payment of hers whose every request that may have counted left after this one was opened. */
  payment_passed: boolean
}

/** What one reading of the user, and perhaps of her sessions, found. */
export type KycTruth = {
  /** The books' time before the reading. */
  looked_up_at: Date
  status: PayeeStatus
  /** When she was last seen locked before this, if ever. */
  locked_at: Date | null
  /** `null`: not read. */
  sessions: readonly KycSession[] | null
  /** As they were at the reading before, with when that was applied. */
  known_sessions: readonly KycSession[]
  known_sessions_at: Date | null
}

/** A session may have begun a little before its request was written down, and clocks differ. */
const SESSION_SLACK_MS = 10 * 60_000

/**
 * Whether a request is over, and why. ACTIVE alone proves something only about
 * a refusal that was about being inactive: a user whose identity document is
 * missing is active all the time. For her it takes a payment that passed, or an
 * approved session that belongs to this request.
 */
export function clearReasonOf(
  request: OpenKycRequest,
  truth: KycTruth
): KycClearReason | null {
  const isRefusal = request.source === "error"
  if (isRefusal && request.payment_passed) return "payment_passed"
  if (truth.looked_up_at <= request.opened_at) return null
  if (isRefusal && unlocks(request, truth)) return "payee_active"
  if (truth.sessions === null) return null
  if (truth.sessions.some((session) => approves(session, request, truth))) {
    return truth.status === "locked" && isRefusal ? null : "session_approved"
  }
  const own = truth.sessions.filter(({ started_at }) =>
    isSince(started_at, request.opened_at)
  )
  const isOver =
    !isRefusal &&
    request.source !== "session" &&
    own.length > 0 &&
    own.every(({ status }) => ["Abandoned", "Expired"].includes(status))
  return isOver ? "session_over" : null
}

function unlocks(
  { refusal, opened_at }: OpenKycRequest,
  { status, locked_at }: KycTruth
): boolean {
  if (status !== "active") return false
  if (refusal === "user_inactive") return true
  return refusal === "unclear" && locked_at !== null && locked_at >= opened_at
}

function approves(
  session: KycSession,
  { opened_at }: OpenKycRequest,
  { known_sessions, known_sessions_at }: KycTruth
): boolean {
  if (session.status !== "Approved") return false
  if (isSince(session.started_at, opened_at)) return true
  // An older one counts where it was seen to be undecided since.
  const before = known_sessions.find(
    ({ session_id }) => session_id === session.session_id
  )
  return (
    before !== undefined &&
    before.status !== "Approved" &&
    known_sessions_at !== null &&
    known_sessions_at >= opened_at
  )
}

function isSince(started_at: Date | null, opened_at: Date): boolean {
  return (
    started_at !== null &&
    started_at.getTime() >= opened_at.getTime() - SESSION_SLACK_MS
  )
}

/** In these she has brought nothing yet, or nothing any more. */
const SILENT: readonly KycSessionStatus[] = ["Started", "Abandoned", "Expired"]

/**
 * The session that counts: of those that tell anything, the one that began last.
 * `null` where there is none, or it cannot be told.
 */
export function newestSession(
  sessions: readonly KycSession[]
): KycSession | null {
  const telling = sessions.filter(({ status }) => !SILENT.includes(status))
  const [only, second] = telling
  if (only && !second) return only
  if (telling.some(({ started_at }) => started_at === null)) return null
  return telling.reduce<KycSession | null>(
    (newest, session) =>
      newest === null || time(session) > time(newest) ? session : newest,
    null
  )
}

function time({ started_at }: KycSession): number {
  return started_at?.getTime() ?? 0
}

/**
 * What is known of her papers, and never more. `sessions` are as last read.
 * While payments of hers are refused, an approval proves nothing: MassPay wants
 * something else.
 */
export function kycStatusOf({
  status,
  papers_wanted,
  sessions,
  payment_passed,
}: {
  status: PayeeStatus
  /** A request stands that payments were refused for. */
  papers_wanted: boolean
  sessions: readonly KycSession[]
  /** MassPay carried out a payment to her. */
  payment_passed: boolean
}): KycStatus {
  const isWanted = status === "locked" || papers_wanted
  switch (newestSession(sessions)?.status) {
    case "Submitted":
    case "Resubmitted":
    case "Review":
      return "submitted"
    case "Declined":
      return "declined"
    case "Resubmission requested":
      return "required"
    case "Approved":
      return isWanted ? "required" : "approved"
    default:
      if (isWanted) return "required"
      return payment_passed && status === "active" ? "not_required" : "unknown"
  }
}

/** Whether the newest session itself asks for something that no refusal has said yet. */
export function isAskedBySession(sessions: readonly KycSession[]): boolean {
  const newest = newestSession(sessions)
  return newest?.status === "Resubmission requested"
}

const REFRESH_FIRST_MS = 5 * 60_000
const REFRESH_MAX_MS = 6 * 3_600_000

/** Until the user is read again: five minutes, doubling up to six hours. `reads` counts those without news. */
export function refreshDelay(reads: number): number {
  return Math.min(
    REFRESH_FIRST_MS * 2 ** Math.min(Math.max(reads, 0), 20),
    REFRESH_MAX_MS
  )
}
