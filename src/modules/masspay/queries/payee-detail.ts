import {
  nextMoment,
  parseSchedule,
  type Schedule,
  type ScheduleText,
} from "../../../domain/collect-schedule"
import type { PayeeMethod } from "../../../domain/destinations"
import type { AdminPayee } from "../../../types/http"
import type {
  AdminPayeeBalance,
  AdminPayeeDetail,
} from "../../../types/http-collect"
import { reservedPartOf } from "./balances"
import { clockOf, type CollectPolicy } from "./collect-terms"
import type { Sql } from "./db"
import { amountText, isoOrNull } from "./dto"
import { HELD_ENTRIES, VENDOR_IS_HELD } from "./hold-facts"
import { listHolds } from "./holds"
import { KYC_STATUS } from "./payee-refresh"
import { reservedOf } from "./reserves"
import { databaseNow } from "./settlements"
import { walletMirrorOf } from "./wallets"

const HOLDS_MAX = 100
const DECISIONS_MAX = 20

type PayeeRow = AdminPayee & {
  pause_reason: string | null
  resumed_at: Date | null
  method: PayeeMethod | null
  schedule: ScheduleText | null
  minimum: Record<string, string> | null
}

/** One vendor with her terms, what she has and what is kept back, or `null`. */
export async function retrievePayee(
  sql: Sql,
  { id, policy }: { id: string; policy: CollectPolicy }
): Promise<AdminPayeeDetail | null> {
  const [row] = await sql.rows<PayeeRow>(
    `select id, vendor_id, name, status, status_reason, status_detail,
            is_paused, email, country_code, user_token, found_user_token,
            profile_missing, ${KYC_STATUS} as kyc_status, papers_wanted,
            pause_reason,
            resumed_at, method, schedule, minimum
       from masspay_payee y where id = ?`,
    [id]
  )
  if (!row) return null
  const { vendor_id } = row
  const schedule = row.schedule === null ? null : parseSchedule(row.schedule)
  const minimum = row.minimum && textsOf(row.minimum)
  const { holds } = await listHolds(sql, {
    filters: { vendor_id, state: "open" },
    limit: HOLDS_MAX,
    offset: 0,
  })
  return {
    ...row,
    resumed_at: isoOrNull(row.resumed_at),
    schedule,
    minimum,
    effective: await effectiveTerms(sql, {
      method: row.method,
      schedule,
      minimum,
      policy,
    }),
    balances: await balancesOf(sql, { payee_id: id, vendor_id }),
    wallet: await walletMirrorOf(sql, { vendor_id }),
    holds,
    decisions: await decisionsOf(sql, id),
  }
}

async function effectiveTerms(
  sql: Sql,
  {
    method,
    schedule: own,
    minimum,
    policy,
  }: {
    method: PayeeMethod | null
    schedule: Schedule | null
    minimum: Record<string, string> | null
    policy: CollectPolicy
  }
): Promise<AdminPayeeDetail["effective"]> {
  const schedule = own ?? policy.schedule ?? "immediate"
  const now = await databaseNow(sql)
  return {
    method: method ?? policy.method ?? "wallet",
    schedule,
    minimum: { ...textsOf(policy.minimum), ...minimum },
    next_payout_at:
      schedule === "immediate"
        ? null
        : nextMoment(schedule, clockOf(policy), now).toISOString(),
  }
}

function textsOf(
  minimum: Record<string, string | bigint>
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(minimum).map(([code, amount]) => [
      code,
      amountText(amount, code),
    ])
  )
}

/**
 * Open money from the open entries, the rest from payouts that hold theirs:
 * paid where MassPay has paid, in transit otherwise.
 */
async function balancesOf(
  sql: Sql,
  { payee_id, vendor_id }: { payee_id: string; vendor_id: string }
): Promise<AdminPayeeBalance[]> {
  const reserves = await reservedOf(sql, vendor_id)
  const rows = await sql.rows<
    Omit<AdminPayeeBalance, "reserved" | "reserved_until">
  >(
    `with vendor as materialized (
       select ${VENDOR_IS_HELD} as is_held from masspay_payee p where p.id = ?),
     entry as (
       select o.currency_code, o.amount,
              o.available_at <= (select masspay_now()) as is_past,
              (select is_held from vendor) or held.entry_id is not null as is_held
         from masspay_open_entry o
         left join ${HELD_ENTRIES} held on held.entry_id = o.entry_id
        where o.vendor_id = ?),
     part as (
       select currency_code, sum(amount) as open,
              sum(amount) filter (where is_past and not is_held) as due,
              sum(amount) filter (where is_held) as held,
              0 as in_transit, 0 as paid
         from entry group by currency_code
       union all
       select currency_code, 0, 0, 0,
              sum(amount) filter (where status not in ('completed', 'reversing')),
              sum(amount) filter (where status in ('completed', 'reversing'))
         from masspay_payout where payee_id = ? and not items_released
        group by currency_code)
     select currency_code,
            coalesce(sum(open), 0)::text as open,
            coalesce(sum(due), 0)::text as due,
            coalesce(sum(held), 0)::text as held,
            coalesce(sum(in_transit), 0)::text as in_transit,
            coalesce(sum(paid), 0)::text as paid
       from part group by currency_code order by currency_code`,
    [payee_id, vendor_id, payee_id]
  )
  return rows.map(({ currency_code, ...amounts }) => ({
    currency_code,
    open: amountText(amounts.open, currency_code),
    due: amountText(amounts.due, currency_code),
    held: amountText(amounts.held, currency_code),
    ...reservedPartOf(amounts.due, currency_code, reserves),
    in_transit: amountText(amounts.in_transit, currency_code),
    paid: amountText(amounts.paid, currency_code),
  }))
}

async function decisionsOf(
  sql: Sql,
  payee_id: string
): Promise<AdminPayeeDetail["decisions"]> {
  type Row = AdminPayeeDetail["decisions"][number]
  const rows = await sql.rows<Omit<Row, "created_at"> & { created_at: Date }>(
    `select id, action as decision, maker as actor, maker_reason as reason,
            created_at
       from masspay_action_request where payee_id = ?
      order by created_at desc, id desc limit ?`,
    [payee_id, DECISIONS_MAX]
  )
  return rows.map((row) => ({
    ...row,
    created_at: row.created_at.toISOString(),
  }))
}
