import {
  DocumentationRequiredError,
  DuplicateClientIdError,
  type GatewayError,
  type GatewayErrorFacts,
  GatewayMisconfiguredError,
  GatewayOutcomeUnknownError,
  GatewayRejectedError,
  GatewayThrottledError,
  GatewayUnauthorizedError,
  GatewayUnavailableError,
  GatewayUnreachableError,
  InsufficientFundsError,
  KeyMismatchError,
  OffContractError,
  PayeeUnusableError,
} from "../errors"
import { type ErrorBody, parseErrorBody } from "./error-body"
import { uploadLinksIn } from "./upload-links"

/** What is known about a request that did not end in a 2xx with JSON. */
export type TransportFacts = {
  is_write: boolean
  /** False only where it is certain that not one byte of the request left. */
  may_have_left: boolean
  /** Absent when no complete answer was read. */
  status?: number | undefined
  /** The complete body. */
  body?: string | undefined
  /** Whose absence a 404 means; otherwise it means a wrong address. */
  not_found_means?: "payee" | undefined
  /** Of MassPay's reasons only these words are kept; absent: all of them, redacted. */
  kept_words?: readonly string[] | undefined
  retry_after_ms?: number | undefined
  /** A sandbox's upload links lead to this machine. */
  may_link_to_loopback?: boolean | undefined
  /** What went wrong below HTTP, in one word: an errno, or a word of our own. */
  failure?: string | undefined
  /** Must be clean. */
  cause?: unknown
}

/** Answers by which MassPay itself says no, as opposed to something in front of it. */
const REFUSALS = [400, 402, 404, 405, 422]

/**
 * The only place that turns transport facts into errors. Pure; never throws.
 *
 * The status decides whether money may have moved. Texts only choose between
 * reasons of a refusal, or turn a refusal into something that must be looked up;
 * never the other way round. Whatever is not named here is unknown.
 */
export function classify(facts: TransportFacts): GatewayError {
  const { status, may_have_left } = facts
  if (!may_have_left) {
    return new GatewayUnreachableError(
      `MassPay could not be reached (${facts.failure ?? "no connection"})`,
      { cause: facts.cause }
    )
  }
  if (status === undefined) return unanswered(facts)
  if (status >= 200 && status < 300) return unreadable(facts, status)
  if (status >= 300 && status < 400) {
    return new GatewayMisconfiguredError(
      `MassPay answered with a redirect (HTTP ${status}), which is never followed: check baseUrl`,
      { http_status: status }
    )
  }
  const body = parseErrorBody(facts.body ?? "")
  const details = facts.kept_words
    ? wordsIn(body.texts, facts.kept_words)
    : body.texts
  const known: GatewayErrorFacts = { http_status: status, details }
  if (status === 401 || status === 403) {
    return new GatewayUnauthorizedError(
      `MassPay refused the API key or this server's address (HTTP ${status})`,
      known
    )
  }
  if (status === 429) {
    const { retry_after_ms } = facts
    return new GatewayThrottledError("MassPay asked us to slow down", {
      ...known,
      retry_after_ms,
    })
  }
  if (REFUSALS.includes(status)) return refusal(facts, status, body, known)
  return undecided(facts, status, body, known)
}

/** Which of the words MassPay's reasons name, in any case. */
function wordsIn(texts: readonly string[], words: readonly string[]): string[] {
  const said = texts.join(" \n ").toLowerCase()
  return words.filter((word) => said.includes(word.toLowerCase()))
}

function unanswered(facts: TransportFacts): GatewayError {
  const { failure = "no answer", cause } = facts
  return facts.is_write
    ? new GatewayOutcomeUnknownError(
        `MassPay may or may not have acted: no complete answer (${failure})`,
        { cause }
      )
    : new GatewayUnavailableError(`MassPay did not answer (${failure})`, {
        cause,
      })
}

function unreadable(facts: TransportFacts, status: number): GatewayError {
  const { failure = "unreadable", cause } = facts
  const known = { http_status: status, cause }
  return facts.is_write
    ? new GatewayOutcomeUnknownError(
        `MassPay may or may not have acted: its answer (HTTP ${status}) is unreadable (${failure})`,
        known
      )
    : new OffContractError(
        `MassPay's answer (HTTP ${status}) is unreadable (${failure})`,
        known
      )
}

/** 5xx, 409, 408 and every status that no rule names. */
function undecided(
  facts: TransportFacts,
  status: number,
  body: ErrorBody,
  known: GatewayErrorFacts
): GatewayError {
  if (!facts.is_write) {
    return new GatewayUnavailableError(`MassPay answered HTTP ${status}`, known)
  }
  if (status === 409) {
    const told = alreadyKnown(body, known)
    if (told) return told
  }
  return new GatewayOutcomeUnknownError(
    `MassPay may or may not have acted: it answered HTTP ${status}`,
    // Its own 5xx is saved under the key and would only be replayed.
    { ...known, burns_key: status >= 500 && isMassPays(body) }
  )
}

