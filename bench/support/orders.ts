import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

import { internalUserId } from "../../src/domain/ids"
import { kernelFrom } from "../../src/kernel"
import type { Db } from "../../src/modules/masspay/queries/db"
import { newId } from "../../src/modules/masspay/queries/new-id"
import { aContact, openShop } from "../../test/http/support/shop"
import { type PlainShare, splitPlainly } from "../ref/split"
import { BASIS_POINTS } from "./policy"

const TEMPLATES = 10
const VENDORS = 2 * TEMPLATES

/** What was sold: two vendors, four lines, one parcel. Prices in cents, and such that shares have to be rounded. */
const SOLD = Array.from({ length: TEMPLATES }, (_, nth) => {
  const [first, second] = [vendorId(2 * nth), vendorId(2 * nth + 1)]
  return {
    items: [
      { vendor_id: first, price: 1_234 + 7 * nth, quantity: 1 },
      { vendor_id: first, price: 555 + nth, quantity: 2 },
      { vendor_id: second, price: 1_999 + 13 * nth, quantity: 1 },
      { vendor_id: second, price: 111, quantity: 3 + (nth % 3) },
    ],
    shipping: 701,
  }
})

function vendorId(nth: number): string {
  return `ven_${nth.toString().padStart(3, "0")}`
}

const VENDOR_IDS = Array.from({ length: VENDORS }, (_, nth) => vendorId(nth))

/** What the vendors of the nth kind of order are due, from what was sold and nothing else. */
function dueFor(nth: number): PlainShare[] {
  const sold = SOLD[nth]
  if (!sold) throw new RangeError(`There are ${SOLD.length} kinds of orders`)
  return splitPlainly(
    {
      id: "",
      display_id: 0,
      currency_code: "USD",
      items: sold.items.map(({ vendor_id, price, quantity }) => ({
        id: "",
        title: "",
        vendor_id,
        quantity,
        net: BigInt(price * quantity),
      })),
      shipping: [{ id: "", title: "", net: BigInt(sold.shipping) }],
    },
    { basis_points: BASIS_POINTS }
  )
}

/** Products, vendors whom MassPay knows, and one order of every kind: placed, paid and completed as a shop does it. */
export async function makeTemplates(container: MedusaContainer): Promise<void> {
  const { books, installation } = await kernelFrom(container)
  const shop = openShop(() => container)
  await shop.registerVendors(
    Object.fromEntries(
      VENDOR_IDS.map((id) => [
        id,
        aContact({ name: id, email: `${id}@example.com` }),
      ])
    )
  )
  await books.rows(
    `insert into masspay_payee
       (id, vendor_id, internal_user_id, name, email, first_name, last_name,
        country_code, user_token, status)
     select *, 'active' from unnest(?::text[], ?::text[], ?::text[], ?::text[],
       ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])`,
    [
      VENDOR_IDS.map(() => newId("mspye")),
      VENDOR_IDS,
      VENDOR_IDS.map((vendor_id) =>
        internalUserId({ tag: installation.tag, vendor_id })
      ),
      VENDOR_IDS,
      VENDOR_IDS.map((id) => `${id}@example.com`),
      VENDOR_IDS.map(() => "Ada"),
      VENDOR_IDS.map(() => "Lovelace"),
      VENDOR_IDS.map(() => "US"),
      VENDOR_IDS.map((id) => `usr_${id}`),
    ]
  )
  const products = container.resolve(Modules.PRODUCT)
  for (const [nth, { items, shipping }] of SOLD.entries()) {
    const made = await products.createProducts(
      items.map(({ vendor_id }, line) => ({
        title: `Product ${nth}.${line}`,
        metadata: { vendor_id },
      }))
    )
    const order_id = await shop.place({
      items: items.map(({ price, quantity }, line) => ({
        title: `Product ${nth}.${line}`,
        product_id: made[line]?.id ?? "",
        unit_price: (price / 100).toFixed(2),
        quantity,
      })),
      shipping: shipping / 100,
      metadata: { kind: String(nth) },
    })
    await shop.pay(order_id)
    await shop.complete(order_id)
  }
}

type Row = Record<string, unknown>
export type Template = {
  kind: number
  /** One JSON array of rows for every table, in the order of their references. */
  tables: { table: string; text: string }[]
  ids: RegExp
}

