import {
  classify,
  type TransportFacts,
} from "../../../src/modules/masspay-gateway/http/classify"
import { product, STRIDE } from "../../support/exhaustive"

/** What a text of MassPay tells a reader. */
type Meaning =
  | "nothing"
  | "duplicate"
  | "key_of_another_request"
  | "key_in_use"
  | "kyc"
  | "funds"
  | "vendor"
  | "limit"

const TEXTS: Record<Meaning, readonly string[]> = {
  nothing: [
    "Something is wrong",
    "notes is too long",
    "Not executed, nothing was charged",
  ],
  duplicate: ["Duplicate client_load_id", "client_load_id already exists"],
  key_of_another_request: [
    "Idempotency-Key was used with different parameters",
    "The idempotency key belongs to another request",
  ],
  key_in_use: [
    "A request with this idempotency key is in progress",
    "Concurrent request",
  ],
  kyc: ["User is not active", "Please verify the identity of the user"],
  funds: ["Insufficient funds in the source wallet", "NSF"],
  vendor: ["User not found", "User account is deactivated"],
  limit: ["amount must be positive", "Daily limit reached"],
}

type Shape = "standard" | "legacy" | "generic" | "html" | "empty" | "garbage"
type Body = { shape: Shape; meaning: Meaning; body: string | undefined }

const MESSAGE = "The request was not accepted."

const BODIES: readonly Body[] = [
  ...Object.entries(TEXTS).flatMap(([word, texts]) =>
    texts.flatMap((text): Body[] => {
      const meaning = word as Meaning
      return [
        {
          shape: "standard",
          meaning,
          body: JSON.stringify({
            title: "Bad request.",
            message: MESSAGE,
            code: 400,
            error: { reason: "Rejected", details: [text] },
          }),
        },
        {
          shape: "legacy",
          meaning,
          body: JSON.stringify({ Exception: "Failed", Errors: [text] }),
        },
        {
          shape: "generic",
          meaning,
          body: JSON.stringify({ message: text }),
        },
        // Whatever a page in front of MassPay says, nobody reads it.
        { shape: "html", meaning: "nothing", body: `<html>${text}</html>` },
        {
          shape: "garbage",
          meaning: "nothing",
          body: `{"message":"${text}","code":400,`,
        },
      ]
    })
  ),
  { shape: "empty", meaning: "nothing", body: "" },
  { shape: "empty", meaning: "nothing", body: " \n" },
  { shape: "empty", meaning: "nothing", body: undefined },
  { shape: "garbage", meaning: "nothing", body: "null" },
  { shape: "garbage", meaning: "nothing", body: '["Insufficient funds"]' },
  { shape: "garbage", meaning: "nothing", body: '{"error":"NSF"}' },
]
const STATUSES: readonly (number | undefined)[] = [
  undefined,
  ...Array.from({ length: 500 }, (_, index) => index + 100),
]

type Verdict = {
  disposition: "retry" | "lookup" | "stop"
  block: string | undefined
  burns_key: boolean
}
type Case = Body & {
  is_write: boolean
  may_have_left: boolean
  status: number | undefined
  is_payee_meant: boolean
}

/**
 * The table "What each outcome means" of the money rules, read row by row; "no"
 * is `retry` where the same request goes out again and `stop` where something
 * blocks it, "unknown" is `lookup`. A read moves nothing, so it is never asked
 * what it did.
 */
