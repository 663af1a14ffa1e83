import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/**
 * What people vouched for before the shop pays for real, and which processes of
 * the shop were seen.
 *
 * Old code runs on it unchanged: it knows neither.
 */
export class Migration20261128223000 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`create table if not exists "masspay_go_live_item" (
      "id" text not null primary key,
      "key" text not null,
      "revision" integer not null check ("revision" > 0),
      "did" text not null check ("did" in ('attested', 'withdrawn')),
      "actor" text not null,
      "note" text not null check (length("note") between 1 and 1000),
      "created_at" timestamptz not null default masspay_now(),
      "updated_at" timestamptz not null default masspay_now(),
      "deleted_at" timestamptz null);`)
    // Of two who change the same item at once, one comes after the other.
    this
      .addSql(`create unique index if not exists "UQ_masspay_go_live_item_key_revision"
      on "masspay_go_live_item" ("key", "revision");`)
    for (const [name, on, each] of [
      ["update", "before update", "row"],
      ["delete", "before delete", "row"],
      ["truncate", "before truncate", "statement"],
    ] as const) {
      this.addSql(
        `drop trigger if exists "masspay_refuse_${name}" on "masspay_go_live_item";`
      )
      this
        .addSql(`create trigger "masspay_refuse_${name}" ${on} on "masspay_go_live_item"
        for each ${each} execute function masspay_refuse('the table is append-only');`)
    }

    // No record of anything: rows are forgotten after a while.
    this.addSql(`create table if not exists "masspay_instance" (
      "id" text not null primary key,
      "started_at" timestamptz not null,
      "seen_at" timestamptz not null default masspay_now(),
      "created_at" timestamptz not null default masspay_now(),
      "updated_at" timestamptz not null default masspay_now(),
      "deleted_at" timestamptz null);`)
    this.addSql(`create index if not exists "IDX_masspay_instance_seen_at"
      on "masspay_instance" ("seen_at");`)
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "masspay_instance";`)
    this.addSql(`drop table if exists "masspay_go_live_item";`)
  }
}
