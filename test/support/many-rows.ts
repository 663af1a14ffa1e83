import type { Db } from "../../src/modules/masspay/queries/db"

/**
 * Everything of which a shop that has paid for years has long lists, by a few
 * statements: an open entry of every payee, `entries` more of one of them, messages and
 * notifications by the number of payouts, and of the rest one for each payee.
 * Call it once per database, when payees and payouts are there.
 *
 * @returns the payee with the many entries
 */
export async function longLists(
  db: Db,
  { payouts, entries }: { payouts: number; entries: number }
): Promise<{ payee_id: string; vendor_id: string }> {
  const [first] = await db.rows<{ id: string; vendor_id: string }>(
    `select id, vendor_id from masspay_payee order by id limit 1`
  )
  if (!first) throw new RangeError("Long lists need payees")
  await db.rows(OPEN_ENTRIES)
  await db.rows(ENTRIES_OF_ONE, [first.vendor_id, entries])
  await db.rows(MESSAGES, [payouts])
  await db.rows(NOTIFICATIONS, [payouts])
  for (const statement of ONE_EACH) await db.rows(statement)
  return { payee_id: first.id, vendor_id: first.vendor_id }
}

const OPEN_ENTRIES = `
  insert into masspay_ledger_entry
    (id, vendor_id, currency_code, amount, kind, source_key, reason, available_at, created_at)
  select 'mslen_open_' || id, vendor_id, 'USD', 5000, 'adjustment', 'open:' || id, 'test',
         masspay_now(), masspay_now()
    from masspay_payee`

const ENTRIES_OF_ONE = `
  insert into masspay_ledger_entry
    (id, vendor_id, currency_code, amount, kind, source_key, reason, available_at, created_at)
  select 'mslen_one_' || g, ?, 'EUR', 100, 'adjustment', 'one:' || g, 'test',
         masspay_now(), masspay_now() - g * interval '1 minute'
    from generate_series(1, ?::int) g`

const MESSAGES = `
  insert into masspay_webhook_event
    (id, dedupe_key, body_sha256, kind, event_type, remote_token, is_stale, received_at,
     state, truth_status, next_attempt_at, finished_at)
  select 'mswhk_' || g, lpad(to_hex(g), 128, '0'), 'none', 'load', 'load.completed', 'ld_' || g,
         false, at, 'applied', 'COMPLETED', at, at
    from generate_series(1, ?::int) g,
         lateral (select masspay_now() - g * interval '1 minute' as at) moment`

const NOTIFICATIONS = `
  insert into masspay_notification
    (id, cause_key, kind, audience, way, subject_id, vendor_id, state, next_attempt_at,
     sent_at, created_at)
  select 'msnot_' || g, 'long:' || g, 'payout_completed', 'vendor', 'mail', 'mspo_' || g,
         null, 'sent', at, at, at
    from generate_series(1, ?::int) g,
         lateral (select masspay_now() - g * interval '1 minute' as at) moment`

/** Of the payees, with a number to each. */
const ALL = `(select id, vendor_id,
                     masspay_now() - row_number() over () * interval '1 hour' as at
                from masspay_payee) y`

const ONE_EACH = [
  `insert into masspay_discrepancy
     (id, class, severity, state, cause_key, payee_id, vendor_id, action, first_seen_at,
      last_seen_at)
   select 'msdis_' || id, 'D07', 'warn', 'open', 'long:' || id, id, vendor_id,
          'flagged', at, at
     from ${ALL}`,
  `insert into masspay_incident
     (id, kind, cause_key, subject_type, vendor_id, state, opened_at, last_seen_at,
      closed_at, told_at)
   select 'msinc_' || id, 'discrepancy', 'long:' || id, 'discrepancy', vendor_id, 'closed',
          at, at, at, at
     from ${ALL}`,
  `insert into masspay_hold (id, vendor_id, kind, reason, actor, created_at)
   select 'mshld_' || id, vendor_id, 'manual', 'test', 'system', at from ${ALL}`,
  `insert into masspay_action_request
     (id, request_id, action, payee_id, state, maker, maker_reason, decided_at, created_at)
   select 'msact_' || id, 'long-' || id, 'pause_payee', id, 'done', 'system', 'test', at, at
     from ${ALL}`,
  `insert into masspay_kyc_request
     (id, payee_id, vendor_id, kind, refusal, source, state, clear_reason, cleared_at,
      created_at)
   select 'mskyc_' || id, id, vendor_id, 'identity', 'none', 'operator', 'cleared',
          'operator', at, at
     from ${ALL}`,
]
