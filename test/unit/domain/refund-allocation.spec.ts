import {
  AllocationRefusedError,
  type AskedAllocation,
  decideAllocation,
  groundsOf,
  suggestSplit,
} from "../../../src/domain/refund-allocation"
import type { OrderPart } from "../../../src/domain/settle-types"

const part = (
  vendor_id: string | null,
  left: bigint,
  order_id: string | null = vendor_id && "order_1"
): OrderPart => ({ order_id, vendor_id, left, worth: left + 100n })
const PARTS = [
  part(null, 1000n),
  part("v1", 3000n),
  part("v2", 1000n),
  part("v2", 2000n, "order_2"),
]

describe("the suggested split", () => {
  it("follows what each has left, and adds up", () => {
    expect(suggestSplit(701n, PARTS)).toEqual([
      { vendor_id: null, amount: 100n, most: null },
      { vendor_id: "v1", amount: 301n, most: 3000n },
      { vendor_id: "v2", amount: 300n, most: 3000n },
    ])
  })

  it("leaves with the platform what nobody has", () => {
    expect(suggestSplit(50n, [part(null, 0n), part("v1", 20n)])).toEqual([
      { vendor_id: null, amount: 30n, most: null },
      { vendor_id: "v1", amount: 20n, most: 20n },
    ])
  })
})

describe("what an operator says", () => {
  const decide = (asked: AskedAllocation[], unallocated = 1500n) =>
    decideAllocation({ unallocated, parts: PARTS, asked, currency_code: "USD" })
  const to = (vendor_id: string | null, amount: string): AskedAllocation => ({
    vendor_id,
    amount,
  })
  const refusalOf = (
    asked: AskedAllocation[],
    unallocated?: bigint
  ): AllocationRefusedError | null => {
    try {
      decide(asked, unallocated)
      return null
    } catch (error) {
      if (error instanceof AllocationRefusedError) return error
      throw error
    }
  }

  it("falls on her settlements by what each has left", () => {
    expect(decide([to("v2", "10.00"), to(null, "5.00")])).toEqual([
      { order_id: "order_1", vendor_id: "v2", amount: 333n, basis: 1100n },
      { order_id: "order_2", vendor_id: "v2", amount: 667n, basis: 2100n },
      { order_id: null, vendor_id: null, amount: 500n, basis: 1100n },
    ])
  })

  it.each<[AllocationRefusedError["code"], AskedAllocation[]]>([
    ["wrong_sum", [to("v1", "14.99")]],
    ["wrong_sum", [to("v1", "15.01")]],
    ["wrong_sum", []],
    ["bad_amount", [to("v1", "15.001")]],
    ["bad_amount", [to("v1", "15"), to("v2", "0")]],
    ["bad_amount", [to("v1", "16"), to("v2", "-1")]],
    ["bad_amount", [to("v1", "much")]],
    ["vendor_twice", [to("v1", "5"), to("v1", "10")]],
    ["vendor_twice", [to(null, "5"), to(null, "10")]],
    ["not_in_order", [to("v3", "15")]],
  ])("is refused: %s", (code, asked) => {
    expect(refusalOf(asked)).toMatchObject({ code, is_not_found: false })
  })

  it("is refused where nothing is unallocated, or she has less", () => {
    expect(refusalOf([to("v1", "15")], 0n)?.code).toBe("nothing_unallocated")
    expect(refusalOf([to("v1", "30.01")], 3001n)?.code).toBe("more_than_part")
    expect(refusalOf([to("v1", "30.00")], 3000n)).toBeNull()
  })

  it("may leave all of it with the platform, however much it is", () => {
    expect(decide([to(null, "900")], 90_000n)).toHaveLength(1)
  })

  it("is told when what was named does not exist", () => {
    expect(new AllocationRefusedError("refund_not_found").is_not_found).toBe(
      true
    )
  })
})

describe("what a second person agrees to", () => {
  const GROUNDS = groundsOf(1500n, PARTS)

  it("is the same in whatever order the parts were read", () => {
    expect(groundsOf(1500n, [...PARTS].reverse())).toBe(GROUNDS)
  })

  it.each([
    ["more of the refund is unallocated", 1501n, PARTS],
    ["somebody has less left", 1500n, [...PARTS.slice(1), part(null, 999n)]],
    [
      "somebody's lines are worth more",
      1500n,
      [...PARTS.slice(1), { ...part(null, 1000n), worth: 1101n }],
    ],
    ["somebody has nothing any more", 1500n, PARTS.slice(1)],
    [
      "another order is hers",
      1500n,
      [...PARTS.slice(0, 3), part("v2", 2000n, "order_3")],
    ],
    [
      "another vendor has it",
      1500n,
      [...PARTS.slice(0, 3), part("v3", 2000n, "order_2")],
    ],
  ])("is not the same when %s", (_, unallocated, parts) => {
    expect(groundsOf(unallocated, parts)).not.toBe(GROUNDS)
  })
})
