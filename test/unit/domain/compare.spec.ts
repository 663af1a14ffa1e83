import {
  comparePair,
  type Comparison,
  isMissing,
  MISSING_AFTER_MS,
  MISSING_GAP_MS,
  type OurSide,
  remoteMoneyOf,
  type TheirSide,
} from "../../../src/domain/compare"
import {
  PAYOUT_STATUSES,
  type PayoutStatus,
} from "../../../src/domain/payout-status"
import { ours, TAG, theirs } from "./compare-builders"

const said = (comparison: Comparison): string =>
  comparison.is === "different" || comparison.is === "absent"
    ? `${comparison.is} ${comparison.class}`
    : comparison.is
const compare = (a: OurSide | null, b: TheirSide | null) =>
  said(comparePair({ ours: a, theirs: b }, TAG))

/** What each status of ours is to each kind of word of MassPay's, and to nothing at all. */
const TABLE: Record<
  PayoutStatus,
  [
    completed: string,
    processing: string,
    cancelled: string,
    unknown_word: string,
    absent: string,
  ]
> = {
  pending: ["D04", "D04", "undecided", "undecided", "equal"],
  ready: ["D04", "D04", "undecided", "undecided", "equal"],
  sending: ["undecided", "undecided", "undecided", "undecided", "undecided"],
  accepted: ["D01", "equal", "D03", "undecided", "undecided"],
  completed: ["equal", "D03", "D03", "undecided", "absent D05"],
  cancelled: ["D04", "D04", "equal", "undecided", "equal"],
  unknown: ["D01", "D01", "D01", "undecided", "absent D02"],
  blocked: ["D04", "D04", "undecided", "undecided", "equal"],
  needs_review: ["D01", "D01", "D01", "undecided", "undecided"],
  reversing: ["undecided", "undecided", "D14", "undecided", "undecided"],
  reversed: ["D04", "D04", "equal", "undecided", "equal"],
  netted: ["D04", "D04", "D04", "undecided", "equal"],
  void: ["D04", "D04", "equal", "undecided", "equal"],
}
const WORDS = ["COMPLETED", "PROCESSING", "CANCELLED", "UNRECOGNISED"]

describe.each(PAYOUT_STATUSES)("a wallet payout that is %s", (status) => {
  const expected = TABLE[status]

  it.each(WORDS.map((word, index) => [word, expected[index] ?? ""]))(
    "that MassPay calls %s is %s",
    (word, class_) => {
      const got = compare(ours({ status }), theirs({ status: word }))
      expect(got.replace("different ", "")).toBe(class_)
    }
  )

  it(`that MassPay does not show is ${expected[4]}`, () => {
    expect(compare(ours({ status }), null)).toBe(expected[4])
  })

  it.each([
    ["amount", { amount: 12_35n }],
    ["currency", { currency_code: "EUR" }],
    ["user", { user_token: "usr_2" }],
  ])("with another %s is D08, whatever its word", (_, other) => {
    for (const word of WORDS) {
      const got = compare(ours({ status }), theirs({ ...other, status: word }))
      expect(got).toBe("different D08")
    }
  })
})

it.each(["SCHEDULED", "PROCESSING", "HOLD", "READY_FOR_PICKUP"])(
  "takes %s for money on its way",
  (word) => {
    expect(remoteMoneyOf(word)).toBe("moving")
  }
)

it.each([
  ["cancelled", "equal"],
  ["reversed", "equal"],
  ["void", "equal"],
  // It was booked as hers, and the history says that she has it.
  ["completed", "different D03"],
] as const)(
  "a payout that is %s, reversed as its list has it, is %s while the history calls it completed",
  (status, expected) => {
    const direct = ours({ method: "direct", status, is_reversed: true })
    expect(compare(direct, theirs())).toBe(expected)
    expect(compare({ ...direct, is_reversed: false }, theirs())).toBe(
      status === "completed" ? "equal" : "different D04"
    )
  }
)

it("does not hold against MassPay what cannot be told exactly", () => {
  const untold = { amount: null, currency_code: null, user_token: null }
  expect(compare(ours(), theirs(untold))).toBe("equal")
  expect(compare(ours({ user_token: null }), theirs())).toBe("equal")
})

describe("a payout whose sender vanished", () => {
  const gone = ours({ status: "sending", is_lease_over: true })
  it("is as good as unknown", () => {
    expect(compare(gone, theirs())).toBe("different D01")
    expect(compare(gone, theirs({ status: "CANCELLED" }))).toBe("different D01")
    expect(compare(gone, null)).toBe("absent D02")
  })
})

