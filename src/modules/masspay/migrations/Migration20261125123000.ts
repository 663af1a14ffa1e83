import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/** Look-ups that operators ask for are found by when they asked, however many actions there ever were. */
export class Migration20261125123000 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`create index if not exists "IDX_masspay_action_request_lookup"
      on "masspay_action_request" ("decided_at", "id")
      where "state" = 'done' and "action" in ('resolve', 'retry');`)
  }

  override async down(): Promise<void> {
    this.addSql(`drop index if exists "IDX_masspay_action_request_lookup";`)
  }
}
