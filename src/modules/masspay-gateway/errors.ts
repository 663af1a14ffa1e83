import type { BlockReason } from "../../domain/payout-status"
import { redact, redactDetails } from "./http/redact"

/**
 * What the caller may do next. `retry`: proven that MassPay did nothing (or a
 * read, which never does anything). `lookup`: not proven either way. `stop`:
 * proven that nothing happened, and repeating cannot help.
 */
export type Disposition = "retry" | "lookup" | "stop"

/** Where a payee uploads what MassPay asks for. A bearer secret: for that payee only. */
export type UploadLink = {
  kind: "bank_document" | "identity_document" | "other"
  /** https, but for a sandbox's on this machine. Never fetched by us. */
  url: string
}

type GatewayErrorKind = {
  code: `masspay.${string}`
  disposition: Disposition
  block?: BlockReason
}

export type GatewayErrorFacts = {
  http_status?: number | undefined
  /** MassPay's own words; redacted before they are kept. */
  details?: readonly string[]
  retry_after_ms?: number | undefined
  burns_key?: boolean
  upload_links?: readonly UploadLink[]
  /** Must be clean: it is printed along with this error. */
  cause?: unknown
}

/**
 * Everything the wire throws. Tell the kinds apart by `code`, which survives
 * being serialised. Message and details are redacted here, whoever wrote them.
 */
export abstract class GatewayError extends Error {
  readonly code: `masspay.${string}`
  readonly disposition: Disposition
  /** Why the payout has to wait. Only where the disposition is `stop`. */
  declare readonly block?: BlockReason
  declare readonly http_status?: number
  /** MassPay's own words, redacted. */
  readonly details: string[]
  /** How long MassPay asked us to wait. */
  declare readonly retry_after_ms?: number
  /** The idempotency key of this request must not be sent again. */
  readonly burns_key: boolean
  declare readonly cause?: unknown
  // Private, so that neither JSON nor an inspection of the error shows it.
  readonly #upload_links: readonly UploadLink[]

  constructor(
    message: string,
    kind: GatewayErrorKind,
    facts: GatewayErrorFacts = {}
  ) {
    const { cause, http_status, retry_after_ms } = facts
    super(redact(message))
    this.name = new.target.name
    this.code = kind.code
    this.disposition = kind.disposition
    if (kind.block !== undefined) this.block = kind.block
    if (http_status !== undefined) this.http_status = http_status
    this.details = redactDetails(facts.details ?? [])
    if (retry_after_ms !== undefined) this.retry_after_ms = retry_after_ms
    this.burns_key = facts.burns_key ?? false
    if (cause !== undefined) {
      // As the constructor of ES2022 does it: not among the keys of the error.
      Object.defineProperty(this, "cause", {
        value: cause,
        configurable: true,
        writable: true,
      })
    }
    this.#upload_links = facts.upload_links ?? []
  }

  /** Empty but for `DocumentationRequiredError`. Never log or publish them. */
  get upload_links(): readonly UploadLink[] {
    return this.#upload_links
  }

  toJSON(): Record<string, unknown> {
    return {
      name: this.name,
      message: this.message,
      code: this.code,
      disposition: this.disposition,
      block: this.block,
      http_status: this.http_status,
      details: this.details,
      retry_after_ms: this.retry_after_ms,
      burns_key: this.burns_key,
    }
  }
}

/** No connection: not a byte of the request has left. */
export class GatewayUnreachableError extends GatewayError {
  constructor(message: string, facts?: GatewayErrorFacts) {
    super(message, { code: "masspay.unreachable", disposition: "retry" }, facts)
  }
}

/** A read that got no usable answer. Reads change nothing, so it may be repeated. */
export class GatewayUnavailableError extends GatewayError {
  constructor(message: string, facts?: GatewayErrorFacts) {
    super(message, { code: "masspay.unavailable", disposition: "retry" }, facts)
  }
}

/** Too many requests. `retry_after_ms` says how long to wait, where MassPay did. */
export class GatewayThrottledError extends GatewayError {
  constructor(message: string, facts?: GatewayErrorFacts) {
    super(message, { code: "masspay.throttled", disposition: "retry" }, facts)
  }
}

