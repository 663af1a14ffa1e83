import { Migration } from "@medusajs/framework/mikro-orm/migrations"

const IMMUTABLE = [
  "id",
  "kind",
  "cause_key",
  "subject_type",
  "subject_id",
  "vendor_id",
  "opened_at",
  "created_at",
]

/**
 * What operators are told of, once for each cause, and the indexes that the
 * overview reads by.
 *
 * Old code runs on it unchanged: it raises no alarms. The indexes are made while
 * the tables are locked against writing, a second or so for each million rows.
 */
export class Migration20261128222000 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`create table if not exists "masspay_incident" (
      "id" text not null primary key,
      "kind" text not null,
      "cause_key" text not null,
      "subject_type" text not null,
      "subject_id" text null,
      "vendor_id" text null,
      "detail" jsonb not null default '{}'
        check (jsonb_typeof("detail") = 'object'),
      "state" text not null default 'open' check ("state" in ('open', 'closed')),
      "opened_at" timestamptz not null default masspay_now(),
      "last_seen_at" timestamptz not null default masspay_now(),
      "closed_at" timestamptz null,
      "acknowledged_by" text null,
      "acknowledged_at" timestamptz null,
      "acknowledge_note" text null check (length("acknowledge_note") between 1 and 1000),
      "reminders" integer not null default 0,
      "told_at" timestamptz not null default masspay_now(),
      "created_at" timestamptz not null default masspay_now(),
      "updated_at" timestamptz not null default masspay_now(),
      "deleted_at" timestamptz null,
      constraint "CK_masspay_incident_closed"
        check (("state" = 'closed') = ("closed_at" is not null)),
      constraint "CK_masspay_incident_acknowledged"
        check (("acknowledged_at" is null) = ("acknowledged_by" is null)
          and ("acknowledged_at" is null) = ("acknowledge_note" is null)));`)
    // Many machines that see the same cause at once open it once.
    this.addSql(`create unique index if not exists "UQ_masspay_incident_open"
      on "masspay_incident" ("cause_key") where "state" = 'open';`)
    this.addSql(`create index if not exists "IDX_masspay_incident_opened_at"
      on "masspay_incident" ("opened_at", "id");`)
    this.addSql(`create index if not exists "IDX_masspay_incident_subject_id"
      on "masspay_incident" ("subject_id") where "subject_id" is not null;`)
    for (const [name, on, when, because] of [
      [
        "soft_delete",
        "before insert or update",
        `when (new."deleted_at" is not null)`,
        "rows are never soft-deleted",
      ],
      ["delete", "before delete", "", "rows are never deleted"],
      [
        "immutable",
        "before update",
        `when (${changed(IMMUTABLE)})`,
        `never changes: ${IMMUTABLE.join(", ")}`,
      ],
      [
        "reopen",
        "before update",
        `when (old."state" = 'closed' and (${changed(["state", "closed_at", "detail"])}))`,
        "a closed incident stays as it was closed; the same cause opens another",
      ],
      [
        "unacknowledge",
        "before update",
        `when (old."acknowledged_at" is not null and (${changed(["acknowledged_at", "acknowledged_by", "acknowledge_note"])}))`,
        "whoever acknowledged it first stands in it",
      ],
    ] as const) {
      this.addSql(
        `drop trigger if exists "masspay_refuse_${name}" on "masspay_incident";`
      )
      this
        .addSql(`create trigger "masspay_refuse_${name}" ${on} on "masspay_incident"
        for each row ${when} execute function masspay_refuse('${because}');`)
    }

    this
      .addSql(`create index if not exists "IDX_masspay_ledger_entry_available_at"
      on "masspay_ledger_entry" ("available_at");`)
    this.addSql(`create index if not exists "IDX_masspay_settlement_held"
      on "masspay_settlement" ("created_at") where "held_reason" is not null;`)
  }

  override async down(): Promise<void> {
    for (const index of [
      "IDX_masspay_ledger_entry_available_at",
      "IDX_masspay_settlement_held",
    ]) {
      this.addSql(`drop index if exists "${index}";`)
    }
    this.addSql(`drop table if exists "masspay_incident";`)
  }
}

function changed(columns: readonly string[]): string {
  return columns
    .map((column) => `old."${column}" is distinct from new."${column}"`)
    .join(" or ")
}
