import { internalUserId } from "../../src/domain/ids"
import { newId } from "../../src/modules/masspay/queries/new-id"
import { actOnPayee } from "../../src/modules/masspay/queries/payee-actions"
import { answerPayeeProposal } from "../../src/modules/masspay/queries/payee-actions"
import { wantLink } from "../../src/modules/masspay/queries/payee-users"
import { adoptAfterRestore } from "../../src/runners/adopt"
import { collectPayouts } from "../../src/runners/collect"
import { confirmUser } from "../../src/runners/confirm-user"
import { dispatchPayouts } from "../../src/runners/dispatch"
import { linkNow } from "../../src/runners/link-now"
import { linkPayees } from "../../src/runners/link-payees"
import { resolvePayouts } from "../../src/runners/resolve"
import {
  aPayee,
  aPayout,
  expectBooksToAgree,
  MINUTE_MS,
  openShop,
  readPayout,
  requests,
  sentLoads,
  type Shop,
  untilQuiet,
} from "../support/payout-shop"

const HOUR_MS = 60 * MINUTE_MS

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop.close())

type Vendor = { id: string; vendor_id: string; internal_user_id: string }

/** A vendor who is owed money and has no MassPay user here yet. */
async function aVendor(email?: string): Promise<Vendor> {
  const id = newId("mspye")
  const vendor_id = `vendor_${id.slice(-8).toLowerCase()}`
  const internal_user_id = internalUserId({ tag: shop.tag, vendor_id })
  await shop.books.db.rows(
    `insert into masspay_payee
       (id, vendor_id, internal_user_id, email, first_name, last_name, country_code)
     values (?, ?, ?, ?, 'Ada', 'Vendor', 'US')`,
    [id, vendor_id, internal_user_id, email ?? `${vendor_id}@example.com`]
  )
  await anEntry(vendor_id)
  return { id, vendor_id, internal_user_id }
}

async function anEntry(vendor_id: string, amount = 2500): Promise<void> {
  await shop.books.db.rows(
    `insert into masspay_ledger_entry
       (id, vendor_id, currency_code, amount, kind, source_key, reason, available_at)
     values (?, ?, 'USD', ?, 'adjustment', ?, 'test', masspay_now())`,
    [newId("mslen"), vendor_id, amount, newId("key")]
  )
}

const aUser = (internal_user_id: string, email: string) =>
  shop.wire.createUser(
    {
      internal_user_id,
      email,
      first_name: "Ada",
      last_name: "Vendor",
      country_code: "US",
    },
    `test-${internal_user_id}`
  )

type PayeeRow = {
  status: string
  status_reason: string | null
  user_token: string | null
  found_user_token: string | null
  needs_adoption: boolean
  is_link_held: boolean
  is_paused: boolean
}
async function payee(id: string): Promise<PayeeRow> {
  const [row] = await shop.books.db.rows<PayeeRow>(
    `select status, status_reason, user_token, found_user_token,
            needs_adoption, is_link_held, is_paused
       from masspay_payee where id = ?`,
    [id]
  )
  if (!row) throw new Error(`There is no payee ${id}`)
  return row
}

const collect = () =>
  collectPayouts(shop.deps(), {
    policy: { minimum: {}, notify_payee: false, source_tokens: {} },
    tag: shop.tag,
  })

type Asked = {
  action: "confirm_user" | "unlink"
  payee_id: string
  shown?: string
  request_id?: string
  needs_second?: boolean
  dry_run?: boolean
}

/** As the step does it. */
async function act({
  action,
  payee_id,
  shown,
  request_id = newId("req"),
  needs_second = false,
  dry_run = false,
}: Asked) {
  const acted = await actOnPayee(shop.books.db, {
    action,
    payee_id,
    request_id,
    reason: "She wrote to us",
    actor: "user_maker",
    dry_run,
    needs_second,
    shown_user_token: shown,
  })
  if ("result" in acted) return acted.result
  await confirmUser(shop.deps(), acted.to_confirm)
  return acted.to_confirm.result
}

