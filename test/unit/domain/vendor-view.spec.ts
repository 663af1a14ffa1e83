import {
  PAYEE_STATUSES,
  PAYOUT_STATUSES,
} from "../../../src/domain/payout-status"
import {
  statusesOf,
  VENDOR_PAYOUT_STATES,
  vendorDetail,
  vendorPayoutState,
} from "../../../src/domain/vendor-view"

describe("what a vendor sees", () => {
  it("of a payout is one word for each status, and no more of the shop's troubles", () => {
    expect(
      PAYOUT_STATUSES.map((status) => `${status}: ${vendorPayoutState(status)}`)
    ).toEqual([
      "pending: waiting",
      "ready: waiting",
      "sending: in_transit",
      "accepted: in_transit",
      "completed: paid",
      "cancelled: in_transit",
      "unknown: in_transit",
      "blocked: waiting",
      "needs_review: in_transit",
      "reversing: paid",
      "reversed: taken_back",
      "netted: netted",
      "void: not_paid",
    ])
  })

  it("filters by words that find every status once", () => {
    expect(
      VENDOR_PAYOUT_STATES.flatMap((state) => statusesOf([state])).sort()
    ).toEqual([...PAYOUT_STATUSES].sort())
    expect(statusesOf(["waiting", "netted"])).toEqual([
      "pending",
      "ready",
      "blocked",
      "netted",
    ])
  })

  it("of herself is what she has to do, and nothing where she has nothing to do", () => {
    expect(
      PAYEE_STATUSES.map((status) =>
        vendorDetail({ status, is_paused: true, papers_wanted: false })
      )
    ).toEqual([
      "Your MassPay account is not set up yet.",
      "Your MassPay account is not set up yet.",
      "Your payouts are paused. Ask the marketplace.",
      "MassPay wants papers from you before you are paid.",
      "Your MassPay account is closed.",
    ])
    expect(
      vendorDetail({ status: "active", is_paused: false, papers_wanted: false })
    ).toBeNull()
  })
})
