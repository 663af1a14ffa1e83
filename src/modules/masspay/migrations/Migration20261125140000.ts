import { Migration } from "@medusajs/framework/mikro-orm/migrations"

const NEVER_CHANGES = [
  "id",
  "dedupe_key",
  "body_sha256",
  "kind",
  "event_type",
  "remote_token",
  "client_id",
  "user_token",
  "status",
  "details",
  "is_stale",
  "signed_at",
  "received_at",
]

/**
 * The inbox of MassPay's webhooks, and what of theirs is to be looked up.
 *
 * Old code runs beside it: nothing else changes.
 */
export class Migration20261125140000 extends Migration {
  override async up(): Promise<void> {
    // The key is the MAC of the signed delivery, in hexadecimal digits.
    this.addSql(`create table if not exists "masspay_webhook_event" (
      "id" text not null primary key,
      "dedupe_key" text not null check ("dedupe_key" ~ '^[0-9a-f]{128}$'),
      "body_sha256" text not null,
      "kind" text not null check ("kind" in ('payout', 'load', 'spendback',
        'user', 'tax', 'balance_credit', 'unknown', 'unreadable')),
      "event_type" text null,
      "remote_token" text null,
      "client_id" text null,
      "user_token" text null,
      "status" text null,
      "details" jsonb not null default '{}',
      "is_stale" boolean not null,
      "signed_at" timestamptz null,
      "received_at" timestamptz not null default masspay_now(),
      "state" text not null default 'received'
        check ("state" in ('received', 'applied', 'ignored', 'dead')),
      "reason" text null,
      "object_key" text null,
      "truth_status" text null,
      "attempts" integer not null default 0,
      "next_attempt_at" timestamptz not null default masspay_now(),
      "finished_at" timestamptz null,
      "created_at" timestamptz not null default masspay_now(),
      "updated_at" timestamptz not null default masspay_now(),
      "deleted_at" timestamptz null,
      constraint "CK_masspay_webhook_event_finished"
        check (("finished_at" is null) = ("state" = 'received')));`)
    this
      .addSql(`create unique index if not exists "UQ_masspay_webhook_event_dedupe_key"
      on "masspay_webhook_event" ("dedupe_key");`)
    // What was not yet said what it is about, and what waits for its object.
    this.addSql(`create index if not exists "IDX_masspay_webhook_event_new"
      on "masspay_webhook_event" ("next_attempt_at", "id")
      where "state" = 'received' and "object_key" is null;`)
    this.addSql(`create index if not exists "IDX_masspay_webhook_event_object"
      on "masspay_webhook_event" ("object_key")
      where "state" = 'received' and "object_key" is not null;`)
    this
      .addSql(`create index if not exists "IDX_masspay_webhook_event_received_at"
      on "masspay_webhook_event" ("received_at", "id");`)
    this.addSql(`create index if not exists "IDX_masspay_webhook_event_dead"
      on "masspay_webhook_event" ("received_at", "id") where "state" = 'dead';`)
    this.addSql(`alter table "masspay_webhook_event" set (
      autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);`)
    for (const [name, on, when, because] of [
      [
        "soft_delete",
        "before insert or update",
        `when (new."deleted_at" is not null)`,
        "rows are never soft-deleted",
      ],
      [
        "immutable",
        "before update",
        `when (${NEVER_CHANGES.map(changes).join(" or ")})`,
        "what was received never changes",
      ],
    ] as const) {
      this.addSql(
        `drop trigger if exists "masspay_refuse_${name}" on "masspay_webhook_event";`
      )
      this
        .addSql(`create trigger "masspay_refuse_${name}" ${on} on "masspay_webhook_event"
        for each row ${when} execute function masspay_refuse('${because}');`)
    }

    this.addSql(`create table if not exists "masspay_webhook_object" (
      "key" text not null primary key,
      "due_at" timestamptz null,
      "looked_up_at" timestamptz null,
      "failures" integer not null default 0,
      "lease_owner" text null,
      "lease_until" timestamptz null,
      "created_at" timestamptz not null default masspay_now(),
      "updated_at" timestamptz not null default masspay_now(),
      "deleted_at" timestamptz null);`)
    this.addSql(`create index if not exists "IDX_masspay_webhook_object_due_at"
      on "masspay_webhook_object" ("due_at", "key") where "due_at" is not null;`)
    this.addSql(`create index if not exists "IDX_masspay_webhook_object_idle"
      on "masspay_webhook_object" ("updated_at") where "due_at" is null;`)
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "masspay_webhook_object";`)
    this.addSql(`drop table if exists "masspay_webhook_event";`)
  }
}

function changes(column: string): string {
  return `old."${column}" is distinct from new."${column}"`
}
