import {
  classify,
  type TransportFacts,
} from "../../../src/modules/masspay-gateway/http/classify"

const HTML = "<html><h1>502 Bad Gateway</h1></html>"

/** MassPay's common shape; its `message` is the same sentence for every 400. */
function standard(
  status: number,
  reasons: string[] = [],
  title = "Bad request."
) {
  return JSON.stringify({
    title,
    message: "The request was not accepted.",
    code: status,
    ...(reasons.length > 0 && {
      error: { reason: reasons[0], details: reasons.slice(1) },
    }),
  })
}

function legacy(exception: string, errors: string[] = []) {
  return JSON.stringify({ Exception: exception, Errors: errors })
}

function aWrite(facts: Partial<TransportFacts>): TransportFacts {
  return {
    is_write: true,
    may_have_left: true,
    not_found_means: "payee",
    ...facts,
  }
}

function aRead(facts: Partial<TransportFacts>): TransportFacts {
  return { ...aWrite(facts), is_write: false }
}

const EVERY_STATUS = Array.from({ length: 500 }, (_, index) => index + 100)
const SCARY_TEXTS = [
  "Insufficient funds",
  "User is not active",
  "Not executed, nothing was charged",
  "Amount is above the limit",
]

describe("a write that may have been executed", () => {
  const proves_nothing = [
    408, 409, 418, 423, 425, 499, 500, 501, 502, 503, 504, 520, 599, 100, 199,
  ]

  it.each(proves_nothing)(
    "is never called refused on %i, whatever the text says",
    (status) => {
      for (const text of SCARY_TEXTS) {
        for (const body of [
          standard(status, [text]),
          legacy(text),
          JSON.stringify({ message: text }),
          text,
          HTML,
          "",
        ]) {
          expect(classify(aWrite({ status, body })).disposition).toBe("lookup")
        }
      }
    }
  )

  it("is not refused by any status but the few that MassPay refuses with", () => {
    const final = EVERY_STATUS.filter((status) => {
      const { disposition } = classify(
        aWrite({ status, body: standard(status) })
      )
      return disposition !== "lookup"
    })

    const redirects = EVERY_STATUS.filter(
      (status) => status >= 300 && status < 400
    )
    expect(final).toEqual([
      ...redirects,
      400,
      401,
      402,
      403,
      404,
      405,
      422,
      429,
    ])
  })

  it.each([
    "ECONNRESET",
    "EPIPE",
    "ETIMEDOUT",
    "deadline",
    "ERR_BAD_RESPONSE",
    "HPE_INVALID_CONSTANT",
    "ECONNREFUSED",
    undefined,
  ])("is unknown once a byte may have left, also after %s", (failure) => {
    expect(classify(aWrite({ failure }))).toMatchObject({
      code: "masspay.outcome_unknown",
      disposition: "lookup",
      burns_key: false,
    })
  })

  it.each([
    "Duplicate client_load_id",
    "Duplicate transfer",
    "client_load_id already exists",
    "This load was already processed",
    "client_load_id must be unique",
    "internal_user_id is already used by another user",
    "E-mail is already taken",
  ])("is looked up, not refused, when MassPay says: %s", (text) => {
    for (const status of [400, 402, 404, 405, 409, 422]) {
      for (const body of [
        standard(status, ["Rejected", text]),
        legacy(text),
        JSON.stringify({ message: text }),
      ]) {
        expect(classify(aWrite({ status, body }))).toMatchObject({
          code: "masspay.duplicate_client_id",
          disposition: "lookup",
          burns_key: true,
        })
      }
    }
  })

  it.each([
    "Idempotency-Key was used with different parameters",
    "Idempotency key mismatch",
    "The idempotency key belongs to another request",
    "Parameters do not match the ones first sent with this idempotency key",
    "Same key, other parameters",
  ])("is looked up, not refused, when MassPay says: %s (mismatch)", (text) => {
    for (const status of [400, 409, 422]) {
      expect(
        classify(aWrite({ status, body: standard(status, [text]) }))
      ).toMatchObject({
        code: "masspay.key_mismatch",
        disposition: "lookup",
        burns_key: true,
      })
    }
  })

  it.each([
    "A request with this idempotency key is in progress",
    "Concurrent request",
    "The resource is still in use",
    "Another call is being processed",
    "Idempotency key already in use",
  ])("is looked up and keeps its key when MassPay says: %s", (text) => {
    for (const status of [400, 409, 422]) {
      expect(
        classify(aWrite({ status, body: standard(status, [text]) }))
      ).toMatchObject({
        code: "masspay.outcome_unknown",
        disposition: "lookup",
        burns_key: false,
      })
    }
  })
})

describe("a 5xx", () => {
  it.each([
    [500, standard(500), true],
    [500, legacy("boom"), true],
    [503, standard(503), true],
    [504, standard(500, [], "Gateway Time-out."), true],
    [500, HTML, false],
    [500, "", false],
    [500, "null", false],
    [500, "[]", false],
    [502, HTML, false],
    [503, HTML, false],
    [504, HTML, false],
    [504, JSON.stringify({ message: "Endpoint request timed out" }), false],
  ])("%i with %s burns the key: %p", (status, body, burns_key) => {
    expect(classify(aWrite({ status, body }))).toMatchObject({
      code: "masspay.outcome_unknown",
      http_status: status,
      burns_key,
    })
    expect(classify(aRead({ status, body }))).toMatchObject({
      code: "masspay.unavailable",
      disposition: "retry",
      burns_key: false,
    })
  })
})

