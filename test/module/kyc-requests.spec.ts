import { randomBytes } from "node:crypto"

import type { KycSession } from "../../src/domain/kyc"
import { payeesOf } from "../../src/modules/masspay/queries/collect-facts"
import {
  clearKycRequest,
  revealKycLink,
} from "../../src/modules/masspay/queries/kyc-decisions"
import { openKycRequests } from "../../src/modules/masspay/queries/kyc-open"
import {
  listKycRequests,
  vendorKycRequests,
} from "../../src/modules/masspay/queries/kyc-reads"
import { wantPayeeRead } from "../../src/modules/masspay/queries/payee-refresh"
import { applyPayeeTruth } from "../../src/modules/masspay/queries/payee-truth"
import { listPayouts } from "../../src/modules/masspay/queries/reads"
import { databaseNow } from "../../src/modules/masspay/queries/settlements"
import { GatewayUnavailableError } from "../../src/modules/masspay-gateway/errors"
import type { Wire } from "../../src/modules/masspay-gateway/types"
import { dispatchPayouts } from "../../src/runners/dispatch"
import { refreshPayee, refreshPayees } from "../../src/runners/refresh-payees"
import { lookUpNow, resolvePayouts } from "../../src/runners/resolve"
import { aVault, dumpOf, eventsOf, kycRowsOf, payeeRowOf } from "../support/kyc"
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
} from "../support/payout-shop"

let shop: Shop
const links = aVault()

beforeEach(async () => {
  shop = await openShop()
})
afterEach(async () => {
  await shop.close()
})

const deps = (overrides: Parameters<Shop["deps"]>[0] = {}) =>
  shop.deps({ links, ...overrides })
const run = async (overrides: Parameters<Shop["deps"]>[0] = {}) => {
  await dispatchPayouts(deps(overrides))
  await resolvePayouts(deps(overrides))
  await dispatchPayouts(deps(overrides))
}

/** A MassPay that tells of no session, so that something else has to show it. */
function withoutSessions(): Wire {
  return { ...shop.wire, listKycSessions: () => Promise.resolve([]) }
}

function linkOf(payee: Payee): string {
  const user = shop.sandbox.control
    .state()
    .users.find(({ user_token }) => user_token === payee.user_token)
  const link = user?.lock?.link
  if (!link) throw new Error("She has no lock with a link")
  return link
}

