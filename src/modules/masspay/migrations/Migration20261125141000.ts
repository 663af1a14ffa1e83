import { Migration } from "@medusajs/framework/mikro-orm/migrations"

const TABLES = [
  "masspay_kyc_request",
  "masspay_kyc_session",
  "masspay_kyc_access",
] as const

const REQUEST_IMMUTABLE = [
  "id",
  "payee_id",
  "vendor_id",
  "kind",
  "refusal",
  "text",
  "link_host",
  "link_hash",
  "source",
  "provider",
  "payout_id",
  "created_at",
]
const SESSION_IMMUTABLE = [
  "id",
  "request_key",
  "payee_id",
  "provider",
  "source",
  "actor",
  "created_at",
]

const TIMES = `"created_at" timestamptz not null default masspay_now(),
      "updated_at" timestamptz not null default masspay_now(),
      "deleted_at" timestamptz null`

/**
 * The papers that MassPay wants of payees, the sessions that somebody began, who
 * looked at a link, and when each payee is read again.
 *
 * Old code runs on these tables unchanged: every new column of a payee has a
 * default that means "as before". It opens no requests, so new code is needed
 * before a vendor sees any.
 */
export class Migration20261125141000 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`create table if not exists "masspay_kyc_request" (
      "id" text not null primary key,
      "payee_id" text not null references "masspay_payee" ("id"),
      "vendor_id" text not null,
      "kind" text not null check ("kind" in ('identity', 'bank_document', 'other')),
      "refusal" text not null
        check ("refusal" in ('user_inactive', 'missing_id', 'unclear', 'none')),
      "text" text null check (length("text") between 1 and 300),
      "link_sealed" text null,
      "link_host" text null,
      "link_hash" text null,
      "source" text not null
        check ("source" in ('error', 'session', 'operator', 'vendor')),
      "provider" text null check ("provider" in ('veriff', 'au10tix')),
      "payout_id" text null references "masspay_payout" ("id"),
      "state" text not null default 'open' check ("state" in ('open', 'cleared')),
      "clear_reason" text null
        check ("clear_reason" in ('payee_active', 'payment_passed',
          'session_approved', 'session_over', 'superseded', 'operator')),
      "clear_note" text null check (length("clear_note") between 1 and 1000),
      "cleared_by" text null,
      "cleared_at" timestamptz null,
      "notified_at" timestamptz null,
      ${TIMES},
      constraint "CK_masspay_kyc_request_refusal"
        check (("source" = 'error') = ("refusal" <> 'none')),
      constraint "CK_masspay_kyc_request_cleared"
        check (("state" = 'cleared') = ("cleared_at" is not null)
          and ("cleared_at" is null) = ("clear_reason" is null)
          and ("state" = 'open' or "link_sealed" is null)));`)
    // Two processes that hear of the same thing open it once. What payments are
    // refused for is never hidden behind a session that somebody began.
    this.addSql(`create unique index if not exists "UQ_masspay_kyc_request_open"
      on "masspay_kyc_request"
        ("payee_id", "kind", ("source" = 'error'), (coalesce("link_hash", '')))
      where "state" = 'open';`)
    this.addSql(`create index if not exists "IDX_masspay_kyc_request_created_at"
      on "masspay_kyc_request" ("created_at", "id");`)
    this.addSql(`create index if not exists "IDX_masspay_kyc_request_payee_id"
      on "masspay_kyc_request" ("payee_id", "created_at");`)
    this.addSql(`create index if not exists "IDX_masspay_kyc_request_payout_id"
      on "masspay_kyc_request" ("payout_id") where "payout_id" is not null;`)

    // Written before MassPay is asked, because asking makes a session there.
    this.addSql(`create table if not exists "masspay_kyc_session" (
      "id" text not null primary key,
      "request_key" text not null,
      "payee_id" text not null references "masspay_payee" ("id"),
      "provider" text not null check ("provider" in ('veriff', 'au10tix')),
      "source" text not null check ("source" in ('operator', 'vendor')),
      "actor" text not null,
      "state" text not null default 'asked'
        check ("state" in ('asked', 'answered', 'failed')),
      "kyc_request_id" text null references "masspay_kyc_request" ("id"),
      ${TIMES},
      constraint "CK_masspay_kyc_session_answered"
        check (("state" = 'answered') = ("kyc_request_id" is not null)));`)
    this
      .addSql(`create unique index if not exists "UQ_masspay_kyc_session_request_key"
      on "masspay_kyc_session" ("request_key");`)
    this.addSql(`create index if not exists "IDX_masspay_kyc_session_payee_id"
      on "masspay_kyc_session" ("payee_id", "created_at");`)

    this.addSql(`create table if not exists "masspay_kyc_access" (
      "id" text not null primary key,
      "kyc_request_id" text not null references "masspay_kyc_request" ("id"),
      "actor" text not null,
      ${TIMES});`)
    this
      .addSql(`create index if not exists "IDX_masspay_kyc_access_kyc_request_id"
      on "masspay_kyc_access" ("kyc_request_id", "created_at");`)

    this.guards()
    this.payee()
  }

  private guards(): void {
    for (const table of TABLES) {
      this.guard(table, "soft_delete", {
        on: "before insert or update",
        when: `new."deleted_at" is not null`,
        because: "rows are never soft-deleted",
      })
      this.guard(table, "delete", {
        on: "before delete",
        because: "rows are never deleted",
      })
      this.guard(table, "truncate", {
        on: "before truncate",
        because: "rows are never deleted",
        each: "statement",
      })
    }
    this.guard("masspay_kyc_access", "update", {
      on: "before update",
      because: "the table is append-only",
    })
    this.guard("masspay_kyc_request", "immutable", {
      on: "before update",
      when: changed(REQUEST_IMMUTABLE),
      because: "a request is only closed, or noted as told",
    })
    // It ends with the request, and is never another one.
    this.guard("masspay_kyc_request", "link", {
      on: "before update",
      when: `old."link_sealed" is distinct from new."link_sealed"
        and not (new."link_sealed" is null and new."state" = 'cleared')`,
      because:
        "a link is dropped when its request is closed, and never replaced",
    })
    this.guard("masspay_kyc_request", "reopen", {
      on: "before update",
      when: `old."state" = 'cleared' and (${changed(["state", "clear_reason", "clear_note", "cleared_by", "cleared_at"])})`,
      because: "a closed request stays as it was closed",
    })
    this.guard("masspay_kyc_session", "immutable", {
      on: "before update",
      when: `${changed(SESSION_IMMUTABLE)} or old."state" <> 'asked'`,
      because: "a session is asked for once and answered once",
    })
  }

  private payee(): void {
    this.addSql(`alter table "masspay_payee"
      add column if not exists "kyc_status" text not null default 'unknown'
        check ("kyc_status" in ('unknown', 'not_required', 'required',
          'submitted', 'declined', 'approved')),
      add column if not exists "papers_wanted" boolean not null default false,
      add column if not exists "locked_at" timestamptz null,
      add column if not exists "kyc_sessions" jsonb not null default '[]',
      add column if not exists "kyc_sessions_at" timestamptz null,
      add column if not exists "kyc_probe_id" text null,
      add column if not exists "kyc_probes" integer not null default 0,
      add column if not exists "kyc_probe_after" timestamptz null,
      add column if not exists "refresh_at" timestamptz null,
      add column if not exists "refresh_wanted_at" timestamptz null,
      add column if not exists "refresh_reads" integer not null default 0,
      add column if not exists "refresh_lease_until" timestamptz null;`)
    this.addSql(`create index if not exists "IDX_masspay_payee_wanted"
      on "masspay_payee" ("refresh_wanted_at", "id")
      where "refresh_wanted_at" is not null;`)
    this.addSql(`create index if not exists "IDX_masspay_payee_refresh_at"
      on "masspay_payee" ("refresh_at", "id") where "refresh_at" is not null;`)
    this.addSql(`create index if not exists "IDX_masspay_payee_unfit"
      on "masspay_payee" ("truth_as_of", "id")
      where "status" in ('locked', 'deactivated') and "refresh_at" is null;`)
    this.addSql(`create index if not exists "IDX_masspay_payee_papers_wanted"
      on "masspay_payee" ("id") where "papers_wanted";`)
    // Those whose payments were refused are read once more before anything is sent.
    this
      .addSql(`update "masspay_payee" y set "refresh_wanted_at" = masspay_now()
      where y."user_token" is not null and exists (
        select 1 from "masspay_payout" p
         where p."payee_id" = y."id" and p."status" = 'blocked'
           and p."block_reason" in ('kyc', 'vendor'));`)
  }

  override async down(): Promise<void> {
    for (const table of [...TABLES].reverse()) {
      this.addSql(`drop table if exists "${table}" cascade;`)
    }
    this.addSql(`alter table "masspay_payee"
      drop column if exists "kyc_status",
      drop column if exists "papers_wanted",
      drop column if exists "locked_at",
      drop column if exists "kyc_sessions",
      drop column if exists "kyc_sessions_at",
      drop column if exists "kyc_probe_id",
      drop column if exists "kyc_probes",
      drop column if exists "kyc_probe_after",
      drop column if exists "refresh_at",
      drop column if exists "refresh_wanted_at",
      drop column if exists "refresh_reads",
      drop column if exists "refresh_lease_until";`)
    this.addSql(`drop index if exists "IDX_masspay_payee_unfit";`)
  }

  private guard(
    table: string,
    name: string,
    rule: {
      on: string
      when?: string
      because: string
      each?: "row" | "statement"
    }
  ): void {
    const trigger = `masspay_refuse_${name}`
    this.addSql(`drop trigger if exists "${trigger}" on "${table}";`)
    this.addSql(`create trigger "${trigger}" ${rule.on} on "${table}"
      for each ${rule.each ?? "row"} ${rule.when ? `when (${rule.when})` : ""}
      execute function masspay_refuse('${rule.because}');`)
  }
}

function changed(columns: readonly string[]): string {
  return columns
    .map((column) => `old."${column}" is distinct from new."${column}"`)
    .join(" or ")
}
