-- CONTRACT (will become the first migration; this file is deleted then). Money: bigint minor units. Time: masspay_now().
-- Every table additionally has created_at, updated_at (timestamptz not null default masspay_now()) and deleted_at timestamptz
-- (always null on money tables: trigger masspay_refuse_soft_delete). APPEND-ONLY tables refuse UPDATE and DELETE by trigger.

create function masspay_now() returns timestamptz language sql volatile as $$ select clock_timestamp() $$;
-- In WHERE clauses write (select masspay_now()) so that it is evaluated once and indexes stay usable.
-- Tests replace the function with one that adds an offset row (test/support).

masspay_installation (
  id text pk, environment text not null, tag text not null /* 6 of [a-z0-9] */,
  system_identifier text, timeline text, database_oid text )            -- exactly one row: unique index on ((true))

masspay_control ( key text pk, value jsonb not null default '{}', lease_owner text, lease_until timestamptz )
  -- keys: dispatch_stop {stopped, reason, actor, invariant}; lease:<job>; watermark:sweep; funding:<CUR> {token, balance (string minor), as_of}

masspay_payee (
  id text pk /* mspye_ */, vendor_id text not null UNIQUE, internal_user_id text not null UNIQUE, user_token text UNIQUE null,
  status text not null default 'unlinked' check in (unlinked,linking,active,locked,deactivated), status_reason text /* stable code */, status_detail text /* plain words */,
  name text, email text, first_name text, last_name text, business_name text, country_code text /* alpha-2 upper */,
  is_paused boolean default false, pause_reason text,
  link_attempts int default 0, next_link_at timestamptz default now, lease_owner text, lease_until timestamptz, truth_as_of timestamptz )

masspay_settlement (
  id text pk /* msset_ */, order_id text not null, root_order_id text not null, display_id int, vendor_id text not null, currency_code text not null,
  gross bigint, commission bigint, shipping bigint /* part of gross */, tax bigint /* part of gross */, platform bigint /* part of gross that stays with the platform besides commission */,
  refunded bigint, net bigint, check (gross = net + commission + platform),
  commission_basis_points int not null /* frozen at first booking */, tax_rule text not null /* frozen */, lines jsonb not null /* frozen attribution: see domain/settle.ts */,
  held_reason text /* null = released and up to date; stable code */, held_detail text, notice text /* discrepancy for an operator, e.g. attribution_changed */,
  facts_hash text not null, facts_as_of timestamptz not null, revision int not null default 0 /* +1 for every booked difference */,
  released_at timestamptz, available_at timestamptz,
  UNIQUE (order_id, vendor_id, currency_code) )   + index (root_order_id), (vendor_id)

masspay_ledger_entry ( APPEND-ONLY
  id text pk /* mslen_ */, vendor_id, currency_code, amount bigint not null check (amount <> 0), kind text, settlement_id text null references masspay_settlement,
  source_key text not null UNIQUE, reason text not null, actor text not null default 'system', available_at timestamptz not null )
  check (settlement_id is not null) = (kind in ('earning','clawback','correction'))   -- 'correction' used for coarsening pairs may carry the settlement of the entry it coarsens

masspay_payout (
  id text pk /* mspo_ */, payee_id references masspay_payee, vendor_id text not null, method text not null, status text not null,
  block_reason text, block_detail text, amount bigint not null, currency_code text not null, source_key text not null UNIQUE,
  user_token text, source_token text, approval text not null default 'not_required', items_released boolean not null default false, counted boolean not null default false, effect_seq int not null default 0,
  needs_lookup boolean not null default false, next_attempt_at timestamptz not null default masspay_now(), lease_owner text, lease_until timestamptz,
  unknown_since timestamptz, not_found_count int not null default 0, not_found_at timestamptz, ambiguous_count int not null default 0, rotations int not null default 0 /* the last three within one unknown period */,
  settle_until timestamptz, truth_as_of timestamptz, remote_status text, review_reason text, oldest_entry_at timestamptz not null /* age of the debt */, completed_at timestamptz, version int not null default 1 )
  partial index (next_attempt_at, id) where status in ('ready','unknown','accepted','cancelled','blocked','sending','reversing')

masspay_payout_item ( id text pk /* mspit_ */, payout_id references, entry_id references, amount bigint, released_at timestamptz )
  UNIQUE (entry_id) WHERE released_at IS NULL; UNIQUE (payout_id, entry_id)
  trigger: only released_at may change, once, from null.

masspay_operation (
  id text pk /* msop_ */, payout_id references, kind text, client_id text not null UNIQUE /* 49 chars */, key_seq int not null default 1, key_first_used_at timestamptz, key_burnt boolean not null default false,
  request_text text not null /* the bytes sent, built once */, remote_token text, remote_status text, proof text not null default 'none' check in (none,executed,not_executed) )
  UNIQUE (kind, remote_token); trigger: payout_id, kind, client_id, request_text never change

masspay_attempt (
  id text pk /* msatt_ */, operation_id references, attempt_no int, idempotency_key text, request_sha256 text, worker text, started_at timestamptz, lease_until timestamptz,
  outcome text null /* error code or 'ok' */, http_status int, evidence jsonb, finished_at timestamptz, proof text null check in (executed,not_executed) )
  UNIQUE (operation_id, attempt_no); trigger: outcome, http_status, evidence, finished_at, proof each written at most once (null -> value); nothing else changes

masspay_payout_event ( APPEND-ONLY
  id text pk /* mspev_ */, payout_id references, version int not null /* the payout's version after the move */, from_status text null, to_status text not null, event text not null, cause text, detail text, actor text not null default 'system', run_id text )
  UNIQUE (payout_id, version)

masspay_outbox_event ( id text pk /* msout_ */, name text, payload jsonb /* ids only */, cause_key text not null UNIQUE, published_at timestamptz, attempts int not null default 0, next_attempt_at timestamptz not null default masspay_now(), lease_until timestamptz )
