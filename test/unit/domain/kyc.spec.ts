import {
  clearReasonOf,
  isAskedBySession,
  type KycSession,
  type KycSessionStatus,
  kycStatusOf,
  type KycTruth,
  newestSession,
  type OpenKycRequest,
  papersWanted,
  refreshDelay,
} from "../../../src/domain/kyc"
import { PAYEE_STATUSES } from "../../../src/domain/payout-status"

const OPENED = new Date("2026-03-01T12:00:00Z")
const LATER = new Date("2026-03-01T13:00:00Z")
const EARLIER = new Date("2026-02-01T12:00:00Z")

function aRequest(overrides: Partial<OpenKycRequest> = {}): OpenKycRequest {
  return {
    id: "mskyc_1",
    source: "error",
    refusal: "user_inactive",
    opened_at: OPENED,
    payment_passed: false,
    ...overrides,
  }
}

function aTruth(overrides: Partial<KycTruth> = {}): KycTruth {
  return {
    looked_up_at: LATER,
    status: "active",
    locked_at: null,
    sessions: null,
    known_sessions: [],
    known_sessions_at: null,
    ...overrides,
  }
}

function aSession(
  status: KycSessionStatus,
  started_at: Date | null = LATER,
  session_id = "s1"
): KycSession {
  return { provider: "veriff", session_id, started_at, status }
}

describe("papersWanted", () => {
  const LINK = "https://magic.veriff.me/v1"

  it.each([
    [
      "a locked user and her identity document",
      [
        "Additional documentation required",
        "User is not active",
        "Please upload a government issued ID at the following link: [link]",
      ],
      [{ kind: "identity_document", url: LINK }],
      {
        refusal: "user_inactive",
        papers: [{ kind: "identity", text: null, link: LINK }],
      },
    ],
    [
      "a locked user, and nothing else",
      ["Additional documentation required", "User is not active"],
      [],
      {
        refusal: "user_inactive",
        papers: [{ kind: "other", text: null, link: null }],
      },
    ],
    [
      "an active user without an identity document",
      [
        "Not a valid IDSelfieCollection",
        "Please upload a government issued ID at the following link: [link]",
      ],
      [{ kind: "identity_document", url: LINK }],
      {
        refusal: "missing_id",
        papers: [{ kind: "identity", text: null, link: LINK }],
      },
    ],
    [
      "an identity document without a link",
      ["Not a valid IDSelfieCollection"],
      [],
      {
        refusal: "missing_id",
        papers: [{ kind: "identity", text: null, link: null }],
      },
    ],
    [
      "a bank document without a link",
      [
        "Please upload a Bank Statement or Paper Check for Account Number [number] at your bank",
      ],
      [],
      {
        refusal: "unclear",
        papers: [{ kind: "bank_document", text: null, link: null }],
      },
    ],
    [
      "wording nobody has seen, with a link",
      ["Send us a utility bill: [link]"],
      [{ kind: "other", url: LINK }],
      {
        refusal: "unclear",
        papers: [
          { kind: "other", text: "Send us a utility bill: [link]", link: LINK },
        ],
      },
    ],
    [
      "nothing at all",
      [],
      [],
      {
        refusal: "unclear",
        papers: [{ kind: "other", text: null, link: null }],
      },
    ],
  ] as const)("%s", (_, details, links, wanted) => {
    expect(papersWanted({ details, links })).toEqual(wanted)
  })

  it("both kinds at once are two requests", () => {
    const { papers } = papersWanted({
      details: [],
      links: [
        { kind: "identity_document", url: LINK },
        { kind: "bank_document", url: "https://l.maspay.io/x" },
      ],
    })

    expect(papers.map(({ kind }) => kind)).toEqual([
      "identity",
      "bank_document",
    ])
  })

  it.each([
    "Proof for Account Number 12 34 please",
    "Proof for account no. AB12CD please",
    "Proof for account number: GB29NWBK please",
    "Proof for IBAN DE89 3704 please",
  ])("no word with digits of %j is kept", (detail) => {
    const [paper] = papersWanted({ details: [detail], links: [] }).papers

    expect(paper?.text).toMatch(/^Proof for/)
    expect(paper?.text).not.toMatch(/\d/)
    expect(paper?.text).not.toContain("NWBK")
  })

  it("at most ten things are asked for, in at most 300 characters", () => {
    const details = Array.from(
      { length: 40 },
      (_, n) => `Paper ${"x".repeat(400)}${"y".repeat(n)}`
    )

    const { papers } = papersWanted({ details, links: [] })

    expect(papers).toHaveLength(10)
    expect(papers.every(({ text }) => (text?.length ?? 0) <= 300)).toBe(true)
  })
})

