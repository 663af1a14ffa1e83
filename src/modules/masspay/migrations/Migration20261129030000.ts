import { Migration } from "@medusajs/framework/mikro-orm/migrations"

const TABLE = `"masspay_incident"`

/**
 * Alarms that ended are forgotten after a while (`retention.incidentDays`); those
 * that are open still cannot be deleted.
 *
 * Old code runs on it unchanged: it deletes none.
 */
export class Migration20261129030000 extends Migration {
  override async up(): Promise<void> {
    this.refuseDelete(
      `when (old."state" = 'open')`,
      "an open incident is never deleted"
    )
    this.addSql(`create index if not exists "IDX_masspay_incident_closed_at"
      on ${TABLE} ("closed_at", "id") where "state" = 'closed';`)
  }

  override async down(): Promise<void> {
    this.addSql(`drop index if exists "IDX_masspay_incident_closed_at";`)
    this.refuseDelete("", "rows are never deleted")
  }

  private refuseDelete(when: string, because: string): void {
    this.addSql(`drop trigger if exists "masspay_refuse_delete" on ${TABLE};`)
    this
      .addSql(`create trigger "masspay_refuse_delete" before delete on ${TABLE}
      for each row ${when} execute function masspay_refuse('${because}');`)
  }
}
