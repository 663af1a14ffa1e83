import type { MedusaContainer } from "@medusajs/framework/types"

import type { Kernel } from "../../src/kernel"
import type { MarketplaceAdapter } from "../../src/marketplaces/types"
import { refreshContacts } from "../../src/sweep/refresh-contacts"
import { type Books, openBooks } from "../support/books"
import { aLine, anOrder, aVendor, settleNow, TAG } from "./builders"

let books: Books
beforeEach(async () => {
  books = await openBooks()
})
afterEach(() => books.close())

it("goes on with the other vendors, and ends well, when one cannot be read", async () => {
  for (const id of ["ven_1", "ven_2"]) {
    const order_id = `order_of_${id}`
    const lines = [aLine({ order_id, ref: id, vendor_id: id })]
    const vendors = [aVendor({ id, email: null })]
    await settleNow(books.db, anOrder({ order_id, lines, vendors }))
  }
  const adapter: Pick<MarketplaceAdapter, "getVendor"> = {
    getVendor: (_container, id) =>
      id === "ven_1"
        ? Promise.reject(new Error("A broken record"))
        : Promise.resolve(aVendor({ id })),
  }
  const logs: string[] = []
  const kernel = {
    books: books.db,
    installation: { tag: TAG },
    log: { warn: (event: string) => logs.push(event) },
    adapter: () => Promise.resolve(adapter),
  } as unknown as Kernel
  const graph = async () => ({
    data: await books.db.rows(
      `select id, vendor_id from masspay_payee order by id`
    ),
  })
  const container = {
    resolve: () => ({ graph }),
  } as unknown as MedusaContainer

  await refreshContacts(kernel, container, new AbortController().signal)

  expect(
    await books.db.rows(
      `select vendor_id, email from masspay_payee order by vendor_id`
    )
  ).toEqual([
    { vendor_id: "ven_1", email: null },
    { vendor_id: "ven_2", email: "ven_2@example.com" },
  ])
  expect(logs).toEqual(["payee.contact_unreadable"])
})
