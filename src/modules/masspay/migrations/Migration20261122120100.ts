import { Migration } from "@medusajs/framework/mikro-orm/migrations"

const KEEP_FOR_EVER = [
  "masspay_installation",
  "masspay_payee",
  "masspay_settlement",
  "masspay_ledger_entry",
  "masspay_payout",
  "masspay_payout_item",
  "masspay_operation",
  "masspay_attempt",
  "masspay_payout_event",
] as const
const NO_SOFT_DELETE = [
  ...KEEP_FOR_EVER,
  "masspay_control",
  "masspay_outbox_event",
] as const
const APPEND_ONLY = ["masspay_ledger_entry", "masspay_payout_event"] as const

/** Columns that keep the value they were inserted with. */
const IMMUTABLE = {
  masspay_installation: ["id", "environment", "tag"],
  masspay_payee: ["id", "vendor_id", "internal_user_id"],
  masspay_settlement: [
    "id",
    "order_id",
    "root_order_id",
    "vendor_id",
    "currency_code",
  ],
  masspay_payout: [
    "id",
    "payee_id",
    "vendor_id",
    "method",
    "amount",
    "currency_code",
    "source_key",
    "user_token",
    "source_token",
    "oldest_entry_at",
  ],
  masspay_payout_item: ["id", "payout_id", "entry_id", "amount"],
  masspay_operation: ["id", "payout_id", "kind", "client_id", "request_text"],
  masspay_attempt: [
    "id",
    "operation_id",
    "attempt_no",
    "idempotency_key",
    "request_sha256",
    "worker",
    "started_at",
    "lease_until",
  ],
  masspay_outbox_event: ["id", "name", "payload", "cause_key"],
} as const

/** Columns that go from null to a value once, and keep it. */
const WRITE_ONCE = {
  masspay_payee: ["user_token"],
  masspay_settlement: ["released_at"],
  masspay_payout_item: ["released_at"],
  masspay_operation: ["remote_token"],
  masspay_attempt: [
    "outcome",
    "http_status",
    "evidence",
    "finished_at",
    "proof",
  ],
} as const

/**
 * What may never happen to a row of the books, whoever asks: our own code, the
 * generated service methods, or a person at a database prompt.
 */
export class Migration20261122120100 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`create or replace function masspay_refuse() returns trigger
      language plpgsql as $fn$
      begin
        raise exception '%: % is refused (%)', TG_TABLE_NAME, lower(TG_OP), TG_ARGV[0]
          using errcode = 'restrict_violation';
      end
      $fn$;`)

    for (const table of NO_SOFT_DELETE) {
      this.guard(table, "soft_delete", {
        on: "before insert or update",
        when: `new."deleted_at" is not null`,
        because: "rows are never soft-deleted",
      })
    }
    for (const table of KEEP_FOR_EVER) {
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
    for (const [table, columns] of Object.entries(IMMUTABLE)) {
      this.guard(table, "immutable", {
        on: "before update",
        when: columns
          .map((column) => `old."${column}" is distinct from new."${column}"`)
          .join(" or "),
        because: `never changes: ${columns.join(", ")}`,
      })
    }
    for (const [table, columns] of Object.entries(WRITE_ONCE)) {
      this.guard(table, "write_once", {
        on: "before update",
        when: columns
          .map(
            (column) =>
              `(old."${column}" is not null and old."${column}" is distinct from new."${column}")`
          )
          .join(" or "),
        because: `written once: ${columns.join(", ")}`,
      })
    }
    this.guard("masspay_settlement", "frozen", {
      on: "before update",
      when: `old."revision" > 0 and
        (old."commission_basis_points" <> new."commission_basis_points"
          or old."tax_rule" <> new."tax_rule")`,
      because: "the terms are frozen at the first booking",
    })
    // Without it an optimistic lock on the version would not see the move.
    this.guard("masspay_payout", "version", {
      on: "before update",
      when: `new."version" < old."version" or
        (old."status" <> new."status" and new."version" = old."version")`,
      because: "a change of status raises the version",
    })
    this.keepOpenEntries()
  }

  override async down(): Promise<void> {
    for (const name of ["open", "take", "release"]) {
      this.addSql(
        `drop function if exists masspay_open_entry_${name}() cascade;`
      )
    }
    this.addSql(`drop function if exists masspay_refuse() cascade;`)
  }

  /** An entry is open from its insert until an item takes it, and again after that item's release. */
  private keepOpenEntries(): void {
    this
      .addSql(`create or replace function masspay_open_entry_open() returns trigger
      language plpgsql as $fn$
      begin
        insert into masspay_open_entry (entry_id, vendor_id, currency_code, amount, available_at)
        select id, vendor_id, currency_code, amount, available_at from new_rows;
        return null;
      end
      $fn$;`)
    this
      .addSql(`create or replace function masspay_open_entry_take() returns trigger
      language plpgsql as $fn$
      declare wanted bigint; taken bigint;
      begin
        select count(*) into wanted from new_rows where released_at is null;
        delete from masspay_open_entry o using new_rows n
         where o.entry_id = n.entry_id and n.released_at is null;
        get diagnostics taken = row_count;
        if taken <> wanted then
          raise exception 'masspay_payout_item: an entry is not open'
            using errcode = 'restrict_violation';
        end if;
        return null;
      end
      $fn$;`)
    this
      .addSql(`create or replace function masspay_open_entry_release() returns trigger
      language plpgsql as $fn$
      begin
        insert into masspay_open_entry (entry_id, vendor_id, currency_code, amount, available_at)
        select e.id, e.vendor_id, e.currency_code, e.amount, e.available_at
          from new_rows n
          join old_rows o on o.id = n.id
          join masspay_ledger_entry e on e.id = n.entry_id
         where o.released_at is null and n.released_at is not null;
        return null;
      end
      $fn$;`)
    this.trigger(
      "masspay_ledger_entry",
      "masspay_open_entry_open",
      "after insert on masspay_ledger_entry referencing new table as new_rows"
    )
    this.trigger(
      "masspay_payout_item",
      "masspay_open_entry_take",
      "after insert on masspay_payout_item referencing new table as new_rows"
    )
    this.trigger(
      "masspay_payout_item",
      "masspay_open_entry_release",
      "after update on masspay_payout_item referencing old table as old_rows new table as new_rows"
    )
  }

  private trigger(table: string, name: string, event: string): void {
    this.addSql(`drop trigger if exists "${name}" on "${table}";`)
    this.addSql(
      `create trigger "${name}" ${event} for each statement execute function ${name}();`
    )
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
