import { internalUserId } from "../../src/domain/ids"
import { fundingStates } from "../../src/modules/masspay/queries/control"
import { newId } from "../../src/modules/masspay/queries/new-id"
import { GatewayOutcomeUnknownError } from "../../src/modules/masspay-gateway/errors"
import { collectPayouts } from "../../src/runners/collect"
import { linkPayees } from "../../src/runners/link-payees"
import { createNudge } from "../../src/runners/nudge"
import { chooseWallets } from "../../src/runners/refresh-funding"
import {
  expectBooksToAgree,
  MINUTE_MS,
  openShop,
  readPayout,
  requests,
  type Shop,
  untilQuiet,
} from "../support/payout-shop"

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop.close())

type PayeeRow = {
  status: string
  status_reason: string | null
  status_detail: string | null
  user_token: string | null
  link_attempts: number
}

/** A vendor who is owed money and has no MassPay user here yet. */
async function aVendor(
  overrides: { email?: string; country_code?: string } = {}
): Promise<{ id: string; vendor_id: string; internal_user_id: string }> {
  const id = newId("mspye")
  const vendor_id = `vendor_${id.slice(-8).toLowerCase()}`
  const internal_user_id = internalUserId({ tag: shop.tag, vendor_id })
  await shop.books.db.rows(
    `insert into masspay_payee
       (id, vendor_id, internal_user_id, email, first_name, last_name, country_code)
     values (?, ?, ?, ?, 'Ada', 'Vendor', ?)`,
    [
      id,
      vendor_id,
      internal_user_id,
      overrides.email ?? `${vendor_id}@example.com`,
      overrides.country_code ?? "US",
    ]
  )
  await shop.books.db.rows(
    `insert into masspay_ledger_entry
       (id, vendor_id, currency_code, amount, kind, source_key, reason, available_at)
     values (?, ?, 'USD', 2500, 'adjustment', ?, 'test', masspay_now())`,
    [newId("mslen"), vendor_id, newId("key")]
  )
  return { id, vendor_id, internal_user_id }
}

