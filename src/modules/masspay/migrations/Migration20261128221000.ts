import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/**
 * Mirrors of what MassPay owns: what payees hold in their wallets, and what the
 * funding wallets held whenever they were read; and the money that operators
 * put into those or took out, which nothing else here could know of.
 *
 * Payees that exist are read for the first time spread over a day. Old code runs
 * on it unchanged: it reads no wallets.
 */
export class Migration20261128221000 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`alter table "masspay_payee"
      add column if not exists "wallets_at" timestamptz not null
        default masspay_now() + random() * interval '1 day',
      add column if not exists "wallets_not_before" timestamptz not null
        default masspay_now(),
      add column if not exists "wallets_as_of" timestamptz null,
      add column if not exists "wallets_user_token" text null,
      add column if not exists "wallets_failures" integer not null default 0;`)
    this.addSql(`create index if not exists "IDX_masspay_payee_wallets_at"
      on "masspay_payee" ("wallets_at", "id") where "user_token" is not null;`)
    // Whose wallets changed since they were last read.
    this.addSql(`create index if not exists "IDX_masspay_payout_paid_at"
      on "masspay_payout" ("completed_at") where "completed_at" is not null;`)

    this.addSql(`create table if not exists "masspay_wallet" (
      "id" text not null primary key,
      "payee_id" text not null references "masspay_payee" ("id"),
      "user_token" text not null,
      "token" text not null,
      "currency_code" text not null,
      "balance" bigint not null,
      "as_of" timestamptz not null,
      "created_at" timestamptz not null default masspay_now(),
      "updated_at" timestamptz not null default masspay_now(),
      "deleted_at" timestamptz null);`)
    this.addSql(`create unique index if not exists "UQ_masspay_wallet_token"
      on "masspay_wallet" ("payee_id", "token");`)

    this.addSql(`create table if not exists "masspay_funding_reading" (
      "id" text not null primary key,
      "currency_code" text not null,
      "balance" bigint not null,
      "wallets" integer not null,
      "began_at" timestamptz not null,
      "read_at" timestamptz not null,
      "effect_low" bigint not null,
      "effect_high" bigint not null,
      "verdict" text not null check ("verdict" in
        ('first', 'explained', 'open', 'left', 'came')),
      "created_at" timestamptz not null default masspay_now(),
      "updated_at" timestamptz not null default masspay_now(),
      "deleted_at" timestamptz null,
      constraint "CK_masspay_funding_reading_effect"
        check ("effect_low" <= "effect_high"));`)
    this
      .addSql(`create index if not exists "IDX_masspay_funding_reading_began_at"
      on "masspay_funding_reading" ("currency_code", "began_at");`)

    this.addSql(`create table if not exists "masspay_funding_movement" (
      "id" text not null primary key,
      "currency_code" text not null,
      "amount" bigint not null check ("amount" <> 0),
      "occurred_at" timestamptz not null,
      "reference" text null,
      "reason" text not null,
      "actor" text not null,
      "created_at" timestamptz not null default masspay_now(),
      "updated_at" timestamptz not null default masspay_now(),
      "deleted_at" timestamptz null);`)
    this
      .addSql(`create index if not exists "IDX_masspay_funding_movement_occurred_at"
      on "masspay_funding_movement" ("currency_code", "occurred_at");`)
    this.addSql(
      `drop trigger if exists "masspay_refuse_change" on "masspay_funding_movement";`
    )
    this.addSql(`create trigger "masspay_refuse_change" before update or delete
      on "masspay_funding_movement" for each row
      execute function masspay_refuse('rows are never changed; record the opposite instead');`)
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "masspay_funding_movement";`)
    this.addSql(`drop table if exists "masspay_funding_reading";`)
    this.addSql(`drop table if exists "masspay_wallet";`)
    this.addSql(`drop index if exists "IDX_masspay_payout_paid_at";`)
    this.addSql(`drop index if exists "IDX_masspay_payee_wallets_at";`)
    this.addSql(`alter table "masspay_payee"
      drop column if exists "wallets_at",
      drop column if exists "wallets_not_before",
      drop column if exists "wallets_as_of",
      drop column if exists "wallets_user_token",
      drop column if exists "wallets_failures";`)
  }
}
