import type { OrderFacts } from "../../../domain/facts"
import type { KnownRefund } from "../../../domain/refund-items"
import { keyOf } from "../../../domain/settle-attribution"
import type { RefundAllocation } from "../../../domain/settle-types"
import type { Sql } from "./db"
import { newId } from "./new-id"

/** What was written down about an order's family and stays true whatever its facts say. */
export type SettlementInputs = {
  /** Oldest first. */
  allocations: RefundAllocation[]
  /** Oldest first. */
  refunds: (KnownRefund & { id: string })[]
  platform_lines: ReadonlySet<string>
}

type Family = Pick<OrderFacts, "root_order_id" | "orders">

type StoredAllocation = {
  root: string
  order_id: string | null
  vendor_id: string | null
  amount: string
  basis: string
}
type StoredRefund = {
  root: string
  id: string
  refund_id: string
  shop_refund_id: string
  allocated: string
  unallocated: string
}
type StoredLine = { root: string; kind: "item" | "shipping"; ref: string }
type Stored = {
  now: Date
  allocations: StoredAllocation[] | null
  refunds: StoredRefund[] | null
  platform_lines: StoredLine[] | null
}

/**
 * Of each of the families, and the books' time, by one statement; for a caller
 * who holds the locks of their settlements.
 */
export async function settlementInputs(
  sql: Sql,
  families: readonly Family[]
): Promise<{ inputsOf: (family: Family) => SettlementInputs; now: Date }> {
  const roots = [...new Set(families.flatMap(idsOf))]
  const [stored] = await sql.rows<Stored>(
    `select masspay_now() as now,
       (select jsonb_agg(jsonb_build_object(
                 'root', r.root_order_id,
                 'order_id', s.order_id, 'vendor_id', s.vendor_id,
                 'amount', a.amount::text, 'basis', a.basis::text)
               order by a.created_at, a.id)
          from masspay_refund r
          join masspay_refund_allocation a on a.refund_id = r.refund_id
          left join masspay_settlement s on s.id = a.settlement_id
         where r.root_order_id = any(?)) as allocations,
       (select jsonb_agg(jsonb_build_object(
                 'root', r.root_order_id,
                 'id', r.id, 'refund_id', r.refund_id,
                 'shop_refund_id', r.shop_refund_id,
                 'unallocated', r.unallocated::text,
                 'allocated', (select coalesce(sum(a.amount), 0)::text
                                 from masspay_refund_allocation a
                                where a.refund_id = r.refund_id))
               order by r.created_at, r.id)
          from masspay_refund r
         where r.root_order_id = any(?)) as refunds,
       (select jsonb_agg(jsonb_build_object(
                 'root', l.root_order_id, 'kind', l.kind, 'ref', l.ref))
          from masspay_platform_line l
         where l.root_order_id = any(?)) as platform_lines`,
    [roots, roots, roots]
  )
  if (!stored) throw new Error("masspay_now() gave no row")
  return {
    inputsOf: (family) => inputsOf(new Set(idsOf(family)), stored),
    now: stored.now,
  }
}

function idsOf({ root_order_id, orders }: Family): string[] {
  return [root_order_id, ...orders.map((order) => order.order_id)]
}

function inputsOf(ids: ReadonlySet<string>, stored: Stored): SettlementInputs {
  const own = <Row extends { root: string }>(rows: Row[] | null) =>
    (rows ?? []).filter(({ root }) => ids.has(root))
  return {
    allocations: own(stored.allocations).map(({ root: _root, ...row }) => ({
      ...row,
      amount: BigInt(row.amount),
      basis: BigInt(row.basis),
    })),
    refunds: own(stored.refunds).map(({ root: _root, ...row }) => ({
      ...row,
      allocated: BigInt(row.allocated),
      unallocated: BigInt(row.unallocated),
    })),
    platform_lines: new Set(
      own(stored.platform_lines).map(({ kind, ref }) => keyOf(kind, ref))
    ),
  }
}

/** From now on they are the platform's, whoever is named as their vendor. */
export async function addPlatformLines(
  sql: Sql,
  lines: readonly { root_order_id: string; kind: string; ref: string }[]
): Promise<void> {
  if (lines.length === 0) return
  await sql.rows(
    `insert into masspay_platform_line (id, root_order_id, kind, ref)
     select * from unnest(?::text[], ?::text[], ?::text[], ?::text[])
       as l(id, root_order_id, kind, ref)
      order by kind, ref
     on conflict (kind, ref) do nothing`,
    [
      lines.map(() => newId("mspln")),
      lines.map((line) => line.root_order_id),
      lines.map((line) => line.kind),
      lines.map((line) => line.ref),
    ]
  )
}