describe("a request that never left", () => {
  it.each([
    "ECONNREFUSED",
    "ENOTFOUND",
    "EAI_AGAIN",
    "CERT_HAS_EXPIRED",
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "ETIMEDOUT",
    "deadline",
  ])("may be sent again after %s", (failure) => {
    for (const facts of [
      aWrite({ may_have_left: false, failure }),
      aRead({ may_have_left: false, failure }),
    ]) {
      expect(classify(facts)).toMatchObject({
        code: "masspay.unreachable",
        disposition: "retry",
        burns_key: false,
        message: expect.stringContaining(failure) as unknown,
      })
    }
  })
})

describe("a definite no", () => {
  it.each<[status: number, body: string, code: string, block: string]>([
    [
      400,
      standard(
        400,
        ["Additional documentation required", "User is not active"],
        "Documentation required."
      ),
      "masspay.documentation_required",
      "kyc",
    ],
    [
      400,
      standard(400, ["Anything at all"], "DOCUMENTATION REQUIRED"),
      "masspay.documentation_required",
      "kyc",
    ],
    [
      400,
      standard(400, ["", "User is not active"]),
      "masspay.documentation_required",
      "kyc",
    ],
    [
      400,
      standard(400, ["", "Not a valid IDSelfieCollection"]),
      "masspay.documentation_required",
      "kyc",
    ],
    [
      400,
      standard(400, ["User is locked"]),
      "masspay.documentation_required",
      "kyc",
    ],
    [
      400,
      legacy("ValidationException", ["User is not active"]),
      "masspay.documentation_required",
      "kyc",
    ],
    [
      400,
      standard(400, ["Insufficient funds in the source wallet"]),
      "masspay.insufficient_funds",
      "funds",
    ],
    [
      400,
      standard(400, ["Not enough balance"]),
      "masspay.insufficient_funds",
      "funds",
    ],
    [
      400,
      standard(400, ["Amount exceeds the available balance"]),
      "masspay.insufficient_funds",
      "funds",
    ],
    [400, legacy("NSF"), "masspay.insufficient_funds", "funds"],
    [402, standard(402), "masspay.insufficient_funds", "funds"],
    [402, HTML, "masspay.insufficient_funds", "funds"],
    [404, standard(404, [], "Not found."), "masspay.payee_unusable", "vendor"],
    [404, "", "masspay.payee_unusable", "vendor"],
    [404, legacy("NotFound"), "masspay.payee_unusable", "vendor"],
    [
      400,
      standard(400, ["User account is deactivated"]),
      "masspay.payee_unusable",
      "vendor",
    ],
    [
      400,
      standard(400, ["There is no user with this token"]),
      "masspay.payee_unusable",
      "vendor",
    ],
    [
      422,
      standard(422, ["user_token: User not found"]),
      "masspay.payee_unusable",
      "vendor",
    ],
    [404, HTML, "masspay.misconfigured", "config"],
    [
      405,
      standard(405, [], "Method not allowed."),
      "masspay.misconfigured",
      "config",
    ],
    [
      400,
      standard(400, ["amount must be positive"]),
      "masspay.rejected",
      "limit",
    ],
    [
      400,
      standard(400, ["Currency is not supported"]),
      "masspay.rejected",
      "limit",
    ],
    [422, standard(422, ["Daily limit reached"]), "masspay.rejected", "limit"],
    [
      400,
      standard(400, ["source_token is not a funding wallet of this account"]),
      "masspay.rejected",
      "config",
    ],
    [400, standard(400), "masspay.rejected", "config"],
    [400, HTML, "masspay.rejected", "config"],
    [400, "", "masspay.rejected", "config"],
    [
      422,
      JSON.stringify({ type: "x", message: "Strange" }),
      "masspay.rejected",
      "config",
    ],
  ])(
    "%i %s is %s (%s), and its key is not used again",
    (status, body, code, block) => {
      expect(classify(aWrite({ status, body }))).toMatchObject({
        code,
        block,
        disposition: "stop",
        http_status: status,
        burns_key: true,
      })
      expect(classify(aRead({ status, body }))).toMatchObject({
        code,
        block,
        disposition: "stop",
        burns_key: false,
      })
    }
  )

  it.each([401, 403])(
    "%i blocks the whole account and keeps the key",
    (status) => {
      for (const body of [standard(status, ["User is not active"]), HTML, ""]) {
        for (const facts of [
          aWrite({ status, body }),
          aRead({ status, body }),
        ]) {
          expect(classify(facts)).toMatchObject({
            code: "masspay.unauthorized",
            block: "auth",
            disposition: "stop",
            burns_key: false,
          })
        }
      }
    }
  )

  it.each([300, 301, 302, 303, 304, 307, 308])(
    "%i is a wrong address, and the key is kept",
    (status) => {
      expect(classify(aWrite({ status }))).toMatchObject({
        code: "masspay.misconfigured",
        block: "config",
        disposition: "stop",
        burns_key: false,
      })
    }
  )

  it("429 waits as long as it was told to, and the key is kept", () => {
    const told = {
      status: 429,
      retry_after_ms: 3_000,
      body: standard(429, ["Duplicate"]),
    }

    for (const facts of [aWrite(told), aRead(told)]) {
      expect(classify(facts)).toMatchObject({
        code: "masspay.throttled",
        disposition: "retry",
        retry_after_ms: 3_000,
        burns_key: false,
      })
    }
    expect(classify(aWrite({ status: 429 }))).not.toHaveProperty(
      "retry_after_ms"
    )
  })

  it("404 where no payee is meant is a wrong address", () => {
    const facts = aWrite({
      status: 404,
      body: standard(404),
      not_found_means: undefined,
    })

    expect(classify(facts)).toMatchObject({
      code: "masspay.misconfigured",
      block: "config",
    })
  })

  it("takes the fixed message for nothing while there are reasons", () => {
    const body = JSON.stringify({
      message: "Duplicate amount limit, insufficient funds",
      code: 400,
      error: { details: ["notes is too long"] },
    })

    expect(classify(aWrite({ status: 400, body }))).toMatchObject({
      code: "masspay.rejected",
      block: "config",
    })
  })
})