describe("a payment that is refused for want of papers", () => {
  it("opens a request with the link sealed, blocks the payout, and tells", async () => {
    const payout = await aPayout(shop)
    shop.sandbox.control.lockUser(payout.payee.user_token, "identity")

    await dispatchPayouts(deps())

    expect(await readPayout(shop, payout.id)).toMatchObject({
      status: "blocked",
      block_reason: "kyc",
    })
    const [request, ...others] = await kycRowsOf(shop)
    expect(others).toEqual([])
    expect(request).toMatchObject({
      kind: "identity",
      refusal: "user_inactive",
      text: null,
      source: "error",
      state: "open",
      link_host: "magic.veriff.me",
      vendor_id: payout.payee.vendor_id,
    })
    const link = linkOf(payout.payee)
    const { vendor_id } = payout.payee
    expect(links.open(request?.link_sealed ?? "", vendor_id)).toBe(link)
    expect(await payeeRowOf(shop, payout.payee.id)).toMatchObject({
      kyc_status: "required",
      papers_wanted: true,
    })
    expect(await eventsOf(shop, "masspay.kyc")).toEqual([
      "masspay.kyc.requested",
    ])
  })

  it.each([
    ["bank_document", "bank_document", "l.maspay.io"],
    ["inactive", "other", null],
  ] as const)("of a lock of kind %s", async (lock, kind, link_host) => {
    const payout = await aPayout(shop)
    shop.sandbox.control.lockUser(payout.payee.user_token, lock)

    await dispatchPayouts(deps())

    expect(await kycRowsOf(shop)).toMatchObject([
      { kind, link_host, refusal: "user_inactive", text: null, state: "open" },
    ])
  })

  it("keeps the link out of every table, log and error, and the account number too", async () => {
    const payouts = [
      await aPayout(shop),
      await aPayout(shop),
      await aPayout(shop),
    ]
    const kinds = ["identity", "bank_document", "missing_id"] as const
    for (const [n, { payee }] of payouts.entries()) {
      shop.sandbox.control.lockUser(payee.user_token, kinds[n] ?? "identity")
    }
    await run()
    await shop.passTime(15 * MINUTE_MS)
    await run()

    expect(await kycRowsOf(shop)).toHaveLength(3)
    const everything = `${await dumpOf(shop)}\n${shop.logs.join("\n")}`
    expect(everything).toContain("masspay_kyc_request")
    for (const { payee } of payouts) {
      const link = new URL(linkOf(payee))
      expect(everything).not.toContain(link.href)
      expect(everything).not.toContain(link.pathname.slice(2))
    }
    expect(everything).not.toContain("000123456789")
  })

  it("keeps no link without a key, and says so", async () => {
    const payout = await aPayout(shop)
    shop.sandbox.control.lockUser(payout.payee.user_token, "identity")
    const none = { has_key: false, seal: () => null, open: () => null }

    await dispatchPayouts(deps({ links: none }))

    const listed = await listKycRequests(shop.books.db, {
      filters: {},
      links: none,
      limit: 10,
      offset: 0,
    })
    expect(listed.kyc_requests).toMatchObject([
      { link: "not_stored", link_host: "magic.veriff.me" },
    ])
    expect((await kycRowsOf(shop))[0]).toMatchObject({
      link_sealed: null,
      link_hash: null,
    })
  })

  it("opens it once, however many payouts and processes meet it", async () => {
    const payee = await aPayee(shop)
    for (let n = 0; n < 6; n += 1) await aPayout(shop, { payee })
    shop.sandbox.control.lockUser(payee.user_token, "identity")

    await Promise.all([dispatchPayouts(deps()), dispatchPayouts(deps())])

    expect(await kycRowsOf(shop)).toHaveLength(1)
    expect(await eventsOf(shop, "masspay.kyc")).toEqual([
      "masspay.kyc.requested",
    ])
  })

  it("is replaced by a newer link of its kind, without saying that it is over", async () => {
    const payout = await aPayout(shop)
    const { control } = shop.sandbox
    control.lockUser(payout.payee.user_token, "missing_id")
    await dispatchPayouts(deps())
    control.lockUser(payout.payee.user_token, "missing_id")
    await shop.passTime(30 * MINUTE_MS)
    await run()

    expect(await kycRowsOf(shop)).toMatchObject([
      {
        state: "cleared",
        clear_reason: "superseded",
        link_sealed: null,
      },
      { state: "open" },
    ])
    expect(await eventsOf(shop, "masspay.kyc")).toEqual([
      "masspay.kyc.requested",
      "masspay.kyc.requested",
    ])
    expect(await payeeRowOf(shop, payout.payee.id)).toMatchObject({
      papers_wanted: true,
    })
  })

  it("shows on payouts of hers that wait", async () => {
    const payout = await aPayout(shop)
    shop.sandbox.control.lockUser(payout.payee.user_token, "identity")
    await dispatchPayouts(deps())
    await aPayout(shop, { payee: payout.payee })

    expect((await dispatchPayouts(deps())).claimed).toBe(0)
    expect(sentLoads(shop)).toHaveLength(1)
    const { payouts } = await listPayouts(shop.books.db, {
      filters: { status: ["ready"] },
      limit: 10,
      offset: 0,
    })
    expect(payouts).toMatchObject([
      { detail: "MassPay wants papers from the vendor first." },
    ])
  })

  it("keeps what she earns meanwhile from becoming more payouts that wait", async () => {
    const payout = await aPayout(shop)
    const { vendor_id } = payout.payee
    shop.sandbox.control.lockUser(payout.payee.user_token, "missing_id")
    await dispatchPayouts(deps())
    const facts = () => payeesOf(shop.books.db, [vendor_id], { lock: false })

    expect(await facts()).toMatchObject([{ status: "locked" }])
    // With none left to show when it is over, there has to be one.
    await shop.books.db.rows(
      `update masspay_payout
          set status = 'needs_review', block_reason = null, version = version + 1`
    )
    expect(await facts()).toMatchObject([{ status: "active" }])
  })

  it("is never tried again by itself where she is locked, also while MassPay does not tell", async () => {
    const payout = await aPayout(shop)
    shop.sandbox.control.lockUser(payout.payee.user_token, "identity")
    const wire: Wire = {
      ...shop.wire,
      getUser: () => Promise.reject(new GatewayUnavailableError("down")),
    }
    await run({ wire })
    for (let hour = 0; hour < 12; hour += 1) {
      await shop.passTime(60 * MINUTE_MS)
      await run({ wire })
    }

    expect(await payeeRowOf(shop, payout.payee.id)).toMatchObject({
      status: "active",
      papers_wanted: true,
    })
    expect(sentLoads(shop)).toHaveLength(1)
  })
})

