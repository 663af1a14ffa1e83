import {
  AllocationRefusedError,
  type AskedAllocation,
  decideAllocation,
  suggestSplit,
} from "../../../src/domain/refund-allocation"
import type { OrderPart } from "../../../src/domain/settle-types"

const part = (
  vendor_id: string | null,
  left: bigint,
  order_id: string | null = vendor_id && "order_1"
): OrderPart => ({ order_id, vendor_id, left, worth: left + 100n })

function decide(
  parts: OrderPart[],
  unallocated: bigint,
  ...asked: AskedAllocation[]
) {
  return decideAllocation({ unallocated, parts, asked, currency_code: "USD" })
}

describe("a refusal", () => {
  it("is a sentence for the operator, and what is known about it", () => {
    const error = new AllocationRefusedError("not_in_order", "v3")

    expect(error).toMatchObject({
      name: "AllocationRefusedError",
      code: "not_in_order",
      message: "This vendor has nothing in the order to take it from. v3",
    })
    expect(new AllocationRefusedError("refund_not_found").message).toBe(
      "There is no such refund."
    )
  })

  it("names the amount that is none", () => {
    expect(() =>
      decide([part("v1", 9n)], 9n, { vendor_id: "v1", amount: "much" })
    ).toThrow(/above zero.*much$/)
  })

  it("of a vendor whose part is used up says that she has none", () => {
    const parts = [part("v1", 9n), part("v2", 0n)]

    expect(() =>
      decide(parts, 9n, { vendor_id: "v2", amount: "0.09" })
    ).toThrow(/nothing in the order.*v2$/)
  })
})

describe("what an operator allocates", () => {
  it("to the platform, rests on what the platform has, wherever it is listed", () => {
    const platforms = { vendor_id: null, amount: "0.09" }

    expect(decide([part("v1", 9n), part(null, 50n)], 9n, platforms)).toEqual([
      { order_id: null, vendor_id: null, amount: 9n, basis: 150n },
    ])
    expect(decide([part("v1", 9n)], 9n, platforms)).toEqual([
      { order_id: null, vendor_id: null, amount: 9n, basis: 0n },
    ])
  })

  it("names no settlement that bears nothing of it", () => {
    const parts = [part("v1", 9n), part("v1", 3n, "order_2")]

    expect(decide(parts, 1n, { vendor_id: "v1", amount: "0.01" })).toEqual([
      { order_id: "order_1", vendor_id: "v1", amount: 1n, basis: 109n },
    ])
  })
})

it("of a cent that cannot be divided the platform is suggested, before any vendor", () => {
  expect(suggestSplit(1n, [part("a", 5n), part(null, 5n)])).toEqual([
    { vendor_id: "a", amount: 0n, most: 5n },
    { vendor_id: null, amount: 1n, most: null },
  ])
})
