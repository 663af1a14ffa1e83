import { collectDue } from "../../src/modules/masspay/queries/collect"
import { dispatchStopped } from "../../src/modules/masspay/queries/control"
import {
  checkInvariants,
  type InvariantId,
} from "../../src/modules/masspay/queries/invariants"
import { checkBooks } from "../../src/runners/check-books"
import { type Books, openBooks } from "../support/books"
import {
  aLine,
  anOrder,
  cancelled,
  COLLECT,
  linkAll,
  settleNow,
  TAG,
} from "./builders"

/** Two paid orders of one vendor, one netted pair of another, one held order: every kind of row. */
async function soundBooks(): Promise<Books> {
  const books = await openBooks()
  await settleNow(books.db, anOrder({ order_id: "order_1" }))
  await settleNow(books.db, anOrder({ order_id: "order_2" }))
  const returned = anOrder({
    order_id: "order_3",
    lines: [aLine({ order_id: "order_3", vendor_id: "ven_2" })],
  })
  await settleNow(books.db, returned)
  await settleNow(books.db, cancelled(returned))
  await settleNow(
    books.db,
    anOrder({
      order_id: "order_4",
      payment: { captured: "none", captured_total: "0", refunded_total: "0" },
    })
  )
  await linkAll(books.db)
  await collectDue(books.db, { policy: COLLECT, tag: TAG, limit: 10 })
  await settleNow(books.db, anOrder({ order_id: "order_5" }))
  return books
}

const WALLET = `(select id from masspay_payout where method = 'wallet')`

/** What a bug, or a hand in the database, could do; with the guards out of the way. */
const DAMAGE: [InvariantId, string, string][] = [
  [
    "I1",
    "a payout's amount changes",
    `update masspay_payout set amount = amount + 1 where id = ${WALLET}`,
  ],
  [
    "I1",
    "an item differs from its entry",
    `update masspay_payout_item set amount = amount - 1 where payout_id = ${WALLET};
      update masspay_payout set amount = amount - 2 where id = ${WALLET}`,
  ],
  [
    "I1",
    "a payout is another payee's",
    `update masspay_payout set payee_id = (select id from masspay_payee where vendor_id = 'ven_2') where id = ${WALLET}`,
  ],
  [
    "I1",
    "the user token is another's",
    `update masspay_payout set user_token = 'usr-other' where id = ${WALLET}`,
  ],
  [
    "I2",
    "an entry is taken twice",
    `drop index "UQ_masspay_payout_item_live_entry";
      drop index "UQ_masspay_payout_item_payout_entry";
      insert into masspay_payout_item (id, payout_id, entry_id, amount)
      select 'mspit_x', payout_id, entry_id, amount from masspay_payout_item limit 1`,
  ],
  [
    "I2",
    "a dead payout keeps its items",
    `update masspay_payout set status = 'void' where id = ${WALLET}`,
  ],
  [
    "I2",
    "half of the items are released",
    `update masspay_payout_item set released_at = now()
      where id = (select min(id) from masspay_payout_item where payout_id = ${WALLET})`,
  ],
  ["I3", "an open entry is not listed", `delete from masspay_open_entry`],
  [
    "I3",
    "a listed entry is not open",
    `insert into masspay_open_entry (entry_id, vendor_id, currency_code, amount, available_at)
      select id, vendor_id, currency_code, amount, available_at from masspay_ledger_entry limit 1 on conflict do nothing;
      update masspay_open_entry set amount = 1`,
  ],
  [
    "I4",
    "a payout has two loads",
    `insert into masspay_operation (id, payout_id, kind, client_id, request_text)
      select 'msop_x', payout_id, kind, 'other', request_text from masspay_operation`,
  ],
  [
    "I4",
    "two operations are one load",
    `drop index "UQ_masspay_operation_remote_token";
      insert into masspay_operation (id, payout_id, kind, client_id, request_text, remote_token)
      select 'msop_x', payout_id, kind, 'other', request_text, 't' from masspay_operation;
      update masspay_operation set remote_token = 't'`,
  ],
  [
    "I5",
    "more is booked than the settlement says",
    `insert into masspay_ledger_entry (id, vendor_id, currency_code, amount, kind, settlement_id, source_key, reason, available_at)
      select 'mslen_x', vendor_id, currency_code, 5, 'correction', settlement_id, 'x', 'x', available_at
        from masspay_ledger_entry where kind = 'earning' limit 1`,
  ],
  [
    "I5",
    "a held settlement has entries",
    `insert into masspay_ledger_entry (id, vendor_id, currency_code, amount, kind, settlement_id, source_key, reason, available_at)
      select 'mslen_x', vendor_id, currency_code, net, 'earning', id, 'x', 'x', now()
        from masspay_settlement where order_id = 'order_4'`,
  ],
  [
    "I5",
    "the lines do not add up",
    `update masspay_settlement set lines = '[]' where order_id = 'order_1'`,
  ],
  [
    "I6",
    "an order costs its vendor more than it earned her",
    `insert into masspay_ledger_entry (id, vendor_id, currency_code, amount, kind, settlement_id, source_key, reason, available_at)
      select 'mslen_x', vendor_id, currency_code, -99999, 'clawback', settlement_id, 'x', 'x', now()
        from masspay_ledger_entry where kind = 'earning' limit 1`,
  ],
  [
    "I7",
    "a step is missing from the timeline",
    `update masspay_payout set status = 'completed' where id = ${WALLET}`,
  ],
  [
    "I7",
    "the timeline jumps",
    `insert into masspay_payout_event (id, payout_id, version, from_status, to_status, event)
      values ('mspev_x', ${WALLET}, 9, 'unknown', 'ready', 'x')`,
  ],
  [
    "I9",
    "MassPay paid what we hold to be unpaid",
    `update masspay_operation set remote_status = 'COMPLETED'`,
  ],
  [
    "I9",
    "we hold to be paid what MassPay did not pay",
    `update masspay_payout set status = 'completed' where id = ${WALLET}`,
  ],
]