/** A definite no, unless its reasons say that an earlier request may have counted. */
function refusal(
  facts: TransportFacts,
  status: number,
  body: ErrorBody,
  known: GatewayErrorFacts
): GatewayError {
  const told = facts.is_write ? alreadyKnown(body, known) : null
  if (told) return told

  // Whether the refusal is saved under the key cannot be seen: do not use it again.
  const refused = { ...known, burns_key: facts.is_write }
  if (status === 405) return wrongAddress(status, refused)
  if (status === 404) {
    const isMeant = facts.not_found_means === "payee" && body.shape !== "other"
    return isMeant
      ? new PayeeUnusableError("MassPay does not know this user", refused)
      : wrongAddress(status, refused)
  }
  return refusalByText(status, body, {
    ...refused,
    may_be_local: facts.may_link_to_loopback ?? false,
  })
}

function wrongAddress(status: number, known: GatewayErrorFacts): GatewayError {
  return new GatewayMisconfiguredError(
    `MassPay does not know this address (HTTP ${status}): check baseUrl`,
    known
  )
}

const KEY = /idempoten|\b(same|this|request) key\b/
const OTHER_REQUEST =
  /differ|mismatch|do(es)? ?n[o']t match|other (param|request|body)|another (request|body)|chang/
const IN_USE =
  /in use|in progress|in[- ]flight|concurren|simultaneous|being processed|still running/
const KNOWN_ALREADY =
  /duplicat|already (been |in )?(exist|use|known|process|load|taken|regist|submit)|must be unique|not unique/

/** Signs that this request, or one with its ids, was seen before. Errs towards a look-up. */
function alreadyKnown(
  body: ErrorBody,
  known: GatewayErrorFacts
): GatewayError | null {
  const text = allText(body)
  if (KEY.test(text) && OTHER_REQUEST.test(text)) {
    return new KeyMismatchError(
      "MassPay saw this idempotency key with another request",
      { ...known, burns_key: true }
    )
  }
  if (!KEY.test(text) && KNOWN_ALREADY.test(text)) {
    return new DuplicateClientIdError("MassPay knows this id already", {
      ...known,
      burns_key: true,
    })
  }
  if (KEY.test(text) || IN_USE.test(text)) {
    return new GatewayOutcomeUnknownError(
      "MassPay may or may not have acted: it is busy with a request of the same key",
      known
    )
  }
  return null
}

const DOCUMENTS =
  /documentation required|user is not active|idselfiecollection|\blocked\b|\binactive\b|not active|upload|identity|\bkyc\b|verif/
const FUNDS =
  /insufficient (\w+ ){0,3}(funds?|balance)|not enough (\w+ ){0,3}(funds?|balance|money)|\bnsf\b|(exceeds|below) (\w+ ){0,3}balance/
const GONE =
  /\b(user|payee|recipient)\b.*(not found|not exist|unknown|deactiv|disabled|closed|deleted)|(no|unknown|deactivated|disabled|closed) (user|payee|recipient)\b/
const LIMIT =
  /\bamount\b|currenc|\blimits?\b|\bminimum\b|\bmaximum\b|\bexceed|_currency_code\b/

function refusalByText(
  status: number,
  body: ErrorBody,
  { may_be_local, ...known }: GatewayErrorFacts & { may_be_local: boolean }
): GatewayError {
  const papers = () => documentsRequired(body, { ...known, may_be_local })
  const text = allText(body)
  if (status === 402 || FUNDS.test(text)) {
    return new InsufficientFundsError("The funding wallet is short", known)
  }
  // A title that says so is enough, however the details are worded.
  if (body.title.toLowerCase().startsWith("documentation required")) {
    return papers()
  }
  if (GONE.test(text)) {
    return new PayeeUnusableError("The user is gone or deactivated", known)
  }
  if (DOCUMENTS.test(text)) return papers()
  return new GatewayRejectedError(`MassPay refused this (HTTP ${status})`, {
    ...known,
    block: LIMIT.test(text) ? "limit" : "config",
  })
}

function documentsRequired(
  body: ErrorBody,
  { may_be_local, ...known }: GatewayErrorFacts & { may_be_local: boolean }
): GatewayError {
  return new DocumentationRequiredError("MassPay needs papers of this payee", {
    ...known,
    upload_links: uploadLinksIn(body.texts, { may_be_local }),
  })
}

function isMassPays({ shape }: ErrorBody): boolean {
  return shape === "standard" || shape === "legacy"
}

function allText({ title, texts }: ErrorBody): string {
  return [title, ...texts].join(" \n ").toLowerCase()
}
