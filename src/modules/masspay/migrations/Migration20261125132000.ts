import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/**
 * What operators book by hand: requests about a vendor's balance stand beside
 * those about payouts.
 *
 * Old code runs on these tables unchanged: the new column is null for what it
 * writes.
 */
export class Migration20261125132000 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`alter table "masspay_action_request"
      add column if not exists "payee_id" text null references "masspay_payee" ("id");`)
    this
      .addSql(`create index if not exists "IDX_masspay_action_request_payee_id"
      on "masspay_action_request" ("payee_id", "created_at", "id")
      where "payee_id" is not null;`)
    // Money is booked for somebody, and in the name of one request.
    this.addSql(`alter table "masspay_action_request"
      drop constraint if exists "CK_masspay_action_request_balance",
      add constraint "CK_masspay_action_request_balance"
        check ("action" not in ('adjust', 'write_off')
          or ("payee_id" is not null and "payout_id" is null));`)
    this.addSql(
      `drop trigger if exists "masspay_refuse_other_payee" on "masspay_action_request";`
    )
    this
      .addSql(`create trigger "masspay_refuse_other_payee" before update on "masspay_action_request"
      for each row when (old."payee_id" is distinct from new."payee_id")
      execute function masspay_refuse('a request and its answer are kept as they were given');`)
  }

  /** The column and its index stay: requests of other kinds may name a payee, too. */
  override async down(): Promise<void> {
    this.addSql(
      `drop trigger if exists "masspay_refuse_other_payee" on "masspay_action_request";`
    )
    this.addSql(`alter table "masspay_action_request"
      drop constraint if exists "CK_masspay_action_request_balance";`)
  }
}
