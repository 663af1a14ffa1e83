import { kernelFrom } from "../../../src/kernel"
import type {
  AdminInvariantsResponse,
  AdminPayoutPreviewResponse,
} from "../../../src/types/http"
import type { AdminUnallocatedRefundListResponse } from "../../../src/types/http-refunds"
import { describeHost } from "./host"
import type { JourneyAdapter, Placed } from "./journeys-adapters"
import {
  type Catalogue,
  type Good,
  ORDERED,
  seedCatalogue,
  type Vendor,
  VENDORS,
} from "./journeys-catalogue"
import { openCustomer, openStaff, type Staff } from "./journeys-people"
import { openAdmin, restOf, runJobs, walletsOf } from "./plugin"

/** What is right at one point of a journey. Amounts in US dollars; who is not named has nothing. */
export type Expected = {
  /** What Medusa says the paid order costs. */
  total: string
  /** What each vendor is due for the order. */
  net: Partial<Record<Vendor, string>>
  /** State and reason of her settlement: "held: not_captured". */
  says: Partial<Record<Vendor, string>>
  wallets: Partial<Record<Vendor, string>>
  /** What is booked and not paid, and why not: "-2.72 negative". */
  open: Partial<Record<Vendor, string>>
}

/** One customer's order, and what happens to it. */
export type Journey = Placed & {
  staff: Staff
  variant_ids: Catalogue["variant_ids"]
  /** The order that a vendor's goods are handled on. */
  orderOf: (vendor: Vendor) => string
  /** Takes the customer's money; this is what vendors are due by. */
  capture: () => Promise<void>
  /** Sends and delivers everything, and declares it done. */
  deliver: () => Promise<void>
  /** Another customer buys; nothing is done about it yet. */
  buy: (goods: Goods) => Promise<Journey>
  /** An operator says that a vendor bears what no line of the order explains of its refunds. */
  allocate: (vendor: Vendor, amount: string) => Promise<void>
  /** Why each of its entries was booked, the oldest first. */
  reasons: () => Promise<string[]>
  /** Lets the plugin do whatever it would do by now, and looks at everything. */
  see: (row: string, expected: Expected) => Promise<void>
}

type Goods = Partial<Record<Good, number>>

/**
 * A customer fills a cart and checks out. Once for each of `ORDERED` that was
 * done before the test: it is what all of them begin with, and takes a while.
 */
export type Begin = (goods: Goods) => Promise<Journey>

/**
 * A shop of that marketplace model with two vendors, one commission (10 % of the
 * goods), no tax and shipping by value. Orders are due when they are captured,
 * because what happens to them later then happens to money that was paid.
 * After each journey the books' invariants must hold.
 */
