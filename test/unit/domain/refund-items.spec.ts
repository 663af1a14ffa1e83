import {
  type KnownRefund,
  placeOnRefunds,
  shopRefunds,
} from "../../../src/domain/refund-items"
import { theFacts } from "./order-builders"

const refund = (id: string, amount: bigint) => ({
  id,
  amount,
  refunded_at: null,
})
const known = (
  refund_id: string,
  overrides: Partial<KnownRefund> = {}
): KnownRefund => ({
  refund_id,
  shop_refund_id: refund_id.split("#")[0] ?? refund_id,
  allocated: 0n,
  unallocated: 0n,
  ...overrides,
})
const placed = (items: ReturnType<typeof placeOnRefunds>) =>
  Object.fromEntries(items.map((item) => [item.refund_id, item.placed]))

describe("the refunds of an order", () => {
  const facts = (payment: object) =>
    theFacts({
      payment: {
        captured: "full",
        captured_total: "100",
        refunded_total: "10",
        ...payment,
      },
    })
  const told = (id: string, amount: string, refunded_at: string) => ({
    id,
    amount,
    refunded_at,
  })

  it("come in the order of time, and add up to what was refunded", () => {
    expect(
      shopRefunds(
        facts({
          refunds: [
            told("b", "3.335", "2026-01-02"),
            told("a", "6.665", "2026-01-01"),
          ],
        })
      )
    ).toEqual([
      { id: "a", amount: 666n, refunded_at: "2026-01-01" },
      { id: "b", amount: 334n, refunded_at: "2026-01-02" },
    ])
  })

  it("are one of their own where the shop tells the sum only", () => {
    expect(shopRefunds(facts({}))).toEqual([
      { id: "unlisted:order_1", amount: 1000n, refunded_at: null },
    ])
    expect(
      shopRefunds(facts({ refunds: [told("a", "4", "2026-01-01")] }))
    ).toMatchObject([
      { id: "a", amount: 400n },
      { id: "unlisted:order_1", amount: 600n },
    ])
  })
})

describe("what no line explains", () => {
  const [one, two] = [refund("r1", 10n), refund("r2", 5n)]

  it("is a part of the latest refunds, never more than each", () => {
    const place = (amount: bigint) =>
      placed(placeOnRefunds({ refunds: [one, two], known: [], amount }))

    expect(place(0n)).toEqual({ r1: 0n, r2: 0n })
    expect(place(3n)).toEqual({ r1: 0n, r2: 3n })
    expect(place(12n)).toEqual({ r1: 7n, r2: 5n })
  })

  it("stays with the refund it was shown for", () => {
    const shown = [known("r1", { unallocated: 4n })]

    expect(
      placed(placeOnRefunds({ refunds: [one, two], known: shown, amount: 6n }))
    ).toEqual({ r1: 4n, r2: 2n })
    expect(
      placed(placeOnRefunds({ refunds: [one, two], known: shown, amount: 3n }))
    ).toEqual({ r1: 3n, r2: 0n })
  })

  it("is in a row of its own where the refund was allocated before", () => {
    const before = [known("r1", { allocated: 4n })]
    const items = placeOnRefunds({ refunds: [one], known: before, amount: 6n })

    expect(items).toMatchObject([
      { refund_id: "r1#2", shop_refund_id: "r1", amount: 6n, placed: 6n },
    ])
    expect(
      placeOnRefunds({ refunds: [one], known: before, amount: 0n })
    ).toEqual([])
    expect(
      placeOnRefunds({
        refunds: [one],
        known: [...before, known("r1#2", { allocated: 1n })],
        amount: 2n,
      })
    ).toMatchObject([{ refund_id: "r1#3", amount: 5n, placed: 2n }])
  })

  it("is nobody's business any more where the shop took the refund back", () => {
    expect(
      placeOnRefunds({
        refunds: [],
        known: [known("r1", { unallocated: 4n }), known("r2")],
        amount: 0n,
      })
    ).toMatchObject([{ refund_id: "r1", placed: 0n }])
  })
})
