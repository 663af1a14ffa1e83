import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/** Every table has these; `deleted_at` stays null on all of them. */
const TIMES = `
  "created_at" timestamptz not null default masspay_now(),
  "updated_at" timestamptz not null default masspay_now(),
  "deleted_at" timestamptz null`

/**
 * The tables of the books, written by hand: amounts are `bigint` minor units,
 * and the unique indexes are full ones, so that no soft delete can re-open a
 * key. What may change in a row, and what never may, is the next migration's.
 */
export class Migration20261122120000 extends Migration {
  override async up(): Promise<void> {
    // The one clock of every deciding statement. Volatile on purpose: a
    // statement that waited for a lock reads the time after the wait. In a
    // `where` it stands as `(select masspay_now())`, evaluated once, so that
    // indexes stay usable.
    this.addSql(`create or replace function masspay_now() returns timestamptz
      language sql volatile as $$ select clock_timestamp() $$;`)

    this.addSql(`create table if not exists "masspay_installation" (
      "id" text not null primary key,
      "environment" text not null,
      "tag" text not null check ("tag" ~ '^[a-z0-9]{6}$'),
      "system_identifier" text null,
      "timeline" text null,
      "database_oid" text null,
      ${TIMES});`)
    this.addSql(
      `create unique index if not exists "UQ_masspay_installation_one_row" on "masspay_installation" ((true));`
    )

    this.addSql(`create table if not exists "masspay_control" (
      "key" text not null primary key,
      "value" jsonb not null default '{}',
      "lease_owner" text null,
      "lease_until" timestamptz null,
      ${TIMES});`)

    // Orders from before this moment may have been paid in another way.
    this.addSql(`insert into "masspay_control" ("key", "value")
      values ('installed', jsonb_build_object('at', masspay_now()))
      on conflict do nothing;`)

    this.addSql(`create table if not exists "masspay_payee" (
      "id" text not null primary key,
      "vendor_id" text not null,
      "internal_user_id" text not null,
      "user_token" text null,
      "status" text not null default 'unlinked'
        check ("status" in ('unlinked', 'linking', 'active', 'locked', 'deactivated')),
      "status_reason" text null,
      "status_detail" text null,
      "name" text null,
      "email" text null,
      "first_name" text null,
      "last_name" text null,
      "business_name" text null,
      "country_code" text null check ("country_code" ~ '^[A-Z]{2}$'),
      "is_paused" boolean not null default false,
      "pause_reason" text null,
      "resumed_at" timestamptz null,
      "link_attempts" integer not null default 0,
      "next_link_at" timestamptz not null default masspay_now(),
      "lease_owner" text null,
      "lease_until" timestamptz null,
      "truth_as_of" timestamptz null,
      ${TIMES});`)
    this.addSql(
      `create unique index if not exists "UQ_masspay_payee_vendor_id" on "masspay_payee" ("vendor_id");`
    )
    this.addSql(
      `create unique index if not exists "UQ_masspay_payee_internal_user_id" on "masspay_payee" ("internal_user_id");`
    )
    // Two vendors with one MassPay user would pay the wrong person.
    this.addSql(
      `create unique index if not exists "UQ_masspay_payee_user_token" on "masspay_payee" ("user_token");`
    )
    this.addSql(`create index if not exists "IDX_masspay_payee_to_link"
      on "masspay_payee" ("next_link_at", "id") where "user_token" is null;`)
    this.addSql(
      `create index if not exists "IDX_masspay_payee_created_at" on "masspay_payee" ("created_at", "id");`
    )

    this.addSql(`create table if not exists "masspay_settlement" (
      "id" text not null primary key,
      "order_id" text not null,
      "root_order_id" text not null,
      "display_id" integer null,
      "vendor_id" text not null,
      "currency_code" text not null check ("currency_code" = upper("currency_code")),
      "gross" bigint not null,
      "commission" bigint not null,
      "shipping" bigint not null,
      "tax" bigint not null,
      "platform" bigint not null,
      "refunded" bigint not null,
      "net" bigint not null,
      "commission_basis_points" integer not null
        check ("commission_basis_points" between 0 and 10000),
      "tax_rule" text not null,
      "lines" jsonb not null,
      "held_reason" text null,
      "held_detail" text null,
      "notice" text null,
      "facts_hash" text not null,
      "facts_as_of" timestamptz not null,
      "revision" integer not null default 0,
      "released_at" timestamptz null,
      "available_at" timestamptz null,
      ${TIMES},
      constraint "CK_masspay_settlement_gross"
        check ("gross" = "net" + "commission" + "platform"));`)
    this
      .addSql(`create unique index if not exists "UQ_masspay_settlement_order_vendor_currency"
      on "masspay_settlement" ("order_id", "vendor_id", "currency_code");`)
    this.addSql(
      `create index if not exists "IDX_masspay_settlement_root_order_id" on "masspay_settlement" ("root_order_id");`
    )
    this.addSql(
      `create index if not exists "IDX_masspay_settlement_vendor_id" on "masspay_settlement" ("vendor_id", "created_at");`
    )

    this.addSql(`create table if not exists "masspay_ledger_entry" (
      "id" text not null primary key,
      "vendor_id" text not null,
      "currency_code" text not null check ("currency_code" = upper("currency_code")),
      "amount" bigint not null check ("amount" <> 0),
      "kind" text not null check ("kind" in
        ('earning', 'clawback', 'correction', 'adjustment', 'overpayment', 'settled_elsewhere')),
      "settlement_id" text null references "masspay_settlement" ("id"),
      "source_key" text not null,
      "reason" text not null,
      "actor" text not null default 'system',
      "available_at" timestamptz not null,
      ${TIMES},
      constraint "CK_masspay_ledger_entry_settlement"
        check (("settlement_id" is not null) = ("kind" in ('earning', 'clawback', 'correction'))));`)
    this.addSql(
      `create unique index if not exists "UQ_masspay_ledger_entry_source_key" on "masspay_ledger_entry" ("source_key");`
    )
    this.addSql(
      `create index if not exists "IDX_masspay_ledger_entry_settlement_id" on "masspay_ledger_entry" ("settlement_id");`
    )
    this.addSql(`create index if not exists "IDX_masspay_ledger_entry_vendor"
      on "masspay_ledger_entry" ("vendor_id", "currency_code", "created_at");`)

    // Which entries are open now. The ledger itself never changes, so without
    // this every balance would read a vendor's whole history. Triggers keep
    // it; nothing else writes it, and invariant I3 compares it with the items.
    this.addSql(`create table if not exists "masspay_open_entry" (
      "entry_id" text not null primary key references "masspay_ledger_entry" ("id"),
      "vendor_id" text not null,
      "currency_code" text not null,
      "amount" bigint not null,
      "available_at" timestamptz not null);`)
    this.addSql(`create index if not exists "IDX_masspay_open_entry_vendor"
      on "masspay_open_entry" ("vendor_id", "currency_code", "available_at");`)
    this.addSql(
      `create index if not exists "IDX_masspay_open_entry_available_at" on "masspay_open_entry" ("available_at");`
    )

    this.addSql(`create table if not exists "masspay_payout" (
      "id" text not null primary key,
      "payee_id" text not null references "masspay_payee" ("id"),
      "vendor_id" text not null,
      "method" text not null check ("method" in ('wallet', 'direct', 'spendback', 'netting')),
      "status" text not null check ("status" in
        ('pending', 'ready', 'sending', 'accepted', 'completed', 'cancelled', 'unknown',
         'blocked', 'needs_review', 'reversing', 'reversed', 'netted', 'void')),
      "block_reason" text null check ("block_reason" in
        ('kyc', 'funds', 'vendor', 'auth', 'config', 'limit')),
      "block_detail" text null,
      "amount" bigint not null,
      "currency_code" text not null check ("currency_code" = upper("currency_code")),
      "source_key" text not null,
      "user_token" text null,
      "source_token" text null,
      "approval" text not null default 'not_required',
      "items_released" boolean not null default false,
      "counted" boolean not null default false,
      "effect_seq" integer not null default 0,
      "needs_lookup" boolean not null default false,
      "next_attempt_at" timestamptz not null default masspay_now(),
      "lease_owner" text null,
      "lease_until" timestamptz null,
      "unknown_since" timestamptz null,
      "not_found_count" integer not null default 0,
      "not_found_at" timestamptz null,
      "ambiguous_count" integer not null default 0,
      "rotations" integer not null default 0,
      "settle_until" timestamptz null,
      "truth_as_of" timestamptz null,
      "remote_status" text null,
      "review_reason" text null,
      "oldest_entry_at" timestamptz not null,
      "completed_at" timestamptz null,
      "version" integer not null default 1,
      ${TIMES},
      constraint "CK_masspay_payout_sign" check (case "method"
        when 'netting' then "amount" = 0 when 'spendback' then "amount" < 0 else "amount" > 0 end));`)
    this.addSql(
      `create unique index if not exists "UQ_masspay_payout_source_key" on "masspay_payout" ("source_key");`
    )
    this.addSql(`create index if not exists "IDX_masspay_payout_to_work"
      on "masspay_payout" ("next_attempt_at", "id") where "status" in
        ('ready', 'unknown', 'accepted', 'cancelled', 'blocked', 'sending', 'reversing');`)
    this.addSql(
      `create index if not exists "IDX_masspay_payout_payee_id" on "masspay_payout" ("payee_id", "created_at", "id");`
    )
    this.addSql(
      `create index if not exists "IDX_masspay_payout_vendor_id" on "masspay_payout" ("vendor_id", "created_at", "id");`
    )
    this.addSql(
      `create index if not exists "IDX_masspay_payout_created_at" on "masspay_payout" ("created_at", "id");`
    )
    this.addSql(
      `create index if not exists "IDX_masspay_payout_status" on "masspay_payout" ("status", "created_at", "id");`
    )
    this.addSql(
      `create index if not exists "IDX_masspay_payout_amount" on "masspay_payout" ("amount", "id");`
    )

    this.addSql(`create table if not exists "masspay_payout_item" (
      "id" text not null primary key,
      "payout_id" text not null references "masspay_payout" ("id"),
      "entry_id" text not null references "masspay_ledger_entry" ("id"),
      "amount" bigint not null check ("amount" <> 0),
      "released_at" timestamptz null,
      ${TIMES});`)
    // Taking an entry is inserting its item: of two collectors one fails here.
    this
      .addSql(`create unique index if not exists "UQ_masspay_payout_item_live_entry"
      on "masspay_payout_item" ("entry_id") where "released_at" is null;`)
    this
      .addSql(`create unique index if not exists "UQ_masspay_payout_item_payout_entry"
      on "masspay_payout_item" ("payout_id", "entry_id");`)
    this.addSql(
      `create index if not exists "IDX_masspay_payout_item_entry_id" on "masspay_payout_item" ("entry_id");`
    )

    this.addSql(`create table if not exists "masspay_operation" (
      "id" text not null primary key,
      "payout_id" text not null references "masspay_payout" ("id"),
      "kind" text not null check ("kind" in
        ('load', 'quote', 'commit', 'reverse', 'cancel', 'spendback')),
      "client_id" text not null check (length("client_id") <= 50),
      "key_seq" integer not null default 1,
      "key_first_used_at" timestamptz null,
      "key_burnt" boolean not null default false,
      "request_text" text not null,
      "remote_token" text null,
      "remote_status" text null,
      "proof" text not null default 'none' check ("proof" in ('none', 'executed', 'not_executed')),
      ${TIMES});`)
    this.addSql(
      `create unique index if not exists "UQ_masspay_operation_client_id" on "masspay_operation" ("client_id");`
    )
    this
      .addSql(`create unique index if not exists "UQ_masspay_operation_remote_token"
      on "masspay_operation" ("kind", "remote_token");`)
    this.addSql(
      `create index if not exists "IDX_masspay_operation_payout_id" on "masspay_operation" ("payout_id");`
    )
    this.addSql(`create index if not exists "IDX_masspay_operation_token"
      on "masspay_operation" ("remote_token") where "remote_token" is not null;`)

    this.addSql(`create table if not exists "masspay_attempt" (
      "id" text not null primary key,
      "operation_id" text not null references "masspay_operation" ("id"),
      "attempt_no" integer not null,
      "idempotency_key" text not null,
      "request_sha256" text not null,
      "worker" text not null,
      "started_at" timestamptz not null,
      "lease_until" timestamptz not null,
      "outcome" text null,
      "http_status" integer null,
      "evidence" jsonb null,
      "finished_at" timestamptz null,
      "proof" text null check ("proof" in ('executed', 'not_executed')),
      ${TIMES});`)
    this
      .addSql(`create unique index if not exists "UQ_masspay_attempt_operation_attempt_no"
      on "masspay_attempt" ("operation_id", "attempt_no");`)

    this.addSql(`create table if not exists "masspay_payout_event" (
      "id" text not null primary key,
      "payout_id" text not null references "masspay_payout" ("id"),
      "version" integer not null,
      "from_status" text null,
      "to_status" text not null,
      "event" text not null,
      "cause" text null,
      "detail" text null,
      "actor" text not null default 'system',
      "run_id" text null,
      ${TIMES});`)
    this
      .addSql(`create unique index if not exists "UQ_masspay_payout_event_payout_version"
      on "masspay_payout_event" ("payout_id", "version");`)

    this.addSql(`create table if not exists "masspay_outbox_event" (
      "id" text not null primary key,
      "name" text not null,
      "payload" jsonb not null,
      "cause_key" text not null,
      "published_at" timestamptz null,
      "attempts" integer not null default 0,
      "next_attempt_at" timestamptz not null default masspay_now(),
      "lease_until" timestamptz null,
      ${TIMES});`)
    this.addSql(
      `create unique index if not exists "UQ_masspay_outbox_event_cause_key" on "masspay_outbox_event" ("cause_key");`
    )
    this
      .addSql(`create index if not exists "IDX_masspay_outbox_event_to_publish"
      on "masspay_outbox_event" ("next_attempt_at", "id") where "published_at" is null;`)

    // Rows here change several times within minutes, then never again.
    for (const table of ["masspay_payout", "masspay_outbox_event"]) {
      this.addSql(`alter table "${table}" set
        (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);`)
    }
  }

  /** Tears the books down; only an empty installation should. */
  override async down(): Promise<void> {
    for (const table of [
      "masspay_outbox_event",
      "masspay_payout_event",
      "masspay_attempt",
      "masspay_operation",
      "masspay_payout_item",
      "masspay_payout",
      "masspay_open_entry",
      "masspay_ledger_entry",
      "masspay_settlement",
      "masspay_payee",
      "masspay_control",
      "masspay_installation",
    ]) {
      this.addSql(`drop table if exists "${table}";`)
    }
    this.addSql(`drop function if exists masspay_now();`)
  }
}