export function describeShop(
  adapter: JourneyAdapter,
  suite: (begin: Begin) => void
): void {
  describeHost(
    {
      ...adapter.env,
      MASSPAY_MARKETPLACE: adapter.marketplace,
      MASSPAY_SETTLEMENT: JSON.stringify({
        releaseOn: "captured",
        commission: { basisPoints: 1000 },
      }),
    },
    ({ shop, getContainer, sandbox, http }) => {
      let catalogue: Catalogue
      let vendor_ids: Record<Vendor, string>
      let headers: Awaited<ReturnType<typeof shop.adminHeaders>>
      let books: ReturnType<typeof openAdmin>
      const placed_before = new Map<Goods, Placed>()
      let unused: typeof placed_before

      beforeAll(async () => {
        catalogue = await seedCatalogue(getContainer())
        vendor_ids = await adapter.seedVendors(getContainer(), catalogue)
        headers = await shop.adminHeaders()
        books = openAdmin(http, headers)
        for (const goods of Object.values(ORDERED)) {
          placed_before.set(goods, await checkOut(goods))
        }
        await restOf(getContainer())
      })
      beforeEach(() => {
        unused = new Map(placed_before)
      })

      afterEach(async () => {
        const { status, data } = await books.post("invariants", {})
        const { invariants, stopped } = data as AdminInvariantsResponse
        expect(status).toBe(200)
        expect(invariants.length).toBeGreaterThan(0)
        expect(invariants.filter(({ holds }) => !holds)).toEqual([])
        expect(stopped).toBeNull()
      })

      async function checkOut(goods: Goods): Promise<Placed> {
        const customer = openCustomer(http, catalogue)
        const cart_id = await customer.fillCart(goods)
        return adapter.checkOut(getContainer(), {
          customer,
          cart_id,
          vendor_ids,
        })
      }

      async function begin(goods: Goods): Promise<Journey> {
        const staff = openStaff(http, headers)
        const placed = unused.get(goods) ?? (await checkOut(goods))
        unused.delete(goods)
        const orderOf = (vendor: Vendor) =>
          placed.of_vendor[vendor] ?? placed.order_id
        return {
          ...placed,
          staff,
          variant_ids: catalogue.variant_ids,
          orderOf,
          capture: () => staff.capture(placed.order_id),
          async deliver() {
            for (const order_id of new Set(VENDORS.map(orderOf))) {
              await staff.deliver(order_id)
              await staff.complete(order_id)
            }
          },
          buy: begin,
          allocate: (vendor, amount) =>
            allocate(placed.order_id, vendor_ids[vendor], amount),
          reasons: () => reasonsOf(placed.order_id),
          async see(row, expected) {
            await restOf(getContainer())
            await runJobs(getContainer())
            expect({ row, ...(await look(placed.order_id)) }).toEqual({
              row,
              ...expected,
            })
          },
        }
      }

      async function reasonsOf(order_id: string): Promise<string[]> {
        const kernel = await kernelFrom(getContainer())
        const rows = await kernel.books.rows<{ reason: string }>(
          `select e.reason from masspay_ledger_entry e
             join masspay_settlement s on s.id = e.settlement_id
            where s.root_order_id = ? order by e.created_at, e.id`,
          [order_id]
        )
        return rows.map(({ reason }) => reason)
      }

      async function allocate(
        order_id: string,
        vendor_id: string,
        amount: string
      ): Promise<void> {
        const { unallocated_refunds: waiting } =
          await books.get<AdminUnallocatedRefundListResponse>(
            `unallocated-refunds?order_id=${order_id}`
          )
        expect(waiting).toMatchObject([{ order_id, unallocated: amount }])
        const { status, data } = await books.post(
          `unallocated-refunds/${waiting[0]?.id ?? ""}/allocate`,
          {
            request_id: `allocate-${order_id}`,
            reason: "It was broken",
            allocations: [{ vendor_id, amount }],
          }
        )
        expect({ status, data }).toMatchObject({ status: 200 })
      }

      async function look(order_id: string): Promise<Expected> {
        const { settlements } = await books.order(order_id)
        const { preview } =
          await books.get<AdminPayoutPreviewResponse>("payouts/preview")
        const { total } = await openStaff(http, headers).order(order_id)
        const wallets = walletsOf(sandbox())
        return {
          total: total.toFixed(2),
          net: each((vendor) => of(settlements, vendor)?.net),
          says: each((vendor) => {
            const hers = of(settlements, vendor)
            return hers && [hers.state, hers.reason ?? []].flat().join(": ")
          }),
          wallets: each((vendor) =>
            wallets[`${vendor}@example.com`]?.replace(" USD", "")
          ),
          open: each((vendor) => {
            const hers = of(preview, vendor)
            return hers && `${hers.open} ${hers.reason}`
          }),
        }
      }

      /** Her only row: she has one settlement for an order and one currency. */
      function of<Row extends { vendor_id: string }>(
        rows: Row[],
        vendor: Vendor
      ): Row | undefined {
        const strangers = rows.filter(
          ({ vendor_id }) => !Object.values(vendor_ids).includes(vendor_id)
        )
        const hers = rows.filter(
          ({ vendor_id }) => vendor_id === vendor_ids[vendor]
        )
        expect(strangers).toEqual([])
        expect(hers.length).toBeLessThan(2)
        return hers[0]
      }

      suite(begin)
    }
  )
}

function each(
  say: (vendor: Vendor) => string | undefined
): Partial<Record<Vendor, string>> {
  const said: Partial<Record<Vendor, string>> = {}
  for (const vendor of VENDORS) {
    const text = say(vendor)
    if (text !== undefined) said[vendor] = text
  }
  return said
}