/** Each by the ids of the rows found before; so that a copy has everything that Medusa reads of an order. */
const TABLES = [
  ["order", `id = any(:ids)`],
  ["order_summary", `order_id = any(:ids)`],
  ["order_item", `order_id = any(:ids)`],
  [
    "order_line_item",
    `id in (select item_id from order_item where order_id = any(:ids))`,
  ],
  ["order_shipping", `order_id = any(:ids)`],
  [
    "order_shipping_method",
    `id in (select shipping_method_id from order_shipping where order_id = any(:ids))`,
  ],
  ["order_transaction", `order_id = any(:ids)`],
  ["order_payment_collection", `order_id = any(:ids)`],
  [
    "payment_collection",
    `id in (select payment_collection_id from order_payment_collection where order_id = any(:ids))`,
  ],
  ["payment_session", `payment_collection_id = any(:ids)`],
  ["payment", `payment_collection_id = any(:ids)`],
  ["capture", `payment_id = any(:ids)`],
] as const

/** Parents before children, which foreign keys ask for. */
const INSERT_ORDER = [
  "order",
  "order_summary",
  "order_line_item",
  "order_item",
  "order_shipping_method",
  "order_shipping",
  "order_transaction",
  "payment_collection",
  "order_payment_collection",
  "payment_session",
  "payment",
  "capture",
]

export async function readTemplates(db: Db): Promise<Template[]> {
  const found = await db.rows<{ id: string; kind: string }>(
    `select id, metadata->>'kind' as kind from "order"
      where metadata->>'kind' is not null order by id`
  )
  const templates: Template[] = []
  for (const { id, kind } of found) {
    const ids = new Set([id])
    const tables = new Map<string, Row[]>()
    for (const [table, where] of TABLES) {
      const rows = await db.rows<{ row: Row }>(
        `select to_jsonb(t) as row from "${table}" t where ${where.replaceAll(":ids", "?::text[]")}`,
        [[...ids]]
      )
      for (const { row } of rows)
        if (typeof row.id === "string") ids.add(row.id)
      tables.set(
        table,
        rows.map(({ row }) => row)
      )
    }
    templates.push({
      kind: Number(kind),
      tables: INSERT_ORDER.map((table) => ({
        table,
        text: JSON.stringify(
          (tables.get(table) ?? []).map((row) => markedOf(table, row))
        ).slice(1, -1),
      })),
      ids: new RegExp(`"(${[...ids].join("|")})"`, "g"),
    })
  }
  return templates
}

const NOW_MARK = "«now»"
const DISPLAY_MARK = "«display»"

/** The sweep looks at when a row was written. */
function markedOf(table: string, row: Row): Row {
  return {
    ...row,
    ...(table === "order" && {
      display_id: DISPLAY_MARK,
      updated_at: NOW_MARK,
    }),
    ...(table === "capture" && { updated_at: NOW_MARK }),
  }
}

/** An order that was not looked at yet, and what must be booked for it. */
export type FreshOrder = { id: string; due: PlainShare[] }

const CHUNK = 100
let copies = 0

/** Copies of the templates in turns, row by row: as good as placed, in a hundredth of the time. */
export async function freshOrders(
  db: Db,
  templates: readonly Template[],
  count: number
): Promise<FreshOrder[]> {
  const orders: FreshOrder[] = []
  while (orders.length < count) {
    const texts = new Map<string, string[]>()
    const size = Math.min(CHUNK, count - orders.length)
    const now = new Date().toISOString()
    for (let nth = 0; nth < size; nth += 1) {
      const template = templates[orders.length % templates.length]
      if (!template) throw new RangeError("There are no templates")
      copies += 1
      const suffix = `_${copies.toString().padStart(7, "0")}`
      for (const { table, text } of template.tables) {
        if (text === "") continue
        const copy = text
          .replace(template.ids, (_, id: string) => `"${id}${suffix}"`)
          .replaceAll(`"${NOW_MARK}"`, `"${now}"`)
          .replaceAll(`"${DISPLAY_MARK}"`, String(1_000_000 + copies))
        texts.set(table, [...(texts.get(table) ?? []), copy])
      }
      const [id] =
        /(?<="id":")order_[^"]+/.exec(texts.get("order")?.at(-1) ?? "") ?? []
      if (!id) throw new Error("A template has no order")
      orders.push({ id, due: dueFor(template.kind) })
    }
    await db.tx(async (sql) => {
      for (const table of INSERT_ORDER) {
        await sql.rows(
          `insert into "${table}"
           select * from jsonb_populate_recordset(null::"${table}", ?::jsonb)`,
          [`[${(texts.get(table) ?? []).join(",")}]`]
        )
      }
    })
  }
  return orders
}

/** As if they had changed last long ago, so that no later sweep looks at them again. */
export async function ageOrders(db: Db): Promise<void> {
  for (const table of ["order", "capture"]) {
    await db.rows(
      `update "${table}" set updated_at = now() - interval '1 year'
        where updated_at > now() - interval '1 month'`
    )
  }
}
