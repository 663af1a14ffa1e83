import {
  audienceOf,
  NOTIFICATION_KINDS,
  notificationDelay,
  type NotificationKind,
  type NotificationTruth,
  reasonToSkip,
  waysOf,
} from "../../../src/domain/notifications"
import { PAYOUT_METHODS } from "../../../src/domain/payout-status"
import { kindsFor } from "../../../src/notifications/causes"
import { MasspayEvents } from "../../../src/types/events"

const NOTHING: NotificationTruth = {
  payout: null,
  papers: null,
  payee: null,
  incident: null,
  destination: null,
  is_told: false,
}

function payout(
  change: Partial<NonNullable<NotificationTruth["payout"]>>
): NotificationTruth {
  return {
    ...NOTHING,
    payout: {
      status: "completed",
      method: "wallet",
      block_reason: null,
      was_cancelled: false,
      ...change,
    },
  }
}

function papers(
  change: Partial<NonNullable<NotificationTruth["papers"]>>
): NotificationTruth {
  return {
    ...NOTHING,
    papers: {
      state: "open",
      source: "error",
      clear_reason: null,
      others_open: false,
      ...change,
    },
  }
}

describe("of an alarm", () => {
  const incident = (
    change: Partial<NonNullable<NotificationTruth["incident"]>>
  ): NotificationTruth => ({
    ...NOTHING,
    incident: { state: "open", is_acknowledged: false, ...change },
  })

  it("nobody is told once it is over", () => {
    for (const kind of ["incident_opened", "incident_reminder"] as const) {
      expect(reasonToSkip(kind, incident({}))).toBeNull()
      expect(reasonToSkip(kind, incident({ state: "closed" }))).toBe("over")
      expect(reasonToSkip(kind, NOTHING)).toBe("over")
    }
  })

  it("nobody is reminded who looks after it", () => {
    const truth = incident({ is_acknowledged: true })
    expect(reasonToSkip("incident_reminder", truth)).toBe("not_applicable")
    expect(reasonToSkip("incident_opened", truth)).toBeNull()
  })

  it("nobody is told twice of one cause", () => {
    const truth = { ...incident({}), is_told: true }
    expect(reasonToSkip("incident_opened", truth)).toBe("told_already")
    expect(reasonToSkip("funding_short", truth)).toBe("told_already")
    expect(reasonToSkip("incident_reminder", truth)).toBeNull()
    expect(reasonToSkip("funding_short", NOTHING)).toBeNull()
  })
})

describe("who is told", () => {
  it("vendors, of their papers and their money, and not by the admin's bell", () => {
    const vendors = NOTIFICATION_KINDS.filter(
      (kind) => audienceOf(kind) === "vendor"
    )
    expect(vendors).toEqual([
      "papers_needed",
      "papers_accepted",
      "payout_paid",
      "payout_failed",
      "account_locked",
      "destination_changed",
      "destination_problem",
    ])
    for (const kind of vendors) expect(waysOf(kind)).toEqual(["mail"])
  })

  it("operators, of everything else, by the bell and by mail", () => {
    for (const kind of NOTIFICATION_KINDS) {
      if (audienceOf(kind) === "vendor") continue
      expect(audienceOf(kind)).toBe("operators")
      expect(waysOf(kind)).toEqual(["feed", "mail"])
    }
  })

  it("every kind but a reminder comes of some event, and no event of nobody's concern tells anything", () => {
    const told = Object.values(MasspayEvents).flatMap((name) => kindsFor(name))
    expect(new Set(told)).toEqual(
      new Set(NOTIFICATION_KINDS.filter((kind) => kind !== "incident_reminder"))
    )
    expect(kindsFor(MasspayEvents.SETTLEMENT_RECORDED)).toEqual([])
    expect(kindsFor("order.placed")).toEqual([])
  })

  it.each([
    [MasspayEvents.KYC_REQUESTED, ["papers_needed", "papers_wanted"]],
    [MasspayEvents.KYC_CLEARED, ["papers_accepted"]],
    [MasspayEvents.PAYEE_LOCKED, ["account_locked", "payee_locked"]],
    [MasspayEvents.PAYOUT_CREATED, ["approval_waiting"]],
    [MasspayEvents.PAYOUT_APPROVAL_REQUIRED, ["approval_waiting"]],
    [MasspayEvents.PAYOUT_COMPLETED, ["payout_paid", "payout_paid_after_all"]],
    [MasspayEvents.PAYOUT_CANCELLED, ["payout_failed", "payout_cancelled"]],
    [MasspayEvents.PAYOUT_BLOCKED, ["payout_failed"]],
    [MasspayEvents.PAYOUT_NEEDS_REVIEW, ["payout_parked"]],
    [MasspayEvents.PAYOUT_ADOPTED, ["payout_adopted"]],
    [MasspayEvents.FUNDING_SHORT, ["funding_short"]],
    [MasspayEvents.BALANCE_NEGATIVE_AGED, ["balance_negative"]],
  ])("%s", (name, kinds) => {
    expect(kindsFor(name)).toEqual(kinds)
  })
})

