import { Migration } from "@medusajs/framework/mikro-orm/migrations"

const PROFILE_FIELDS = [
  "address1",
  "city",
  "state_province",
  "postal_code",
  "date_of_birth",
  "mobile_number",
]
const LINK_IMMUTABLE = ["id", "payee_id", "vendor_id", "user_token"]
const LINK_WRITTEN_ONCE = ["unlinked_at", "unlinked_by", "unlink_reason"]
const BULK_IMMUTABLE = ["id", "request_id", "started_by", "reason"]

const TIMES = `"created_at" timestamptz not null default masspay_now(),
      "updated_at" timestamptz not null default masspay_now(),
      "deleted_at" timestamptz null`

/**
 * Every MassPay user that a payee ever had, what is known of a user that
 * somebody has to confirm, which parts of her profile MassPay lacks, and the
 * linking of all vendors at once.
 *
 * Old code runs on these tables unchanged: a trigger keeps the history of users
 * for it, and it unlinks nobody.
 */
export class Migration20261125143000 extends Migration {
  override async up(): Promise<void> {
    const fields = JSON.stringify(PROFILE_FIELDS)
    this.addSql(`alter table "masspay_payee"
      add column if not exists "found_user_token" text null,
      add column if not exists "found_user_at" timestamptz null,
      add column if not exists "is_link_held" boolean not null default false,
      add column if not exists "link_wanted_at" timestamptz null,
      add column if not exists "bulk_link_id" text null,
      add column if not exists "profile_missing" jsonb null
        check (jsonb_typeof("profile_missing") = 'array'
          and "profile_missing" <@ '${fields}'::jsonb),
      add column if not exists "profile_as_of" timestamptz null;`)
    this.addSql(`create index if not exists "IDX_masspay_payee_link_wanted"
      on "masspay_payee" ("next_link_at", "id")
      where "user_token" is null and "link_wanted_at" is not null;`)
    this.addSql(`create index if not exists "IDX_masspay_payee_bulk_link_id"
      on "masspay_payee" ("bulk_link_id") where "bulk_link_id" is not null;`)

    this.addSql(`create table if not exists "masspay_payee_user" (
      "id" text not null primary key,
      "payee_id" text not null references "masspay_payee" ("id"),
      "vendor_id" text not null,
      "user_token" text not null,
      "unlinked_at" timestamptz null,
      "unlinked_by" text null,
      "unlink_reason" text null check (length("unlink_reason") between 1 and 1000),
      "needs_adoption" boolean not null default false,
      "read_in_full_at" timestamptz null,
      ${TIMES},
      constraint "CK_masspay_payee_user_unlinked" check (
        ("unlinked_at" is null) = ("unlinked_by" is null)
        and ("unlinked_at" is null) = ("unlink_reason" is null)));`)
    this
      .addSql(`create unique index if not exists "UQ_masspay_payee_user_linked"
      on "masspay_payee_user" ("user_token") where "unlinked_at" is null;`)
    this.addSql(`create index if not exists "IDX_masspay_payee_user_user_token"
      on "masspay_payee_user" ("user_token", "unlinked_at");`)
    this.addSql(`create index if not exists "IDX_masspay_payee_user_payee_id"
      on "masspay_payee_user" ("payee_id", "unlinked_at");`)
    this.addSql(`create index if not exists "IDX_masspay_payee_user_former"
      on "masspay_payee_user" ("read_in_full_at", "id") where "unlinked_at" is not null;`)
    this.addSql(`insert into "masspay_payee_user"
        ("id", "payee_id", "vendor_id", "user_token")
      select 'mspyu_' || upper(replace(gen_random_uuid()::text, '-', '')),
             p."id", p."vendor_id", p."user_token"
        from "masspay_payee" p
       where p."user_token" is not null and not exists (
         select 1 from "masspay_payee_user" u where u."payee_id" = p."id");`)
    this.keepEveryUser()

    this.addSql(`create table if not exists "masspay_bulk_link" (
      "id" text not null primary key,
      "request_id" text not null,
      "state" text not null default 'running'
        check ("state" in ('running', 'finished', 'cancelled')),
      "started_by" text not null,
      "reason" text not null check (length("reason") between 1 and 1000),
      "is_listed" boolean not null default false,
      "after_vendor_id" text null,
      "problem" text null,
      "ended_at" timestamptz null,
      "ended_by" text null,
      ${TIMES},
      constraint "CK_masspay_bulk_link_ended"
        check (("state" = 'running') = ("ended_at" is null)));`)
    this
      .addSql(`create unique index if not exists "UQ_masspay_bulk_link_running"
      on "masspay_bulk_link" ("state") where "state" = 'running';`)
    this
      .addSql(`create unique index if not exists "UQ_masspay_bulk_link_request_id"
      on "masspay_bulk_link" ("request_id");`)

    for (const table of ["masspay_payee_user", "masspay_bulk_link"]) {
      this.guard(table, "soft_delete", {
        on: "before insert or update",
        when: `new."deleted_at" is not null`,
        because: "rows are never soft-deleted",
      })
      this.guard(table, "delete", {
        on: "before delete",
        because: "rows are never deleted",
      })
    }
    this.guard("masspay_payee_user", "immutable", {
      on: "before update",
      when: LINK_IMMUTABLE.map(changes).join(" or "),
      because: `never changes: ${LINK_IMMUTABLE.join(", ")}`,
    })
    this.guard("masspay_payee_user", "write_once", {
      on: "before update",
      when: LINK_WRITTEN_ONCE.map(
        (column) => `(old."${column}" is not null and ${changes(column)})`
      ).join(" or "),
      because: `written once: ${LINK_WRITTEN_ONCE.join(", ")}`,
    })
    this.guard("masspay_bulk_link", "immutable", {
      on: "before update",
      when: [...BULK_IMMUTABLE.map(changes), `old."state" <> 'running'`].join(
        " or "
      ),
      because: `never changes: ${BULK_IMMUTABLE.join(", ")}, and nothing after its end`,
    })
  }

