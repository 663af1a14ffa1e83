import { collectDue } from "../../src/modules/masspay/queries/collect"
import { noticeIdentity } from "../../src/modules/masspay/queries/database-identity"
import { claimReady } from "../../src/modules/masspay/queries/dispatch"
import { adoptAfterRestore, readPayeeInFull } from "../../src/runners/adopt"
import { dispatchPayouts } from "../../src/runners/dispatch"
import { linkPayees } from "../../src/runners/link-payees"
import { lookUpNow, resolvePayouts } from "../../src/runners/resolve"
import {
  aPayee,
  aPayout,
  expectBooksToAgree,
  MINUTE_MS,
  openShop,
  type Payee,
  readPayout,
  sentLoads,
  type Shop,
  timelineOf,
} from "../support/payout-shop"

const WAIT_MS = 5 * MINUTE_MS

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop.close())

/** What a restore leaves: books that were written by another database. */
async function moveBooks(): Promise<void> {
  await shop.books.db.rows(
    `update masspay_control set value = jsonb_set(value, '{identity,database_oid}', '"1"')
      where key = 'database_identity'`
  )
}

/** A load that the lost database sent and these books do not know. */
async function aForgottenLoad(
  payee: Payee,
  { id = `mpl${shop.tag}forgotten`, amount = 12.34 } = {}
): Promise<string> {
  const response = await fetch(
    `${shop.sandbox.url}/v1.0.0/payout/load/${payee.user_token}`,
    {
      method: "POST",
      headers: {
        authorization: `Bearer ${shop.sandbox.apiKey}`,
        "content-type": "application/json",
        "idempotency-key": id,
      },
      body: JSON.stringify({
        client_load_id: id,
        source_token: shop.source_token,
        amount,
        source_currency_code: "USD",
        notify_user: false,
      }),
    }
  )
  expect(response.status).toBe(201)
  return id
}

/** A vendor with a MassPay user of which the books forgot that they were linked. */
async function aForgottenLink(): Promise<Payee> {
  const internal_user_id = `mpu${shop.tag}.vendor_again`
  await shop.books.db.rows(
    `insert into masspay_payee (id, vendor_id, internal_user_id, email, first_name, last_name, country_code)
     values ('mspye_again', 'vendor_again', ?, 'again@example.com', 'Ada', 'Again', 'US')`,
    [internal_user_id]
  )
  const { user_token } = await shop.wire.createUser(
    {
      internal_user_id,
      email: "again@example.com",
      first_name: "Ada",
      last_name: "Again",
      country_code: "US",
    },
    "again"
  )
  const vendor_id = "vendor_again"
  return { id: "mspye_again", vendor_id, internal_user_id, user_token }
}

async function anEntry(payee: Payee, amount: bigint): Promise<void> {
  await shop.books.db.rows(
    `insert into masspay_ledger_entry
       (id, vendor_id, currency_code, amount, kind, source_key, reason, available_at)
     select 'mslen_' || n, ?, 'USD', ?, 'adjustment', 'entry:' || n, 'test', masspay_now()
       from (select count(*) as n from masspay_ledger_entry) counted`,
    [payee.vendor_id, amount.toString()]
  )
}

const collect = () =>
  collectDue(shop.books.db, {
    policy: {
      minimum: {},
      notify_payee: false,
      source_tokens: { USD: shop.source_token },
    },
    tag: shop.tag,
    limit: 100,
  })

const adopt = () => adoptAfterRestore(shop.deps(), { wait_ms: WAIT_MS })

const isPaused = async ({ id }: Payee): Promise<boolean> => {
  const [row] = await shop.books.db.rows<{ is_paused: boolean }>(
    `select is_paused from masspay_payee where id = ?`,
    [id]
  )
  return row?.is_paused ?? false
}

