import { Migration } from "@medusajs/framework/mikro-orm/migrations"

const APPEND_ONLY = [
  "masspay_refund_allocation",
  "masspay_platform_line",
] as const
const REFUND_IMMUTABLE = [
  "id",
  "refund_id",
  "shop_refund_id",
  "root_order_id",
  "currency_code",
]

const TIMES = `"created_at" timestamptz not null default masspay_now(),
      "updated_at" timestamptz not null default masspay_now(),
      "deleted_at" timestamptz null`

/**
 * Refunds as they were found, whose they are, which lines are the platform's for
 * good, and the part of a commission that is an amount for each piece.
 *
 * Old code runs on these tables unchanged: the new column has a default that
 * means "none", as before.
 */
export class Migration20261125131000 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`alter table "masspay_settlement"
      add column if not exists "commission_fixed" bigint not null default 0
        check ("commission_fixed" >= 0);`)
    this.guard("masspay_settlement", "frozen_fixed", {
      on: "before update",
      when: `old."revision" > 0 and old."commission_fixed" <> new."commission_fixed"`,
      because: "the terms are frozen at the first booking",
    })

    // One row for each refund of the shop. Of one that was allocated and of which
    // more turns out to be in no line, another: its refund_id ends in #2, #3, …
    this.addSql(`create table if not exists "masspay_refund" (
      "id" text not null primary key,
      "refund_id" text not null,
      "shop_refund_id" text not null,
      "order_id" text not null,
      "root_order_id" text not null,
      "currency_code" text not null check ("currency_code" = upper("currency_code")),
      "amount" bigint not null check ("amount" > 0),
      "unallocated" bigint not null default 0
        check ("unallocated" between 0 and "amount"),
      "suggestion" jsonb not null default '[]',
      "refunded_at" timestamptz null,
      ${TIMES});`)
    this.addSql(`create unique index if not exists "UQ_masspay_refund_refund_id"
      on "masspay_refund" ("refund_id");`)
    this.addSql(
      `create index if not exists "IDX_masspay_refund_root_order_id" on "masspay_refund" ("root_order_id");`
    )
    this.addSql(`create index if not exists "IDX_masspay_refund_unallocated"
      on "masspay_refund" ("created_at", "id") where "unallocated" > 0;`)

    this.addSql(`create table if not exists "masspay_refund_allocation" (
      "id" text not null primary key,
      "refund_id" text not null references "masspay_refund" ("refund_id"),
      "settlement_id" text null references "masspay_settlement" ("id"),
      "amount" bigint not null check ("amount" > 0),
      "basis" bigint not null check ("basis" >= 0),
      "rule" text not null check ("rule" in ('sole_vendor', 'operator')),
      "actor" text not null default 'system',
      "reason" text null check (length("reason") between 1 and 1000),
      "request_id" text null,
      ${TIMES},
      constraint "CK_masspay_refund_allocation_operator"
        check ("rule" <> 'operator' or ("reason" is not null and "request_id" is not null)));`)
    this
      .addSql(`create unique index if not exists "UQ_masspay_refund_allocation_settlement"
      on "masspay_refund_allocation" ("refund_id", "settlement_id");`)
    // The platform bears a part of a refund once, too.
    this
      .addSql(`create unique index if not exists "UQ_masspay_refund_allocation_platform"
      on "masspay_refund_allocation" ("refund_id") where "settlement_id" is null;`)
    this
      .addSql(`create index if not exists "IDX_masspay_refund_allocation_settlement_id"
      on "masspay_refund_allocation" ("settlement_id");`)

    this.addSql(`create table if not exists "masspay_platform_line" (
      "id" text not null primary key,
      "root_order_id" text not null,
      "kind" text not null check ("kind" in ('item', 'shipping')),
      "ref" text not null,
      ${TIMES});`)
    this
      .addSql(`create unique index if not exists "UQ_masspay_platform_line_ref"
      on "masspay_platform_line" ("kind", "ref");`)
    this.addSql(
      `create index if not exists "IDX_masspay_platform_line_root_order_id" on "masspay_platform_line" ("root_order_id");`
    )

    for (const table of ["masspay_refund", ...APPEND_ONLY]) {
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
    for (const table of APPEND_ONLY) {
      this.guard(table, "update", {
        on: "before update",
        because: "the table is append-only",
      })
      this.guard(table, "truncate", {
        on: "before truncate",
        because: "the table is append-only",
        each: "statement",
      })
    }
    this.guard("masspay_refund", "immutable", {
      on: "before update",
      when: REFUND_IMMUTABLE.map(
        (column) => `old."${column}" is distinct from new."${column}"`
      ).join(" or "),
      because: `never changes: ${REFUND_IMMUTABLE.join(", ")}`,
    })
    // Otherwise more could be allocated than is left of it.
    this.guard("masspay_refund", "shrink", {
      on: "before update",
      when: `new."amount" < old."amount"`,
      because: "a refund never becomes less",
    })
    this.neverMoreThanRefunded()
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "masspay_platform_line";`)
    this.addSql(`drop table if exists "masspay_refund_allocation";`)
    this.addSql(`drop table if exists "masspay_refund";`)
    this.addSql(
      `drop function if exists masspay_refund_allocation_sum() cascade;`
    )
    this.addSql(
      `drop trigger if exists "masspay_refuse_frozen_fixed" on "masspay_settlement";`
    )
    this.addSql(`alter table "masspay_settlement"
      drop column if exists "commission_fixed";`)
  }

  /** Whoever writes them: the parts of a refund are not more than the refund. */
  private neverMoreThanRefunded(): void {
    const name = "masspay_refund_allocation_sum"
    this.addSql(`create or replace function ${name}() returns trigger
      language plpgsql as $fn$
      begin
        -- Two writers of one refund queue up here.
        perform 1 from masspay_refund r
          where r.refund_id in (select refund_id from new_rows)
          order by r.refund_id for update;
        if exists (
          select 1 from masspay_refund r
           where r.refund_id in (select refund_id from new_rows)
             and r.amount < (select sum(a.amount) from masspay_refund_allocation a
                              where a.refund_id = r.refund_id)) then
          raise exception 'masspay_refund_allocation: more than was refunded'
            using errcode = 'restrict_violation';
        end if;
        return null;
      end
      $fn$;`)
    this.addSql(
      `drop trigger if exists "${name}" on "masspay_refund_allocation";`
    )
    this.addSql(`create trigger "${name}"
      after insert on masspay_refund_allocation referencing new table as new_rows
      for each statement execute function ${name}();`)
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
