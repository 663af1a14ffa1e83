import {
  comparePair,
  type Comparison,
  isMissing,
  type OurSide,
  type TheirSide,
} from "../../../src/domain/compare"
import { ours, TAG, theirs } from "./compare-builders"

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

const compare = (a: OurSide | null, b: TheirSide | null) =>
  comparePair({ ours: a, theirs: b }, TAG)

describe("what is done about a difference", () => {
  it.each<[string, () => Comparison, string]>([
    [
      "one with this shop's tag that nobody knows is adopted, its vendor paused",
      () => compare(null, theirs()),
      "adopted_and_paused",
    ],
    [
      "one made by hand is only flagged",
      () => compare(null, theirs({ client_id: "bonus" })),
      "flagged",
    ],
    [
      "another amount freezes the payout and pauses the vendor",
      () => compare(ours(), theirs({ amount: 1n })),
      "payout_frozen_and_vendor_paused",
    ],
    [
      "two live copies pause the vendor",
      () => compare(ours(), theirs({ live_copies: 2 })),
      "vendor_paused",
    ],
    [
      "a live copy under another token pauses the vendor",
      () => compare(ours(), theirs({ token: "ld_2" })),
      "vendor_paused",
    ],
    [
      "one paid under another token after ours was cancelled is only flagged",
      () => compare(ours({ status: "cancelled" }), theirs({ token: "ld_2" })),
      "flagged",
    ],
    [
      "MassPay's word for a payout is applied",
      () => compare(ours({ status: "unknown" }), theirs()),
      "truth_applied",
    ],
    [
      "MassPay's word for a spendback is applied",
      () => compare(ours({ status: "unknown", method: "spendback" }), theirs()),
      "truth_applied",
    ],
  ])("%s", (_, compared, action) => {
    expect(compared()).toMatchObject({ is: "different", action })
  })
})

describe("whose a client id is that no operation here has", () => {
  it.each([
    ["the mark of a shop, later in it", "x-mplzzz999"],
    ["fewer letters than a shop's tag has", "mplzzz99"],
  ])("is nobody's shop with %s", (_, client_id) => {
    expect(compare(null, theirs({ client_id }))).toMatchObject({ class: "D07" })
  })
})

describe("a payout that the list of reversals has", () => {
  const cancelled = ours({ status: "cancelled", is_reversed: true })

  it("is not taken back while its money is still on the way", () => {
    const moving = compare(cancelled, theirs({ status: "PROCESSING" }))
    expect(moving).toMatchObject({ class: "D04" })
  })

  it("is undecided while MassPay's word is not one we know", () => {
    const unclear = compare(cancelled, theirs({ status: "UNRECOGNISED" }))
    expect(unclear).toEqual({ is: "undecided" })
  })
})

describe("one client id under another token", () => {
  const other = (live_copies: number) => theirs({ token: "ld_2", live_copies })

  it("was paid once where ours was reversed", () => {
    const reversed = ours({ status: "reversed" })
    expect(compare(reversed, other(1))).toMatchObject({ class: "D04" })
  })

  it("was paid twice where ours is over but two are live", () => {
    const cancelled = ours({ status: "cancelled" })
    expect(compare(cancelled, other(2))).toMatchObject({ class: "D09" })
  })

  it("is no second payment while we know no token of ours", () => {
    const unsure = ours({ status: "unknown", remote_token: null })
    expect(compare(unsure, other(1))).toMatchObject({ class: "D01" })
  })
})

it.each([
  ["a day and a bit", DAY_MS + 1, 10 * MINUTE_MS, true],
  ["exactly a day", DAY_MS, 10 * MINUTE_MS, false],
  ["two days, missed only just now", 2 * DAY_MS, 10 * MINUTE_MS - 1, false],
])(
  "calls a payout that was paid %s ago missing only when looked for at two times",
  (_, completed_for_ms, missed_for_ms, expected) => {
    expect(isMissing({ completed_for_ms, missed_for_ms })).toBe(expected)
  }
)