describe("in another database than before", () => {
  it("nothing is claimed and nothing collected, even before anybody noticed", async () => {
    const payout = await aPayout(shop)
    await anEntry(payout.payee, 500n)
    await moveBooks()

    expect(
      await claimReady(shop.books.db, {
        worker: "w",
        limit: 10,
        lease_ms: MINUTE_MS,
      })
    ).toEqual({ claimed: [], short: [], unapproved: [], astray: [] })
    expect(await collect()).toEqual({ payouts: [], failed: [] })
  })

  it("what the lost database sent is waited for before anything is read", async () => {
    await aPayee(shop)
    await moveBooks()

    expect(await adopt()).toMatchObject({ state: "waiting", read: 0 })
    await shop.passTime(WAIT_MS - MINUTE_MS)
    expect(await adopt()).toMatchObject({ state: "waiting", read: 0 })
    await shop.passTime(2 * MINUTE_MS)
    expect(await adopt()).toMatchObject({ state: "finished", read: 1 })
  })

  it("a forgotten load is adopted, booked as overpaid and netted, and nothing is paid twice", async () => {
    const payee = await aPayee(shop)
    await anEntry(payee, 1234n)
    await aForgottenLoad(payee)
    await moveBooks()
    await adopt()
    await shop.passTime(WAIT_MS)

    expect(await adopt()).toMatchObject({ state: "finished" })
    const { payouts } = await collect()
    await dispatchPayouts(shop.deps())

    expect(payouts).toMatchObject([{ amount: 0n, method: "netting" }])
    expect(sentLoads(shop)).toHaveLength(1)
    expect(await isPaused(payee)).toBe(false)
    await expectBooksToAgree(shop)
  })

  it("a look-up before anybody noticed pauses nobody", async () => {
    const payout = await aPayout(shop)
    await dispatchPayouts(shop.deps())
    await aForgottenLoad(payout.payee)
    await moveBooks()
    await lookUpNow(shop.deps(), {
      payout_id: payout.id,
      asked: { by: "user_1", request: "msact_1", may_unblock: false },
    })
    expect(await isPaused(payout.payee)).toBe(false)

    await adopt()
    await shop.passTime(WAIT_MS)
    expect(await adopt()).toMatchObject({ state: "finished" })
    expect(await isPaused(payout.payee)).toBe(false)
  })

  it("adopting again adopts nothing", async () => {
    const payee = await aPayee(shop)
    await aForgottenLoad(payee)
    for (let time = 0; time < 2; time += 1) {
      await moveBooks()
      await adopt()
      await shop.passTime(WAIT_MS)
      expect(await adopt()).toMatchObject({ state: "finished" })
    }

    const rows = await shop.books.db.rows(
      `select status from masspay_payout where source_key like 'adopt:%'`
    )
    expect(rows).toEqual([{ status: "completed" }])
    await expectBooksToAgree(shop)
  })

  it("what was never sent is given up and collected anew", async () => {
    const payee = await aPayee(shop)
    const unsent = await aPayout(shop, { payee, amount: 700n })
    await moveBooks()
    await adopt()
    await shop.passTime(WAIT_MS)
    await adopt()

    expect(await timelineOf(shop, unsent.id)).toEqual([
      "collected>ready",
      "voided>void",
    ])
    expect((await collect()).payouts).toMatchObject([{ amount: 700n }])
    await resolvePayouts(shop.deps())
    await dispatchPayouts(shop.deps())
    await expectBooksToAgree(shop)
  })

  it("what these books took for unsent was sent: it is found before an adopted load gives up what waits", async () => {
    const payee = await aPayee(shop)
    const sent = await aPayout(shop, { payee, amount: 700n })
    await aForgottenLoad(payee, { id: sent.client_id, amount: 7 })
    await aForgottenLoad(payee, { amount: 5 })
    await moveBooks()
    await adopt()
    await shop.passTime(WAIT_MS)

    expect(await adopt()).toMatchObject({ state: "finished" })

    expect(await readPayout(shop, sent.id)).toMatchObject({
      status: "completed",
    })
    expect((await collect()).payouts).toEqual([])
    await expectBooksToAgree(shop)
  })

  it("what was given up while the list was read is read once more before anything is collected", async () => {
    // Its entries are released, and the lost database sees it paid after all.
    shop.sandbox.control.armFault({
      fault: "200_cancelled",
      method: "POST",
      path: "/load/",
      times: 1,
    })
    const gone = await aPayout(shop)
    await dispatchPayouts(shop.deps())
    await shop.passTime(MINUTE_MS)
    await resolvePayouts(shop.deps())
    await shop.passTime(61 * MINUTE_MS)
    await resolvePayouts(shop.deps())
    expect(await readPayout(shop, gone.id)).toMatchObject({ status: "void" })
    const [load] = shop.sandbox.control.loads().loads
    shop.sandbox.control.setLoadStatus(load?.load_token ?? "", "COMPLETED")
    const { payee } = gone
    const sent = await aPayout(shop, { payee, amount: 700n })
    await aForgottenLoad(payee, { id: sent.client_id, amount: 7 })
    await moveBooks()
    await adopt()
    await shop.passTime(WAIT_MS)

    expect(await adopt()).toMatchObject({ state: "reading", unread: 1 })
    expect(await adopt()).toMatchObject({ state: "finished", read: 1 })

    for (const { amount } of (await collect()).payouts) expect(amount).toBe(0n)
    await dispatchPayouts(shop.deps())
    // The one that MassPay called cancelled at first, and the one of the lost database.
    expect(sentLoads(shop)).toHaveLength(2)
    await expectBooksToAgree(shop)
  })

  it("a payee whose list cannot be read keeps everybody waiting", async () => {
    await aPayee(shop)
    await moveBooks()
    await adopt()
    await shop.passTime(WAIT_MS)
    shop.sandbox.control.armFault({
      fault: "502_html",
      method: "GET",
      path: "/load/",
    })

    expect(await adopt()).toMatchObject({ state: "reading", unread: 1 })
    expect(await adopt()).toMatchObject({ state: "finished", read: 1 })
  })

  it("a list that was read during the wait is no proof, whoever read it", async () => {
    const payee = await aForgottenLink()
    await anEntry(payee, 1234n)
    await aForgottenLoad(payee)
    await moveBooks()
    await adopt()
    shop.sandbox.control.armFault({ fault: "list_lag", lag_ms: MINUTE_MS })
    expect(await linkPayees(shop.deps())).toEqual({ linked: 1, not_linked: 0 })
    expect(shop.sandbox.control.faults()).toEqual([])

    await shop.passTime(WAIT_MS)
    expect(await adopt()).toMatchObject({ state: "finished", read: 1 })
    await collect()
    await resolvePayouts(shop.deps())
    await dispatchPayouts(shop.deps())
    expect(sentLoads(shop)).toHaveLength(1)
    await expectBooksToAgree(shop)
  })

  it("a change while adopting begins anew", async () => {
    await aPayee(shop)
    await moveBooks()
    await adopt()
    await shop.passTime(WAIT_MS)
    await moveBooks()

    expect(await adopt()).toMatchObject({ state: "waiting" })
  })
})

