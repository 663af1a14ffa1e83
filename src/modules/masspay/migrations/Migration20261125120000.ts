import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/**
 * What operators do, and what a restored database needs: action requests,
 * approvals, payees whose MassPay side must be read in full before they are
 * paid, and the look-ups of the second kind of operation.
 *
 * Old code runs on these tables unchanged: every new column has a default that
 * means "as before".
 */
export class Migration20261125120000 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`alter table "masspay_payee"
      add column if not exists "needs_adoption" boolean not null default false,
      add column if not exists "read_in_full_at" timestamptz null;`)
    this.addSql(`create index if not exists "IDX_masspay_payee_to_adopt"
      on "masspay_payee" ("id") where "needs_adoption";`)

    this.addSql(`alter table "masspay_payout"
      add column if not exists "approved_by" text null,
      add column if not exists "approved_at" timestamptz null,
      add column if not exists "maker" text not null default 'system';`)
    this.addSql(`alter table "masspay_payout"
      drop constraint if exists "CK_masspay_payout_approval",
      add constraint "CK_masspay_payout_approval"
        check ("approval" in ('not_required', 'required', 'approved'));`)
    // A wallet that is short holds back everything younger that draws on it.
    this.addSql(`create index if not exists "IDX_masspay_payout_short"
      on "masspay_payout" ("source_token", "created_at", "id")
      where "status" = 'blocked' and "block_reason" = 'funds';`)
    this.addSql(`create index if not exists "IDX_masspay_payout_in_flight"
      on "masspay_payout" ("source_token")
      where "status" in ('sending', 'unknown');`)

    // What is asked of MassPay about a load that is there, until it is known what came of it.
    this.addSql(`create index if not exists "IDX_masspay_operation_take_back"
      on "masspay_operation" ("payout_id")
      where "kind" in ('reverse', 'cancel') and "proof" = 'none';`)

    this.addSql(`create table if not exists "masspay_action_request" (
      "id" text not null primary key,
      "request_id" text not null,
      "action" text not null,
      "payout_id" text null references "masspay_payout" ("id"),
      "payload" jsonb not null default '{}',
      "state" text not null
        check ("state" in ('proposed', 'done', 'rejected')),
      "maker" text not null,
      "maker_reason" text not null check (length("maker_reason") between 1 and 1000),
      "checker" text null,
      "checker_reason" text null,
      "decided_at" timestamptz null,
      "result" jsonb null,
      "created_at" timestamptz not null default masspay_now(),
      "updated_at" timestamptz not null default masspay_now(),
      "deleted_at" timestamptz null,
      constraint "CK_masspay_action_request_two_people"
        check ("checker" is null or "checker" <> "maker"));`)
    this
      .addSql(`create unique index if not exists "UQ_masspay_action_request_request_id"
      on "masspay_action_request" ("request_id");`)
    // One open proposal for a payout: the second operator answers it, or rejects it.
    this
      .addSql(`create unique index if not exists "UQ_masspay_action_request_proposed"
      on "masspay_action_request" ("payout_id") where "state" = 'proposed';`)
    this
      .addSql(`create index if not exists "IDX_masspay_action_request_payout_id"
      on "masspay_action_request" ("payout_id", "created_at", "id");`)

    for (const [name, on, when] of [
      [
        "soft_delete",
        "before insert or update",
        `when (new."deleted_at" is not null)`,
      ],
      ["delete", "before delete", ""],
      [
        "immutable",
        "before update",
        `when (old."id" is distinct from new."id"
          or old."request_id" is distinct from new."request_id"
          or old."action" is distinct from new."action"
          or old."payout_id" is distinct from new."payout_id"
          or old."payload" is distinct from new."payload"
          or old."maker" is distinct from new."maker"
          or old."maker_reason" is distinct from new."maker_reason"
          or (old."state" <> 'proposed'))`,
      ],
    ] as const) {
      this.addSql(
        `drop trigger if exists "masspay_refuse_${name}" on "masspay_action_request";`
      )
      this
        .addSql(`create trigger "masspay_refuse_${name}" ${on} on "masspay_action_request"
        for each row ${when}
        execute function masspay_refuse('a request and its answer are kept as they were given');`)
    }
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "masspay_action_request";`)
    this.addSql(`drop index if exists "IDX_masspay_operation_take_back";`)
    for (const index of ["short", "in_flight"]) {
      this.addSql(`drop index if exists "IDX_masspay_payout_${index}";`)
    }
    this.addSql(`alter table "masspay_payout"
      drop constraint if exists "CK_masspay_payout_approval",
      drop column if exists "approved_by",
      drop column if exists "approved_at",
      drop column if exists "maker";`)
    this.addSql(`drop index if exists "IDX_masspay_payee_to_adopt";`)
    this.addSql(`alter table "masspay_payee"
      drop column if exists "needs_adoption",
      drop column if exists "read_in_full_at";`)
  }
}