async function answer(
  id: string | null,
  actor: string,
  given: "confirm" | "reject" = "confirm"
) {
  const acted = await answerPayeeProposal(shop.books.db, {
    id: id ?? "",
    answer: given,
    actor,
    reason: "I called her",
    dry_run: false,
  })
  if (!acted) throw new Error("It was not about a payee")
  if ("result" in acted) return acted.result
  await confirmUser(shop.deps(), acted.to_confirm)
  return acted.to_confirm.result
}

/** A vendor whose e-mail belongs to a user that this shop did not create. */
async function aFoundUser(): Promise<{ vendor: Vendor; user_token: string }> {
  const { user_token } = await aUser("from-elsewhere", "ada@example.com")
  const vendor = await aVendor("ada@example.com")
  await linkPayees(shop.deps())
  return { vendor, user_token }
}

const events = async (name: string) =>
  (
    await shop.books.db.rows<{ payload: object }>(
      `select payload from masspay_outbox_event where name = ?`,
      [name]
    )
  ).map((row) => row.payload)

const outOfTouch = () => ({
  ...shop.wire,
  lookupUser: () => {
    throw new Error("Nobody may be asked")
  },
})

describe("a found user of somebody else's", () => {
  it("is shown, and nothing is paid to her while nobody confirms her", async () => {
    const { vendor, user_token } = await aFoundUser()

    await collect()
    await dispatchPayouts(shop.deps())

    expect(await payee(vendor.id)).toMatchObject({
      status: "unlinked",
      status_reason: "user_not_ours",
      found_user_token: user_token,
    })
    expect(sentLoads(shop)).toEqual([])
  })

  it("is this vendor's once an operator confirms her, and is read before she is paid", async () => {
    const { vendor, user_token } = await aFoundUser()

    const result = await act({
      action: "confirm_user",
      payee_id: vendor.id,
      shown: user_token,
    })

    expect(result).toMatchObject({ state: "done", vendor_id: vendor.vendor_id })
    expect(await payee(vendor.id)).toMatchObject({
      status: "active",
      user_token,
      found_user_token: null,
      needs_adoption: false,
    })
    const reads = requests(shop).filter(
      ({ method, path }) => method === "GET" && path.includes("/load/")
    )
    expect(reads.length).toBeGreaterThan(0)
    await collect()
    await untilQuiet(shop)
    expect(sentLoads(shop)).toHaveLength(1)
    expect(sentLoads(shop)[0]?.path).toContain(user_token)
    await expectBooksToAgree(shop)
  })

  it("is not paid while what she was paid before could not be read", async () => {
    const { vendor, user_token } = await aFoundUser()
    for (let tries = 0; tries < 3; tries += 1) {
      shop.sandbox.control.armFault({
        fault: "502_html",
        method: "GET",
        path: "/load/",
      })
    }

    await act({
      action: "confirm_user",
      payee_id: vendor.id,
      shown: user_token,
    })

    expect(await payee(vendor.id)).toMatchObject({ needs_adoption: true })
    await collect()
    await dispatchPayouts(shop.deps())
    expect(sentLoads(shop)).toEqual([])
  })

  it("is confirmed by two people where the policy asks for it, never by one", async () => {
    const { vendor, user_token } = await aFoundUser()
    const proposed = await act({
      action: "confirm_user",
      payee_id: vendor.id,
      shown: user_token,
      needs_second: true,
    })
    expect(proposed).toMatchObject({ state: "proposed" })
    expect((await payee(vendor.id)).user_token).toBeNull()

    await expect(answer(proposed.id, "user_maker")).rejects.toMatchObject({
      code: "own_proposal",
    })
    expect(await answer(proposed.id, "user_checker")).toMatchObject({
      state: "done",
    })
    expect(await payee(vendor.id)).toMatchObject({ user_token })
    expect(await answer(proposed.id, "user_checker")).toMatchObject({
      state: "done",
    })
    await expect(
      answer(proposed.id, "user_checker", "reject")
    ).rejects.toMatchObject({ code: "already_answered" })
  })

  it("is rejected without asking MassPay", async () => {
    const { vendor, user_token } = await aFoundUser()
    const proposed = await act({
      action: "confirm_user",
      payee_id: vendor.id,
      shown: user_token,
      needs_second: true,
    })
    const asked = requests(shop).length

    expect(await answer(proposed.id, "user_checker", "reject")).toMatchObject({
      state: "rejected",
    })
    expect(requests(shop)).toHaveLength(asked)
    expect((await payee(vendor.id)).user_token).toBeNull()
  })

  it("is done once for each request, and refused for another one", async () => {
    const { vendor, user_token } = await aFoundUser()
    const asked = {
      action: "confirm_user",
      payee_id: vendor.id,
      shown: user_token,
      request_id: "once",
    } as const

    const first = await act(asked)
    expect(await act(asked)).toEqual(first)
    await expect(act({ ...asked, action: "unlink" })).rejects.toMatchObject({
      code: "request_id_used",
    })
    expect(await events("masspay.payee.linked")).toHaveLength(1)
  })

  it("a dry run changes nothing and asks nobody", async () => {
    const { vendor, user_token } = await aFoundUser()
    const asked = requests(shop).length

    expect(
      await act({
        action: "confirm_user",
        payee_id: vendor.id,
        shown: user_token,
        dry_run: true,
      })
    ).toMatchObject({ id: null, state: "preview" })
    expect(requests(shop)).toHaveLength(asked)
    expect((await payee(vendor.id)).user_token).toBeNull()
  })

  it("a token that somebody types is refused", async () => {
    const { vendor } = await aFoundUser()
    const other = await aUser("another", "mallory@example.com")

    await expect(
      act({
        action: "confirm_user",
        payee_id: vendor.id,
        shown: other.user_token,
      })
    ).rejects.toMatchObject({ code: "user_changed" })
  })

  it("is refused where the look-up names another one by now", async () => {
    const { vendor, user_token } = await aFoundUser()
    await shop.books.db.rows(
      `update masspay_payee set email = 'new@example.com' where id = ?`,
      [vendor.id]
    )
    await aUser("another", "new@example.com")

    await expect(
      act({
        action: "confirm_user",
        payee_id: vendor.id,
        shown: user_token,
      })
    ).rejects.toMatchObject({ code: "user_changed" })
    expect(await payee(vendor.id)).toMatchObject({
      status: "unlinked",
      user_token: null,
      found_user_token: null,
    })
  })

  it("is refused when MassPay has closed her", async () => {
    const { vendor, user_token } = await aFoundUser()
    shop.sandbox.control.deactivateUser(user_token)

    await expect(
      act({ action: "confirm_user", payee_id: vendor.id, shown: user_token })
    ).rejects.toMatchObject({ code: "user_closed" })
    expect(await payee(vendor.id)).toMatchObject({
      status: "unlinked",
      found_user_token: user_token,
    })
  })

  it("is taken when she is only locked, and not paid", async () => {
    const { vendor, user_token } = await aFoundUser()
    shop.sandbox.control.lockUser(user_token, "identity")

    await act({
      action: "confirm_user",
      payee_id: vendor.id,
      shown: user_token,
    })

    expect(await payee(vendor.id)).toMatchObject({
      status: "locked",
      user_token,
    })
    expect((await collect()).payouts).toEqual([])
  })

  it("stays unconfirmed when MassPay does not answer", async () => {
    const { vendor, user_token } = await aFoundUser()
    for (let tries = 0; tries < 3; tries += 1) {
      shop.sandbox.control.armFault({
        fault: "502_html",
        method: "GET",
        path: "/user/lookup",
      })
    }

    await expect(
      act({
        action: "confirm_user",
        payee_id: vendor.id,
        shown: user_token,
      })
    ).rejects.toMatchObject({ code: "no_answer" })
    expect(await payee(vendor.id)).toMatchObject({
      status: "unlinked",
      found_user_token: user_token,
    })
  })
})