describe("a success that cannot be read", () => {
  it("proves nothing on a write, and breaks the contract on a read", () => {
    for (const status of [200, 201, 202, 299]) {
      expect(classify(aWrite({ status, failure: "not JSON" }))).toMatchObject({
        code: "masspay.outcome_unknown",
        http_status: status,
      })
      expect(classify(aRead({ status, failure: "not JSON" }))).toMatchObject({
        code: "masspay.off_contract",
        disposition: "retry",
      })
    }
  })
})

describe("a read", () => {
  it("is never looked up: it may always be repeated, or it is refused", () => {
    for (const status of [undefined, ...EVERY_STATUS]) {
      for (const body of [
        standard(status ?? 0, ["Duplicate client_load_id"]),
        HTML,
        "",
      ]) {
        expect(classify(aRead({ status, body })).disposition).not.toBe("lookup")
      }
    }
  })
})

describe("a body", () => {
  it.each([
    ["", []],
    [HTML, []],
    ["null", []],
    ['"text"', []],
    ["[1]", []],
    ["{}", []],
    [standard(400), ["The request was not accepted."]],
    [standard(400, ["why", "first", "second"]), ["why", "first", "second"]],
    [
      JSON.stringify({
        message: "m",
        code: 400,
        error: { details: "no list" },
      }),
      ["m"],
    ],
    [
      JSON.stringify({
        message: "m",
        code: 400,
        error: { details: [1, null, "text", {}] },
      }),
      ["text"],
    ],
    [JSON.stringify({ message: "m", code: 400, error: null }), ["m"]],
    [legacy("what", ["why"]), ["what", "why"]],
    [JSON.stringify({ Exception: "what" }), ["what"]],
    [JSON.stringify({ message: "only" }), ["only"]],
    [JSON.stringify({ message: { nested: true } }), []],
    ['{"__proto__":{"message":"x"},"code":400}', []],
    ["[".repeat(100_000), []],
  ])("of any shape is read without a crash", (body, details) => {
    expect(classify(aWrite({ status: 400, body })).details).toEqual(details)
  })
})

describe("upload links", () => {
  const bank =
    "Please upload a Bank Statement or Paper Check for Account Number 1234567890 at the following link: https://l.maspay.io/abc123"
  const identity =
    "Please upload a government issued ID at the following link: https://magic.veriff.me/vabc123."

  it("are kept apart from everything that is printed", () => {
    const body = standard(
      400,
      [
        "Additional documentation required",
        "User is not active",
        bank,
        identity,
      ],
      "Documentation required."
    )

    const error = classify(aWrite({ status: 400, body }))

    expect(error.upload_links).toEqual([
      { kind: "bank_document", url: "https://l.maspay.io/abc123" },
      { kind: "identity_document", url: "https://magic.veriff.me/vabc123" },
    ])
    expect(error.details.join()).not.toMatch(/abc123|1234567890|https/)
    expect(error.details.join()).toContain("Please upload a Bank Statement")
  })

  it("are https only", () => {
    const body = standard(400, [
      "User is not active",
      "Upload at http://l.maspay.io/abc",
      "or javascript:alert(1)",
    ])

    expect(classify(aWrite({ status: 400, body })).upload_links).toEqual([])
  })

  it("of an unknown kind are kept, and an unknown text is no crash", () => {
    const body = standard(400, [
      "User is not active",
      "Do the thing (https://new.example.com/x?y=1)",
    ])

    expect(classify(aWrite({ status: 400, body })).upload_links).toEqual([
      { kind: "other", url: "https://new.example.com/x?y=1" },
    ])
  })
})
