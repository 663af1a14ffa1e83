import type { Pool } from "@medusajs/framework/pg"
import type { RemoteQueryFunction } from "@medusajs/framework/types"
import { z } from "@medusajs/framework/zod"

import { internalUserId, sha256 } from "../../src/domain/ids"
import { newId } from "../../src/modules/masspay/queries/new-id"
import { type PlainOrder, type PlainShare, splitPlainly } from "./split"

type Graph = Pick<RemoteQueryFunction, "graph">

const Amount = z.object({ value: z.string() }).transform(({ value }) => value)
const Row = z.object({
  id: z.string(),
  display_id: z.number(),
  status: z.string(),
  currency_code: z.string(),
  raw_total: Amount,
  items: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      product_id: z.string(),
      raw_quantity: Amount,
      raw_total: Amount,
      raw_tax_total: Amount,
    })
  ),
  shipping_methods: z.array(
    z.object({ id: z.string(), name: z.string(), raw_total: Amount })
  ),
  payment_collections: z.array(
    z.object({
      payments: z.array(
        z.object({
          captures: z.array(z.object({ raw_amount: Amount })),
          refunds: z.array(z.object({})),
        })
      ),
    })
  ),
})

/** Medusa computes totals only from what is asked for. */
const FIELDS = [
  "id",
  "display_id",
  "status",
  "is_draft_order",
  "canceled_at",
  "created_at",
  "currency_code",
  "metadata",
  "total",
  "raw_total",
  "credit_lines.*",
  "items.*",
  "items.detail.*",
  "items.tax_lines.*",
  "items.adjustments.*",
  "items.raw_unit_price",
  "items.raw_quantity",
  "items.total",
  "items.raw_total",
  "items.raw_tax_total",
  "shipping_methods.*",
  "shipping_methods.tax_lines.*",
  "shipping_methods.adjustments.*",
  "shipping_methods.total",
  "shipping_methods.raw_total",
  "shipping_methods.raw_tax_total",
  "cart.id",
  "payment_collections.payments.captures.raw_amount",
  "payment_collections.payments.refunds.raw_amount",
]

/**
 * What the barest subscriber does: load its order, and nothing with it. The
 * fastest anything can be that looks at one order after another.
 */
export async function loadOrder(query: Graph, id: string): Promise<unknown> {
  const { data } = await query.graph({
    entity: "order",
    fields: FIELDS,
    filters: { id },
  })
  if (data.length !== 1) throw new Error(`No order ${id}`)
  return data[0]
}

/** One page of completed orders that changed since then, with whose their products are. */
export async function loadPlainly(
  query: Graph,
  { since, after, limit }: { since: Date; after: string; limit: number }
): Promise<PlainOrder[]> {
  const { data } = await query.graph({
    entity: "order",
    fields: FIELDS,
    filters: { updated_at: { $gte: since }, id: { $gt: after } },
    pagination: { take: limit, order: { id: "ASC" } },
  })
  const rows = z.array(Row).parse(data)
  const vendors = await vendorsOf(query, rows)
  return rows.map((row) => plainOrder(row, vendors))
}

async function vendorsOf(
  query: Graph,
  rows: readonly z.infer<typeof Row>[]
): Promise<Map<string, string>> {
  const { data } = await query.graph({
    entity: "product",
    fields: ["id", "metadata"],
    filters: {
      id: [
        ...new Set(
          rows.flatMap(({ items }) => items.map((item) => item.product_id))
        ),
      ],
    },
  })
  return new Map(
    z
      .array(
        z.object({
          id: z.string(),
          metadata: z.object({ vendor_id: z.string() }),
        })
      )
      .parse(data)
      .map(({ id, metadata }) => [id, metadata.vendor_id])
  )
}

/** Throws for whatever a plain program does not know: money back, draft orders, a sale of nobody's. */
function plainOrder(
  row: z.infer<typeof Row>,
  vendors: ReadonlyMap<string, string>
): PlainOrder {
  const payments = row.payment_collections.flatMap(({ payments }) => payments)
  const captured = payments
    .flatMap(({ captures }) => captures)
    .reduce((sum, { raw_amount }) => sum + cents(raw_amount), 0n)
  if (
    row.status !== "completed" ||
    captured < cents(row.raw_total) ||
    payments.some(({ refunds }) => refunds.length > 0)
  ) {
    throw new Error(`Order ${row.id} is not plain`)
  }
  return {
    id: row.id,
    display_id: row.display_id,
    currency_code: row.currency_code.toUpperCase(),
    items: row.items.map((item) => {
      const vendor_id = vendors.get(item.product_id)
      if (!vendor_id || cents(item.raw_tax_total) !== 0n) {
        throw new Error(`Order ${row.id} is not plain`)
      }
      return {
        id: item.id,
        title: item.title,
        quantity: Number(item.raw_quantity),
        vendor_id,
        net: cents(item.raw_total),
      }
    }),
    shipping: row.shipping_methods.map(({ id, name, raw_total }) => ({
      id,
      title: name,
      net: cents(raw_total),
    })),
  }
}

