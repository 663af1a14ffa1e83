import {
  type CallResult,
  callResultOf,
  NO_FREE_SLOT,
} from "../../../src/modules/masspay-gateway/call-result"
import * as errors from "../../../src/modules/masspay-gateway/errors"
import {
  classify,
  type TransportFacts,
} from "../../../src/modules/masspay-gateway/http/classify"

const server: CallResult = { kind: "failure", failure: "server" }
const timeout: CallResult = { kind: "failure", failure: "timeout" }
const transport: CallResult = { kind: "failure", failure: "transport" }
const refused: CallResult = { kind: "refused" }
const not_sent: CallResult = { kind: "not_sent" }

type Made = new (
  message: string,
  facts: errors.GatewayErrorFacts & { block: "limit" | "config" }
) => errors.GatewayError

const of = (Kind: Made, facts: errors.GatewayErrorFacts = {}) =>
  new Kind("x", { ...facts, block: "limit" })
const causedBy = (code: string) => ({
  cause: Object.assign(new Error(code), { code }),
})

/** Every class with every way to come about that tells them apart. */
const ROWS: [Made, errors.GatewayErrorFacts, CallResult][] = [
  [errors.GatewayUnreachableError, {}, transport],
  [errors.GatewayUnreachableError, causedBy("ECONNREFUSED"), transport],
  [errors.GatewayUnreachableError, causedBy("ETIMEDOUT"), timeout],
  [errors.GatewayUnreachableError, causedBy("deadline"), timeout],
  [errors.GatewayUnreachableError, causedBy(NO_FREE_SLOT), not_sent],
  [errors.GatewayUnavailableError, {}, transport],
  [errors.GatewayUnavailableError, causedBy("deadline"), timeout],
  [errors.GatewayUnavailableError, causedBy("ECONNRESET"), transport],
  [errors.GatewayUnavailableError, { http_status: 503 }, server],
  [errors.GatewayUnavailableError, { http_status: 409 }, refused],
  [errors.GatewayThrottledError, { http_status: 429 }, throttled(undefined)],
  [
    errors.GatewayThrottledError,
    { http_status: 429, retry_after_ms: 7 },
    throttled(7),
  ],
  [errors.OffContractError, { http_status: 200 }, transport],
  [errors.GatewayOutcomeUnknownError, {}, transport],
  [errors.GatewayOutcomeUnknownError, causedBy("deadline"), timeout],
  [errors.GatewayOutcomeUnknownError, { http_status: 500 }, server],
  [errors.GatewayOutcomeUnknownError, { http_status: 409 }, refused],
  [errors.GatewayOutcomeUnknownError, { http_status: 200 }, transport],
  [errors.DuplicateClientIdError, { http_status: 400 }, refused],
  [errors.DuplicateClientIdError, { http_status: 200 }, refused],
  [errors.KeyMismatchError, { http_status: 400 }, refused],
  [errors.GatewayUnauthorizedError, { http_status: 401 }, { kind: "auth" }],
  [errors.GatewayMisconfiguredError, {}, not_sent],
  [errors.GatewayMisconfiguredError, { http_status: 302 }, refused],
  [errors.InsufficientFundsError, { http_status: 400 }, refused],
  [errors.DocumentationRequiredError, { http_status: 400 }, refused],
  [errors.PayeeUnusableError, { http_status: 404 }, refused],
  [errors.AttributesRequiredError, { http_status: 200 }, refused],
  [errors.ProfileRequiredError, { http_status: 400 }, refused],
  [errors.QuoteExpiredError, { http_status: 200 }, refused],
  [errors.GatewayRejectedError, { http_status: 422 }, refused],
  [errors.GatewayRejectedError, {}, not_sent],
]

function throttled(retry_after_ms: number | undefined): CallResult {
  return { kind: "throttled", retry_after_ms }
}

describe("callResultOf", () => {
  it.each(ROWS)("reads %p with %j", (Kind, facts, expected) => {
    expect(callResultOf(of(Kind, facts))).toEqual(expected)
  })

  it("knows every class of error there is", () => {
    const all = Object.values(errors).filter(
      (kind) => kind !== errors.GatewayError
    )
    const known = new Set<unknown>(ROWS.map(([kind]) => kind))

    expect(all.filter((kind) => !known.has(kind))).toEqual([])
  })

  it("takes what it does not know for a failure", () => {
    for (const error of [new TypeError("x"), null, "no", {}]) {
      expect(callResultOf(error)).toEqual(transport)
    }
  })

  it("never lets a 4xx count as a failure, whatever the wire made of it", () => {
    const answers = [true, false].flatMap((is_write) =>
      [...Array(100).keys()].map((n): TransportFacts => {
        return { is_write, may_have_left: true, status: 400 + n, body: "{}" }
      })
    )
    for (const facts of answers) {
      expect(callResultOf(classify(facts)).kind).not.toBe("failure")
      const status = (facts.status ?? 0) + 100
      expect(callResultOf(classify({ ...facts, status }))).toEqual(server)
    }
  })
})