function byTheTable(one: Case): Verdict {
  const { status, is_write, meaning, shape } = one
  const unknown = (burns_key: boolean): Verdict => ({
    disposition: is_write ? "lookup" : "retry",
    block: undefined,
    burns_key: is_write && burns_key,
  })
  const refused = (block: string): Verdict => ({
    disposition: "stop",
    block,
    burns_key: is_write,
  })
  const again: Verdict = {
    disposition: "retry",
    block: undefined,
    burns_key: false,
  }
  const keepsKey = { burns_key: false }

  if (!one.may_have_left) return again
  if (status === undefined) return unknown(false)
  const hundreds = Math.floor(status / 100)
  if (hundreds === 2) return unknown(false)
  if (hundreds === 3) return { ...refused("config"), ...keepsKey }
  if (status === 401 || status === 403) {
    return { ...refused("auth"), ...keepsKey }
  }
  if (status === 429) return again
  const isRefusal = [400, 402, 404, 405, 422].includes(status)
  if (is_write && (isRefusal || status === 409)) {
    if (meaning === "duplicate") return unknown(true)
    if (meaning === "key_of_another_request") return unknown(true)
    if (meaning === "key_in_use") return unknown(false)
  }
  if (status === 409) return unknown(false)
  if (hundreds === 5) {
    return unknown(shape === "standard" || shape === "legacy")
  }
  if (!isRefusal) return unknown(false)

  if (status === 405) return refused("config")
  if (status === 404) {
    const isMassPays = shape !== "html" && shape !== "garbage"
    return refused(one.is_payee_meant && isMassPays ? "vendor" : "config")
  }
  if (status === 402) return refused("funds")
  const isBlock = ["kyc", "funds", "vendor", "limit"].includes(meaning)
  return refused(isBlock ? meaning : "config")
}

function everyCase(): Generator<Omit<Case, keyof Body> & { body: Body }> {
  return product<Omit<Case, keyof Body> & { body: Body }>(
    {
      body: BODIES,
      status: STATUSES,
      is_write: [true, false],
      may_have_left: [true, false],
      is_payee_meant: [true, false],
    },
    STRIDE
  )
}

function verdictOn(one: Case): Verdict {
  const facts: TransportFacts = {
    is_write: one.is_write,
    may_have_left: one.may_have_left,
    status: one.status,
    body: one.body,
    not_found_means: one.is_payee_meant ? "payee" : undefined,
  }
  const { disposition, block, burns_key } = classify(facts)
  return { disposition, block, burns_key }
}

const DEFINITE = [400, 401, 402, 403, 404, 405, 422, 429]
const SEEN_BEFORE = ["duplicate", "key_of_another_request", "key_in_use"]

/** What may never happen, whatever the table says besides. */
const RULES: Record<string, (one: Case, verdict: Verdict) => boolean> = {
  "a write that may have left is never called not executed without a definite answer":
    ({ is_write, may_have_left, status = 0 }, { disposition }) =>
      !is_write ||
      !may_have_left ||
      DEFINITE.includes(status) ||
      (status >= 300 && status < 400) ||
      disposition === "lookup",
  "a write that MassPay saw before is looked up": (
    { is_write, may_have_left, status = 0, meaning },
    { disposition }
  ) =>
    !is_write ||
    !may_have_left ||
    !SEEN_BEFORE.includes(meaning) ||
    ![400, 402, 404, 405, 409, 422].includes(status) ||
    disposition === "lookup",
  "a read, and what never left, needs no look-up and burns no key": (
    { is_write, may_have_left },
    { disposition, burns_key }
  ) => (is_write && may_have_left) || (disposition !== "lookup" && !burns_key),
  "what blocks says why, and nothing else does": (_, { disposition, block }) =>
    (disposition === "stop") === (block !== undefined),
  "it is what the table of the money rules says": (one, verdict) => {
    const expected = byTheTable(one)
    return (
      verdict.disposition === expected.disposition &&
      verdict.block === expected.block &&
      verdict.burns_key === expected.burns_key
    )
  },
}

describe("what a call means", () => {
  const { stackTraceLimit } = Error

  // Hundreds of thousands of errors are made here, and none is thrown.
  beforeEach(() => (Error.stackTraceLimit = 0))
  afterEach(() => (Error.stackTraceLimit = stackTraceLimit))

  it("is what the money rules say, for every status, body and text, on writes and reads", () => {
    let count = 0
    const broken: unknown[] = []
    for (const { body, ...call } of everyCase()) {
      const one = { ...call, ...body }
      count += 1
      const verdict = verdictOn(one)
      for (const [rule, isKept] of Object.entries(RULES)) {
        if (!isKept(one, verdict)) broken.push({ rule, one, verdict })
      }
    }

    expect(broken.slice(0, 5)).toEqual([])
    expect(count).toBe(Math.ceil((BODIES.length * 501 * 8) / STRIDE))
  })
})