describe("clearReasonOf", () => {
  it("a lock is over when a reading that began after it says active", () => {
    expect(clearReasonOf(aRequest(), aTruth())).toBe("payee_active")
    expect(
      clearReasonOf(aRequest(), aTruth({ looked_up_at: OPENED }))
    ).toBeNull()
    expect(
      clearReasonOf(aRequest(), aTruth({ looked_up_at: EARLIER }))
    ).toBeNull()
  })

  it("no status but active ends a lock", () => {
    for (const status of PAYEE_STATUSES.filter((one) => one !== "active")) {
      expect(clearReasonOf(aRequest(), aTruth({ status }))).toBeNull()
    }
  })

  it("a missing identity document is never over because the user is active", () => {
    const request = aRequest({ refusal: "missing_id" })

    expect(clearReasonOf(request, aTruth())).toBeNull()
    expect(clearReasonOf(request, aTruth({ locked_at: LATER }))).toBeNull()
  })

  it("an unclear refusal is over by active only where she was seen locked since", () => {
    const request = aRequest({ refusal: "unclear" })

    expect(clearReasonOf(request, aTruth())).toBeNull()
    expect(clearReasonOf(request, aTruth({ locked_at: EARLIER }))).toBeNull()
    expect(clearReasonOf(request, aTruth({ locked_at: LATER }))).toBe(
      "payee_active"
    )
  })

  it("a payment that passed ends every refusal, and nothing that somebody began", () => {
    const truth = aTruth({ status: "locked", looked_up_at: EARLIER })

    for (const refusal of ["user_inactive", "missing_id", "unclear"] as const) {
      expect(
        clearReasonOf(aRequest({ refusal, payment_passed: true }), truth)
      ).toBe("payment_passed")
    }
    for (const source of ["session", "operator", "vendor"] as const) {
      const request = aRequest({
        source,
        refusal: "none",
        payment_passed: true,
      })
      expect(clearReasonOf(request, truth)).toBeNull()
    }
  })

  it("an approved session of this request ends it, but no lock", () => {
    const request = aRequest({ refusal: "missing_id" })
    const sessions = [aSession("Approved")]

    expect(clearReasonOf(request, aTruth({ sessions }))).toBe(
      "session_approved"
    )
    expect(
      clearReasonOf(aRequest(), aTruth({ sessions, status: "locked" }))
    ).toBeNull()
  })

  it("a session approved before the request ends nothing, unless it was undecided since", () => {
    const request = aRequest({ refusal: "missing_id" })
    const sessions = [aSession("Approved", EARLIER)]
    const before = [aSession("Review", EARLIER)]

    expect(clearReasonOf(request, aTruth({ sessions }))).toBeNull()
    const since = { sessions, known_sessions: before }
    expect(
      clearReasonOf(request, aTruth({ ...since, known_sessions_at: EARLIER }))
    ).toBeNull()
    expect(
      clearReasonOf(request, aTruth({ ...since, known_sessions_at: LATER }))
    ).toBe("session_approved")
    expect(
      clearReasonOf(
        request,
        aTruth({
          sessions,
          known_sessions: sessions,
          known_sessions_at: LATER,
        })
      )
    ).toBeNull()
  })

  it("a session without a time proves nothing by its age", () => {
    const sessions = [aSession("Approved", null)]

    expect(
      clearReasonOf(aRequest({ refusal: "missing_id" }), aTruth({ sessions }))
    ).toBeNull()
  })

  it.each(["Declined", "Submitted", "Started", "UNRECOGNISED"] as const)(
    "a session that is %s ends nothing",
    (status) => {
      for (const source of ["error", "vendor"] as const) {
        const refusal = source === "error" ? "missing_id" : "none"
        const sessions = [aSession(status)]
        expect(
          clearReasonOf(aRequest({ source, refusal }), aTruth({ sessions }))
        ).toBeNull()
      }
    }
  )

  it("what somebody began is over when she let it lapse", () => {
    const request = aRequest({ source: "vendor", refusal: "none" })

    for (const status of ["Abandoned", "Expired"] as const) {
      const sessions = [aSession(status)]
      expect(clearReasonOf(request, aTruth({ sessions }))).toBe("session_over")
      expect(
        clearReasonOf(
          request,
          aTruth({ sessions: [...sessions, aSession("Started", LATER, "s2")] })
        )
      ).toBeNull()
      // A refusal does not go away because nobody did anything about it.
      expect(
        clearReasonOf(aRequest({ refusal: "missing_id" }), aTruth({ sessions }))
      ).toBeNull()
    }
  })
})

