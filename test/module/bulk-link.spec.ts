import type { MedusaContainer } from "@medusajs/framework/types"

import type { VendorFacts } from "../../src/domain/facts"
import type { VendorPage } from "../../src/marketplaces/types"
import {
  bulkLinkProgress,
  BulkLinkRefusedError,
  cancelBulkLink,
  startBulkLink,
} from "../../src/modules/masspay/queries/bulk-link"
import { upsertPayees } from "../../src/modules/masspay/queries/payee-contact"
import type { Wire } from "../../src/modules/masspay-gateway/types"
import { collectPayouts } from "../../src/runners/collect"
import { continueBulkLink, previewBulkLink } from "../../src/sweep/bulk-link"
import {
  MINUTE_MS,
  openShop,
  requests,
  type Shop,
} from "../support/payout-shop"

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop.close())

type Deps = Parameters<typeof continueBulkLink>[0]

const vendor = (n: number, over: Partial<VendorFacts> = {}): VendorFacts => ({
  id: `v${String(n).padStart(4, "0")}`,
  name: `Vendor ${n}`,
  email: `v${n}@example.com`,
  first_name: "Ada",
  last_name: "Vendor",
  business_name: null,
  country_code: "US",
  ...over,
})
const vendors = (count: number) =>
  Array.from({ length: count }, (_, n) => vendor(n))

/** A shop's adapter with these vendors; it may break off after some pages. */
function listing(
  all: readonly VendorFacts[],
  { breaks_after = Infinity } = {}
) {
  let pages = 0
  return {
    listVendors: async (
      _container: MedusaContainer,
      { after, limit }: VendorPage
    ) => {
      pages += 1
      if (pages > breaks_after) throw new Error("the host is down")
      return all
        .filter(({ id }) => after === null || id > after)
        .slice(0, limit)
    },
  }
}

const container = {} as MedusaContainer

function deps(
  adapter: Awaited<ReturnType<Deps["adapter"]>>,
  over: { wire?: Wire; worker?: string; signal?: AbortSignal } = {}
): Deps {
  return {
    ...shop.deps(over),
    adapter: async () => adapter,
    installation: { tag: shop.tag },
    nudgeOutbox: () => undefined,
  }
}

const start = (request_id = "first") =>
  startBulkLink(shop.books.db, {
    request_id,
    actor: "user_op",
    reason: "we go live",
  })
const progress = () => bulkLinkProgress(shop.books.db)
const users = () => shop.sandbox.control.state().users
const creations = () =>
  requests(shop).filter(
    ({ method, path }) => method === "POST" && path.endsWith("/user")
  )

it("links every vendor of the shop, whatever she is owed, and says who is missing what", async () => {
  const all = [
    ...vendors(3),
    vendor(3, { email: null }),
    vendor(4, { country_code: null }),
    vendor(5, { email: "not an address" }),
  ]
  const id = await start()

  await continueBulkLink(deps(listing(all)), container)

  expect(await progress()).toMatchObject({
    id,
    state: "finished",
    started_by: "user_op",
    is_listed: true,
    total: 6,
    linked: 3,
    waiting: 0,
    not_linked: [
      { reason: "contact_incomplete", count: 2 },
      { reason: "contact_rejected", count: 1 },
    ],
  })
  expect(users()).toHaveLength(3)
})

it("counts beforehand, asks nobody and writes nothing", async () => {
  const all = [...vendors(3), vendor(3, { email: null, last_name: " " })]
  const [first] = all
  await shop.books.db.tx((sql) =>
    upsertPayees(sql, {
      vendors: first ? [first, vendor(900)] : [],
      tag: shop.tag,
    })
  )
  const asked = requests(shop).length

  expect(await previewBulkLink(deps(listing(all)), container)).toEqual({
    vendors: 5,
    is_complete: true,
    linked: 0,
    to_look_up: 4,
    paused: 0,
    unlinked_by_operator: 0,
    incomplete: 1,
    incomplete_vendors: [
      { vendor_id: "v0003", missing: ["email", "last_name"] },
    ],
  })
  expect(requests(shop)).toHaveLength(asked)
  expect(await progress()).toBeNull()
})

it("links those whom the books know where the adapter cannot list vendors, and says so", async () => {
  await shop.books.db.tx((sql) =>
    upsertPayees(sql, { vendors: vendors(2), tag: shop.tag })
  )
  const cannot = {}
  expect(await previewBulkLink(deps(cannot), container)).toMatchObject({
    vendors: 2,
    is_complete: false,
  })
  await start()

  await continueBulkLink(deps(cannot), container)

  expect(await progress()).toMatchObject({ state: "finished", linked: 2 })
})

