import { Migration } from "@medusajs/framework/mikro-orm/migrations"

const IMMUTABLE_OF_A_HOLD = [
  "id",
  "order_id",
  "vendor_id",
  "kind",
  "currency_code",
  "amount",
  "until",
  "reason",
  "actor",
]
const WRITTEN_ONCE = ["released_at", "released_by", "release_reason"]

/**
 * When and from what sum on each vendor is paid, and what keeps her money back.
 *
 * Old code runs on these tables unchanged: every new column is null where the
 * options decide, as before.
 */
export class Migration20261125130000 extends Migration {
  override async up(): Promise<void> {
    // Minimums are minor units by upper-case currency code, as texts.
    this.addSql(`alter table "masspay_payee"
      add column if not exists "schedule" text null,
      add column if not exists "minimum" jsonb null;`)
    this.addSql(`alter table "masspay_payee"
      drop constraint if exists "CK_masspay_payee_schedule",
      add constraint "CK_masspay_payee_schedule" check ("schedule" ~
        '^(immediate|daily|weekly:(mon|tues|wednes|thurs|fri|satur|sun)day|monthly:([1-9]|1[0-9]|2[0-8]))$');`)

    this.addSql(`create table if not exists "masspay_hold" (
      "id" text not null primary key,
      "order_id" text null,
      "vendor_id" text null,
      "kind" text not null check ("kind" in ('dispute', 'manual', 'reserve')),
      "currency_code" text null check ("currency_code" = upper("currency_code")),
      "amount" bigint null check ("amount" > 0),
      "until" timestamptz null,
      "reason" text not null check (length("reason") between 1 and 1000),
      "actor" text not null,
      "released_at" timestamptz null,
      "released_by" text null,
      "release_reason" text null,
      "created_at" timestamptz not null default masspay_now(),
      "updated_at" timestamptz not null default masspay_now(),
      "deleted_at" timestamptz null,
      constraint "CK_masspay_hold_target"
        check ("order_id" is not null or "vendor_id" is not null),
      constraint "CK_masspay_hold_reserve" check (case "kind"
        when 'reserve' then "amount" is not null and "currency_code" is not null
          and "vendor_id" is not null and "order_id" is null
        else "amount" is null and "currency_code" is null end),
      constraint "CK_masspay_hold_released" check (
        ("released_at" is null) = ("released_by" is null)
        and ("released_at" is null) = ("release_reason" is null)));`)
    // Read for each entry that is collected and for each payout that is claimed.
    this.addSql(`create index if not exists "IDX_masspay_hold_order_id"
      on "masspay_hold" ("order_id")
      where "released_at" is null and "order_id" is not null;`)
    this.addSql(`create index if not exists "IDX_masspay_hold_vendor_id"
      on "masspay_hold" ("vendor_id")
      where "released_at" is null and "order_id" is null;`)
    this.addSql(
      `create index if not exists "IDX_masspay_hold_created_at" on "masspay_hold" ("created_at", "id");`
    )
    // Whether there is any settlement that holds its entries back.
    this.addSql(`create index if not exists "IDX_masspay_settlement_unallocated"
      on "masspay_settlement" ("id") where "held_reason" = 'unallocated_refund';`)
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
        `when (${IMMUTABLE_OF_A_HOLD.map(changes).join(" or ")})`,
        `never changes: ${IMMUTABLE_OF_A_HOLD.join(", ")}`,
      ],
      [
        "write_once",
        "before update",
        `when (${WRITTEN_ONCE.map((column) => `(old."${column}" is not null and ${changes(column)})`).join(" or ")})`,
        `written once: ${WRITTEN_ONCE.join(", ")}`,
      ],
    ] as const) {
      this.addSql(
        `drop trigger if exists "masspay_refuse_${name}" on "masspay_hold";`
      )
      this
        .addSql(`create trigger "masspay_refuse_${name}" ${on} on "masspay_hold"
        for each row ${when} execute function masspay_refuse('${because}');`)
    }

    // What operators decide about a vendor stands beside what they decide about payouts.
    this.addSql(`alter table "masspay_action_request"
      add column if not exists "payee_id" text null references "masspay_payee" ("id");`)
    this
      .addSql(`create index if not exists "IDX_masspay_action_request_payee_id"
      on "masspay_action_request" ("payee_id", "created_at", "id")
      where "payee_id" is not null;`)
  }

  override async down(): Promise<void> {
    this.addSql(`drop index if exists "IDX_masspay_action_request_payee_id";`)
    this.addSql(`alter table "masspay_action_request"
      drop column if exists "payee_id";`)
    this.addSql(`drop index if exists "IDX_masspay_settlement_unallocated";`)
    this.addSql(`drop table if exists "masspay_hold";`)
    this.addSql(`alter table "masspay_payee"
      drop constraint if exists "CK_masspay_payee_schedule",
      drop column if exists "schedule",
      drop column if exists "minimum";`)
  }
}

function changes(column: string): string {
  return `old."${column}" is distinct from new."${column}"`
}
