import { listIncidents } from "../../src/modules/masspay/queries/incident-reads"
import { purgeIncidents } from "../../src/modules/masspay/queries/incident-watch"
import {
  closeIncident,
  openIncident,
  openIncidents,
} from "../../src/modules/masspay/queries/incidents"
import { type Books, connectBooks, openBooks } from "../support/books"

const CAUSE = {
  kind: "discrepancy",
  cause_key: "discrepancy:D05:mspo_1",
  subject_type: "discrepancy",
  subject_id: "msdis_1",
  vendor_id: "ven_ada",
  detail: { class: "D05" },
} as const

let books: Books

beforeEach(async () => {
  books = await openBooks()
})
afterEach(async () => {
  await books.close()
})

const incidents = () =>
  books.db.rows<{ id: string; state: string; detail: object }>(
    `select id, state, detail from masspay_incident order by opened_at, id`
  )
const events = () =>
  books.db.rows<{ name: string; payload: object }>(
    `select name, payload from masspay_outbox_event order by created_at, name`
  )

it("opens one for a cause, however often and by whomever it is seen", async () => {
  const other = connectBooks(books.database)
  const opened = await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      openIncident(index % 2 === 0 ? books.db : other.db, CAUSE)
    )
  )
  await other.close()
  const again = await openIncident(books.db, {
    ...CAUSE,
    detail: { class: "D05", runs: 2 },
  })

  expect(opened.filter(({ is_new }) => is_new)).toHaveLength(1)
  expect(new Set(opened.map(({ id }) => id)).size).toBe(1)
  expect(again).toEqual({ id: opened[0]?.id, is_new: false })
  expect(await incidents()).toEqual([
    { id: again.id, state: "open", detail: { class: "D05", runs: 2 } },
  ])
  expect(await events()).toEqual([
    {
      name: "masspay.incident.opened",
      payload: { id: again.id, vendor_id: "ven_ada" },
    },
  ])
})

it("is closed once, and the same cause opens another afterwards", async () => {
  const first = await openIncident(books.db, CAUSE)

  expect(await closeIncident(books.db, CAUSE)).toBe(true)
  expect(await closeIncident(books.db, CAUSE)).toBe(false)
  const second = await openIncident(books.db, CAUSE)

  expect(second).toMatchObject({ is_new: true })
  expect(second.id).not.toBe(first.id)
  expect((await events()).map(({ name }) => name)).toEqual([
    "masspay.incident.opened",
    "masspay.incident.closed",
    "masspay.incident.opened",
  ])
})

it("leaves nothing of what a transaction took back", async () => {
  await expect(
    books.db.tx(async (sql) => {
      await openIncident(sql, CAUSE)
      throw new Error("undone")
    })
  ).rejects.toThrow("undone")

  expect(await incidents()).toEqual([])
  expect(await events()).toEqual([])
})

it("opens several at once, and counts a cause that comes twice once", async () => {
  const causes = ["b", "a", "b"].map((name) => ({
    ...CAUSE,
    cause_key: `discrepancy:D05:${name}`,
  }))

  expect(await openIncidents(books.db, causes)).toHaveLength(2)
  expect(await openIncidents(books.db, [])).toEqual([])
  expect(await incidents()).toHaveLength(2)
})

it("never moves or reopens one, and forgets none that is open", async () => {
  const { id } = await openIncident(books.db, CAUSE)
  const update = (set: string) =>
    books.db.rows(`update masspay_incident set ${set} where id = ?`, [id])

  await expect(
    books.db.rows(`delete from masspay_incident where id = ?`, [id])
  ).rejects.toThrow("never deleted")
  await expect(update(`vendor_id = 'ven_bo'`)).rejects.toThrow("never changes")
  await expect(update(`deleted_at = now()`)).rejects.toThrow("soft-deleted")
  await expect(update(`state = 'closed'`)).rejects.toThrow(
    "CK_masspay_incident_closed"
  )
  await closeIncident(books.db, CAUSE)
  await expect(update(`state = 'open', closed_at = null`)).rejects.toThrow(
    "stays as it was closed"
  )
})

it("forgets those that ended before the days given, the oldest first, and no open one", async () => {
  const cause = (n: number) => ({ ...CAUSE, cause_key: `discrepancy:${n}` })
  const opened = await openIncidents(books.db, [0, 1, 2, 3].map(cause))
  const ids = opened.map(({ id }) => id)
  for (const n of [0, 1, 2]) await closeIncident(books.db, cause(n))
  // A row is as it was closed, but for tests.
  const endedAgo = (id: string | undefined, days: number) =>
    books.knex.transaction(async (sql) => {
      await sql.raw(`set local session_replication_role = replica`)
      await sql.raw(
        `update masspay_incident set opened_at = masspay_now() - ? * interval '1 day',
                closed_at = case when state = 'closed'
                  then masspay_now() - ? * interval '1 day' end
          where id = ?`,
        [days, days, id ?? ""]
      )
    })
  await endedAgo(ids[0], 400)
  await endedAgo(ids[1], 366)
  await endedAgo(ids[2], 364)
  await endedAgo(ids[3], 4000)
  const left = async () => (await incidents()).map(({ id }) => id).sort()
  const purge = (limit: number) =>
    purgeIncidents(books.db, { days: 365, limit })

  expect(await purge(1)).toBe(1)
  expect(await left()).toEqual([ids[1], ids[2], ids[3]].sort())
  expect(await purge(100)).toBe(1)
  expect(await purge(100)).toBe(0)
  expect(await left()).toEqual([ids[2], ids[3]].sort())
})

it("is listed before all that is over, however old it is", async () => {
  const ids: Record<string, string> = {}
  for (const name of ["older", "over", "newer"]) {
    const cause_key = `discrepancy:D05:${name}`
    const { id } = await openIncident(books.db, { ...CAUSE, cause_key })
    ids[name] = id
  }
  await closeIncident(books.db, { cause_key: "discrepancy:D05:over" })

  const pages = await Promise.all(
    [0, 1, 2].map((offset) => listIncidents(books.db, { limit: 1, offset }))
  )

  expect(pages.map(({ incidents: [one] }) => one?.id)).toEqual([
    ids.newer,
    ids.older,
    ids.over,
  ])
  expect(pages.map(({ count }) => count)).toEqual([3, 3, 3])
})
