import {
  classify,
  type TransportFacts,
} from "../../../src/modules/masspay-gateway/http/classify"

function aWrite(facts: Partial<TransportFacts> = {}): TransportFacts {
  return {
    is_write: true,
    may_have_left: true,
    not_found_means: "payee",
    ...facts,
  }
}

function aRead(facts: Partial<TransportFacts> = {}): TransportFacts {
  return { ...aWrite(facts), is_write: false }
}

/** MassPay's shape, with reasons. */
function saying(reasons: string[], title = "Bad request."): string {
  return JSON.stringify({
    title,
    message: "The request was not accepted.",
    code: 400,
    error: { details: reasons },
  })
}

const refusedWith = (text: string, title?: string) =>
  classify(aWrite({ status: 400, body: saying([text], title) }))

describe("what an operator reads", () => {
  it.each<[string, TransportFacts]>([
    [
      "MassPay could not be reached (no connection)",
      aWrite({ may_have_left: false }),
    ],
    [
      "MassPay could not be reached (ENOTFOUND)",
      aRead({ may_have_left: false, failure: "ENOTFOUND" }),
    ],
    [
      "MassPay may or may not have acted: no complete answer (no answer)",
      aWrite(),
    ],
    [
      "MassPay may or may not have acted: no complete answer (deadline)",
      aWrite({ failure: "deadline" }),
    ],
    ["MassPay did not answer (no answer)", aRead()],
    ["MassPay did not answer (EPIPE)", aRead({ failure: "EPIPE" })],
    [
      "MassPay may or may not have acted: its answer (HTTP 201) is unreadable (unreadable)",
      aWrite({ status: 201 }),
    ],
    [
      "MassPay's answer (HTTP 200) is unreadable (not JSON)",
      aRead({ status: 200, failure: "not JSON" }),
    ],
    [
      "MassPay answered with a redirect (HTTP 301), which is never followed: check baseUrl",
      aWrite({ status: 301 }),
    ],
    [
      "MassPay refused the API key or this server's address (HTTP 403)",
      aWrite({ status: 403 }),
    ],
    ["MassPay asked us to slow down", aWrite({ status: 429 })],
    ["MassPay answered HTTP 503", aRead({ status: 503 })],
    [
      "MassPay may or may not have acted: it answered HTTP 503",
      aWrite({ status: 503 }),
    ],
    ["MassPay does not know this user", aWrite({ status: 404 })],
    [
      "MassPay does not know this address (HTTP 405): check baseUrl",
      aWrite({ status: 405 }),
    ],
    [
      "MassPay saw this idempotency key with another request",
      aWrite({ status: 400, body: saying(["Idempotency key mismatch"]) }),
    ],
    [
      "MassPay knows this id already",
      aWrite({ status: 409, body: saying(["Duplicate client_load_id"]) }),
    ],
    [
      "MassPay may or may not have acted: it is busy with a request of the same key",
      aWrite({ status: 409, body: saying(["Concurrent request"]) }),
    ],
    ["The funding wallet is short", aWrite({ status: 402 })],
    [
      "The user is gone or deactivated",
      aWrite({ status: 400, body: saying(["User not found"]) }),
    ],
    [
      "MassPay needs papers of this payee",
      aWrite({ status: 400, body: saying(["User is not active"]) }),
    ],
    ["MassPay refused this (HTTP 422)", aWrite({ status: 422 })],
  ])("is: %s", (message, facts) => {
    expect(classify(facts).message).toBe(message)
  })

  it("keeps the status and the cause of what went wrong below", () => {
    const cause = new Error("socket hang up")
    const written = { status: 200, cause }

    for (const facts of [
      aWrite({ may_have_left: false, cause }),
      aWrite({ cause }),
      aRead({ cause }),
      aWrite(written),
      aRead(written),
    ]) {
      expect(classify(facts).cause).toBe(cause)
    }
    expect(classify(aWrite(written)).http_status).toBe(200)
    expect(classify(aRead(written)).http_status).toBe(200)
    expect(classify(aWrite({ status: 302 })).http_status).toBe(302)
  })
})

describe("an answer without a body", () => {
  it("is MassPay's own 404, not a page of something in front of it", () => {
    expect(classify(aWrite({ status: 404, body: undefined }))).toMatchObject({
      code: "masspay.payee_unusable",
      block: "vendor",
    })
  })
})