describe("one user and two vendors", () => {
  it("an e-mail that two vendors share links the first alone", async () => {
    const [first, second] = [
      await aVendor("shared@example.com"),
      await aVendor("shared@example.com"),
    ]

    await linkPayees(shop.deps())
    await collect()
    await untilQuiet(shop)

    const rows = [await payee(first.id), await payee(second.id)]
    expect(rows.filter((row) => row.user_token !== null)).toHaveLength(1)
    expect(rows.find((row) => row.user_token === null)).toMatchObject({
      status_reason: "user_taken",
      found_user_token: null,
    })
    expect(sentLoads(shop)).toHaveLength(1)
    await expectBooksToAgree(shop)
  })

  it("one of this shop's users is never confirmed for another vendor, even when the books forgot whose she is", async () => {
    const lost = internalUserId({ tag: shop.tag, vendor_id: "vendor_lost" })
    await aUser(lost, "lost@example.com")
    const vendor = await aVendor("lost@example.com")

    await linkPayees(shop.deps())

    expect(await payee(vendor.id)).toMatchObject({
      status_reason: "user_taken",
      found_user_token: null,
    })
  })

  it("a user who was found for two vendors is confirmed for one", async () => {
    const { vendor, user_token } = await aFoundUser()
    const other = await aVendor("ada@example.com")
    await linkPayees(shop.deps(), { vendor_id: other.vendor_id })
    const confirm = (payee_id: string) =>
      act({ action: "confirm_user", payee_id, shown: user_token })

    await confirm(vendor.id)
    await expect(confirm(other.id)).rejects.toMatchObject({
      code: "user_taken",
    })
    expect(await payee(other.id)).toMatchObject({
      status: "unlinked",
      status_reason: "user_taken",
      user_token: null,
    })
  })

  it("the books refuse it, whoever asks", async () => {
    const paid = await aPayout(shop)
    await untilQuiet(shop)
    await act({ action: "unlink", payee_id: paid.payee.id })
    const other = await aVendor()

    await expect(
      shop.books.db.rows(
        `update masspay_payee set user_token = ? where id = ?`,
        [paid.payee.user_token, other.id]
      )
    ).rejects.toThrow("belongs to another payee")
  })
})

