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

it("never forgets, moves or reopens one", async () => {
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