  /**
   * A user who was paid for one vendor is never another's: what MassPay still
   * says about those payouts would be booked for the wrong one. A payee's user
   * goes only with the link's end, and never while money is on its way to it.
   */
  private keepEveryUser(): void {
    this
      .addSql(`create or replace function masspay_keep_payee_user() returns trigger
      language plpgsql as $fn$
      begin
        if TG_OP = 'UPDATE' and old.user_token is not distinct from new.user_token then
          return null;
        end if;
        if exists (
          select 1 from masspay_payee_user u
           where u.user_token = new.user_token and u.payee_id <> new.id
             and (u.unlinked_at is null or exists (
               select 1 from masspay_payout p
                where p.payee_id = u.payee_id and p.user_token = u.user_token))) then
          raise exception 'masspay_payee: the user belongs to another payee'
            using errcode = 'unique_violation';
        end if;
        insert into masspay_payee_user (id, payee_id, vendor_id, user_token)
          values ('mspyu_' || upper(replace(gen_random_uuid()::text, '-', '')),
                  new.id, new.vendor_id, new.user_token);
        return null;
      end
      $fn$;`)
    this.addSql(
      `drop trigger if exists "masspay_keep_payee_user" on "masspay_payee";`
    )
    this.addSql(`create trigger "masspay_keep_payee_user"
      after insert or update on "masspay_payee"
      for each row when (new."user_token" is not null)
      execute function masspay_keep_payee_user();`)

    this
      .addSql(`create or replace function masspay_guard_unlinking() returns trigger
      language plpgsql as $fn$
      begin
        if new.user_token is not null
           or exists (select 1 from masspay_payee_user u
                       where u.payee_id = old.id and u.unlinked_at is null)
           or exists (select 1 from masspay_payout p
                       where p.payee_id = old.id and p.user_token is not null
                         and p.status not in ('completed', 'void', 'reversed')) then
          raise exception 'masspay_payee: update is refused (user_token is written once, and goes only when she is unlinked with nothing on its way)'
            using errcode = 'restrict_violation';
        end if;
        return new;
      end
      $fn$;`)
    this.addSql(
      `drop trigger if exists "masspay_refuse_write_once" on "masspay_payee";`
    )
    this.addSql(
      `drop trigger if exists "masspay_guard_unlinking" on "masspay_payee";`
    )
    this.addSql(`create trigger "masspay_guard_unlinking"
      before update on "masspay_payee" for each row
      when (old."user_token" is not null and old."user_token" is distinct from new."user_token")
      execute function masspay_guard_unlinking();`)
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
    for (const trigger of [
      "masspay_guard_unlinking",
      "masspay_keep_payee_user",
    ]) {
      this.addSql(`drop trigger if exists "${trigger}" on "masspay_payee";`)
      this.addSql(`drop function if exists ${trigger}();`)
    }
    this.guard("masspay_payee", "write_once", {
      on: "before update",
      when: `old."user_token" is not null and ${changes("user_token")}`,
      because: "written once: user_token",
    })
    this.addSql(`drop table if exists "masspay_bulk_link";`)
    this.addSql(`drop table if exists "masspay_payee_user";`)
    this.addSql(`drop index if exists "IDX_masspay_payee_link_wanted";`)
    this.addSql(`drop index if exists "IDX_masspay_payee_bulk_link_id";`)
    this.addSql(`alter table "masspay_payee"
      drop column if exists "found_user_token",
      drop column if exists "found_user_at",
      drop column if exists "is_link_held",
      drop column if exists "link_wanted_at",
      drop column if exists "bulk_link_id",
      drop column if exists "profile_missing",
      drop column if exists "profile_as_of";`)
  }
}

function changes(column: string): string {
  return `old."${column}" is distinct from new."${column}"`
}