describe.each(["void", "reversed"] as const)(
  "a released payout (%s)",
  (status) => {
    it.each([
      [true, "COMPLETED", "equal"],
      [true, "SCHEDULED", "equal"],
      [true, "CANCELLED", "different D04"],
      [false, "COMPLETED", "different D04"],
      [false, "SCHEDULED", "different D04"],
      [false, "CANCELLED", "equal"],
    ])("booked as paid: %s, MassPay says %s: %s", (counted, word, expected) => {
      const got = compare(ours({ status, counted }), theirs({ status: word }))
      expect(got).toBe(expected)
    })
  }
)

describe("a spendback", () => {
  const taken = (status: PayoutStatus) =>
    ours({ method: "spendback", amount: -12_34n, status })
  const shown = (status: string) => theirs({ status, amount: -12_34n })

  it.each([
    ["unknown", "COMPLETED", "different D14"],
    ["completed", "CANCELLED", "different D14"],
    ["blocked", "COMPLETED", "different D14"],
    ["completed", "COMPLETED", "equal"],
    ["unknown", "UNRECOGNISED", "undecided"],
  ] as const)("that is %s and %s there is %s", (status, word, expected) => {
    expect(compare(taken(status), shown(word))).toBe(expected)
  })

  it("that is completed and not shown is D14, and no missing load", () => {
    expect(compare(taken("completed"), null)).toBe("absent D14")
  })

  it("never equals a load of the same amount", () => {
    const got = compare(taken("completed"), theirs({ amount: 12_34n }))
    expect(got).toBe("different D08")
  })
})

describe("what no operation here has", () => {
  it.each([
    ["with this shop's tag", `mpl${TAG}x`, "COMPLETED", "different D06"],
    [
      "with this shop's tag, cancelled",
      `mpl${TAG}x`,
      "CANCELLED",
      "different D06",
    ],
    ["of another installation", "mplzzz999x", "COMPLETED", "foreign"],
    ["made by hand", "bonus", "COMPLETED", "different D07"],
    [
      "made by hand, with our letters only",
      "mpl",
      "COMPLETED",
      "different D07",
    ],
    ["made by hand and cancelled", "bonus", "CANCELLED", "equal"],
    ["that only her list can tell", null, "COMPLETED", "ask"],
  ])("%s", (_, client_id, status, expected) => {
    expect(compare(null, theirs({ client_id, status }))).toBe(expected)
  })

  it("is nobody's business where we know nobody of whom it is", () => {
    for (const client_id of [null, "bonus", `mpl${TAG}x`]) {
      const got = compare(null, theirs({ client_id, is_of_a_payee: false }))
      expect(got).toBe("foreign")
    }
  })
})

describe("one client id twice", () => {
  it.each([
    ["both live", "completed", "COMPLETED", 2, "different D09"],
    ["the other one cancelled", "completed", "CANCELLED", 1, "equal"],
    ["ours gone from the list", "completed", "COMPLETED", 1, "different D09"],
    [
      "ours cancelled, the other paid",
      "cancelled",
      "COMPLETED",
      1,
      "different D04",
    ],
    ["ours void, the other paid", "void", "COMPLETED", 1, "different D04"],
    ["ours void and booked as paid", "void", "COMPLETED", 2, "different D09"],
  ] as const)("%s", (name, status, word, live_copies, expected) => {
    const other = theirs({ token: "ld_2", status: word, live_copies })
    const counted = name.includes("booked")
    expect(compare(ours({ status, counted }), other)).toBe(expected)
  })

  it("is found by the one we know, too", () => {
    expect(compare(ours(), theirs({ live_copies: 2 }))).toBe("different D09")
  })

  it("is found while neither is known to be ours", () => {
    const unsure = ours({ status: "unknown", remote_token: null })
    expect(compare(unsure, theirs({ live_copies: 2 }))).toBe("different D09")
  })
})

it("says nothing about nothing", () => {
  expect(compare(null, null)).toBe("equal")
})

it.each([
  [MISSING_AFTER_MS + 1, MISSING_GAP_MS, true],
  [MISSING_AFTER_MS, MISSING_GAP_MS, false],
  [MISSING_AFTER_MS + 1, MISSING_GAP_MS - 1, false],
])(
  "paid %i ms ago and missed for %i ms is missing: %s",
  (completed_for_ms, missed_for_ms, expected) => {
    expect(isMissing({ completed_for_ms, missed_for_ms })).toBe(expected)
  }
)
