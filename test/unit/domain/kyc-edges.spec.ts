import {
  clearReasonOf,
  isAskedBySession,
  type KycSession,
  type KycSessionStatus,
  type KycTruth,
  newestSession,
  type OpenKycRequest,
  papersWanted,
} from "../../../src/domain/kyc"

const OPENED = new Date("2026-03-01T12:00:00Z")
const LATER = new Date("2026-03-01T13:00:00Z")
const EARLIER = new Date("2026-02-01T12:00:00Z")
const LINK = "https://magic.veriff.me/v1"

const textOf = (detail: string) =>
  papersWanted({ details: [detail], links: [] }).papers[0]?.text

describe("MassPay's words for a paper", () => {
  it.each([
    ["Account Number 12 34 please", "account number […] please"],
    ["account no. AB12CD please", "account number […] please"],
    ["account no ABCD please", "account number […] please"],
    ["account  number:ABCD please", "account number […] please"],
    ["account number : ABCD please", "account number […] please"],
    ["account #ABCD please", "account number […] please"],
    ["IBAN DE89 3704 X1. please", "IBAN […] please"],
    ["a bill of 2026", "a bill of […]"],
    ["a bill", "a bill"],
  ])("%j are kept as %j", (said, kept) => {
    expect(textOf(`Send us ${said}`)).toBe(`Send us ${kept}`)
  })

  it("are kept where they only resemble what says nothing", () => {
    for (const said of [
      "Send us what made it a bad request",
      "Bad request for papers: send a bill",
    ]) {
      expect(textOf(said)).toBe(said)
    }
    for (const nothing of ["Bad request.", " user is not active ", "  "]) {
      expect(textOf(nothing)).toBeNull()
    }
  })
})

describe("what a refusal asks for", () => {
  const papers = (
    details: string[],
    ...kinds: ("identity_document" | "other")[]
  ) =>
    papersWanted({
      details,
      links: kinds.map((kind) => ({ kind, url: LINK })),
    }).papers

  it("has the words of its own link, and of no other paper", () => {
    const id = "Please upload a government-issued ID: [link]"
    const bill = "Send us a bill: [link]"

    expect(papers([id, bill], "other")).toEqual([
      { kind: "other", text: bill, link: LINK },
    ])
    expect(papers([bill], "identity_document")).toEqual([
      { kind: "identity", text: null, link: LINK },
    ])
    expect(papers(["Send us a photo"], "other")).toEqual([
      { kind: "other", text: null, link: LINK },
      { kind: "other", text: "Send us a photo", link: null },
    ])
    expect(papers([id])).toEqual([{ kind: "identity", text: null, link: null }])
    expect(papers([bill])).toEqual([{ kind: "other", text: bill, link: null }])
  })

  it("names a kind once, and every kind", () => {
    expect(
      papers([
        "Send a Bank Statement",
        "or a Paper Check",
        "Not a valid IDSelfieCollection",
      ]).map(({ kind }) => kind)
    ).toEqual(["bank_document", "identity"])
  })
})

describe("when a request is over", () => {
  function reasonOf(
    request: Partial<OpenKycRequest>,
    truth: Partial<KycTruth>
  ) {
    return clearReasonOf(
      {
        id: "mskyc_1",
        source: "error",
        refusal: "missing_id",
        opened_at: OPENED,
        payment_passed: false,
        ...request,
      },
      {
        looked_up_at: LATER,
        status: "active",
        locked_at: null,
        sessions: null,
        known_sessions: [],
        known_sessions_at: null,
        ...truth,
      }
    )
  }
  const aSession = (
    status: KycSessionStatus,
    started_at: Date | null = LATER,
    session_id = "s1"
  ): KycSession => ({ provider: "veriff", session_id, started_at, status })

  it("one approved session is enough, whatever became of others", () => {
    expect(
      reasonOf(
        {},
        { sessions: [aSession("Declined"), aSession("Approved", LATER, "s2")] }
      )
    ).toBe("session_approved")
  })

  it("a session belongs to it that began up to ten minutes before it", () => {
    const began = (ms: number) =>
      reasonOf(
        {},
        {
          sessions: [
            aSession("Approved", new Date(OPENED.getTime() - 600_000 + ms)),
          ],
        }
      )

    expect(began(0)).toBe("session_approved")
    expect(began(-1)).toBeNull()
  })

  it("an older session counts where that very one was undecided when it was opened", () => {
    const sessions = [aSession("Approved", EARLIER)]
    const known = (session_id: string) =>
      reasonOf(
        {},
        {
          sessions,
          known_sessions: [aSession("Review", EARLIER, session_id)],
          known_sessions_at: OPENED,
        }
      )

    expect(known("s1")).toBe("session_approved")
    expect(known("s2")).toBeNull()
  })

  it("what she began lapses with her sessions since, if there is one", () => {
    const begun = { source: "vendor", refusal: "none" } as const
    const lapsed = aSession("Abandoned")

    expect(
      reasonOf(begun, {
        sessions: [lapsed, aSession("Started", EARLIER, "s0")],
      })
    ).toBe("session_over")
    expect(reasonOf(begun, { sessions: [] })).toBeNull()
    expect(
      reasonOf({ ...begun, source: "session" }, { sessions: [lapsed] })
    ).toBeNull()
  })

  it("an unclear refusal is over where she was locked at the very moment of it", () => {
    expect(reasonOf({ refusal: "unclear" }, { locked_at: OPENED })).toBe(
      "payee_active"
    )
  })

  it("the only session counts though nobody knows when it began", () => {
    const only = aSession("Resubmission requested", null)

    expect(newestSession([only])).toBe(only)
    expect(isAskedBySession([only])).toBe(true)
    expect(isAskedBySession([])).toBe(false)
  })
})