describe("what is told only while it is so", () => {
  it.each<
    [NotificationKind, NotificationTruth, ReturnType<typeof reasonToSkip>]
  >([
    ["papers_needed", papers({}), null],
    ["papers_needed", papers({ state: "cleared" }), "over"],
    ["papers_needed", NOTHING, "over"],
    ["papers_wanted", papers({}), null],
    ["papers_wanted", papers({ state: "cleared" }), "over"],
    ["papers_needed", papers({ source: "operator" }), null],
    ["papers_needed", papers({ source: "session" }), null],
    ["papers_needed", papers({ source: "vendor" }), "not_applicable"],
    ["papers_accepted", papers({}), "over"],
    ["papers_accepted", NOTHING, "over"],
    ...["payee_active", "payment_passed", "session_approved"].map(
      (clear_reason) =>
        [
          "papers_accepted",
          papers({ state: "cleared", clear_reason }),
          null,
        ] as [NotificationKind, NotificationTruth, null]
    ),
    [
      "papers_accepted",
      papers({ state: "cleared", clear_reason: "operator" }),
      "not_applicable",
    ],
    ["papers_accepted", papers({ state: "cleared" }), "not_applicable"],
    [
      "papers_accepted",
      papers({
        state: "cleared",
        clear_reason: "payee_active",
        others_open: true,
      }),
      "not_applicable",
    ],
    [
      "payee_locked",
      { ...NOTHING, payee: { status: "locked", has_open_papers: false } },
      null,
    ],
    [
      "payee_locked",
      { ...NOTHING, payee: { status: "locked", has_open_papers: true } },
      "not_applicable",
    ],
    [
      "payee_locked",
      { ...NOTHING, payee: { status: "active", has_open_papers: false } },
      "over",
    ],
    ["payee_locked", NOTHING, "over"],
    [
      "account_locked",
      { ...NOTHING, payee: { status: "locked", has_open_papers: false } },
      null,
    ],
    ["account_locked", NOTHING, "over"],
    ["payout_paid", payout({}), null],
    ["payout_paid", payout({ method: "direct" }), null],
    ["payout_paid", payout({ status: "cancelled" }), "over"],
    ["payout_paid", NOTHING, "not_applicable"],
    ["payout_failed", payout({ status: "cancelled" }), null],
    ["payout_failed", payout({}), "over"],
    [
      "payout_failed",
      payout({ status: "blocked", block_reason: "vendor" }),
      null,
    ],
    [
      "payout_failed",
      payout({ status: "blocked", block_reason: "kyc" }),
      "not_applicable",
    ],
    ["approval_waiting", payout({ status: "pending" }), null],
    ["approval_waiting", payout({ status: "ready" }), "over"],
    ["approval_waiting", NOTHING, "over"],
    ["payout_parked", payout({ status: "needs_review" }), null],
    ["payout_parked", payout({}), "over"],
    ["payout_parked", NOTHING, "over"],
    ["payout_paid_after_all", payout({ was_cancelled: true }), null],
    ["payout_paid_after_all", payout({}), "not_applicable"],
    ["payout_paid_after_all", NOTHING, "not_applicable"],
    [
      "payout_paid_after_all",
      payout({ was_cancelled: true, status: "cancelled" }),
      "over",
    ],
    ["payout_cancelled", payout({}), null],
    ["payout_adopted", NOTHING, null],
    ["funding_short", NOTHING, null],
    ["balance_negative", NOTHING, null],
  ])("%s %j: %s", (kind, truth, reason) => {
    expect(reasonToSkip(kind, truth)).toBe(reason)
  })

  it("a vendor is told of payments to her, and not of netting or of what is taken back", () => {
    for (const method of PAYOUT_METHODS) {
      const isPayment = method === "wallet" || method === "direct"
      const reason = isPayment ? null : "not_applicable"
      expect(reasonToSkip("payout_paid", payout({ method }))).toBe(reason)
      expect(
        reasonToSkip("payout_failed", payout({ method, status: "cancelled" }))
      ).toBe(reason)
    }
  })
})

it("a provider that fails is tried later each time, at most six hours later", () => {
  expect([0, 1, 2, 3, 8, 100].map(notificationDelay)).toEqual([
    60_000, 60_000, 240_000, 960_000, 21_600_000, 21_600_000,
  ])
})

describe("of a destination", () => {
  const destination = (
    change: Partial<NonNullable<NotificationTruth["destination"]>>
  ): NotificationTruth => ({
    ...NOTHING,
    destination: { status: "returned", in_use: true, ...change },
  })

  it.each(["destination_problem", "destination_flagged"] as const)(
    "nobody is told by %s once it is well again or another is used",
    (kind) => {
      for (const status of ["incomplete", "returned", "gone"] as const) {
        expect(reasonToSkip(kind, destination({ status }))).toBeNull()
      }
      expect(reasonToSkip(kind, destination({ status: "ready" }))).toBe("over")
      expect(reasonToSkip(kind, destination({ in_use: false }))).toBe("over")
      expect(reasonToSkip(kind, NOTHING)).toBe("over")
    }
  )

  it("a vendor hears of the last change alone", () => {
    const kind = "destination_changed"
    expect(reasonToSkip(kind, destination({ status: "ready" }))).toBeNull()
    expect(reasonToSkip(kind, destination({ in_use: false }))).toBe("over")
  })
})
