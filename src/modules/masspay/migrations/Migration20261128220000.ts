import { Migration } from "@medusajs/framework/mikro-orm/migrations"

const TIMES = `"created_at" timestamptz not null default masspay_now(),
      "updated_at" timestamptz not null default masspay_now(),
      "deleted_at" timestamptz null`

const CLASSES = Array.from(
  { length: 15 },
  (_, index) => `'D${String(index + 1).padStart(2, "0")}'`
).join(", ")

const DISCREPANCY_IMMUTABLE = [
  "id",
  "class",
  "cause_key",
  "payout_id",
  "payee_id",
  "vendor_id",
  "remote_token",
  "currency_code",
  "run_id",
  "first_seen_at",
]
const DISCREPANCY_WRITTEN_ONCE = [
  "resolved_by",
  "resolved_reason",
  "resolved_at",
  "gone_at",
]
const RUN_IMMUTABLE = [
  "id",
  "kind",
  "from_date",
  "to_date",
  "started_at",
  "actor",
  "reason",
]

/**
 * What MassPay's side looked like when it was read, the runs that compared it
 * with the books, and what they found.
 *
 * Old code runs on it unchanged: it compares nothing.
 */
export class Migration20261128220000 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`create table if not exists "masspay_remote_transaction" (
      "id" text not null primary key,
      "token" text not null,
      "user_token" text null,
      "payee_id" text null,
      "type" text not null check ("type" in ('load', 'payout', 'spendback', 'other')),
      "remote_type" text not null,
      "remote_status" text not null,
      "previous_status" text null,
      "source_amount" bigint null,
      "source_currency_code" text null,
      "destination_amount" bigint null,
      "destination_currency_code" text null,
      "fee" bigint null,
      "time_of_txn" timestamptz null,
      "source_token" text null,
      "destination_token" text null,
      "delivery_type" text null,
      "client_transfer_id" text null,
      "client_id" text null,
      "status_reason" text null,
      "first_seen_at" timestamptz not null default masspay_now(),
      "last_seen_at" timestamptz not null default masspay_now(),
      "last_run_id" text null,
      "changed_at" timestamptz null,
      ${TIMES});`)
    this
      .addSql(`create unique index if not exists "UQ_masspay_remote_transaction_token"
      on "masspay_remote_transaction" ("token");`)
    this
      .addSql(`create index if not exists "IDX_masspay_remote_transaction_payee"
      on "masspay_remote_transaction" ("payee_id", "time_of_txn", "id");`)
    this
      .addSql(`create index if not exists "IDX_masspay_remote_transaction_user"
      on "masspay_remote_transaction" ("user_token", "type");`)
    this
      .addSql(`create index if not exists "IDX_masspay_remote_transaction_time"
      on "masspay_remote_transaction" ("time_of_txn", "id");`)
    this
      .addSql(`create index if not exists "IDX_masspay_remote_transaction_client_id"
      on "masspay_remote_transaction" ("client_id") where "client_id" is not null;`)
    // Every sweep writes when it saw a row, and no index needs to know.
    this.addSql(`alter table "masspay_remote_transaction" set
      (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);`)

    // Operations that a complete run did not find at MassPay. One run proves
    // nothing; what is found again is taken off.
    this.addSql(`create table if not exists "masspay_remote_absence" (
      "operation_id" text not null primary key references "masspay_operation" ("id"),
      "first_run_id" text not null,
      "last_run_id" text not null,
      "first_missed_at" timestamptz not null default masspay_now(),
      ${TIMES});`)

    this.addSql(`create table if not exists "masspay_reconciliation_run" (
      "id" text not null primary key,
      "kind" text not null check ("kind" in ('sweep', 'sweep_long', 'deep', 'manual')),
      "status" text not null default 'running' check ("status" in
        ('running', 'complete', 'incomplete', 'failed')),
      "phase" text not null default 'history' check ("phase" in
        ('history', 'compare', 'payees', 'finish')),
      "from_date" text null check ("from_date" ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
      "to_date" text null check ("to_date" ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
      "next_page" integer not null default 1,
      "cursor" text not null default '',
      "pages" integer not null default 0,
      "rows" integer not null default 0,
      "payees" integer not null default 0,
      "payees_unread" integer not null default 0,
      "requests" integer not null default 0,
      "tries" integer not null default 0,
      "problem" text null,
      "counts" jsonb not null default '{}',
      "started_at" timestamptz not null default masspay_now(),
      "progressed_at" timestamptz not null default masspay_now(),
      "finished_at" timestamptz null,
      "actor" text null,
      "reason" text null check (length("reason") between 1 and 1000),
      "request_id" text null,
      ${TIMES},
      constraint "CK_masspay_reconciliation_run_ended"
        check (("status" = 'running') = ("finished_at" is null)),
      constraint "CK_masspay_reconciliation_run_days"
        check (("kind" = 'deep') = ("from_date" is null)
          and ("from_date" is null) = ("to_date" is null)
          and "from_date" <= "to_date"));`)
    // One reads the history, and one reads vendors, at a time.
    this
      .addSql(`create unique index if not exists "UQ_masspay_reconciliation_run_running"
      on "masspay_reconciliation_run" (("kind" = 'deep')) where "status" = 'running';`)
    this
      .addSql(`create index if not exists "IDX_masspay_reconciliation_run_started_at"
      on "masspay_reconciliation_run" ("started_at", "id");`)
    this
      .addSql(`create index if not exists "IDX_masspay_reconciliation_run_kind"
      on "masspay_reconciliation_run" ("kind", "status", "started_at");`)

    this.addSql(`create table if not exists "masspay_discrepancy" (
      "id" text not null primary key,
      "class" text not null check ("class" in (${CLASSES})),
      "severity" text not null check ("severity" in ('info', 'warn', 'high', 'critical')),
      "state" text not null default 'open' check ("state" in ('open', 'resolved', 'healed')),
      "cause_key" text not null,
      "payout_id" text null,
      "payee_id" text null,
      "vendor_id" text null,
      "remote_token" text null,
      "currency_code" text null,
      "ours" jsonb not null default '{}',
      "theirs" jsonb not null default '{}',
      "action" text not null,
      "run_id" text null,
      "last_run_id" text null,
      "first_seen_at" timestamptz not null default masspay_now(),
      "last_seen_at" timestamptz not null default masspay_now(),
      "resolved_by" text null,
      "resolved_reason" text null check (length("resolved_reason") between 1 and 1000),
      "resolved_at" timestamptz null,
      "gone_at" timestamptz null,
      ${TIMES},
      constraint "CK_masspay_discrepancy_resolved" check (
        ("state" = 'resolved') = ("resolved_by" is not null)
        and ("state" = 'resolved') = ("resolved_at" is not null)
        and ("state" = 'resolved') = ("resolved_reason" is not null)),
      constraint "CK_masspay_discrepancy_gone" check (
        case "state" when 'open' then "gone_at" is null
          when 'healed' then "gone_at" is not null else true end));`)
    // Also what somebody resolved stays one while it shows.
    this
      .addSql(`create unique index if not exists "UQ_masspay_discrepancy_cause"
      on "masspay_discrepancy" ("cause_key") where "gone_at" is null;`)
    this.addSql(`create index if not exists "IDX_masspay_discrepancy_open"
      on "masspay_discrepancy" ("first_seen_at", "id") where "state" = 'open';`)
    this.addSql(`create index if not exists "IDX_masspay_discrepancy_first_seen"
      on "masspay_discrepancy" ("first_seen_at", "id");`)
    this.addSql(`create index if not exists "IDX_masspay_discrepancy_run"
      on "masspay_discrepancy" ("run_id", "first_seen_at", "id");`)
    this.addSql(`create index if not exists "IDX_masspay_discrepancy_vendor"
      on "masspay_discrepancy" ("vendor_id", "first_seen_at", "id");`)

    // What must show in a window, without reading what was paid before it.
    this.addSql(`create index if not exists "IDX_masspay_payout_completed_at"
      on "masspay_payout" ("completed_at", "id") where "status" = 'completed';`)

    for (const table of [
      "masspay_remote_transaction",
      "masspay_reconciliation_run",
      "masspay_discrepancy",
    ]) {
      this.guard(table, "soft_delete", {
        on: "before insert or update",
        when: `new."deleted_at" is not null`,
        because: "rows are never soft-deleted",
      })
    }
    for (const table of ["masspay_reconciliation_run", "masspay_discrepancy"]) {
      this.guard(table, "delete", {
        on: "before delete",
        because: "rows are never deleted",
      })
    }
    this.guard("masspay_reconciliation_run", "immutable", {
      on: "before update",
      when: [...RUN_IMMUTABLE.map(changes), `old."status" <> 'running'`].join(
        " or "
      ),
      because: `never changes: ${RUN_IMMUTABLE.join(", ")}, and nothing after its end`,
    })
    this.guard("masspay_discrepancy", "immutable", {
      on: "before update",
      when: DISCREPANCY_IMMUTABLE.map(changes).join(" or "),
      because: `never changes: ${DISCREPANCY_IMMUTABLE.join(", ")}`,
    })
    this.guard("masspay_discrepancy", "write_once", {
      on: "before update",
      when: [
        ...DISCREPANCY_WRITTEN_ONCE.map(
          (column) => `(old."${column}" is not null and ${changes(column)})`
        ),
        `(old."state" <> 'open' and ${changes("state")})`,
      ].join(" or "),
      because: `written once: ${DISCREPANCY_WRITTEN_ONCE.join(", ")}, and how it ended`,
    })
  }

  private guard(
    table: string,
    name: string,
    { on, when, because }: { on: string; when?: string; because: string }
  ): void {
    this.addSql(
      `drop trigger if exists "masspay_refuse_${name}" on "${table}";`
    )
    this.addSql(`create trigger "masspay_refuse_${name}" ${on} on "${table}"
      for each row ${when ? `when (${when})` : ""}
      execute function masspay_refuse('${because}');`)
  }

  override async down(): Promise<void> {
    this.addSql(`drop index if exists "IDX_masspay_payout_completed_at";`)
    for (const table of [
      "masspay_remote_absence",
      "masspay_remote_transaction",
      "masspay_reconciliation_run",
      "masspay_discrepancy",
    ]) {
      this.addSql(`drop table if exists "${table}";`)
    }
  }
}

function changes(column: string): string {
  return `old."${column}" is distinct from new."${column}"`
}