/** A read whose answer is not what was agreed. Names the field, never its value. */
export class OffContractError extends GatewayError {
  constructor(message: string, facts?: GatewayErrorFacts) {
    super(
      message,
      { code: "masspay.off_contract", disposition: "retry" },
      facts
    )
  }
}

/** A write that may or may not have been executed. */
export class GatewayOutcomeUnknownError extends GatewayError {
  constructor(message: string, facts?: GatewayErrorFacts) {
    super(
      message,
      { code: "masspay.outcome_unknown", disposition: "lookup" },
      facts
    )
  }
}

/** MassPay knows our id (or this user) already: an earlier request was probably executed. */
export class DuplicateClientIdError extends GatewayError {
  constructor(message: string, facts?: GatewayErrorFacts) {
    super(
      message,
      { code: "masspay.duplicate_client_id", disposition: "lookup" },
      facts
    )
  }
}

/** The key was used before with another request. A bug of ours. */
export class KeyMismatchError extends GatewayError {
  constructor(message: string, facts?: GatewayErrorFacts) {
    super(
      message,
      { code: "masspay.key_mismatch", disposition: "lookup" },
      facts
    )
  }
}

/** The API key is wrong, or may not do this, or may not come from this address. */
export class GatewayUnauthorizedError extends GatewayError {
  constructor(message: string, facts?: GatewayErrorFacts) {
    super(
      message,
      { code: "masspay.unauthorized", disposition: "stop", block: "auth" },
      facts
    )
  }
}

/** A redirect, an unknown address, a request we refuse to send: options or code are wrong. */
export class GatewayMisconfiguredError extends GatewayError {
  constructor(message: string, facts?: GatewayErrorFacts) {
    super(
      message,
      { code: "masspay.misconfigured", disposition: "stop", block: "config" },
      facts
    )
  }
}

/** The funding wallet is short. */
export class InsufficientFundsError extends GatewayError {
  constructor(message: string, facts?: GatewayErrorFacts) {
    super(
      message,
      {
        code: "masspay.insufficient_funds",
        disposition: "stop",
        block: "funds",
      },
      facts
    )
  }
}

/** The payee must prove who she is first; see `upload_links`. */
export class DocumentationRequiredError extends GatewayError {
  constructor(message: string, facts?: GatewayErrorFacts) {
    super(
      message,
      {
        code: "masspay.documentation_required",
        disposition: "stop",
        block: "kyc",
      },
      facts
    )
  }
}

/** The user is gone or deactivated. */
export class PayeeUnusableError extends GatewayError {
  constructor(message: string, facts?: GatewayErrorFacts) {
    super(
      message,
      { code: "masspay.payee_unusable", disposition: "stop", block: "vendor" },
      facts
    )
  }
}

/** MassPay wants more details for a destination than its set of them has. */
export class AttributesRequiredError extends GatewayError {
  constructor(message: string, facts?: GatewayErrorFacts) {
    super(
      message,
      {
        code: "masspay.attributes_required",
        disposition: "stop",
        block: "vendor",
      },
      facts
    )
  }
}

/** MassPay lacks facts about the payee herself; `details` names which. */
export class ProfileRequiredError extends GatewayError {
  constructor(message: string, facts?: GatewayErrorFacts) {
    super(
      message,
      {
        code: "masspay.profile_required",
        disposition: "stop",
        block: "vendor",
      },
      facts
    )
  }
}

/** A quote was committed too late, and MassPay did nothing: a new one is needed. */
export class QuoteExpiredError extends GatewayError {
  constructor(message: string, facts?: GatewayErrorFacts) {
    super(
      message,
      { code: "masspay.quote_expired", disposition: "retry" },
      facts
    )
  }
}

/** Refused for any other reason; `block` is `limit` or `config`. */
export class GatewayRejectedError extends GatewayError {
  constructor(
    message: string,
    facts: GatewayErrorFacts & { block: "limit" | "config" }
  ) {
    super(
      message,
      { code: "masspay.rejected", disposition: "stop", block: facts.block },
      facts
    )
  }
}