async function payee(id: string): Promise<PayeeRow> {
  const [row] = await shop.books.db.rows<PayeeRow>(
    `select status, status_reason, status_detail, user_token, link_attempts
       from masspay_payee where id = ?`,
    [id]
  )
  if (!row) throw new Error(`There is no payee ${id}`)
  return row
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
const users = () => shop.sandbox.control.state().users
const creations = () =>
  requests(shop).filter(
    (entry) => entry.method === "POST" && entry.path.endsWith("/user")
  )

describe("what must not happen", () => {
  it("two users for one vendor, however many processes link her at once", async () => {
    const vendor = await aVendor()

    const reports = await Promise.all(
      ["a", "b", "c"].map((worker) => linkPayees(shop.deps({ worker })))
    )

    expect(reports.reduce((sum, report) => sum + report.linked, 0)).toBe(1)
    expect(users()).toHaveLength(1)
    expect(await payee(vendor.id)).toMatchObject({ status: "active" })
  })

  it("money for a user of somebody else, even with the same e-mail", async () => {
    await aUser("another-shops-id", "shared@example.com")
    const vendor = await aVendor({ email: "shared@example.com" })

    expect(await linkPayees(shop.deps())).toEqual({ linked: 0, not_linked: 1 })

    expect(await payee(vendor.id)).toMatchObject({
      status: "unlinked",
      status_reason: "user_not_ours",
      user_token: null,
    })
    expect(creations()).toHaveLength(1)
  })

  it("one user for two vendors", async () => {
    const [first, second] = [await aVendor(), await aVendor()]
    await linkPayees(shop.deps(), { vendor_id: first.vendor_id })
    const { user_token } = await payee(first.id)
    const wire = {
      ...shop.wire,
      lookupUser: async () => ({
        user_token: user_token ?? "",
        internal_user_id: second.internal_user_id,
      }),
      getUser: async () => ({
        user_token: user_token ?? "",
        internal_user_id: second.internal_user_id,
        status: "ACTIVE" as const,
      }),
    }

    await linkPayees(shop.deps({ wire }))

    expect(await payee(second.id)).toMatchObject({
      status: "unlinked",
      status_reason: "user_taken",
      user_token: null,
    })
  })

  it("a second user after a creation that nobody answered", async () => {
    const vendor = await aVendor()
    shop.sandbox.control.armFault({
      fault: "execute_then_drop",
      method: "POST",
      path: "/user",
    })

    expect(await linkPayees(shop.deps())).toEqual({ linked: 1, not_linked: 0 })

    expect(users()).toHaveLength(1)
    expect(creations()).toHaveLength(1)
    expect(await payee(vendor.id)).toMatchObject({ status: "active" })
  })

  it("a link to a user that is not shown when asked for", async () => {
    const vendor = await aVendor()
    const wire = {
      ...shop.wire,
      lookupUser: async () => ({
        user_token: "usr_ghost",
        internal_user_id: vendor.internal_user_id,
      }),
      getUser: async () => null,
    }

    await linkPayees(shop.deps({ wire }))

    expect(await payee(vendor.id)).toMatchObject({
      status: "unlinked",
      status_reason: "user_not_found",
    })
  })
})

it("adopts the user that carries our id for her", async () => {
  const vendor = await aVendor()
  const known = await aUser(
    vendor.internal_user_id,
    `${vendor.vendor_id}@example.com`
  )

  await linkPayees(shop.deps())

  expect(await payee(vendor.id)).toMatchObject({
    status: "active",
    user_token: known.user_token,
  })
  expect(users()).toHaveLength(1)
})

it.each([
  ["locked", "locked"],
  ["deactivated", "deactivated"],
] as const)(
  "links a %s user as such, so that nothing is collected",
  async (state, status) => {
    const vendor = await aVendor()
    const known = await aUser(
      vendor.internal_user_id,
      `${vendor.vendor_id}@example.com`
    )
    if (state === "locked") {
      shop.sandbox.control.lockUser(known.user_token, "identity")
    } else shop.sandbox.control.deactivateUser(known.user_token)

    await linkPayees(shop.deps())

    expect(await payee(vendor.id)).toMatchObject({ status })
  }
)

it("says why MassPay refused her contact, and tries again later with what is corrected", async () => {
  const vendor = await aVendor({ email: "not an address" })

  await linkPayees(shop.deps())
  expect(await payee(vendor.id)).toMatchObject({
    status: "unlinked",
    status_reason: "contact_rejected",
  })
  expect((await payee(vendor.id)).status_detail).toContain("refused")
  expect((await linkPayees(shop.deps())).not_linked).toBe(0)

  await shop.books.db.rows(
    `update masspay_payee set email = 'right@example.com' where id = ?`,
    [vendor.id]
  )
  await shop.passTime(2 * MINUTE_MS)
  expect((await linkPayees(shop.deps())).linked).toBe(1)
})

it("waits longer from try to try while MassPay does not answer", async () => {
  const vendor = await aVendor()
  const wire = {
    ...shop.wire,
    lookupUser: () =>
      Promise.reject(new GatewayOutcomeUnknownError("no answer")),
  }
  for (let tries = 1; tries <= 3; tries += 1) {
    await linkPayees(shop.deps({ wire }))
    expect((await payee(vendor.id)).link_attempts).toBe(tries)
    // The pause has doubled by now: a first pause is not enough any more.
    await shop.passTime(20_000)
    expect((await linkPayees(shop.deps({ wire }))).not_linked).toBe(0)
    await shop.passTime(10 * MINUTE_MS)
  }
  expect(users()).toEqual([])
})

it("never puts a name or an address into a log", async () => {
  await aUser("another-shops-id", "secret@example.com")
  await aVendor({ email: "secret@example.com" })
  await aVendor({ email: "not an address" })

  await linkPayees(shop.deps())

  expect(shop.logs.length).toBeGreaterThan(0)
  expect(shop.logs.join("\n")).not.toMatch(
    /secret|example\.com|Ada|not an address/
  )
})

describe("collecting", () => {
  const policy = { minimum: {}, notify_payee: false, source_tokens: {} }

  it("reads the wallets, links the vendor, makes one payout, and dispatch pays it", async () => {
    const vendor = await aVendor()
    const collect = () => collectPayouts(shop.deps(), { policy, tag: shop.tag })

    const [first, second] = [await collect(), await collect()]

    expect(first.payouts).toMatchObject([
      { vendor_id: vendor.vendor_id, amount: 2500n, currency_code: "USD" },
    ])
    expect(second.payouts).toEqual([])
    const balances = requests(shop).filter((entry) =>
      entry.path.endsWith("/account/balance")
    )
    // Once: it was fresh the second time.
    expect(balances).toHaveLength(1)
    await untilQuiet(shop)
    expect(await readPayout(shop, first.payouts[0]?.id ?? "")).toMatchObject({
      status: "completed",
    })
    await expectBooksToAgree(shop)
  })

  it("makes no payout from a named wallet that MassPay does not list", async () => {
    await aVendor()
    const collectFrom = (token: string) =>
      collectPayouts(shop.deps(), {
        policy: { ...policy, source_tokens: { USD: token } },
        tag: shop.tag,
      })

    expect((await collectFrom("clnt_wlt_misspelt")).payouts).toEqual([])
    await shop.passTime(2 * MINUTE_MS)
    expect((await collectFrom(shop.source_token)).payouts).toHaveLength(1)
  })

  it("still makes payouts when the wallets cannot be read this time", async () => {
    await aVendor()
    await collectPayouts(shop.deps(), { policy, tag: shop.tag })
    await aVendor()
    await shop.passTime(5 * MINUTE_MS)
    shop.sandbox.control.armFault({
      fault: "502_html",
      method: "GET",
      path: "/account/balance",
    })

    const { payouts } = await collectPayouts(shop.deps(), {
      policy,
      tag: shop.tag,
    })

    expect(payouts).toHaveLength(1)
    expect((await fundingStates(shop.books.db)).get("USD")?.token).toBe(
      shop.source_token
    )
  })
})

describe("the wallet of a currency", () => {
  const wallet = (token: string, currency_code = "USD") => ({
    token,
    currency_code,
    balance: 1n,
  })

  it("is never guessed among several", () => {
    const { report } = chooseWallets([wallet("one"), wallet("two")], {})

    expect(report).toEqual({ wallets: [], undecided: ["USD"] })
  })

  it("is the one that the options name, and nothing when that is not there", () => {
    const several = [wallet("one"), wallet("two"), wallet("euro", "EUR")]

    expect(chooseWallets(several, { USD: "two" }).report).toEqual({
      wallets: [wallet("euro", "EUR"), wallet("two")],
      undecided: [],
    })
    expect(chooseWallets(several, { USD: "three" })).toMatchObject({
      usable: [wallet("euro", "EUR")],
      report: { undecided: ["USD"] },
    })
  })
})

describe("a nudge", () => {
  it("runs one at a time, once more for all that came meanwhile, and outlives a failure", async () => {
    let running = 0
    let most = 0
    let runs = 0
    const { log } = shop.deps()
    const nudge = createNudge(
      async () => {
        running += 1
        most = Math.max(most, running)
        runs += 1
        await Promise.resolve()
        if (runs === 1) {
          nudge()
          nudge()
        }
        running -= 1
        if (runs === 1) throw new Error("the first run fails")
      },
      { log, name: "test" }
    )

    nudge()
    nudge()
    await nudge.idle()

    expect({ most, runs }).toEqual({ most: 1, runs: 2 })
    expect(shop.logs).toEqual(["error nudge.failed nudge=test error=Error"])
  })
})
