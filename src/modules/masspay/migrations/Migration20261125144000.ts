import { Migration } from "@medusajs/framework/mikro-orm/migrations"

const IMMUTABLE = [
  "id",
  "cause_key",
  "kind",
  "audience",
  "way",
  "subject_id",
  "vendor_id",
  "currency_code",
  "resend_of",
  "created_at",
]

/**
 * Who is told what, once for each cause. A row says what it is about, never what
 * is said: the words, an address and a link exist only while it is sent.
 *
 * Old code runs on it unchanged: it tells nobody anything.
 */
export class Migration20261125144000 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`create table if not exists "masspay_notification" (
      "id" text not null primary key,
      "cause_key" text not null,
      "kind" text not null,
      "audience" text not null check ("audience" in ('vendor', 'operators')),
      "way" text not null check ("way" in ('feed', 'mail')),
      "subject_id" text not null,
      "vendor_id" text null,
      "currency_code" text null,
      "state" text not null default 'pending' check ("state" in
        ('pending', 'sent', 'skipped', 'no_channel', 'unclear', 'failed')),
      "detail" text null,
      "attempts" integer not null default 0,
      "next_attempt_at" timestamptz not null default masspay_now(),
      "lease_until" timestamptz null,
      "sent_at" timestamptz null,
      "resend_of" text null references "masspay_notification" ("id"),
      "created_at" timestamptz not null default masspay_now(),
      "updated_at" timestamptz not null default masspay_now(),
      "deleted_at" timestamptz null,
      constraint "CK_masspay_notification_sent"
        check (("state" = 'sent') = ("sent_at" is not null)));`)
    this
      .addSql(`create unique index if not exists "UQ_masspay_notification_cause_key"
      on "masspay_notification" ("cause_key");`)
    this.addSql(`create index if not exists "IDX_masspay_notification_due"
      on "masspay_notification" ("next_attempt_at", "id")
      where "state" = 'pending';`)
    this
      .addSql(`create index if not exists "IDX_masspay_notification_created_at"
      on "masspay_notification" ("created_at", "id");`)
    this.addSql(`create index if not exists "IDX_masspay_notification_subject"
      on "masspay_notification" ("subject_id", "created_at");`)
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
        `when (${IMMUTABLE.map((column) => `old."${column}" is distinct from new."${column}"`).join(" or ")})`,
        `never changes: ${IMMUTABLE.join(", ")}`,
      ],
      [
        "unsend",
        "before update",
        `when (old."state" = 'sent' and new."state" <> 'sent')`,
        "what was sent stays sent",
      ],
    ] as const) {
      this.addSql(
        `drop trigger if exists "masspay_refuse_${name}" on "masspay_notification";`
      )
      this
        .addSql(`create trigger "masspay_refuse_${name}" ${on} on "masspay_notification"
        for each row ${when} execute function masspay_refuse('${because}');`)
    }
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "masspay_notification";`)
  }
}
