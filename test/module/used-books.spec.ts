import { type Books, connectBooks, giveBack, openBooks } from "../support/books"
import { manyPayees } from "../support/many-payouts"

/** On a server of the developer's own, books are dropped after each use. */
const isReused = process.env.MASSPAY_TEST_POSTGRES === "thrown away"

/** Every row of every table, without what is different in any two databases. */
async function rowsOf({ db }: Books): Promise<Record<string, unknown>> {
  const tables = await db.rows<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' order by 1`
  )
  const found: Record<string, unknown> = {}
  for (const { name } of tables) {
    const rows = await db.rows<{ text: string }>(
      `select t::text as text from "${name}" t order by 1`
    )
    found[name] = rows.map(({ text }) => text.replace(/[\d:.+-]{6,}/g, "…"))
  }
  return found
}

async function use(books: Books): Promise<void> {
  await books.shiftClock(1_000)
  await manyPayees(books.db, {
    tag: "aaaaaa",
    count: 3,
    createUser: ({ vendor_id }) => Promise.resolve(`usr_${vendor_id}`),
  })
}

/** As they are before they know which shop they are of. */
const open = (): Promise<Books> => openBooks({ install: false })

describe("books that a test has used", () => {
  it("are as new when the next one opens them", async () => {
    const [books, other] = [await open(), await open()]
    const asNew = await rowsOf(other)
    await use(books)
    expect(await rowsOf(books)).not.toEqual(asNew)
    await books.close()

    const again = await open()
    expect(again.database === books.database).toBe(isReused)
    expect(Object.keys(asNew).length).toBeGreaterThan(30)
    expect(await rowsOf(again)).toEqual(asNew)
    await again.close()
    await other.close()
  })

  it.each([
    ["a table", `create table left_behind (id text)`],
    ["a column", `alter table masspay_payee add left_behind text`],
    [
      "an index",
      `create index left_behind on masspay_payee (vendor_id, status)`,
    ],
    [
      "a function",
      `create or replace function masspay_now() returns timestamptz language sql volatile
         as $$ select timestamptz '2026-01-01' $$`,
    ],
    ["a guard", `alter table masspay_payout disable trigger user`],
    ["statistics", `analyze masspay_control`],
  ])("are nobody's any more when it changed %s", async (_, change) => {
    const books = await open()
    await books.db.rows(change)
    await books.close()

    const next = await open()
    expect(next.database).not.toBe(books.database)
    await next.close()
  })

  it.each([
    ["a setting", `set statement_timeout = 12345`],
    ["a temporary table", `create temp table left_behind (id text)`],
    ["a lock", `select pg_advisory_lock(42)`],
    ["a transaction", `begin; insert into test_published values ('left')`],
  ])(
    "are given on with a connection, and without %s of it",
    async (_, leave) => {
      const left = async ({ db }: Books) => {
        const [row] = await db.rows<{ pid: number }>(
          `select pg_backend_pid() as pid,
                current_setting('statement_timeout') as setting,
                to_regclass('pg_temp.left_behind') as temporary,
                (select count(*)::int from pg_locks l join pg_database d on d.oid = l.database
                  where l.locktype = 'advisory' and d.datname = current_database()) as locks,
                (select count(*)::int from test_published) as rows,
                pg_current_xact_id_if_assigned() is null as is_outside`
        )
        return row
      }
      const books = await open()
      const before = await left(books)
      await books.db.rows(leave)
      expect(await left(books)).not.toEqual(before)
      await books.close()

      const next = await open()
      const after = await left(next)
      expect({ ...after, pid: 0 }).toEqual({ ...before, pid: 0 })
      expect(after?.pid === before?.pid).toBe(isReused)
      await next.close()
    }
  )

  it("are given to one", async () => {
    await giveBack(await open())
    const [one, other] = [await open(), await open()]
    expect(one.database).not.toBe(other.database)
    await one.close()
    await other.close()
  })

  it("are used by nobody from before", async () => {
    const books = await open()
    const stray = connectBooks(books.database)
    const held = await stray.knex.transaction()
    await held.raw("insert into masspay_test_clock default values")
    await books.close()
    await expect(held.raw("select 1")).rejects.toThrow()
    await held.rollback().catch(() => undefined)
    await stray.close()
  })
})
