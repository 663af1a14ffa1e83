import {
  MISSING_CODES,
  vendorDetail,
  vendorMissing,
} from "../../../src/domain/vendor-view"

type Asked = Parameters<typeof vendorMissing>[0]

const CONTACT = {
  email: "ada@example.com",
  first_name: "Ada",
  last_name: "Lovelace",
  country_code: "GB",
}

/** Of a vendor who can be paid; a test overrides what it is about. */
function missing(overrides: Partial<Asked> = {}) {
  return vendorMissing({
    status: "active",
    is_paused: false,
    papers_wanted: false,
    profile_wanted: false,
    kyc_status: "unknown",
    contact: CONTACT,
    kinds: [],
    ...overrides,
  })
}
const account = {
  code: "account",
  text: "Your MassPay account is not set up yet.",
}

describe("what keeps a vendor from being paid", () => {
  it("is nothing where no reason is known", () => {
    expect(missing()).toEqual([])
    expect(missing({ contact: { ...CONTACT, email: null } })).toEqual([])
    expect(missing({ kinds: ["identity"], kyc_status: "declined" })).toEqual([])
  })

  it("is her account, and what the shop lacks to make it", () => {
    for (const status of ["unlinked", "linking"] as const) {
      expect(missing({ status })).toEqual([account])
      expect(missing({ status, contact: null })).toEqual([account])
      expect(
        missing({
          status,
          contact: { ...CONTACT, email: null, country_code: null },
        })
      ).toEqual([
        {
          code: "contact",
          text: "This shop does not know your e-mail address, country.",
        },
        account,
      ])
    }
    const nobody = {
      email: null,
      first_name: null,
      last_name: null,
      country_code: null,
    }
    expect(missing({ status: "unlinked", contact: nobody })[0]?.text).toBe(
      "This shop does not know your e-mail address, first name, last name, country."
    )
  })

  it("is papers, each kind that is asked for once, and how far they are", () => {
    const papers = (overrides: Partial<Asked>) =>
      missing({ papers_wanted: true, ...overrides })
    const of = (...texts: string[]) =>
      texts.map((text) => ({ code: "papers", text }))

    expect(papers({})).toEqual(of("MassPay wants papers from you."))
    expect(missing({ status: "locked" })).toEqual(
      of("MassPay wants papers from you.")
    )
    expect(
      papers({ kinds: ["identity", "bank_document", "identity"] })
    ).toEqual(
      of(
        "MassPay wants a government-issued identity document.",
        "MassPay wants a bank statement or a paper check."
      )
    )
    expect(papers({ kyc_status: "declined" })).toEqual(
      of("MassPay wants papers from you. It declined what you sent.")
    )
    expect(papers({ kyc_status: "submitted" })).toEqual(
      of(
        "MassPay wants papers from you. It has papers of yours and has not decided yet."
      )
    )
  })

  it("is what MassPay does not know of her, once it refused a payout for that", () => {
    expect(missing({ profile_wanted: true, is_paused: true })).toEqual([
      {
        code: "profile",
        text: "MassPay needs your address and date of birth before it pays you.",
      },
      {
        code: "paused",
        text: "Your payouts are paused. Ask the marketplace.",
      },
    ])
  })

  it("is a closed account, and a pause, beside everything else", () => {
    expect(
      missing({
        status: "deactivated",
        is_paused: true,
        papers_wanted: true,
      }).map(({ code, text }) => `${code}: ${text}`)
    ).toEqual([
      "account_closed: Your MassPay account is closed.",
      "papers: MassPay wants papers from you.",
      "paused: Your payouts are paused. Ask the marketplace.",
    ])
    expect(MISSING_CODES).toEqual([
      "contact",
      "account",
      "papers",
      "profile",
      "account_closed",
      "paused",
    ])
  })
})

it("papers that are wanted of an active vendor are said before her pause", () => {
  const detail = (is_paused: boolean, papers_wanted: boolean) =>
    vendorDetail({ status: "active", is_paused, papers_wanted })

  expect(detail(true, true)).toBe(
    "MassPay wants papers from you before you are paid."
  )
  expect(detail(true, false)).toBe(
    "Your payouts are paused. Ask the marketplace."
  )
})
