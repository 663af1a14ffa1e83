import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/** Who has too much: found by what is open below zero, and by when it was last looked at. */
export class Migration20261125133000 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`alter table "masspay_payee"
      add column if not exists "clawback_as_of" timestamptz null;`)
    this.addSql(`create index if not exists "IDX_masspay_open_entry_negative"
      on "masspay_open_entry" ("vendor_id", "currency_code")
      where "amount" < 0;`)
  }

  override async down(): Promise<void> {
    this.addSql(`drop index if exists "IDX_masspay_open_entry_negative";`)
    this.addSql(`alter table "masspay_payee"
      drop column if exists "clawback_as_of";`)
  }
}
