import fc from "fast-check"

import type { LineFacts, OrderFacts } from "../../../src/domain/facts"
import { formatMajor } from "../../../src/domain/money"
import { decideAllocation } from "../../../src/domain/refund-allocation"
import {
  type BookedSettlement,
  type OrderSettlement,
  type RefundAllocation,
  type SettlementPolicy,
  settleOrder,
} from "../../../src/domain/settle"
import { holds, must } from "../../support/property"
import {
  aLine,
  aPolicy,
  aShipping,
  book,
  NOON,
  theFacts,
} from "./order-builders"

const CASES = 10_000

type Item = { kind: LineFacts["kind"]; vendor_id: string | null; worth: number }
type Step =
  | { does: "refund"; permille: number }
  | { does: "return"; line: number; permille: number }
  | { does: "allocate"; split: readonly number[] }
  | { does: "change policy"; basis_points: number }

const item: fc.Arbitrary<Item> = fc.record({
  kind: fc.constantFrom("item", "item", "item", "shipping"),
  vendor_id: fc.constantFrom("v1", "v2", "v3", null),
  worth: fc.oneof(fc.nat({ max: 9 }), fc.nat({ max: 99_999 })),
})
const permille = fc.oneof(fc.constant(1000), fc.integer({ min: 1, max: 1000 }))
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ does: fc.constant("refund" as const), permille }),
  fc.record({
    does: fc.constant("return" as const),
    line: fc.nat({ max: 5 }),
    permille,
  }),
  fc.record({
    does: fc.constant("allocate" as const),
    split: fc.array(fc.nat({ max: 1000 }), { minLength: 4, maxLength: 4 }),
  }),
  fc.record({
    does: fc.constant("change policy" as const),
    basis_points: fc.nat({ max: 10_000 }),
  })
)
const shop = fc.record({
  items: fc.array(item, { minLength: 1, maxLength: 5 }),
  gift_card: fc.oneof(fc.constant(0), fc.nat({ max: 1000 })),
  basis_points: fc.constantFrom(0, 1000, 3333, 10_000),
  tax: fc.constantFrom("vendor", "platform"),
  steps: fc.array(step, { minLength: 1, maxLength: 8 }),
})
type Shop = typeof shop extends fc.Arbitrary<infer Value> ? Value : never

/** An order as the shop keeps it: a refund beyond what is owed leaves a credit on the order. */
class Order {
  private lines: number[]
  private credit = 0
  refunded = 0
  readonly gift: number

  constructor(
    private readonly items: readonly Item[],
    gift_permille: number
  ) {
    this.lines = items.map(({ worth }) => worth)
    this.gift = part(this.sold(), gift_permille)
  }

  sold(): number {
    return sum(this.items.map(({ worth }) => worth))
  }

  inLines(): number {
    return sum(this.lines)
  }

  of(vendor_id: string): number {
    return sum(
      this.lines.filter((_, at) => this.items[at]?.vendor_id === vendor_id)
    )
  }

  refund(permille: number): void {
    const captured = this.sold() - this.gift
    const amount = part(captured - this.refunded, permille)
    const total = this.inLines() - this.gift - this.credit
    const owed = Math.max(0, captured - this.refunded - total)
    this.credit += Math.max(0, amount - owed)
    this.refunded += amount
  }

  takeBack(line: number, permille: number): void {
    const at = line % this.lines.length
    const worth = this.lines[at] ?? 0
    this.lines[at] = worth - part(worth, permille)
  }

  facts(): OrderFacts {
    const usd = (cents: number): string => formatMajor(BigInt(cents), "USD")
    return theFacts({
      lines: this.items.map(({ kind, vendor_id }, at) =>
        (kind === "item" ? aLine : aShipping)({
          ref: `line_${at}`,
          vendor_id,
          quantity: this.lines[at] === this.items[at]?.worth ? 100 : 50,
          net: usd(this.lines[at] ?? 0),
        })
      ),
      unattributed: usd(-this.gift - this.credit),
      payment: {
        captured: "full",
        captured_total: usd(this.sold() - this.gift),
        refunded_total: usd(this.refunded),
        credits_total: usd(this.gift),
      },
    })
  }
}

/** What the books keep of it: entries, and what was allocated. */
class Books {
  rows: BookedSettlement[] = []
  allocations: RefundAllocation[] = []
  platform_lines = new Set<string>()

  look(facts: OrderFacts, policy: SettlementPolicy): OrderSettlement {
    return settleOrder({
      facts,
      policy,
      booked: this.rows,
      allocations: this.allocations,
      platform_lines: this.platform_lines,
      now: NOON,
    })
  }

  settle(facts: OrderFacts, policy: SettlementPolicy): OrderSettlement {
    const settled = this.look(facts, policy)
    this.rows = settled.settlements.map((result) =>
      book(
        result,
        this.rows.find((row) => row.vendor_id === result.vendor_id)
      )
    )
    this.allocations = [...this.allocations, ...settled.allocations]
    for (const { kind, ref } of settled.platform_lines) {
      this.platform_lines.add(`${kind}:${ref}`)
    }
    return settled
  }

