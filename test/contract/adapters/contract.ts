import { exponentOf } from "../../../src/domain/currency"
import type { OrderFacts, VendorFacts } from "../../../src/domain/facts"
import { factsHash } from "../../../src/domain/facts-hash"
import { type BookedSettlement, settle } from "../../../src/domain/settle"
import type { MarketplaceAdapter } from "../../../src/marketplaces/types"
import { aPolicy, book, NOON } from "../../unit/domain/order-builders"
import { type Case, CASES, type Look } from "./cases"
import type { MemoryShop } from "./memory-shop"
import { decimal, millionths, type Sale, type Seller } from "./sale"

/** One marketplace model: its adapter, and how its shops write a sale down. */
export type AdapterHost = {
  adapter: MarketplaceAdapter
  /** One parcel for everything, or one from each seller. */
  ships: "together" | "each"
  /** Whether several sellers of one sale have an order each. */
  splits: boolean
  /** Whether its adapter lists vendors, which is optional for those of others. Default: yes. */
  lists?: boolean
  /** The sale in a shop of this model, and every order it made. */
  lay: (sale: Sale) => { shop: MemoryShop; order_ids: string[] }
}

const POLICY = aPolicy({ commission_basis_points: 0 })

/**
 * What every adapter must do, whatever its model: the same sales, laid out as
 * each model does, give each vendor what was worked out by hand.
 */
export function describeAdapterContract(name: string, host: AdapterHost): void {
  const { adapter } = host

  describe(`${name}, as every adapter`, () => {
    for (const one of CASES) {
      if (one.needs_split && !host.splits) continue
      it(one.name, () => play(host, one))
    }

    it("knows nothing of an order or a vendor that does not exist", async () => {
      const [look] = firstCase().looks
      const { shop } = host.lay(look.sale)

      expect(
        await adapter.factsForOrder(shop.container, "order_none")
      ).toBeNull()
      const vendor = await adapter.getVendor(shop.container, "nobody")
      expect(vendor?.email ?? null).toBeNull()
      expect(shop.trespasses).toEqual([])
    })

    it("describes a vendor the same in facts and when asked for her", async () => {
      const [look] = firstCase().looks
      const { shop, order_ids } = host.lay(look.sale)
      const facts = await factsFrom(adapter, shop, order_ids[0])
      const [ada] = facts.vendors

      expect(ada).toMatchObject({ id: "ada", email: "ada@example.com" })
      expect(await adapter.getVendor(shop.container, "ada")).toEqual(ada)
    })

    // A host's own adapter need not list its vendors, and is not asked to.
    if (host.lists ?? true) {
      it("lists every vendor once, in pages of any size, as it describes her alone", async () => {
        const [look] = firstCase().looks
        const { shop } = host.lay(look.sale)
        const { container } = shop
        const before = shop.snapshot()
        const whole = await pagesOf(adapter, container, 100)
        const ids = whole.map(({ id }) => id)

        expect(ids).toEqual([...new Set(ids)].sort())
        expect(ids).toEqual(expect.arrayContaining(["ada", "bob"]))
        for (const limit of [1, 2, 3]) {
          expect(await pagesOf(adapter, container, limit)).toEqual(whole)
        }
        for (const vendor of whole) {
          expect(await adapter.getVendor(container, vendor.id)).toEqual(vendor)
        }
        expect(shop.trespasses).toEqual([])
        expect(shop.snapshot()).toBe(before)
      })
    }

    it("recognises its own shop, by reading alone", async () => {
      const [look] = firstCase().looks
      const { shop } = host.lay(look.sale)
      const before = shop.snapshot()

      expect(await adapter.detect(shop.container)).toBe(true)
      await adapter.assertUsable?.(shop.container)
      expect(shop.trespasses).toEqual([])
      expect(shop.snapshot()).toBe(before)
    })
  })
}