describe("unlinking", () => {
  it("is refused with every reason while money is on its way", async () => {
    const payout = await aPayout(shop)
    const unlink = () => act({ action: "unlink", payee_id: payout.payee.id })

    await expect(unlink()).rejects.toMatchObject({ code: "something_open" })
    await expect(unlink()).rejects.toThrow(`${payout.id} (ready)`)

    shop.sandbox.control.armFault({
      fault: "execute_then_drop",
      method: "POST",
      path: "/load/",
    })
    await dispatchPayouts(shop.deps())
    await expect(unlink()).rejects.toThrow(/\(unknown\).*nobody knows yet/)
    expect((await payee(payout.payee.id)).user_token).not.toBeNull()

    await shop.passTime(10 * MINUTE_MS)
    await untilQuiet(shop)
    expect(await unlink()).toMatchObject({ state: "done" })
  })

  it("is refused by the database, too", async () => {
    const payout = await aPayout(shop)
    await expect(
      shop.books.db.rows(
        `update masspay_payee set user_token = null where id = ?`,
        [payout.payee.id]
      )
    ).rejects.toThrow("user_token is written once")
    await expect(
      shop.books.db.tx(async (sql) => {
        await sql.rows(
          `update masspay_payee_user
              set unlinked_at = masspay_now(), unlinked_by = 'x', unlink_reason = 'x'
            where payee_id = ?`,
          [payout.payee.id]
        )
        await sql.rows(
          `update masspay_payee set user_token = null where id = ?`,
          [payout.payee.id]
        )
      })
    ).rejects.toThrow("nothing on its way")
  })

  it("keeps her unlinked, whatever she is owed, until somebody links her again", async () => {
    const paid = await aPayout(shop)
    await untilQuiet(shop)
    const { id, vendor_id } = paid.payee
    await shop.books.db.rows(
      `update masspay_payee set first_name = 'Ada', last_name = 'Vendor',
              country_code = 'US' where id = ?`,
      [id]
    )
    await act({ action: "unlink", payee_id: id })
    await anEntry(vendor_id)

    expect(await linkPayees(shop.deps({ wire: outOfTouch() }))).toEqual({
      linked: 0,
      not_linked: 0,
    })
    expect((await collect()).payouts).toEqual([])
    expect(await payee(id)).toMatchObject({
      status: "unlinked",
      status_reason: "unlinked",
      is_link_held: true,
    })
    expect(await events("masspay.payee.unlinked")).toEqual([{ id, vendor_id }])
    await expectBooksToAgree(shop)

    await wantLink(shop.books.db, id)
    expect(await linkNow(shop.deps(), id)).toMatchObject({ did: "linked" })
    // The look-up finds the user that carries our id for her.
    expect(await payee(id)).toMatchObject({
      user_token: paid.payee.user_token,
      needs_adoption: false,
    })
    await collect()
    await untilQuiet(shop)
    expect(sentLoads(shop)).toHaveLength(2)
    await expectBooksToAgree(shop)
  })

  it("a payout that MassPay cancels after it is found, and goes to whom she has by then", async () => {
    const payout = await aPayout(shop)
    await untilQuiet(shop)
    const { id, vendor_id, user_token } = payout.payee
    await act({ action: "unlink", payee_id: id })
    const next = await aUser("from-elsewhere", `next@example.com`)
    await shop.books.db.rows(
      `update masspay_payee set email = 'next@example.com', first_name = 'Ada',
              last_name = 'Vendor', country_code = 'US',
              internal_user_id = internal_user_id where id = ?`,
      [id]
    )
    await wantLink(shop.books.db, id)
    await linkNow(shop.deps(), id)
    await act({
      action: "confirm_user",
      payee_id: id,
      shown: next.user_token,
    })
    expect((await payee(id)).user_token).toBe(next.user_token)

    const [load] = shop.sandbox.control.loads().loads
    shop.sandbox.control.setLoadStatus(load?.load_token ?? "", "CANCELLED")
    await shop.passTime(25 * HOUR_MS)
    await resolvePayouts(shop.deps())
    expect(await readPayout(shop, payout.id)).toMatchObject({
      status: "cancelled",
    })
    await shop.passTime(2 * HOUR_MS)
    await resolvePayouts(shop.deps())
    expect(await readPayout(shop, payout.id)).toMatchObject({ status: "void" })
    await collect()
    await untilQuiet(shop)

    const paths = sentLoads(shop).map(({ path }) => path)
    expect(paths).toHaveLength(2)
    expect(paths[0]).toContain(user_token)
    expect(paths[1]).toContain(next.user_token)
    expect(vendor_id).toBe(payout.payee.vendor_id)
    await expectBooksToAgree(shop)
  })

  it("after a restore her former user is read before anything moves, and what was forgotten is booked", async () => {
    const owner = await aPayee(shop)
    await act({ action: "unlink", payee_id: owner.id })
    await aForgottenLoad(owner.user_token)
    await shop.books.db.rows(
      `update masspay_control set value = jsonb_set(value, '{identity,database_oid}', '"1"')
        where key = 'database_identity'`
    )
    const adopt = () =>
      adoptAfterRestore(shop.deps(), { wait_ms: 5 * MINUTE_MS })
    expect(await adopt()).toMatchObject({ state: "waiting" })
    await shop.passTime(6 * MINUTE_MS)

    expect(await adopt()).toMatchObject({ state: "finished", read: 1 })
    const [booked] = await shop.books.db.rows<{ amount: string }>(
      `select amount::text as amount from masspay_ledger_entry
        where vendor_id = ? and kind = 'overpayment'`,
      [owner.vendor_id]
    )
    expect(booked).toEqual({ amount: "-1234" })
  })
})

async function aForgottenLoad(user_token: string): Promise<void> {
  const id = `mpl${shop.tag}forgotten`
  const response = await fetch(
    `${shop.sandbox.url}/v1.0.0/payout/load/${user_token}`,
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
        amount: 12.34,
        source_currency_code: "USD",
        notify_user: false,
      }),
    }
  )
  expect(response.status).toBe(201)
}

describe("a user token that changes while money is in flight", () => {
  it("is never paid: the payout stays with the user it was made for", async () => {
    const payout = await aPayout(shop)
    const { id } = payout.payee
    const other = await aUser("another", "other@example.com")

    await expect(
      shop.books.db.rows(
        `update masspay_payee set user_token = ? where id = ?`,
        [other.user_token, id]
      )
    ).rejects.toThrow("user_token is written once")
    await untilQuiet(shop)
    expect(sentLoads(shop).map(({ path }) => path)).toEqual([
      expect.stringContaining(payout.payee.user_token),
    ])
  })
})
