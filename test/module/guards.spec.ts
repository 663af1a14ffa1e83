import { collectDue } from "../../src/modules/masspay/queries/collect"
import { type Books, openBooks } from "../support/books"
import { anOrder, COLLECT, linkAll, settleNow, TAG } from "./builders"

/** One payout with an attempt that has an outcome, in books of its own. */
async function booksWithHistory(): Promise<Books> {
  const books = await openBooks()
  await settleNow(books.db, anOrder())
  await linkAll(books.db)
  await collectDue(books.db, { policy: COLLECT, tag: TAG, limit: 10 })
  await books.db.rows(
    `insert into masspay_attempt
       (id, operation_id, attempt_no, idempotency_key, request_sha256, worker,
        started_at, lease_until, outcome, http_status, evidence, finished_at, proof)
     select 'msatt_1', id, 1, client_id || '-1', 'x', 'w', masspay_now(),
            masspay_now(), 'ok', 200, '{}', masspay_now(), 'executed'
       from masspay_operation`
  )
  return books
}

describe("the books", () => {
  let books: Books
  beforeAll(async () => {
    books = await booksWithHistory()
  })
  afterAll(() => books.close())

  const refusing = (statement: string) =>
    expect(books.db.rows(statement)).rejects

  it.each([
    "masspay_installation",
    "masspay_payee",
    "masspay_settlement",
    "masspay_ledger_entry",
    "masspay_payout",
    "masspay_payout_item",
    "masspay_operation",
    "masspay_attempt",
    "masspay_payout_event",
  ])("never delete a row of %s, softly or for good", async (table) => {
    await refusing(`delete from ${table}`).toThrow("never deleted")
    await refusing(`update ${table} set deleted_at = now()`).toThrow(
      /never soft-deleted|append-only/
    )
  })

  it.each(["masspay_ledger_entry", "masspay_payout_event"])(
    "never change a row of %s",
    async (table) => {
      await refusing(`update ${table} set actor = 'me'`).toThrow("append-only")
      await refusing(`truncate ${table} cascade`).toThrow("append-only")
    }
  )

  it.each([
    ["masspay_payout", "amount", "1"],
    ["masspay_payout", "user_token", "'somebody'"],
    ["masspay_payout", "source_token", "null"],
    ["masspay_payout", "source_key", "'x'"],
    ["masspay_payout", "currency_code", "'EUR'"],
    ["masspay_payout", "vendor_id", "'x'"],
    ["masspay_payout_item", "amount", "1"],
    ["masspay_payout_item", "entry_id", "'x'"],
    ["masspay_operation", "request_text", "'{}'"],
    ["masspay_operation", "client_id", "'x'"],
    ["masspay_attempt", "idempotency_key", "'x'"],
    ["masspay_attempt", "lease_until", "masspay_now()"],
    ["masspay_settlement", "order_id", "'x'"],
    ["masspay_settlement", "commission_basis_points", "1"],
    ["masspay_payee", "internal_user_id", "'x'"],
    ["masspay_payee", "user_token", "'somebody'"],
    ["masspay_installation", "tag", "'zzzzzz'"],
  ])("keep %s.%s as it was written", async (table, column, value) => {
    await refusing(`update ${table} set ${column} = ${value}`).toThrow(
      /never changes|written once|frozen/
    )
  })

  it.each([
    ["outcome", "'other'"],
    ["http_status", "500"],
    ["evidence", `'{"a":1}'`],
    ["finished_at", "masspay_now() + interval '1 day'"],
    ["proof", "null"],
  ])("write an attempt's %s once", async (column, value) => {
    await refusing(`update masspay_attempt set ${column} = ${value}`).toThrow(
      "written once"
    )
  })

  it("take no entry that is taken", async () => {
    await refusing(
      `insert into masspay_payout_item (id, payout_id, entry_id, amount)
       select 'mspit_x', 'other', entry_id, amount from masspay_payout_item`
    ).toThrow("UQ_masspay_payout_item_live_entry")
  })

  it("let no payout change its status under an unchanged version", async () => {
    await refusing(`update masspay_payout set status = 'sending'`).toThrow(
      "raises the version"
    )
  })

  it("hold one installation, one payee for a MassPay user, one payout for a set of entries", async () => {
    await refusing(
      `insert into masspay_installation (id, environment, tag) values ('b', 'sandbox', 'abc124')`
    ).toThrow("UQ_masspay_installation_one_row")
    await refusing(
      `insert into masspay_payee (id, vendor_id, internal_user_id, user_token)
       values ('b', 'ven_9', 'u9', 'usr-ven_1')`
    ).toThrow("UQ_masspay_payee_user_token")
    await refusing(
      `insert into masspay_payout (id, payee_id, vendor_id, method, status, amount,
         currency_code, source_key, oldest_entry_at)
       select 'b', payee_id, vendor_id, method, status, amount, currency_code,
              source_key, oldest_entry_at from masspay_payout`
    ).toThrow("UQ_masspay_payout_source_key")
  })

  it("refuse a settlement that does not add up", async () => {
    await refusing(`update masspay_settlement set net = net + 1`).toThrow(
      "CK_masspay_settlement_gross"
    )
  })
})

describe("an open entry", () => {
  let books: Books
  beforeEach(async () => {
    books = await booksWithHistory()
  })
  afterEach(() => books.close())

  const open = () =>
    books.db.rows(`select amount::text as amount from masspay_open_entry`)
  const release = () =>
    books.db.rows(`update masspay_payout_item set released_at = masspay_now()`)

  it("is closed by the payout that takes it and open after its release", async () => {
    expect(await open()).toEqual([])
    await release()

    expect(await open()).toEqual([{ amount: "9000" }])
  })

  it("is released once", async () => {
    await release()

    await expect(release()).rejects.toThrow("written once")
    expect(await open()).toEqual([{ amount: "9000" }])
  })
})