/** All pages, each as long as was asked for but the last. */
async function pagesOf(
  adapter: MarketplaceAdapter,
  container: MemoryShop["container"],
  limit: number
): Promise<VendorFacts[]> {
  const all: VendorFacts[] = []
  for (;;) {
    const after = all.at(-1)?.id ?? null
    const page = await adapter.listVendors?.(container, { after, limit })
    if (!page) throw new Error(`${adapter.id} cannot list its vendors`)
    expect(page.length).toBeLessThanOrEqual(limit)
    all.push(...page)
    if (page.length < limit) return all
  }
}

function firstCase(): { looks: [Look] } {
  const [look] = CASES[0]?.looks ?? []
  if (!look) throw new Error("There are no cases")
  return { looks: [look] }
}

/** Looks at the sale as often as it changes, and books every time what is due. */
async function play(host: AdapterHost, { looks }: Case): Promise<void> {
  const books = new Map<string, BookedSettlement>()
  for (const look of looks) {
    const facts = await readTwiceWithoutATrace(host, look.sale)
    assertAddsUp(facts)

    const results = settle({
      facts,
      booked: [...books.values()],
      policy: POLICY,
      now: NOON,
    })
    for (const result of results) {
      const key = `${result.order_id} ${result.vendor_id}`
      books.set(key, book(result, books.get(key)))
    }
    const isEach = host.ships === "each"
    const { currency } = look.sale
    expect(sumsByVendor(results, currency, ({ net }) => net)).toEqual(
      (isEach && look.due_each) || look.due
    )
    if (look.reason) {
      expect(
        results.flatMap(({ difference }) => difference?.reason ?? [])
      ).toEqual([look.reason])
    }
    expect(results.map(({ held_reason }) => held_reason)).toEqual(
      results.map(() => look.held ?? null)
    )
    expect(
      sumsByVendor(
        [...books.values()].filter(({ is_earned }) => is_earned),
        currency,
        ({ booked }) => booked
      )
    ).toEqual((isEach && look.booked_each) || look.booked)
    expect(results.map(({ notice }) => notice)).toEqual(results.map(() => null))
  }
}

/** The facts, the same whichever order of the family is asked for and however often. */
async function readTwiceWithoutATrace(
  host: AdapterHost,
  sale: Sale
): Promise<OrderFacts> {
  const { shop, order_ids } = host.lay(sale)
  const before = shop.snapshot()
  const facts = await factsFrom(host.adapter, shop, order_ids[0])
  for (const order_id of order_ids) {
    const again = await factsFrom(host.adapter, shop, order_id)
    expect(again).toEqual(facts)
    expect(factsHash(again, POLICY)).toBe(factsHash(facts, POLICY))
  }
  expect(shop.trespasses).toEqual([])
  expect(shop.snapshot()).toBe(before)
  return facts
}

async function factsFrom(
  adapter: MarketplaceAdapter,
  { container }: MemoryShop,
  order_id: string | undefined
): Promise<OrderFacts> {
  const facts = await adapter.factsForOrder(container, order_id ?? "")
  if (!facts) throw new Error(`No facts of ${order_id ?? "no order"}`)
  return facts
}

function assertAddsUp(facts: OrderFacts): void {
  const parts = [
    ...facts.lines.flatMap(({ net, tax }) => [net, tax]),
    facts.unattributed,
  ]
  const sum = parts.reduce((so_far, part) => so_far + millionths(part), 0n)
  expect(decimal(sum)).toBe(decimal(millionths(facts.total)))
}

function sumsByVendor<Row extends { vendor_id: string }>(
  rows: readonly Row[],
  currency: string,
  amountOf: (row: Row) => bigint
): Partial<Record<Seller, string>> {
  const sums = new Map<string, bigint>()
  for (const row of rows) {
    sums.set(row.vendor_id, (sums.get(row.vendor_id) ?? 0n) + amountOf(row))
  }
  const decimals = exponentOf(currency.toUpperCase())
  return Object.fromEntries(
    [...sums].map(([vendor_id, amount]) => [
      vendor_id,
      inMajor(amount, decimals),
    ])
  )
}

function inMajor(amount: bigint, decimals: number): string {
  const digits = amount.toString().padStart(decimals + 1, "0")
  if (decimals === 0) return digits
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}
