import {
  closeDiscrepancy,
  type FoundDiscrepancy,
  noteHealed,
  openDiscrepancy,
} from "../../src/modules/masspay/queries/discrepancies"
import { resolveDiscrepancy } from "../../src/modules/masspay/queries/reconcile-reads"
import { type Books, openBooks } from "../support/books"

let books: Books
beforeEach(async () => {
  books = await openBooks()
})
afterEach(() => books.close())

const found: FoundDiscrepancy = {
  class: "D05",
  cause_key: "D05:msop_1",
  payout_id: "mspo_1",
  vendor_id: "ven_1",
  currency_code: "USD",
  ours: { status: "completed", amount: "12.34", currency_code: "USD" },
  theirs: {},
  action: "flagged",
  run_id: "msrun_1",
}

type Row = { id: string; state: string; gone: boolean; last_run_id: string }
async function all(): Promise<Row[]> {
  return books.db.rows<Row>(
    `select id, state, gone_at is not null as gone, last_run_id
       from masspay_discrepancy order by first_seen_at, id`
  )
}

async function resolve(id: string): Promise<void> {
  await books.db.rows(
    `update masspay_discrepancy set state = 'resolved', resolved_by = 'user_1',
       resolved_reason = 'looked at it', resolved_at = masspay_now() where id = ?`,
    [id]
  )
}

it("tells of a difference once, however often and by how many it is found", async () => {
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => openDiscrepancy(books.db, found))
  )
  await openDiscrepancy(books.db, {
    ...found,
    theirs: { seen: "otherwise" },
    run_id: "msrun_2",
  })

  expect(answers.filter(({ is_new }) => is_new)).toHaveLength(1)
  expect(await all()).toMatchObject([
    { state: "open", gone: false, last_run_id: "msrun_2" },
  ])
  const told = await books.db.rows(
    `select name, payload->>'vendor_id' as vendor_id from masspay_outbox_event order by name`
  )
  expect(told).toEqual([
    { name: "masspay.discrepancy.opened", vendor_id: "ven_1" },
    { name: "masspay.incident.opened", vendor_id: "ven_1" },
  ])
})

it("leaves what somebody resolved at rest while the facts are the same", async () => {
  const { id } = await openDiscrepancy(books.db, found)
  await resolve(id)

  expect(await openDiscrepancy(books.db, found)).toEqual({ id, is_new: false })
  expect(await all()).toMatchObject([{ state: "resolved", gone: false }])
})

it("asks again when the facts are others than those that were resolved", async () => {
  const { id } = await openDiscrepancy(books.db, found)
  await resolve(id)
  const again = await openDiscrepancy(books.db, {
    ...found,
    theirs: { status: "COMPLETED" },
  })

  expect(again.is_new).toBe(true)
  expect(await all()).toMatchObject([
    { state: "resolved", gone: true },
    { state: "open", gone: false },
  ])
})

it("asks again when it was gone in between, resolved or not", async () => {
  const { id } = await openDiscrepancy(books.db, found)
  await resolve(id)
  const { cause_key } = found
  expect(await closeDiscrepancy(books.db, { cause_key })).toBe(false)
  expect((await openDiscrepancy(books.db, found)).is_new).toBe(true)
  expect(await closeDiscrepancy(books.db, { cause_key })).toBe(true)
  expect(await closeDiscrepancy(books.db, { cause_key })).toBe(false)
  expect((await openDiscrepancy(books.db, found)).is_new).toBe(true)

  expect((await all()).map(({ state }) => state)).toEqual([
    "resolved",
    "healed",
    "open",
  ])
})

it("keeps what was healed at once beside what is open", async () => {
  await noteHealed(books.db, { ...found, class: "D01", cause_key: "D01:a" })
  await noteHealed(books.db, { ...found, class: "D01", cause_key: "D01:a" })

  expect((await all()).map(({ state }) => state)).toEqual(["healed", "healed"])
  // Nobody has to look.
  expect(
    await books.db.rows(`select id from masspay_outbox_event`)
  ).toHaveLength(0)
})

it.each([
  `update masspay_discrepancy set class = 'D07'`,
  `update masspay_discrepancy set cause_key = 'other'`,
  `update masspay_discrepancy set vendor_id = 'ven_2'`,
  `update masspay_discrepancy set resolved_reason = 'something else'`,
  `update masspay_discrepancy set state = 'open', resolved_by = null,
     resolved_reason = null, resolved_at = null`,
  `update masspay_discrepancy set deleted_at = now()`,
  `delete from masspay_discrepancy`,
])("refuses: %s", async (statement) => {
  const { id } = await openDiscrepancy(books.db, found)
  await resolve(id)

  await expect(books.db.rows(statement)).rejects.toThrow(/is refused/)
})

it.each([
  ["D05", {}, true],
  ["D04", {}, true],
  ["D11", { severity: "info" }, false],
  ["D11", {}, true],
  ["D07", {}, false],
  // The books' own alarm tells of it.
  ["D15", {}, false],
] as const)(
  "%s %j wakes somebody: %s, until it is over",
  async (name, more, wakes) => {
    const cause_key = `${name}:x`
    const open = () =>
      books.db.rows(
        `select subject_id from masspay_incident where kind = 'discrepancy' and state = 'open'`
      )
    const { id } = await openDiscrepancy(books.db, {
      ...found,
      ...more,
      class: name,
      cause_key,
    })
    expect(await open()).toEqual(wakes ? [{ subject_id: id }] : [])

    await resolveDiscrepancy(books.db, {
      id,
      actor: "user_1",
      reason: "looked at it",
      request_id: "r1",
    })
    expect(await open()).toEqual([])
  }
)