describe("an answer that decides nothing", () => {
  it("keeps the key unless it is a 5xx, which MassPay saves under it", () => {
    const burns = (status: number) =>
      classify(aWrite({ status, body: saying(["Strange"]) })).burns_key

    expect([408, 409, 425, 499].map(burns)).toEqual([
      false,
      false,
      false,
      false,
    ])
    expect([500, 503].map(burns)).toEqual([true, true])
  })

  it("is read for signs of an earlier request on a 409 alone", () => {
    const codeOf = (status: number) =>
      classify(aWrite({ status, body: saying(["Duplicate load"]) })).code

    expect(codeOf(409)).toBe("masspay.duplicate_client_id")
    expect(codeOf(500)).toBe("masspay.outcome_unknown")
    expect(codeOf(408)).toBe("masspay.outcome_unknown")
  })
})

describe("an answer that is none yet", () => {
  it.each([100, 101, 199])("is no answer to a read: %i", (status) => {
    expect(classify(aRead({ status })).code).toBe("masspay.unavailable")
  })
})

describe("a title that asks for papers", () => {
  it.each([
    "Documentation required.",
    "DOCUMENTATION REQUIRED",
    "documentation required: identity",
  ])("is believed before any text about the user: %s", (title) => {
    expect(refusedWith("User is disabled", title)).toMatchObject({
      code: "masspay.documentation_required",
      block: "kyc",
    })
  })

  it("is not one that only mentions them", () => {
    expect(
      refusedWith("User is disabled", "No documentation required")
    ).toMatchObject({ code: "masspay.payee_unusable", block: "vendor" })
  })
})

describe("links to this very machine", () => {
  const HERE = "http://127.0.0.1:9010/upload/abc"
  const body = saying(["User is not active", `Upload an ID at ${HERE}`])
  const linksOf = (facts: Partial<TransportFacts>) =>
    classify(aWrite({ status: 400, body, ...facts })).upload_links

  it("are MassPay's in a sandbox, and nowhere else", () => {
    expect(linksOf({ may_link_to_loopback: true })).toEqual([
      expect.objectContaining({ url: HERE }),
    ])
    expect(linksOf({ may_link_to_loopback: false })).toEqual([])
    expect(linksOf({})).toEqual([])
  })
})

describe("an answer that may repeat what somebody typed", () => {
  const detailsOf = (kept_words: string[]) =>
    classify(
      aWrite({
        status: 400,
        body: saying(["accountnumber 12345678 is wrong", "So is the BIC."]),
        kept_words,
      })
    ).details

  it("is kept by nothing but the names that were asked for, in their order", () => {
    expect(detailsOf(["Bic", "IBAN", "AccountNumber"])).toEqual([
      "Bic",
      "AccountNumber",
    ])
    expect(detailsOf(["IBAN"])).toEqual([])
    expect(detailsOf([])).toEqual([])
  })
})

describe("a refusal in other words", () => {
  it.each([
    "Insufficient funds",
    "Insufficient fund",
    "Insufficient available funds",
    "Insufficient source wallet balance",
    "Insufficient funding wallet account balance",
    "Not enough funds",
    "Not enough fund",
    "Not enough money",
    "Not enough available balance",
    "Not enough of your own money",
    "NSF: refused",
    "It exceeds your balance",
    "It is below the required balance",
  ])("is about money: %s", (text) => {
    expect(refusedWith(text).code).toBe("masspay.insufficient_funds")
  })

  it.each(["Insufficient data", "Not enough digits", "NSFW"])(
    "is not about money: %s",
    (text) => {
      expect(refusedWith(text).code).toBe("masspay.rejected")
    }
  )

  it.each([
    "These do not match what the idempotency key was used for",
    "The body doesn't match the idempotency key",
    "Parameters don't match this key",
    "Request key: the amount differs",
  ])("is a mismatch of the key: %s", (text) => {
    expect(refusedWith(text).code).toBe("masspay.key_mismatch")
  })

  it.each([
    "The load is in-flight",
    "The load is in flight",
    "The load is in use",
    "The load is still running",
    "Simultaneous loads",
  ])("is busy with the same: %s", (text) => {
    expect(refusedWith(text)).toMatchObject({
      code: "masspay.outcome_unknown",
      burns_key: false,
    })
  })
})
