import type { Db } from "../../src/modules/masspay/queries/db"

/** Entries that are made by one transaction: up to a thousand for each vendor, who was paid them at once. */
const BLOCK = 20_000

/**
 * What years of selling leave in the books: `count` earnings with their
 * settlements, told and paid, spread over all payees. Call it once per
 * database: the ids are counted from one.
 */
export async function earlierEntries(db: Db, count: number): Promise<void> {
  for (let from = 1; from <= count; from += BLOCK) {
    const to = Math.min(from + BLOCK - 1, count)
    await db.tx(async (sql) => {
      for (const statement of STATEMENTS) {
        await sql.rows(
          `with entry as materialized (
             select lpad(g::text, 10, '0') as n, 1000 + g % 997 as amount, y.vendor_id,
                    y.id as payee_id, y.user_token,
                    ?::text || '_' || y.vendor_id as payout,
                    now() - interval '30 days' as at
               from generate_series(?::int, ?::int) g
               join (select *, row_number() over (order by id) - 1 as nth,
                            count(*) over () as payees
                       from masspay_payee) y on y.nth = g % y.payees),
           payout as (
             select payout, vendor_id, payee_id, user_token, at, sum(amount) as amount
               from entry group by payout, vendor_id, payee_id, user_token, at)
           ${statement}`,
          [`old_${from}`, from, to]
        )
      }
    })
  }
}

const STATEMENTS = [
  `insert into masspay_settlement
     (id, order_id, root_order_id, display_id, vendor_id, currency_code, gross,
      commission, shipping, tax, platform, refunded, net,
      commission_basis_points, tax_rule, lines, facts_hash, facts_as_of,
      revision, released_at, available_at, created_at, updated_at)
   select 'msset_old_' || n, 'order_old_' || n, 'order_old_' || n, 1, vendor_id, 'USD',
          amount, 0, 0, 0, 0, 0, amount, 0, 'vendor',
          jsonb_build_array(jsonb_build_object(
            'ref', 'ordli_old_' || n, 'kind', 'item', 'title', 'Bowl', 'quantity', 1,
            'vendor_id', vendor_id, 'rule', 'own', 'gross', amount::text,
            'commission', '0', 'tax', '0', 'platform', '0', 'net', amount::text)),
          md5(n), at, 1, at, at, at, at
     from entry`,
  `insert into masspay_ledger_entry
     (id, vendor_id, currency_code, amount, kind, settlement_id, source_key,
      reason, available_at, created_at)
   select 'mslen_old_' || n, vendor_id, 'USD', amount, 'earning', 'msset_old_' || n,
          'settle:order_old_' || n || ':' || vendor_id || ':USD:1', 'sale', at, at
     from entry`,
  `insert into masspay_outbox_event (id, name, payload, cause_key, published_at, created_at)
   select 'msout_old_' || n, 'masspay.settlement.recorded',
          jsonb_build_object('id', 'msset_old_' || n, 'order_id', 'order_old_' || n,
                             'vendor_id', vendor_id),
          'settlement:msset_old_' || n || ':1', at, at
     from entry`,
  `insert into masspay_payout
     (id, payee_id, vendor_id, method, status, amount, currency_code, source_key,
      user_token, source_token, oldest_entry_at, next_attempt_at, completed_at,
      remote_status, version, created_at, updated_at)
   select 'mspo_' || payout, payee_id, vendor_id, 'wallet', 'completed', amount, 'USD',
          'payout:' || payout, user_token, 'wallet_old', at, at, at, 'COMPLETED', 3, at, at
     from payout`,
  `insert into masspay_payout_item (id, payout_id, entry_id, amount, created_at)
   select 'mspit_old_' || n, 'mspo_' || payout, 'mslen_old_' || n, amount, at from entry`,
  `insert into masspay_operation
     (id, payout_id, kind, client_id, request_text, key_first_used_at,
      remote_token, remote_status, proof, created_at)
   select 'msop_' || payout, 'mspo_' || payout, 'load', payout, '{}', at,
          'ld_' || payout, 'COMPLETED', 'executed', at
     from payout`,
  `insert into masspay_payout_event
     (id, payout_id, version, from_status, to_status, event, created_at)
   select 'mspev_' || payout || '_' || version, 'mspo_' || payout, version,
          from_status, to_status, event, at
     from payout, (values (1, null, 'ready', 'collected'), (2, 'ready', 'sending', 'claimed'),
                          (3, 'sending', 'completed', 'completed'))
       as moves(version, from_status, to_status, event)`,
]
