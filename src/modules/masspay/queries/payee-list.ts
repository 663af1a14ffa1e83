import type { PayeeNeed } from "../../../domain/payee-needs"
import type { PayeeStatus } from "../../../domain/payout-status"
import type {
  AdminPayee,
  AdminPayeeListResponse,
  AdminPayeeSum,
} from "../../../types/http"
import type { Sql } from "./db"
import { amountText } from "./dto"
import { KYC_STATUS } from "./payee-refresh"
import { containing } from "./reads"

const PAGE_MAX = 100

export type PayeeFilters = {
  /** A vendor's id, MassPay's id of her user, or a part of her name. */
  q?: string | undefined
  status?: readonly PayeeStatus[] | undefined
  /** Any of these is in her way. */
  needs?: readonly PayeeNeed[] | undefined
  /** Those who have, or had, something in this currency. Upper case. */
  currency_code?: string | undefined
}

export type PayeeOrder = {
  /** `open`: what is in no payout, in the filter's currency. */
  by: "created_at" | "name" | "open"
  direction: "asc" | "desc"
}

/** Of a payee `y`. */
const IS_IN_NEED: Readonly<Record<PayeeNeed, string>> = {
  account: `y.status in ('unlinked', 'linking', 'deactivated')`,
  confirmation: `y.user_token is null and y.found_user_token is not null`,
  papers: `(y.status = 'locked' or y.papers_wanted)`,
  profile: `y.profile_missing is not null and y.profile_missing::text <> '[]'`,
  resume: `y.is_paused`,
}

/** Of a payee `y`, minor units: what is in no payout, in one currency. */
const OPEN = `(select coalesce(sum(o.amount), 0) from masspay_open_entry o
                where o.vendor_id = y.vendor_id and o.currency_code = ?)`

/**
 * One page of payees with what each has, and the exact number of all that match.
 * Ties are broken by id. To order by `open` the filter names the currency.
 */
export async function listPayees(
  sql: Sql,
  {
    filters = {},
    order = { by: "created_at", direction: "desc" },
    limit,
    offset,
  }: {
    filters?: PayeeFilters
    order?: PayeeOrder
    limit: number
    offset: number
  }
): Promise<AdminPayeeListResponse> {
  const where = payeeConditions(filters)
  const take = Math.min(limit, PAGE_MAX)
  const [counted] = await sql.rows<{ count: string }>(
    `select count(*)::text as count from masspay_payee y where ${where.text}`,
    where.params
  )
  const by = orderText(order, filters.currency_code)
  const payees = await sql.rows<AdminPayee>(
    `select id, vendor_id, name, status, status_reason, status_detail,
            is_paused, email, country_code, user_token, found_user_token,
            profile_missing, ${KYC_STATUS} as kyc_status, papers_wanted
       from masspay_payee y where ${where.text}
      order by ${by.text} limit ? offset ?`,
    [...where.params, ...by.params, take, offset]
  )
  const sums = await sumsOf(
    sql,
    payees.map(({ vendor_id }) => vendor_id)
  )
  return {
    payees: payees.map((payee) => ({
      ...payee,
      balances: sums.get(payee.vendor_id) ?? [],
    })),
    count: Number(counted?.count ?? "0"),
    limit: take,
    offset,
  }
}

type Part = { text: string; params: unknown[] }

function payeeConditions({
  q,
  status,
  needs,
  currency_code,
}: PayeeFilters): Part {
  const conditions: Part[] = []
  const add = (text: string, ...params: unknown[]) =>
    conditions.push({ text, params })

  const text = q?.trim()
  if (text) {
    add(
      `(y.vendor_id = ? or y.user_token = ? or y.name ilike ?)`,
      ...[text, text, containing(text)]
    )
  }
  if (status?.length) add(`y.status = any(?)`, status)
  if (needs?.length) {
    add(`(${needs.map((need) => `(${IS_IN_NEED[need]})`).join(" or ")})`)
  }
  if (currency_code !== undefined) {
    add(
      `(exists (select 1 from masspay_open_entry o
                 where o.vendor_id = y.vendor_id and o.currency_code = ?)
        or exists (select 1 from masspay_payout p
                    where p.payee_id = y.id and p.currency_code = ?))`,
      ...[currency_code, currency_code]
    )
  }
  return {
    text: conditions.map((condition) => condition.text).join(" and ") || "true",
    params: conditions.flatMap((condition) => condition.params),
  }
}

/** Vendors without a name stand at the end, in both directions. */
function orderText(
  { by, direction }: PayeeOrder,
  currency_code: string | undefined
): Part {
  const way = direction === "asc" ? "asc" : "desc"
  const ties = `y.id ${way}`
  switch (by) {
    case "open":
      return {
        text: `${OPEN} ${way}, ${ties}`,
        params: [currency_code ?? ""],
      }
    case "name":
      return { text: `lower(y.name) ${way} nulls last, ${ties}`, params: [] }
    case "created_at":
      return { text: `y.created_at ${way}, ${ties}`, params: [] }
  }
}

/** What each of these vendors has, by currency. */
async function sumsOf(
  sql: Sql,
  vendor_ids: readonly string[]
): Promise<Map<string, AdminPayeeSum[]>> {
  if (vendor_ids.length === 0) return new Map()
  const rows = await sql.rows<AdminPayeeSum & { vendor_id: string }>(
    `with part as (
       select vendor_id, currency_code, sum(amount) as open, 0 as in_transit,
              0 as paid
         from masspay_open_entry where vendor_id = any(?)
        group by vendor_id, currency_code
       union all
       select vendor_id, currency_code, 0,
              sum(amount) filter (where status not in ('completed', 'reversing')),
              sum(amount) filter (where status in ('completed', 'reversing'))
         from masspay_payout where vendor_id = any(?) and not items_released
        group by vendor_id, currency_code)
     select vendor_id, currency_code, coalesce(sum(open), 0)::text as open,
            coalesce(sum(in_transit), 0)::text as in_transit,
            coalesce(sum(paid), 0)::text as paid
       from part group by vendor_id, currency_code
      order by vendor_id, currency_code`,
    [vendor_ids, vendor_ids]
  )
  const sums = new Map<string, AdminPayeeSum[]>()
  for (const { vendor_id, currency_code, open, in_transit, paid } of rows) {
    const text = (minor: string) => amountText(minor, currency_code)
    const own = sums.get(vendor_id) ?? []
    own.push({
      currency_code,
      open: text(open),
      in_transit: text(in_transit),
      paid: text(paid),
    })
    sums.set(vendor_id, own)
  }
  return sums
}
