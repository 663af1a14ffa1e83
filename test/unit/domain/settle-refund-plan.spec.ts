import type { OrderFacts } from "../../../src/domain/facts"
import {
  planRefund,
  type RefundPlan,
  unexplainedRefund,
} from "../../../src/domain/settle-refunds"
import {
  type Group,
  groupOf,
  type Share,
} from "../../../src/domain/settle-shares"
import type { RefundAllocation } from "../../../src/domain/settle-types"
import { aLine, theFacts } from "./order-builders"

/** What `who` has of one line: `v1` of order_1, `v1@order_2`, or the platform. */
function share(who: string | null, net: bigint, tax = 0n): Share {
  const group = groupNamed(who)
  return {
    line: {
      facts: aLine(),
      order_id: group?.order_id ?? "order_1",
      vendor_id: group?.vendor_id ?? null,
      rule: "own",
      is_changed: false,
      commission_rule: null,
    },
    group,
    net,
    tax,
  }
}

function groupNamed(who: string | null): Group | null {
  if (who === null) return null
  const [vendor_id = "", order_id = "order_1"] = who.split("@")
  return groupOf(order_id, vendor_id)
}

function allocated(
  who: string | null,
  amount: bigint,
  basis: bigint
): RefundAllocation {
  const { order_id = null, vendor_id = null } = groupNamed(who) ?? {}
  return { order_id, vendor_id, amount, basis }
}

function plan(
  refund: bigint,
  shares: Share[],
  {
    allocations = [],
    sole = null,
    canceled = [],
  }: {
    allocations?: RefundAllocation[]
    sole?: string | null
    canceled?: string[]
  } = {}
): RefundPlan {
  return planRefund({
    refund,
    allocations,
    shares,
    sole,
    isCanceled: ({ order_id }) => canceled.includes(order_id),
  })
}

const left = ({ shares }: RefundPlan): bigint[] =>
  shares.map(({ net, tax }) => net + tax)
const refunded = ({ shares }: RefundPlan): bigint[] =>
  shares.map((one) => one.refunded)

describe("the refund that no line explains", () => {
  const minorOf = (
    payment: Partial<OrderFacts["payment"]>,
    { lines, credit }: { lines: bigint; credit: bigint }
  ) =>
    unexplainedRefund(
      theFacts({
        payment: {
          captured: "full",
          captured_total: "100",
          refunded_total: "20",
          ...payment,
        },
      }),
      { lines: new Map(), total: lines + credit, unattributed: credit }
    )

  it("is what lowered the total and is in no line", () => {
    expect(minorOf({}, { lines: 10_000n, credit: -2000n })).toBe(2000n)
  })

  it("is never more than was refunded, nor than the lines are worth beyond what was kept", () => {
    expect(
      minorOf({ refunded_total: "15" }, { lines: 10_000n, credit: -2000n })
    ).toBe(1500n)
    expect(minorOf({}, { lines: 9500n, credit: -2000n })).toBe(1500n)
    expect(minorOf({}, { lines: 8000n, credit: -2000n })).toBe(0n)
  })

  it("is never below zero: goods that came back and were not refunded are none", () => {
    expect(minorOf({}, { lines: 7000n, credit: 0n })).toBe(0n)
    expect(
      minorOf({ refunded_total: "0" }, { lines: 9000n, credit: 1000n })
    ).toBe(0n)
  })

  it("leaves out what was paid by gift cards and store credit", () => {
    const lines = { lines: 12_000n, credit: -4000n }

    expect(minorOf({ credits_total: "20" }, lines)).toBe(2000n)
    // A correction below zero is no credit.
    expect(minorOf({ credits_total: "-20" }, lines)).toBe(2000n)
    expect(
      minorOf({ credits_total: "20" }, { lines: 10_500n, credit: -4000n })
    ).toBe(500n)
  })

  it("leaves out what the total was not lowered by, though the lines would bear more", () => {
    expect(
      minorOf({ credits_total: "20" }, { lines: 11_000n, credit: -2500n })
    ).toBe(500n)
  })

  it("rounds what was kept once, not what was captured and what went back", () => {
    expect(
      minorOf(
        { captured_total: "100.005", refunded_total: "20.005" },
        { lines: 10_000n, credit: -2001n }
      )
    ).toBe(2000n)
  })
})

describe("where one vendor sold everything", () => {
  const sole = "v1"

  it("her settlements bear it by what they have", () => {
    const result = plan(
      10n,
      [share("v1", 60n), share("v1@order_2", 30n, 10n)],
      {
        sole,
      }
    )

    expect(left(result)).toEqual([54n, 36n])
    expect(refunded(result)).toEqual([6n, 4n])
    expect(result).toMatchObject({
      unallocated: 0n,
      allocations: [allocated("v1", 6n, 60n), allocated("v1@order_2", 4n, 40n)],
    })
  })

  it("the platform bears what is beyond that", () => {
    const result = plan(150n, [share("v1", 60n), share(null, 7n)], { sole })

    expect(left(result)).toEqual([0n, 7n])
    expect(result).toMatchObject({
      unallocated: 0n,
      allocations: [allocated(null, 90n, 7n), allocated("v1", 60n, 60n)],
    })
  })

  it("she bears it alone, whoever else has a part of the shipping", () => {
    const result = plan(
      10n,
      [share("v1", 60n), share(null, 60n), share("v9", 60n)],
      { sole }
    )

    expect(refunded(result)).toEqual([10n, 0n, 0n])
    expect(result.allocations).toEqual([allocated("v1", 10n, 60n)])
  })

  it("the platform bears it where her order is cancelled", () => {
    const result = plan(10n, [share("v1", 60n)], {
      sole,
      canceled: ["order_1"],
    })

    expect(left(result)).toEqual([60n])
    expect(result.allocations).toEqual([allocated(null, 10n, 60n)])
    expect(result.unallocated).toBe(0n)
  })

  it("it does not matter in how many steps", () => {
    const shares = ["v1", "v1@order_2", "v1@order_3"].map((who) =>
      share(who, 10n)
    )
    let allocations: RefundAllocation[] = []
    for (let refund = 1n; refund <= 40n; refund += 1n) {
      const step = plan(refund, shares, { sole, allocations })
      allocations = [...allocations, ...step.allocations]

      expect(left(step)).toEqual(left(plan(refund, shares, { sole })))
    }
  })

  it("nothing is written where all of it is allocated", () => {
    const result = plan(10n, [share("v1", 60n)], {
      sole,
      allocations: [allocated(null, 10n, 0n)],
    })

    expect(left(result)).toEqual([60n])
    expect(result.allocations).toEqual([])
  })

  it("what was allocated to one of her orders counts for that order", () => {
    const result = plan(20n, [share("v1", 50n), share("v1@order_2", 50n)], {
      sole,
      allocations: [allocated("v1", 8n, 50n)],
    })

    expect(left(result)).toEqual([40n, 40n])
    expect(result.allocations).toEqual([
      allocated("v1", 2n, 50n),
      allocated("v1@order_2", 10n, 50n),
    ])
  })
})