/** "12.3" as 1230; throws on more than two decimals. */
function cents(text: string): bigint {
  const [, whole, decimals = ""] = /^(\d+)(?:\.(\d{1,2}))?$/.exec(text) ?? []
  if (whole === undefined) throw new Error(`Not cents: ${text}`)
  return BigInt(whole + decimals.padEnd(2, "0"))
}

/**
 * The plainest program by hand that books safely what vendors are due for
 * completed orders, as the yardstick for ours: a page of a hundred orders by
 * one read, then one transaction for all of them. Under the payees' locks every
 * settlement goes in by its key, and entries and events only where it did; so
 * it can be run twice, and by two at once, and books once.
 *
 * It knows first bookings only: no refunds, no changes, no holds. That is what
 * makes it plain. Returns how many orders it saw.
 */
export async function settlePlainly(
  query: Graph,
  pool: Pool,
  policy: PlainPolicy & { since: Date }
): Promise<number> {
  let seen = 0
  let after = ""
  for (;;) {
    const limit = BATCH_SIZE
    const { since } = policy
    const orders = await loadPlainly(query, { since, after, limit })
    await bookPlainly(pool, orders, policy)
    seen += orders.length
    after = orders.at(-1)?.id ?? after
    if (orders.length < limit) return seen
  }
}

export const BATCH_SIZE = 100

export type PlainPolicy = {
  tag: string
  basis_points: number
  hold_days: number
}

export async function bookPlainly(
  pool: Pool,
  orders: readonly PlainOrder[],
  policy: PlainPolicy
): Promise<void> {
  if (orders.length === 0) return
  const shares = orders
    .flatMap((order) =>
      splitPlainly(order, policy).map((share) => ({
        ...share,
        order,
        facts_hash: sha256(JSON.stringify([order.id, share.lines])),
      }))
    )
    .sort((a, b) => compare(a.key, b.key))
  const vendors = [...new Set(shares.map(({ vendor_id }) => vendor_id))].sort()

  const client = await pool.connect()
  try {
    await client.query("begin")
    await client.query(
      `insert into masspay_payee (id, vendor_id, internal_user_id)
       select * from unnest($1::text[], $2::text[], $3::text[])
       on conflict (vendor_id) do nothing`,
      [
        vendors.map(() => newId("mspye")),
        vendors,
        vendors.map((vendor_id) =>
          internalUserId({ tag: policy.tag, vendor_id })
        ),
      ]
    )
    await client.query(
      `select id from masspay_payee where vendor_id = any($1)
        order by vendor_id for update`,
      [vendors]
    )
    await client.query(BOOK, [
      JSON.stringify(shares.map(recordOf)),
      policy.basis_points,
      policy.hold_days,
    ])
    await client.query("commit")
  } catch (error) {
    await client.query("rollback")
    throw error
  } finally {
    client.release()
  }
}

type Due = PlainShare & { order: PlainOrder; facts_hash: string }

function recordOf(due: Due): Record<string, unknown> {
  const { order } = due
  return {
    id: newId("msset"),
    entry_id: newId("mslen"),
    event_id: newId("msout"),
    order_id: order.id,
    display_id: order.display_id,
    currency_code: order.currency_code,
    vendor_id: due.vendor_id,
    gross: due.gross.toString(),
    commission: due.commission.toString(),
    shipping: due.shipping.toString(),
    net: due.net.toString(),
    lines: due.lines,
    facts_hash: due.facts_hash,
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

const BOOK = `
  with due as materialized (
    select * from jsonb_to_recordset($1::jsonb) as d
      (id text, entry_id text, event_id text, order_id text, display_id integer,
       currency_code text, vendor_id text, gross bigint, commission bigint,
       shipping bigint, net bigint, lines jsonb, facts_hash text)),
  settled as (
    insert into masspay_settlement
      (id, order_id, root_order_id, display_id, vendor_id, currency_code, gross,
       commission, shipping, tax, platform, refunded, net,
       commission_basis_points, tax_rule, lines, facts_hash, facts_as_of,
       revision, released_at, available_at)
    select id, order_id, order_id, display_id, vendor_id, currency_code, gross,
           commission, shipping, 0, 0, 0, net, $2, 'vendor', lines, facts_hash,
           masspay_now(), 1, masspay_now(),
           masspay_now() + $3 * interval '1 day'
      from due
    on conflict (order_id, vendor_id, currency_code) do nothing
    returning id, available_at),
  booked as (
    insert into masspay_ledger_entry
      (id, vendor_id, currency_code, amount, kind, settlement_id, source_key,
       reason, available_at)
    select d.entry_id, d.vendor_id, d.currency_code, d.net, 'earning', s.id,
           'settle:' || d.order_id || ':' || d.vendor_id || ':' || d.currency_code || ':1',
           'sale', s.available_at
      from settled s join due d on d.id = s.id)
  insert into masspay_outbox_event (id, name, payload, cause_key)
  select d.event_id, 'masspay.settlement.recorded',
         jsonb_build_object('id', d.id, 'order_id', d.order_id, 'vendor_id', d.vendor_id),
         'settlement:' || d.id || ':1'
    from settled s join due d on d.id = s.id`
