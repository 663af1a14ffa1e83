import type { Db } from "../../../src/modules/masspay/queries/db"
import { ALLOWED } from "./allowed"
import { ANY, type Kind, kindsIn } from "./kinds"

type Hit = { place: string; kind: Kind }

/** Of a table with more rows, which a loop made alike, about so many are searched. */
const ROWS_MAX = 5_000

/**
 * All tables in one question, because they are many and most are empty; rows
 * without a canary stay there.
 */
const DUMP = `
  create or replace function pg_temp.masspay_dump(canary text)
  returns table (name text, content jsonb) language plpgsql as $$
  declare each text; share float8;
  begin
    for each in select tablename from pg_tables
                 where schemaname = 'public' and tablename like 'masspay\\_%'
    loop
      execute format('select %s / greatest(1, count(*)) from %I', ${ROWS_MAX}.0, each)
        into share;
      return query execute format(
        'select %L::text, to_jsonb(t) from %I t where random() < %s and t::text ~* %L',
        each, each, share, canary);
    end loop;
  end $$`

/** Looks for canaries in whatever a suite leaves behind, and remembers where one stood. */
class CanaryWatch {
  private readonly hits = new Map<string, Hit>()
  private isOn = false

  /** Until then nothing is looked at: programs that are no suite open books, too. */
  begin(): void {
    this.isOn = true
  }

  /** One line of a log. */
  log(line: string): void {
    this.look(line, () => `log ${line.split(/\s/)[0] ?? ""}`)
  }

  /** The body of an answer that the plugin gave. */
  answer({
    method,
    url,
    status,
    body,
  }: {
    method: string
    url: string
    status: number
    body: string
  }): void {
    const text = status === 400 ? withoutAsked(body, url) : body
    this.look(text, () => `${method} ${withoutIds(url)}`)
  }

  /** Every row of the plugin's tables: what somebody with a dump of the database reads. */
  async tables(db: Db): Promise<void> {
    if (!this.isOn) return
    const rows = await db.tx(async (sql) => {
      await sql.rows(DUMP)
      return sql.rows<{ name: string; content: Record<string, unknown> }>(
        "select name, content from pg_temp.masspay_dump(?)",
        [ANY.source]
      )
    })
    for (const { name, content } of rows) this.row(name, content)
  }

  /** Throws where something stood that may not: with suite, place and kind, never the value. Forgets it then. */
  throwProblems(suite: string): void {
    const hits = [...this.hits.values()]
    this.hits.clear()
    if (hits.length === 0) return
    throw new Error(
      hits
        .map(({ place, kind }) => `${suite} leaks: ${kind} in ${place}`)
        .join("\n")
    )
  }

  private row(table: string, content: Record<string, unknown>): void {
    for (const [column, value] of Object.entries(content)) {
      if (
        value === null ||
        typeof value === "number" ||
        typeof value === "boolean"
      )
        continue
      const text = typeof value === "string" ? value : JSON.stringify(value)
      this.look(text, () => `${table}.${column}`)
    }
  }

  private look(text: string, placeOf: () => string): void {
    const kinds = kindsIn(text)
    if (kinds.length === 0) return
    const place = placeOf()
    for (const kind of kinds) {
      const isAllowed = ALLOWED.some(
        (allowed) => allowed.kind === kind && allowed.place.test(place)
      )
      if (!isAllowed) this.hits.set(`${kind} ${place}`, { place, kind })
    }
  }
}

/** Of this suite: jest gives each its own. */
export const canaries = new CanaryWatch()

/** Medusa says in a refusal what it was asked for: that goes back to where it came from. */
function withoutAsked(body: string, url: string): string {
  const asked = new URLSearchParams(url.split("?")[1])
  let text = body
  for (const [, value] of asked) {
    if (value !== "") text = text.replaceAll(value, "")
  }
  return text
}

/** `/admin/masspay/payees/mspye_1/link?x=1` as `/admin/masspay/payees/:id/link`. */
function withoutIds(url: string): string {
  const [path = ""] = url.split("?")
  return path
    .split("/")
    .map((part) => (/[_\d]/.test(part) ? ":id" : part))
    .join("/")
}