describe("kycStatusOf", () => {
  const facts = {
    status: "active",
    papers_wanted: false,
    sessions: [],
    payment_passed: false,
  } as const

  it("is unknown without news, and not required only by proof", () => {
    expect(kycStatusOf(facts)).toBe("unknown")
    expect(kycStatusOf({ ...facts, payment_passed: true })).toBe("not_required")
    for (const status of ["unlinked", "linking", "deactivated"] as const) {
      expect(kycStatusOf({ ...facts, status, payment_passed: true })).toBe(
        "unknown"
      )
    }
  })

  it("is required of a locked user and of one who is refused", () => {
    expect(kycStatusOf({ ...facts, status: "locked" })).toBe("required")
    expect(kycStatusOf({ ...facts, papers_wanted: true })).toBe("required")
  })

  it.each([
    ["Submitted", "submitted", "submitted"],
    ["Resubmitted", "submitted", "submitted"],
    ["Review", "submitted", "submitted"],
    ["Declined", "declined", "declined"],
    ["Resubmission requested", "required", "required"],
    ["Approved", "approved", "required"],
    ["Started", "unknown", "required"],
    ["Abandoned", "unknown", "required"],
    ["Expired", "unknown", "required"],
    ["UNRECOGNISED", "unknown", "required"],
  ] as const)(
    "after a session that is %s is %s, and %s while she is refused",
    (word, free, refused) => {
      const sessions = [aSession(word)]

      expect(kycStatusOf({ ...facts, sessions })).toBe(free)
      expect(kycStatusOf({ ...facts, sessions, papers_wanted: true })).toBe(
        refused
      )
    }
  )

  it("goes by the session that began last, and by none where that cannot be told", () => {
    const old = aSession("Approved", EARLIER, "s0")
    const fresh = aSession("Declined", LATER, "s1")

    expect(newestSession([old, fresh])).toBe(fresh)
    expect(newestSession([fresh, old])).toBe(fresh)
    expect(newestSession([old, aSession("Declined", null)])).toBeNull()
    expect(newestSession([])).toBeNull()
    // A fresh start after that says nothing new.
    const started = aSession("Started", new Date("2026-03-02"), "s2")
    expect(newestSession([started, old, fresh])).toBe(fresh)
    expect(newestSession([started])).toBeNull()
    expect(isAskedBySession([aSession("Resubmission requested")])).toBe(true)
    expect(isAskedBySession([fresh])).toBe(false)
  })
})

it("a user is read after five minutes, and ever more seldom up to six hours", () => {
  const minutes = [-1, 0, 1, 2, 5, 6, 7, 20, 1_000].map(
    (reads) => refreshDelay(reads) / 60_000
  )

  expect(minutes).toEqual([5, 5, 10, 20, 160, 320, 360, 360, 360])
})