it("in the same database nothing is noticed", async () => {
  expect(await noticeIdentity(shop.books.db)).toBe(false)
  expect(await adopt()).toEqual({ state: "known", read: 0, unread: 0 })
})

describe("a vendor whom the books forgot and who is owed nothing", () => {
  it("is sought after a restore, and what she was paid is booked", async () => {
    const payee = await aForgottenLink()
    await aForgottenLoad(payee)
    await linkPayees(shop.deps())
    expect(await tokenOf("vendor_again")).toBeNull()

    await moveBooks()
    await adoptAfterRestore(shop.deps(), { wait_ms: 0 })
    await linkPayees(shop.deps())
    expect(await tokenOf("vendor_again")).toBe(payee.user_token)
    expect(
      await shop.books.db.rows(
        `select kind, amount::text as amount from masspay_ledger_entry`
      )
    ).toEqual([{ kind: "overpayment", amount: "-1234" }])
    await expectBooksToAgree(shop)
  })

  it("is asked about once, and never created", async () => {
    await shop.books.db.rows(
      `insert into masspay_payee (id, vendor_id, internal_user_id, email, first_name, last_name, country_code)
       values ('mspye_new', 'vendor_new', ?, 'new@example.com', 'New', 'Vendor', 'US')`,
      [`mpu${shop.tag}.vendor_new`]
    )
    await moveBooks()
    await adoptAfterRestore(shop.deps(), { wait_ms: 0 })
    const asked = () =>
      shop.sandbox.control
        .journal()
        .entries.filter(
          (entry) => entry.kind === "request" && entry.path.includes("/user")
        ).length
    await linkPayees(shop.deps())
    const once = asked()
    expect(once).toBe(1)
    await linkPayees(shop.deps())
    await shop.passTime(7 * 60 * MINUTE_MS)
    await linkPayees(shop.deps())

    expect(asked()).toBe(once)
    expect(shop.sandbox.control.state().users).toEqual([])
    expect(
      await shop.books.db.rows(
        `select status, status_reason from masspay_payee where id = 'mspye_new'`
      )
    ).toEqual([{ status: "unlinked", status_reason: null }])
  })

  const tokenOf = async (vendor_id: string): Promise<string | null> => {
    const [row] = await shop.books.db.rows<{ user_token: string | null }>(
      `select user_token from masspay_payee where vendor_id = ?`,
      [vendor_id]
    )
    return row?.user_token ?? null
  }
})

