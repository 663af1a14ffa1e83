import type { OrderFacts } from "../../../domain/facts"
import type {
  SettlementLine,
  SettlementResult,
  TaxRule,
} from "../../../domain/settle-types"
import type { Sql } from "./db"

export type SettlementRow = {
  id: string
  order_id: string
  root_order_id: string
  vendor_id: string
  currency_code: string
  revision: number
  commission_basis_points: number
  /** Minor units. */
  commission_fixed: string
  tax_rule: TaxRule
  lines: SettlementLine[]
  released_at: Date | null
  available_at: Date | null
  /** Facts were applied to it at or after the time asked about. */
  is_newer: boolean
}

export type SettlementValues = {
  id: string
  root_order_id: string
  old_revision: number
  revision: number
  facts_hash: string
  result: SettlementResult
}

/**
 * `known`, which `familiesOf` gave under the lock of the orders, held until the
 * transaction ends. Whoever adds a settlement holds that lock, so where there
 * was none there is none to hold.
 */
export async function lockedFamiliesOf(
  sql: Sql,
  {
    families,
    known,
    read_at,
  }: {
    families: Parameters<typeof familiesOf>[1]
    known: readonly SettlementRow[]
    read_at: Date
  }
): Promise<SettlementRow[]> {
  if (known.length === 0) return []
  return familiesOf(sql, families, { lock: true, read_at })
}

/**
 * The settlements of paid orders and of the orders that belong to them, also
 * where one of those was settled before it was known to belong. With `lock`,
 * held until the transaction ends.
 */
export async function familiesOf(
  sql: Sql,
  families: readonly Pick<OrderFacts, "root_order_id" | "orders">[],
  lock?: { lock: true; read_at: Date }
): Promise<SettlementRow[]> {
  return sql.rows<SettlementRow>(
    `select id, order_id, root_order_id, vendor_id, currency_code, revision,
            commission_basis_points, commission_fixed::text as commission_fixed,
            tax_rule, lines, released_at, available_at,
            facts_as_of >= ?::timestamptz as is_newer
       from masspay_settlement
      where root_order_id = any(?) or order_id = any(?)
      order by order_id, vendor_id, currency_code
      ${lock ? "for update" : ""}`,
    [
      lock ? lock.read_at : "infinity",
      families.map(({ root_order_id }) => root_order_id),
      families.flatMap(({ orders }) => orders.map(({ order_id }) => order_id)),
    ]
  )
}

/**
 * Nobody else settles these orders until the transaction ends. An order that
 * was never settled has no row to lock, and two looks at it that name two
 * vendors would book the same line for both. Sorted, and before all other locks.
 */
export async function lockOrders(
  sql: Sql,
  families: readonly Pick<OrderFacts, "root_order_id" | "orders">[]
): Promise<void> {
  const ids = families.flatMap(({ root_order_id, orders }) => [
    root_order_id,
    ...orders.map(({ order_id }) => order_id),
  ])
  await sql.rows(
    `with keys as materialized (
       select distinct hashtextextended('masspay:order:' || id, 0) as key
         from unnest(?::text[]) as o(id)
        order by 1)
     select pg_advisory_xact_lock(key) from keys`,
    [ids]
  )
}

/** Sorted, as everybody locks them. */
export async function lockPayees(
  sql: Sql,
  vendor_ids: readonly string[]
): Promise<void> {
  await sql.rows(
    `select id from masspay_payee where vendor_id = any(?)
      order by vendor_id for update`,
    [[...new Set(vendor_ids)]]
  )
}

const COLUMNS = [
  ["id", "text"],
  ["order_id", "text"],
  ["root_order_id", "text"],
  ["display_id", "integer"],
  ["vendor_id", "text"],
  ["currency_code", "text"],
  ["gross", "bigint"],
  ["commission", "bigint"],
  ["shipping", "bigint"],
  ["tax", "bigint"],
  ["platform", "bigint"],
  ["refunded", "bigint"],
  ["net", "bigint"],
  ["commission_basis_points", "integer"],
  ["commission_fixed", "bigint"],
  ["tax_rule", "text"],
  ["lines", "jsonb"],
  ["held_reason", "text"],
  ["held_detail", "text"],
  ["notice", "text"],
  ["facts_hash", "text"],
  ["revision", "integer"],
  ["released_at", "timestamptz"],
  ["available_at", "timestamptz"],
] as const
const NAMES = COLUMNS.map(([name]) => name)
const RECORD = COLUMNS.map(([name, type]) => `${name} ${type}`).join(", ")
const CHANGEABLE = NAMES.filter(
  (name) =>
    ![
      "id",
      "order_id",
      "root_order_id",
      "vendor_id",
      "currency_code",
      "released_at",
    ].includes(name)
)

/** Returns false when one of the rows exists already. Rows go in by their key, so two inserters queue up. */
export async function insertSettlements(
  sql: Sql,
  values: readonly SettlementValues[]
): Promise<boolean> {
  if (values.length === 0) return true
  const inserted = await sql.rows(
    `insert into masspay_settlement (${NAMES.join(", ")}, facts_as_of)
     select ${NAMES.map((name) => `v.${name}`).join(", ")}, masspay_now()
       from jsonb_to_recordset(?::jsonb) v (${RECORD})
      order by v.order_id, v.vendor_id, v.currency_code
     on conflict (order_id, vendor_id, currency_code) do nothing
     returning id`,
    [JSON.stringify(values.map(recordOf))]
  )
  return inserted.length === values.length
}

/**
 * Writes what was computed for rows that the caller has locked. The first
 * release time stays. Throws when a row is not at the revision that the caller
 * decided on, which the lock makes impossible.
 */
export async function updateSettlements(
  sql: Sql,
  values: readonly SettlementValues[]
): Promise<void> {
  if (values.length === 0) return
  const columns = CHANGEABLE.join(", ")
  const updated = await sql.rows(
    `update masspay_settlement s
        set (${columns}) = (select ${CHANGEABLE.map((name) => `v.${name}`).join(", ")}),
            released_at = coalesce(s.released_at, v.released_at),
            facts_as_of = masspay_now(),
            updated_at = case
              when (${CHANGEABLE.map((name) => `s.${name}`).join(", ")})
                is distinct from (${CHANGEABLE.map((name) => `v.${name}`).join(", ")})
              then masspay_now() else s.updated_at end
       from jsonb_to_recordset(?::jsonb) v (${RECORD}, old_revision integer)
      where s.id = v.id and s.revision = v.old_revision
      returning s.id`,
    [JSON.stringify(values.map(recordOf))]
  )
  if (updated.length !== values.length) {
    throw new Error("masspay_settlement: a locked row changed")
  }
}

/** A row as JSON: amounts as text, so that no digit passes through a double. */
function recordOf(value: SettlementValues): Record<string, unknown> {
  const { difference: _, ...columns } = value.result
  return {
    ...columns,
    id: value.id,
    root_order_id: value.root_order_id,
    old_revision: value.old_revision,
    revision: value.revision,
    facts_hash: value.facts_hash,
    gross: columns.gross.toString(),
    commission: columns.commission.toString(),
    shipping: columns.shipping.toString(),
    tax: columns.tax.toString(),
    platform: columns.platform.toString(),
    refunded: columns.refunded.toString(),
    commission_fixed: columns.commission_fixed.toString(),
    net: columns.net.toString(),
  }
}