describe("a locked payee", () => {
  it("is paid by herself once MassPay says active, and her request closes", async () => {
    const payout = await aPayout(shop)
    shop.sandbox.control.lockUser(payout.payee.user_token, "identity")
    await run()
    expect(await payeeRowOf(shop, payout.payee.id)).toMatchObject({
      status: "locked",
    })
    shop.sandbox.control.unlockUser(payout.payee.user_token)
    await shop.passTime(6 * MINUTE_MS)

    await run()

    expect((await readPayout(shop, payout.id)).status).toBe("completed")
    expect(await kycRowsOf(shop)).toMatchObject([
      { state: "cleared", clear_reason: "payee_active", link_sealed: null },
    ])
    expect(await eventsOf(shop, "masspay.kyc")).toEqual([
      "masspay.kyc.requested",
      "masspay.kyc.cleared",
    ])
    expect(await eventsOf(shop, "masspay.payee")).toEqual([
      "masspay.payee.locked",
      "masspay.payee.activated",
    ])
    expect(await payeeRowOf(shop, payout.payee.id)).toMatchObject({
      papers_wanted: false,
    })
    await expectBooksToAgree(shop)
  })

  it("is read soon when somebody heard something, and nothing happens when it was wrong", async () => {
    const payout = await aPayout(shop)
    const { user_token } = payout.payee
    shop.sandbox.control.lockUser(user_token, "identity")
    await run()
    const before = await kycRowsOf(shop)
    await wantPayeeRead(shop.books.db, { user_token })

    const read = await refreshPayee(deps(), { user_token })
    await run()

    expect(read).toMatchObject({ did: "stored", status: "locked", cleared: 0 })
    expect(await kycRowsOf(shop)).toEqual(before)
    expect(sentLoads(shop)).toHaveLength(1)
    expect((await readPayout(shop, payout.id)).status).toBe("blocked")
  })

  it("is read ever more seldom: a day of silence costs few requests", async () => {
    const payout = await aPayout(shop)
    shop.sandbox.control.lockUser(payout.payee.user_token, "inactive")
    let reads = 0
    const wire: Wire = {
      ...shop.wire,
      getUser: (token) => {
        reads += 1
        return shop.wire.getUser(token)
      },
    }
    await run({ wire })
    for (let hour = 0; hour < 24; hour += 1) {
      await shop.passTime(60 * MINUTE_MS)
      await run({ wire })
    }

    expect(reads).toBeGreaterThan(4)
    expect(reads).toBeLessThan(12)
    expect(sentLoads(shop)).toHaveLength(1)
  })

  it("is asked about later, and no faster, where MassPay does not answer", async () => {
    const payee = await aPayee(shop)
    await wantPayeeRead(shop.books.db, { user_token: payee.user_token })
    let asked = 0
    const wire: Wire = {
      ...shop.wire,
      getUser: () => {
        asked += 1
        return Promise.reject(new GatewayUnavailableError("down"))
      },
    }

    await refreshPayees(deps({ wire }))
    await refreshPayees(deps({ wire }))
    expect(asked).toBe(1)
    await shop.passTime(6 * MINUTE_MS)
    await refreshPayees(deps({ wire }))
    expect(asked).toBe(2)
    expect((await payeeRowOf(shop, payee.id)).status).toBe("active")
  })
})