describe("a load of ours that nobody here knows, without a restore", () => {
  it("is booked, and its vendor waits for a person", async () => {
    const payee = await aPayee(shop)
    const payout = await aPayout(shop, { payee, needs_lookup: true })
    await aForgottenLoad(payee, { amount: 5 })

    await resolvePayouts(shop.deps())
    await dispatchPayouts(shop.deps())

    expect(await isPaused(payee)).toBe(true)
    // What waited was made without knowing of that money.
    expect(await readPayout(shop, payout.id)).toMatchObject({ status: "void" })
    expect(
      await shop.books.db.rows(
        `select amount::text as amount from masspay_ledger_entry where kind = 'overpayment'`
      )
    ).toEqual([{ amount: "-500" }])
    expect(shop.logs.some((line) => line.includes("payout.adopted"))).toBe(true)
    await expectBooksToAgree(shop)
  })

  it("is nobody's when it does not carry this shop's tag", async () => {
    const payee = await aPayee(shop)
    const payout = await aPayout(shop, { payee, needs_lookup: true })
    await aForgottenLoad(payee, { id: "made-in-the-dashboard" })

    await resolvePayouts(shop.deps())
    await dispatchPayouts(shop.deps())

    expect(await isPaused(payee)).toBe(false)
    expect(await readPayout(shop, payout.id)).toMatchObject({
      status: "completed",
    })
  })
})

it("a vendor who is linked while the lost database's requests may not show yet is read again afterwards", async () => {
  const payee = await aPayee(shop)
  await moveBooks()
  await adopt()
  // She was read at once, as whoever is found at MassPay is; her load shows later.
  expect(
    await readPayeeInFull(
      shop.deps(),
      { payee_id: payee.id, user_token: payee.user_token },
      { wait_ms: WAIT_MS }
    )
  ).toBe(false)
  await aForgottenLoad(payee)
  await anEntry(payee, 1234n)
  await shop.passTime(WAIT_MS)
  expect(await adopt()).toMatchObject({ state: "finished", read: 1 })

  expect((await collect()).payouts).toMatchObject([{ method: "netting" }])
  await expectBooksToAgree(shop)
})

it("a restore that is noticed while a list is read makes that list worth nothing", async () => {
  const payee = await aPayee(shop)
  const isRead = await readPayeeInFull(
    shop.deps({
      failpoint: async (name) => {
        if (name !== "adopt.listed") return
        await moveBooks()
        await noticeIdentity(shop.books.db)
      },
    }),
    { payee_id: payee.id, user_token: payee.user_token }
  )

  expect(isRead).toBe(false)
  expect(
    await shop.books.db.rows(`select needs_adoption from masspay_payee`)
  ).toEqual([{ needs_adoption: true }])
})

it("a vendor who was found at MassPay is read in full before she is paid", async () => {
  const payee = await aPayee(shop)
  await aForgottenLoad(payee)
  const again = await aForgottenLink()
  await aForgottenLoad(again, { id: `mpl${shop.tag}again`, amount: 10 })
  await anEntry(again, 1000n)

  await linkPayees(shop.deps())
  const { payouts } = await collect()

  expect(payouts).toMatchObject([
    { vendor_id: "vendor_again", amount: 0n, method: "netting" },
  ])
})
