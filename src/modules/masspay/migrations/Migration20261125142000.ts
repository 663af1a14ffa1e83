import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/**
 * Whose a refund is may need two people: one open proposal for a refund, which
 * the second operator answers, or rejects. And reserves that are a share of each
 * new earning stand beside those of an amount.
 *
 * Old code runs on these tables unchanged: it proposes nothing about refunds,
 * and a share, which it does not know, holds everything of the vendor there.
 */
export class Migration20261125142000 extends Migration {
  override async up(): Promise<void> {
    this
      .addSql(`create unique index if not exists "UQ_masspay_action_request_refund"
      on "masspay_action_request" (("payload"->>'refund'))
      where "action" = 'allocate_refund' and "state" = 'proposed';`)

    this.addSql(`alter table "masspay_hold"
      add column if not exists "basis_points" integer null
        check ("basis_points" between 1 and 10000),
      add column if not exists "days" integer null
        check ("days" between 1 and 365);`)
    this.addSql(`alter table "masspay_hold"
      drop constraint if exists "CK_masspay_hold_reserve",
      add constraint "CK_masspay_hold_reserve" check (
        ("amount" is null) = ("currency_code" is null)
        and ("basis_points" is null) = ("days" is null)
        and (case "kind"
          when 'reserve' then ("amount" is null) <> ("basis_points" is null)
            and "vendor_id" is not null and "order_id" is null
          else "amount" is null and "basis_points" is null end));`)
    this.addSql(
      `drop trigger if exists "masspay_refuse_other_share" on "masspay_hold";`
    )
    this
      .addSql(`create trigger "masspay_refuse_other_share" before update on "masspay_hold"
      for each row when (old."basis_points" is distinct from new."basis_points"
        or old."days" is distinct from new."days")
      execute function masspay_refuse('never changes: basis_points, days');`)
  }

  override async down(): Promise<void> {
    this.addSql(`drop index if exists "UQ_masspay_action_request_refund";`)
    this.addSql(
      `drop trigger if exists "masspay_refuse_other_share" on "masspay_hold";`
    )
    // The columns stay while a hold says something in them: it cannot be told otherwise.
  }
}