describe("checkInvariants", () => {
  it("finds nothing wrong with sound books", async () => {
    const books = await soundBooks()
    try {
      expect(
        (await checkInvariants(books.db)).filter((result) => !result.holds)
      ).toEqual([])
    } finally {
      await books.close()
    }
  })

  it.each(DAMAGE)("%s sees that %s", async (id, _, statement) => {
    const books = await soundBooks()
    try {
      await books.db.tx(async (sql) => {
        await sql.rows(`set local session_replication_role = replica`)
        for (const part of statement.split(/;\s*\n/)) await sql.rows(part)
      })
      const broken = (await checkInvariants(books.db)).find(
        (result) => result.id === id
      )

      expect(broken?.holds).toBe(false)
      expect(broken?.violations.length).toBeGreaterThan(0)
    } finally {
      await books.close()
    }
  })

  it("holds after a whole life: paid, taken back, paid after all", async () => {
    const books = await soundBooks()
    try {
      await books.db.tx(async (sql) => {
        const [payout] = await sql.rows<{ id: string }>(
          `update masspay_payout set status = 'void', items_released = true,
                  version = 3 where method = 'wallet' returning id`
        )
        await sql.rows(
          `update masspay_payout_item set released_at = masspay_now() where payout_id = ?`,
          [payout?.id]
        )
        await sql.rows(
          `insert into masspay_payout_event (id, payout_id, version, from_status, to_status, event)
           values ('mspev_2', ?, 2, 'ready', 'cancelled', 'x'), ('mspev_3', ?, 3, 'cancelled', 'void', 'x'),
                  ('mspev_4', ?, 4, 'void', 'completed', 'x')`,
          [payout?.id, payout?.id, payout?.id]
        )
        await sql.rows(
          `update masspay_payout set status = 'completed', counted = true, version = 4 where id = ?`,
          [payout?.id]
        )
        await sql.rows(
          `update masspay_operation set remote_status = 'COMPLETED', remote_token = 't', proof = 'executed'`
        )
        await sql.rows(
          `insert into masspay_ledger_entry (id, vendor_id, currency_code, amount, kind, source_key, reason, available_at)
           select 'mslen_o', vendor_id, currency_code, -amount, 'overpayment', 'payout:effect:1', 'x', masspay_now()
             from masspay_payout where id = ?`,
          [payout?.id]
        )
      })

      expect(
        (await checkInvariants(books.db)).filter((result) => !result.holds)
      ).toEqual([])
    } finally {
      await books.close()
    }
  })
})

it("stops sending before it tells of what is broken: what tells may fail", async () => {
  const books = await soundBooks()
  try {
    await books.db.tx(async (sql) => {
      await sql.rows("set local session_replication_role = replica")
      await sql.rows(
        `update masspay_payout set amount = amount + 1 where id = ${WALLET}`
      )
      await sql.rows("alter table masspay_discrepancy rename to elsewhere")
    })
    const silent = () => undefined
    const broken = (): never => {
      throw new Error("the shop's logger")
    }
    const log = { info: silent, warn: silent, error: broken }

    await expect(checkBooks({ books: books.db, log })).rejects.toThrow(
      "the shop's logger"
    )
    expect(await dispatchStopped(books.db)).toMatchObject({ invariant: "I1" })
    await expect(
      checkBooks({ books: books.db, log: { ...log, error: silent } })
    ).rejects.toThrow("masspay_discrepancy")

    expect(await dispatchStopped(books.db)).toMatchObject({
      actor: "system",
      invariant: "I1",
    })
  } finally {
    await books.close()
  }
})