describe("a user who is active while each payment is refused", () => {
  it("is tried with one payout at a time, ever more seldom, and paid in full once one passes", async () => {
    const wire = withoutSessions()
    const payee = await aPayee(shop)
    const payouts = []
    for (let n = 0; n < 5; n += 1) payouts.push(await aPayout(shop, { payee }))
    shop.sandbox.control.lockUser(payee.user_token, "missing_id")
    await dispatchPayouts(deps({ wire }))
    const refused = sentLoads(shop).length
    for (let hour = 0; hour < 24; hour += 1) {
      await shop.passTime(60 * MINUTE_MS)
      await run({ wire })
    }

    expect(sentLoads(shop).length - refused).toBeGreaterThan(2)
    expect(sentLoads(shop).length - refused).toBeLessThan(10)
    // ACTIVE all the time, and that has closed nothing.
    expect(await payeeRowOf(shop, payee.id)).toMatchObject({
      status: "active",
      papers_wanted: true,
    })
    expect(await kycRowsOf(shop)).toMatchObject([
      { refusal: "missing_id", state: "open" },
    ])

    shop.sandbox.control.unlockUser(payee.user_token)
    for (let hour = 0; hour < 8; hour += 1) {
      await shop.passTime(60 * MINUTE_MS)
      await run({ wire })
    }
    for (const { id } of payouts) {
      expect((await readPayout(shop, id)).status).toBe("completed")
    }
    expect(await kycRowsOf(shop)).toMatchObject([
      { state: "cleared", clear_reason: "payment_passed" },
    ])
    expect(await payeeRowOf(shop, payee.id)).toMatchObject({
      kyc_status: "not_required",
    })
    await expectBooksToAgree(shop)
  })

  it("goes on as soon as a session of this request is approved", async () => {
    const payout = await aPayout(shop)
    shop.sandbox.control.lockUser(payout.payee.user_token, "missing_id")
    await run()
    const session: KycSession = {
      provider: "veriff",
      session_id: "s1",
      started_at: await databaseNow(shop.books.db),
      status: "Submitted",
    }
    const told = (sessions: KycSession[]): Wire => ({
      ...shop.wire,
      listKycSessions: () => Promise.resolve(sessions),
    })
    await shop.passTime(6 * MINUTE_MS)
    await run({ wire: told([session]) })
    expect(await payeeRowOf(shop, payout.payee.id)).toMatchObject({
      kyc_status: "submitted",
      papers_wanted: true,
    })
    shop.sandbox.control.unlockUser(payout.payee.user_token)
    await shop.passTime(6 * MINUTE_MS)

    await run({ wire: told([{ ...session, status: "Approved" }]) })

    expect(await kycRowsOf(shop)).toMatchObject([
      { state: "cleared", clear_reason: "session_approved" },
    ])
    expect((await readPayout(shop, payout.id)).status).toBe("completed")
  })

  it("is not helped by a session that was approved long before", async () => {
    const payout = await aPayout(shop)
    const old: KycSession = {
      provider: "au10tix",
      session_id: "s0",
      started_at: new Date(Date.now() - 86_400_000),
      status: "Approved",
    }
    const wire: Wire = {
      ...shop.wire,
      listKycSessions: () => Promise.resolve([old]),
    }
    shop.sandbox.control.lockUser(payout.payee.user_token, "missing_id")

    await run({ wire })
    await shop.passTime(6 * MINUTE_MS)
    await run({ wire })

    expect(await kycRowsOf(shop)).toMatchObject([{ state: "open" }])
  })
})