  /** What an operator says who divides by `split`, as far as each can bear it. */
  allocate(
    { unallocated, parts }: OrderSettlement,
    split: readonly number[]
  ): void {
    if (unallocated === 0n) return
    let left = unallocated
    const asked = parts
      .filter(({ vendor_id }) => vendor_id !== null)
      .map(({ vendor_id, left: most }, at) => {
        const wanted = (unallocated * BigInt(split[at] ?? 0)) / 1000n
        const amount = [wanted, most, left].reduce((a, b) => (b < a ? b : a))
        left -= amount
        return { vendor_id, amount }
      })
    this.allocations = [
      ...this.allocations,
      ...decideAllocation({
        unallocated,
        parts,
        asked: [...asked, { vendor_id: null, amount: left }]
          .filter(({ amount }) => amount > 0n)
          .map(({ vendor_id, amount }) => ({
            vendor_id,
            amount: formatMajor(amount, "USD"),
          })),
        currency_code: "USD",
      }),
    ]
  }
}

function part(amount: number, permille: number): number {
  return Math.floor((amount * permille) / 1000)
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((so_far, one) => so_far + one, 0)
}

function policyOf({ basis_points, tax }: Shop): SettlementPolicy {
  return aPolicy({
    commission_basis_points: basis_points,
    shipping: "vendor",
    tax,
  })
}

/** Does the steps, and looks after each of them. */
function run(
  given: Shop,
  after: (order: Order, books: Books, settled: OrderSettlement) => void
): { order: Order; books: Books; policy: SettlementPolicy } {
  const order = new Order(given.items, given.gift_card)
  const books = new Books()
  let policy = policyOf(given)
  after(order, books, books.settle(order.facts(), policy))
  for (const one of given.steps) {
    if (one.does === "refund") order.refund(one.permille)
    if (one.does === "return") order.takeBack(one.line, one.permille)
    if (one.does === "allocate") {
      books.allocate(books.look(order.facts(), policy), one.split)
    }
    if (one.does === "change policy") {
      policy = { ...policy, commission_basis_points: one.basis_points }
    }
    after(order, books, books.settle(order.facts(), policy))
  }
  return { order, books, policy }
}

describe("any sequence of refunds, returns and allocations", () => {
  it("never takes more from a vendor than her lines are worth, nor from all of them more than was refunded or came back", () => {
    holds(
      fc.property(shop, (given) => {
        run(given, (order, _books, { settlements }) => {
          let lost = 0
          for (const { vendor_id, gross, net, refunded } of settlements) {
            const worth = order.of(vendor_id)
            must(
              gross >= 0n && net >= 0n && gross <= BigInt(worth),
              () => `${vendor_id} has ${gross} of ${worth}`
            )
            must(
              gross + refunded === BigInt(worth),
              () => `${vendor_id}: ${gross} and ${refunded} are not ${worth}`
            )
            lost += new Order(given.items, 0).of(vendor_id) - Number(gross)
          }
          const back = order.sold() - order.inLines()
          must(
            lost <= Math.max(back, order.refunded),
            () => `${lost} lost, ${back} came back, ${order.refunded} refunded`
          )
        })
      }),
      CASES
    )
  })

  it("books once: a second look finds no difference, and allocates nothing", () => {
    holds(
      fc.property(shop, (given) => {
        const { order, books, policy } = run(given, () => undefined)
        const again = books.look(order.facts(), policy)

        must(
          again.settlements.every(({ difference }) => difference === null) &&
            again.allocations.length === 0,
          () => "The second look books something"
        )
      }),
      CASES
    )
  })

  it("never drifts: in the end the books hold what one look at the end would have booked", () => {
    holds(
      fc.property(shop, (given) => {
        // Who earned nothing on the first day has no terms of that day.
        const looks: boolean[] = []
        const { order, books } = run(given, (_order, { rows }) => {
          looks.push(rows.every(({ is_earned }) => is_earned))
        })
        fc.pre(looks[0] === true)
        const { settlements, unallocated } = settleOrder({
          facts: order.facts(),
          // Nothing is booked, and the commission is that of the first day.
          booked: [],
          allocations: books.allocations,
          policy: policyOf(given),
          now: NOON,
        })
        fc.pre(unallocated === 0n)
        for (const { vendor_id, net } of settlements) {
          const row = books.rows.find((one) => one.vendor_id === vendor_id)
          must(
            row?.booked === net,
            () => `${vendor_id} has ${row?.booked}, not ${net}`
          )
        }
      }),
      CASES
    )
  })

  it("leaves nobody anything when everything came back and was refunded", () => {
    holds(
      fc.property(shop, (given) => {
        const { order, books, policy } = run(given, () => undefined)
        given.items.forEach((_, at) => order.takeBack(at, 1000))
        order.refund(1000)
        books.settle(order.facts(), policy)

        for (const { vendor_id, booked } of books.rows) {
          must(booked === 0n, () => `${vendor_id} still has ${booked}`)
        }
      }),
      CASES
    )
  })
})
