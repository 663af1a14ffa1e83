import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/**
 * Direct payouts: where a payee's money goes besides her wallet, and what MassPay
 * quoted for it. Old code runs on it unchanged: it pays into wallets.
 */
export class Migration20261129100000 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`alter table "masspay_payee"
      add column if not exists "method" text null
        check ("method" in ('wallet', 'direct'));`)

    this.addSql(`create table if not exists "masspay_destination" (
      "id" text not null primary key,
      "payee_id" text not null references "masspay_payee" ("id"),
      "vendor_id" text not null,
      "user_token" text not null,
      "currency_code" text not null,
      "destination_token" text not null,
      "destination_currency_code" text not null,
      "country_code" text not null,
      "payer_name" text not null,
      "delivery_type" text not null,
      "attr_set_token" text null,
      "label" text null,
      "masked_tail" text null,
      "min_amount" bigint null,
      "max_amount" bigint null,
      "fee" bigint null,
      "exchange_rate" text null,
      "estimated_availability" timestamptz null,
      "status" text not null default 'incomplete'
        check ("status" in ('incomplete', 'ready', 'returned', 'gone')),
      "status_reason" text null,
      "checked_at" timestamptz not null default masspay_now(),
      "check_at" timestamptz not null default masspay_now(),
      "returned_payout_id" text null,
      "chosen_by" text not null,
      "replaced_at" timestamptz null,
      "created_at" timestamptz not null default masspay_now(),
      "updated_at" timestamptz not null default masspay_now(),
      "deleted_at" timestamptz null,
      constraint "CK_masspay_destination_ready"
        check ("status" <> 'ready' or "attr_set_token" is not null));`)
    // One in use for each currency of a payee's money.
    this
      .addSql(`create unique index if not exists "UQ_masspay_destination_in_use"
      on "masspay_destination" ("payee_id", "currency_code") where "replaced_at" is null;`)
    this.addSql(`create index if not exists "IDX_masspay_destination_check_at"
      on "masspay_destination" ("check_at", "id") where "replaced_at" is null;`)
    this.addSql(`create index if not exists "IDX_masspay_destination_vendor_id"
      on "masspay_destination" ("vendor_id", "created_at");`)

    this.addSql(`create table if not exists "masspay_quote" (
      "id" text not null primary key,
      "operation_id" text not null references "masspay_operation" ("id"),
      "payout_id" text not null references "masspay_payout" ("id"),
      "destination_id" text not null references "masspay_destination" ("id"),
      "destination_token" text not null,
      "attr_set_token" text null,
      "source_amount" bigint null,
      "fee" bigint null,
      "destination_amount" text null,
      "destination_currency_code" text not null,
      "exchange_rate" text null,
      "payer_name" text null,
      "delivery_type" text null,
      "estimated_availability" timestamptz null,
      "expires_at" timestamptz not null,
      "commit_attempt_id" text null,
      "trace_code" text null,
      "status_reason" text null,
      "created_at" timestamptz not null default masspay_now(),
      "updated_at" timestamptz not null default masspay_now(),
      "deleted_at" timestamptz null);`)
    this
      .addSql(`create unique index if not exists "UQ_masspay_quote_operation_id"
      on "masspay_quote" ("operation_id");`)
    this.addSql(`create index if not exists "IDX_masspay_quote_payout_id"
      on "masspay_quote" ("payout_id", "created_at");`)
    this.addSql(`create index if not exists "IDX_masspay_quote_destination_id"
      on "masspay_quote" ("destination_id");`)
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "masspay_quote";`)
    this.addSql(`drop table if exists "masspay_destination";`)
    this.addSql(`alter table "masspay_payee" drop column if exists "method";`)
  }
}
