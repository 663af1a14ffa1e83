import type { AdminUnallocatedRefund } from "../../../types/http-refunds"
import type { Sql } from "./db"
import { amountText, isoOrNull } from "./dto"
import { containing, displayIdOf } from "./reads"
import type { StoredSuggestion } from "./refunds"

type Row = {
  id: string
  refund_id: string
  order_id: string
  display_id: number | null
  currency_code: string
  amount: string
  unallocated: string
  refunded_at: Date | null
  suggestion: (StoredSuggestion & { vendor_name: string | null })[]
  count: string
}

/** Refunds that wait for somebody to say whose they are, the oldest first. `count` is the number without paging. */
export async function listUnallocatedRefunds(
  sql: Sql,
  {
    filters,
    limit,
    offset,
  }: {
    filters: {
      /** Id of the refund, its order, or who could bear a part of it; or a part of her name. */
      q?: string | undefined
      order_id?: string | undefined
      vendor_id?: string | undefined
    }
    limit: number
    offset: number
  }
): Promise<{ unallocated_refunds: AdminUnallocatedRefund[]; count: number }> {
  const { q = null, order_id = null, vendor_id = null } = filters
  const rows = await sql.rows<Row>(
    `select r.id, r.refund_id, r.order_id,
            ${displayIdOf("r.order_id")} as display_id, r.currency_code,
            r.amount::text as amount, r.unallocated::text as unallocated,
            r.refunded_at,
            (select jsonb_agg(one.part || jsonb_build_object('vendor_name', p.name)
                              order by one.n)
               from jsonb_array_elements(r.suggestion) with ordinality one (part, n)
               left join masspay_payee p on p.vendor_id = one.part->>'vendor_id'
            ) as suggestion,
            (count(*) over ())::text as count
       from masspay_refund r
      where r.unallocated > 0
        and (?::text is null or r.order_id = ?::text or r.root_order_id = ?::text
             or exists (select 1 from masspay_settlement s
                         where s.order_id = ?::text
                           and s.root_order_id = r.root_order_id))
        and (?::text is null
             or r.suggestion @> jsonb_build_array(jsonb_build_object('vendor_id', ?::text)))
        and (?::text is null
             or ?::text in (r.id, r.refund_id, r.order_id, r.root_order_id)
             or exists (select 1 from jsonb_array_elements(r.suggestion) part
                          left join masspay_payee y
                            on y.vendor_id = part->>'vendor_id'
                         where part->>'vendor_id' = ?::text
                            or y.name ilike ?::text))
      order by r.created_at, r.id
      limit ? offset ?`,
    [
      order_id,
      order_id,
      order_id,
      order_id,
      vendor_id,
      vendor_id,
      q,
      q,
      q,
      q === null ? null : containing(q),
      limit,
      offset,
    ]
  )
  return {
    unallocated_refunds: rows.map(({ count: _count, ...row }) => {
      const text = (minor: string) => amountText(minor, row.currency_code)
      return {
        ...row,
        amount: text(row.amount),
        unallocated: text(row.unallocated),
        refunded_at: isoOrNull(row.refunded_at),
        suggestion: row.suggestion.map((part) => ({
          vendor_id: part.vendor_id,
          vendor_name: part.vendor_name,
          amount: text(part.amount),
          most: part.most === null ? null : text(part.most),
        })),
      }
    }),
    count: Number(rows[0]?.count ?? "0"),
  }
}