it("runs one at a time, and the same request starts it once", async () => {
  const id = await start()

  expect(await start()).toBe(id)
  await expect(start("second")).rejects.toThrow(BulkLinkRefusedError)
  await cancelBulkLink(shop.books.db, { actor: "user_op" })
  expect(await start("second")).not.toBe(id)
})

it("goes on where a process stopped, in the list and in the linking, and creates nobody twice", async () => {
  const all = vendors(230)
  await start()
  await continueBulkLink(deps(listing(all, { breaks_after: 1 })), container)
  expect(await progress()).toMatchObject({
    state: "running",
    is_listed: false,
    total: 100,
    linked: 0,
    problem: expect.stringContaining("tried again") as string,
  })

  // Stops after some users: the signal is that of a process that ends.
  const ending = new AbortController()
  const wire: Wire = {
    ...shop.wire,
    createUser: (...asked) => {
      if (users().length >= 15) ending.abort()
      return shop.wire.createUser(...asked)
    },
  }
  await continueBulkLink(
    deps(listing(all), { wire, signal: ending.signal }),
    container
  )
  const halfway = await progress()
  expect(halfway).toMatchObject({
    state: "running",
    is_listed: true,
    total: 230,
  })
  expect(halfway?.linked).toBeGreaterThanOrEqual(15)
  expect(halfway?.linked).toBeLessThan(230)

  await Promise.all(
    ["a", "b"].map((worker) =>
      continueBulkLink(deps(listing(all), { worker }), container)
    )
  )
  expect(await progress()).toMatchObject({ state: "finished", linked: 230 })
  expect(creations()).toHaveLength(230)
})

it("is cancelled: nobody else is asked about, and who is linked stays linked", async () => {
  const all = vendors(40)
  await start()
  const wire: Wire = {
    ...shop.wire,
    createUser: async (...asked) => {
      if (users().length === 5) {
        await cancelBulkLink(shop.books.db, { actor: "user_other" })
      }
      return shop.wire.createUser(...asked)
    },
  }

  await continueBulkLink(deps(listing(all), { wire }), container)

  const ended = await progress()
  expect(ended).toMatchObject({
    state: "cancelled",
    ended_by: "user_other",
    waiting: 0,
  })
  // The batch that was in hand is ended.
  expect(users()).toHaveLength(10)
  await continueBulkLink(deps(listing(all)), container)
  expect(users()).toHaveLength(10)
  await expect(
    cancelBulkLink(shop.books.db, { actor: "user_other" })
  ).rejects.toMatchObject({ code: "not_running" })
})

it("asks again later about whom MassPay did not answer, and ends when it did", async () => {
  const all = vendors(3)
  await start()
  for (let tries = 0; tries < 3; tries += 1) {
    shop.sandbox.control.armFault({
      fault: "502_html",
      method: "GET",
      path: "/user/lookup",
    })
  }
  await continueBulkLink(deps(listing(all)), container)
  expect((await progress())?.state).toBe("running")
  expect((await progress())?.waiting).toBeGreaterThan(0)

  await shop.passTime(10 * MINUTE_MS)
  await continueBulkLink(deps(listing(all)), container)

  expect(await progress()).toMatchObject({ state: "finished", linked: 3 })
})

it("leaves alone whom an operator paused or unlinked, and keeps no money waiting", async () => {
  const all = vendors(3)
  await shop.books.db.tx((sql) =>
    upsertPayees(sql, { vendors: all, tag: shop.tag })
  )
  await shop.books.db.rows(
    `update masspay_payee set is_paused = vendor_id = 'v0000',
            is_link_held = vendor_id = 'v0001'`
  )
  await start()

  await continueBulkLink(deps(listing(all)), container)

  expect(await progress()).toMatchObject({
    state: "finished",
    linked: 1,
    not_linked: [
      { reason: "not_asked", count: 1 },
      { reason: "paused", count: 1 },
    ],
  })
  await collectPayouts(shop.deps(), {
    policy: { minimum: {}, notify_payee: false, source_tokens: {} },
    tag: shop.tag,
  })
  expect(users()).toHaveLength(1)
})

it("an adapter whose list stands still is told, not followed for ever", async () => {
  await start()
  const still = { listVendors: async () => vendors(100) }

  await continueBulkLink(deps(still), container)

  expect(await progress()).toMatchObject({
    state: "running",
    problem: expect.stringContaining("could not be listed") as string,
  })
})
