import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/**
 * Whose a refund is may need two people: one open proposal for a refund, which
 * the second operator answers, or rejects.
 *
 * Old code runs on these tables unchanged: it proposes nothing about refunds.
 */
export class Migration20261125142000 extends Migration {
  override async up(): Promise<void> {
    this
      .addSql(`create unique index if not exists "UQ_masspay_action_request_refund"
      on "masspay_action_request" (("payload"->>'refund'))
      where "action" = 'allocate_refund' and "state" = 'proposed';`)
  }

  override async down(): Promise<void> {
    this.addSql(`drop index if exists "UQ_masspay_action_request_refund";`)
  }
}