it("an older answer never closes what was asked since", async () => {
  const payout = await aPayout(shop)
  const { user_token } = payout.payee
  const looked_up_at = await databaseNow(shop.books.db)
  shop.sandbox.control.lockUser(user_token, "identity")
  await dispatchPayouts(deps())

  const applied = await applyPayeeTruth(shop.books.db, {
    user_token,
    status: "active",
    looked_up_at,
  })

  expect(applied).toMatchObject({ cleared: 0 })
  expect(await kycRowsOf(shop)).toMatchObject([{ state: "open" }])
  // And what was wanted since is still wanted.
  const { refresh_wanted_at } = await payeeRowOf(shop, payout.payee.id)
  expect(refresh_wanted_at).not.toBeNull()
})

it("an operator who retries a payout tries that one, papers wanted or not", async () => {
  const wire = withoutSessions()
  const payout = await aPayout(shop)
  shop.sandbox.control.lockUser(payout.payee.user_token, "missing_id")
  await run({ wire })
  shop.sandbox.control.unlockUser(payout.payee.user_token)
  // Sooner than it would be tried by itself.
  await shop.passTime(4 * MINUTE_MS)
  await run({ wire })
  expect((await readPayout(shop, payout.id)).status).toBe("blocked")

  await lookUpNow(deps({ wire }), {
    payout_id: payout.id,
    asked: { by: "user_ops", request: "r1", may_unblock: true },
  })
  await run({ wire })
  await run({ wire })

  expect((await readPayout(shop, payout.id)).status).toBe("completed")
  expect(await kycRowsOf(shop)).toMatchObject([
    { clear_reason: "payment_passed" },
  ])
})

describe("an operator", () => {
  async function aRequest(): Promise<{ payee: Payee; payout_id: string }> {
    const payout = await aPayout(shop)
    shop.sandbox.control.lockUser(payout.payee.user_token, "missing_id")
    await dispatchPayouts(deps())
    return { payee: payout.payee, payout_id: payout.id }
  }
  const clear = (id: string, request_id = "r1") =>
    clearKycRequest(shop.books.db, {
      id,
      request_id,
      reason: "seen by phone",
      actor: "user_ops",
    })

  it("closes a request once, and her payout is looked up and sent", async () => {
    const { payee, payout_id } = await aRequest()
    const [request] = await kycRowsOf(shop)
    shop.sandbox.control.unlockUser(payee.user_token)
    await refreshPayee(deps({ wire: withoutSessions() }), {
      user_token: payee.user_token,
    })
    // A look-up proves that nothing happened only after a while.
    await shop.passTime(6 * MINUTE_MS)

    const first = await clear(request?.id ?? "")
    expect(await clear(request?.id ?? "")).toEqual(first)
    await expect(clear(request?.id ?? "", "r2")).rejects.toMatchObject({
      code: "kyc_request_closed",
    })
    await run()

    expect((await readPayout(shop, payout_id)).status).toBe("completed")
    expect(await kycRowsOf(shop)).toMatchObject([{ clear_reason: "operator" }])
  })

  it("sees a link only by name, and is remembered", async () => {
    const { payee } = await aRequest()
    const [request] = await kycRowsOf(shop)
    const id = request?.id ?? ""
    const { db } = shop.books

    expect(await revealKycLink(db, { id, actor: "user_ops", links })).toBe(
      linkOf(payee)
    )
    expect(
      await db.rows(`select kyc_request_id, actor from masspay_kyc_access`)
    ).toEqual([{ kyc_request_id: id, actor: "user_ops" }])
    const listed = await listKycRequests(db, {
      filters: { state: ["open"], kind: ["identity"], q: payee.vendor_id },
      links,
      limit: 10,
      offset: 0,
    })
    expect(listed).toMatchObject({
      count: 1,
      kyc_requests: [{ link: "available", blocks_payments: true }],
    })
    expect(JSON.stringify(listed)).not.toContain(linkOf(payee).slice(-12))
  })

  it("is told where no key opens a link, and nothing breaks", async () => {
    const { payee } = await aRequest()
    const [request] = await kycRowsOf(shop)
    const { db } = shop.books
    const id = request?.id ?? ""
    const other = aVault()

    await expect(
      revealKycLink(db, { id, actor: "user_ops", links: other })
    ).rejects.toMatchObject({ code: "link_unreadable" })
    expect(
      await listKycRequests(db, {
        filters: {},
        links: other,
        limit: 10,
        offset: 0,
      })
    ).toMatchObject({ kyc_requests: [{ link: "unreadable" }] })
    expect(
      await vendorKycRequests(db, { vendor_id: payee.vendor_id, links: other })
    ).toMatchObject([{ link: null, link_host: "magic.veriff.me" }])
    expect(await db.rows(`select id from masspay_kyc_access`)).toEqual([])
  })
})