describe("where several sold", () => {
  it("nobody bears what nobody allocated, and everybody is shown with what she has", () => {
    const result = plan(
      10n,
      [share("v2", 40n, 4n), share(null, 5n), share("v1", 60n, -6n)],
      { allocations: [allocated("v2", 4n, 44n)] }
    )

    expect(refunded(result)).toEqual([4n, 0n, 0n])
    expect(result).toMatchObject({ allocations: [], unallocated: 6n })
    expect(result.parts).toEqual([
      { order_id: null, vendor_id: null, worth: 5n, left: 5n },
      { order_id: "order_1", vendor_id: "v1", worth: 60n, left: 60n },
      { order_id: "order_1", vendor_id: "v2", worth: 44n, left: 40n },
    ])
  })

  it("what is allocated to the platform is taken off what the platform has", () => {
    const result = plan(4n, [share("v1", 60n), share(null, 5n)], {
      allocations: [allocated(null, 4n, 5n)],
    })

    expect(refunded(result)).toEqual([0n, 0n])
    expect(result.parts[0]).toMatchObject({ worth: 5n, left: 1n })
  })

  it("it is the platform's own affair where no vendor has a part left", () => {
    expect(plan(10n, [share(null, 60n)]).unallocated).toBe(0n)
    expect(plan(10n, [share("v1", 0n), share(null, 60n)]).unallocated).toBe(0n)
    expect(
      plan(90n, [share("v1", 60n), share(null, 60n)], {
        allocations: [allocated("v1", 60n, 60n)],
      }).unallocated
    ).toBe(0n)
    expect(plan(10n, [share("v1", 1n), share(null, 60n)]).unallocated).toBe(10n)
  })

  it("an allocation never takes more than she has, nor from whoever has nothing", () => {
    const result = plan(30n, [share("v1", 20n), share("v2", 50n)], {
      allocations: [allocated("v1", 30n, 40n)],
    })

    expect(left(result)).toEqual([0n, 50n])
    expect(result.parts[1]).toMatchObject({ worth: 20n, left: 0n })
    expect(
      left(
        plan(30n, [share("v2", 50n)], {
          allocations: [allocated("v1", 30n, 40n)],
        })
      )
    ).toEqual([50n])
  })

  it("what a cancelled vendor had is the platform's, and so is what was allocated to her", () => {
    const result = plan(10n, [share("v1", 60n), share("v2@order_2", 40n)], {
      allocations: [allocated("v2@order_2", 10n, 40n)],
      canceled: ["order_2"],
    })

    expect(left(result)).toEqual([60n, 40n])
    expect(result.parts).toEqual([
      { order_id: null, vendor_id: null, worth: 40n, left: 40n },
      { order_id: "order_1", vendor_id: "v1", worth: 60n, left: 60n },
    ])
  })
})

describe("allocations that lines explain in part by now", () => {
  const shares = [share("v1", 40n), share("v2", 50n)]
  const allocations = [
    allocated("v1", 10n, 60n),
    allocated("v1", 10n, 50n),
    allocated("v2", 10n, 50n),
  ]
  const borne = (refund: bigint) =>
    refunded(plan(refund, shares, { allocations }))

  it("are what they were while the refund is as large, and no more when it grows", () => {
    expect(borne(30n)).toEqual([20n, 10n])
    expect(borne(31n)).toEqual([20n, 10n])
  })

  it("come to less for whoever's lines shrank since the latest of hers", () => {
    expect(borne(22n)).toEqual([12n, 10n])
    expect(borne(20n)).toEqual([10n, 10n])
  })

  it("come to less first for whoever has nothing left at all", () => {
    const both = [allocated("v3", 10n, 10n), allocated("v2", 10n, 50n)]

    expect(refunded(plan(12n, shares, { allocations: both }))).toEqual([
      0n,
      10n,
    ])
  })

  it("and for everybody alike beyond that", () => {
    expect(borne(16n)).toEqual([8n, 8n])
    expect(borne(0n)).toEqual([0n, 0n])
  })

  it("come to no less than nothing for whoever gave back more than was allocated to her", () => {
    const both = [allocated("v1", 5n, 90n), allocated("v2", 10n, 50n)]

    expect(refunded(plan(12n, shares, { allocations: both }))).toEqual([
      2n,
      10n,
    ])
    expect(refunded(plan(8n, shares, { allocations: both }))).toEqual([0n, 8n])
  })
})
