import {
  type KnownRefund,
  placeOnRefunds,
  type ShopRefund,
  shopRefunds,
} from "../../../src/domain/refund-items"
import { theFacts } from "./order-builders"

const refund = (id: string, amount: bigint): ShopRefund => ({
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

it("the refunds of an order come in the order of time, and by id where that is the same", () => {
  const told = (id: string, refunded_at: string) => ({
    id,
    amount: "1",
    refunded_at,
  })
  const refunds = [
    told("c", "2026-01-02"),
    told("a", "2026-01-02"),
    told("d", "2026-01-01"),
  ]
  const facts = theFacts({
    payment: {
      captured: "full",
      captured_total: "100",
      refunded_total: "3",
      refunds,
    },
  })

  expect(shopRefunds(facts).map(({ id }) => id)).toEqual(["d", "a", "c"])
})

describe("what no line explains", () => {
  it("is never more of a refund than there is of it, also where some was shown before", () => {
    const items = placeOnRefunds({
      refunds: [refund("r1", 10n), refund("r2", 5n)],
      known: [known("r1", { unallocated: 4n })],
      amount: 20n,
    })

    expect(items).toMatchObject([
      { refund_id: "r1", placed: 10n },
      { refund_id: "r2", placed: 5n },
    ])
  })

  it("is nothing of a refund of which more was allocated than the shop tells now", () => {
    const items = placeOnRefunds({
      refunds: [refund("r1", 10n), refund("r2", 5n)],
      known: [known("r1", { allocated: 12n })],
      amount: 3n,
    })

    expect(items).toMatchObject([{ refund_id: "r2", placed: 3n }])
  })

  it("is shown with what is left of the refund, in the row that stands open", () => {
    const items = placeOnRefunds({
      refunds: [refund("r1", 10n)],
      known: [
        known("r1", { allocated: 4n }),
        known("r1#2", { unallocated: 2n }),
      ],
      amount: 3n,
    })

    expect(items).toEqual([
      {
        refund_id: "r1#2",
        shop_refund_id: "r1",
        amount: 6n,
        refunded_at: null,
        placed: 3n,
      },
    ])
  })
})