it("a vendor sees what is asked of her alone", async () => {
  const mine = await aPayout(shop)
  const other = await aPayout(shop)
  for (const { payee } of [mine, other]) {
    shop.sandbox.control.lockUser(payee.user_token, "identity")
  }
  await dispatchPayouts(deps())

  expect(
    await vendorKycRequests(shop.books.db, {
      vendor_id: mine.payee.vendor_id,
      links,
    })
  ).toMatchObject([{ kind: "identity", link: linkOf(mine.payee) }])
  // A link that somebody copied into her row opens for nobody.
  const [stolen] = (await kycRowsOf(shop)).filter(
    ({ vendor_id }) => vendor_id === other.payee.vendor_id
  )
  expect(links.open(stolen?.link_sealed ?? "", mine.payee.vendor_id)).toBeNull()
})

describe("after the key was replaced", () => {
  const first = randomBytes(32)
  const second = randomBytes(32)

  it("an old link is still shown, and the same link is still the same request", async () => {
    const payout = await aPayout(shop)
    shop.sandbox.control.lockUser(payout.payee.user_token, "missing_id")
    await dispatchPayouts(deps({ links: aVault(first) }))
    const rotated = aVault(second, first)

    await shop.passTime(30 * MINUTE_MS)
    await run({ links: rotated })

    expect(sentLoads(shop).length).toBeGreaterThan(1)
    expect(await kycRowsOf(shop)).toMatchObject([{ state: "open" }])
    expect(
      await vendorKycRequests(shop.books.db, {
        vendor_id: payout.payee.vendor_id,
        links: rotated,
      })
    ).toMatchObject([{ link: linkOf(payout.payee) }])
  })
})

describe("the table of requests", () => {
  it("is only closed and noted as told", async () => {
    const payout = await aPayout(shop)
    shop.sandbox.control.lockUser(payout.payee.user_token, "identity")
    await dispatchPayouts(deps())
    const { db } = shop.books
    const refused = async (text: string) => {
      await expect(db.rows(text)).rejects.toThrow(/masspay_kyc_request/)
    }

    await refused(`update masspay_kyc_request set kind = 'other'`)
    await refused(`update masspay_kyc_request set link_sealed = 'x'`)
    await refused(`update masspay_kyc_request set link_sealed = null`)
    await refused(`delete from masspay_kyc_request`)
    await refused(`update masspay_kyc_request set deleted_at = now()`)
    await db.rows(`update masspay_kyc_request set notified_at = masspay_now()`)
    const [request] = await kycRowsOf(shop)
    await clearKycRequest(db, {
      id: request?.id ?? "",
      request_id: "r",
      reason: "x",
      actor: "a",
    })
    await refused(
      `update masspay_kyc_request set state = 'open', cleared_at = null, clear_reason = null`
    )
  })

  it("holds one open request for two writers at once", async () => {
    const payee = await aPayee(shop)
    const paper = {
      kind: "identity",
      text: null,
      link: links.seal("https://magic.veriff.me/v1", payee.vendor_id),
      link_host: "magic.veriff.me",
    } as const
    const opening = {
      payee_id: payee.id,
      vendor_id: payee.vendor_id,
      source: "error",
      refusal: "missing_id",
      papers: [paper],
    } as const

    // Without the payee's lock: the index alone decides.
    const opened = await Promise.all(
      [1, 2, 3].map(() =>
        shop.books.db.tx((sql) => openKycRequests(sql, opening))
      )
    )

    expect(opened.flat()).toHaveLength(1)
    expect(await kycRowsOf(shop)).toHaveLength(1)
  })
})
