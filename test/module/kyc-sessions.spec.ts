import type { LinkVault } from "../../src/link-vault"
import { vendorKycRequests } from "../../src/modules/masspay/queries/kyc-reads"
import { GatewayUnavailableError } from "../../src/modules/masspay-gateway/errors"
import type { Wire } from "../../src/modules/masspay-gateway/types"
import { dispatchPayouts } from "../../src/runners/dispatch"
import { refreshPayees } from "../../src/runners/refresh-payees"
import { startKycSession } from "../../src/runners/start-kyc-session"
import { aVault, dumpOf, kycRowsOf, payeeRowOf } from "../support/kyc"
import {
  aPayee,
  aPayout,
  MINUTE_MS,
  openShop,
  type Payee,
  type Shop,
} from "../support/payout-shop"

let shop: Shop
let made: string[]
let payee: Payee
const links = aVault()

beforeEach(async () => {
  shop = await openShop()
  made = []
  payee = await aPayee(shop)
})
afterEach(async () => {
  await shop.close()
})

/** A MassPay that makes a session with every request. */
function making(overrides: Partial<Wire> = {}): Wire {
  return {
    ...shop.wire,
    startKycSession: ({ user_token, provider }) => {
      const link = `https://magic.veriff.me/v${provider}canary${made.length}${user_token.slice(-6)}`
      made.push(link)
      return Promise.resolve(link)
    },
    ...overrides,
  }
}

function start(
  request_id: string,
  {
    wire = making(),
    vault = links,
    ...wish
  }: {
    wire?: Wire
    vault?: LinkVault
    provider?: "veriff" | "au10tix"
    who?: { vendor_id: string } | { payee_id: string }
    source?: "operator" | "vendor"
  } = {}
): Promise<string> {
  return startKycSession(
    { ...shop.deps({ wire }), links: vault },
    {
      who: { vendor_id: payee.vendor_id },
      provider: "veriff",
      source: "vendor",
      actor: "vendor:1",
      request_id,
      ...wish,
    }
  )
}

it("is made once for each request, also when it is asked for many times at once", async () => {
  const asked = await Promise.allSettled([
    start("r1"),
    start("r1"),
    start("r1"),
    start("r1"),
  ])

  expect(made).toHaveLength(1)
  const given = asked.flatMap((one) =>
    one.status === "fulfilled" ? [one.value] : []
  )
  expect(new Set(given)).toEqual(new Set(made))
  for (const one of asked) {
    if (one.status === "rejected") {
      expect(one.reason).toMatchObject({ code: "session_in_doubt" })
    }
  }
  expect(await start("r1")).toBe(made[0])
  expect(made).toHaveLength(1)
})

it("stands as a request of hers, sealed, which keeps no payment back", async () => {
  const link = await start("r1")

  expect(await kycRowsOf(shop)).toMatchObject([
    { kind: "identity", source: "vendor", refusal: "none", state: "open" },
  ])
  expect(
    await vendorKycRequests(shop.books.db, {
      vendor_id: payee.vendor_id,
      links,
    })
  ).toMatchObject([{ link }])
  await aPayout(shop, { payee })
  expect((await dispatchPayouts(shop.deps({ links }))).completed).toBe(1)
  const everything = `${await dumpOf(shop)}\n${shop.logs.join("\n")}`
  expect(everything).not.toContain("canary")
})

it("another one takes its place, and never that of a refusal", async () => {
  await aPayout(shop, { payee })
  shop.sandbox.control.lockUser(payee.user_token, "identity")
  await dispatchPayouts(shop.deps({ links }))

  await start("r1")
  await start("r2", { provider: "au10tix" })

  expect(made).toHaveLength(2)
  expect(await kycRowsOf(shop)).toMatchObject([
    { source: "error", state: "open" },
    { source: "vendor", state: "cleared", clear_reason: "superseded" },
    { source: "vendor", state: "open" },
  ])
  expect(await payeeRowOf(shop, payee.id)).toMatchObject({
    papers_wanted: true,
  })
  // The first link is gone with its request.
  await expect(start("r1")).rejects.toMatchObject({ code: "link_gone" })
  expect(made).toHaveLength(2)
})

it("is not made again where MassPay said no, or the answer was lost", async () => {
  let asked = 0
  const refusing = making({
    startKycSession: () => {
      asked += 1
      return Promise.reject(new GatewayUnavailableError("down"))
    },
  })
  await expect(start("r1", { wire: refusing })).rejects.toMatchObject({
    code: "masspay_gave_no_link",
  })
  await expect(start("r1")).rejects.toMatchObject({ code: "session_failed" })

  // The process dies between the answer and what is written about it.
  const dying = making({
    startKycSession: () => {
      asked += 1
      return Promise.reject(new TypeError("killed"))
    },
  })
  await expect(start("r2", { wire: dying })).rejects.toThrow("killed")
  await expect(start("r2")).rejects.toMatchObject({ code: "session_in_doubt" })
  expect({ asked, made }).toEqual({ asked: 2, made: [] })
  expect(await start("r3")).toBe(made[0])
})

it("means nothing under another's name", async () => {
  const other = await aPayee(shop)
  const mine = await start("r1")

  const hers = await start("r1", { who: { vendor_id: other.vendor_id } })
  const operators = await start("r1", {
    who: { payee_id: payee.id },
    source: "operator",
  })
  expect(new Set([mine, hers, operators]).size).toBe(3)
  await expect(start("r1", { provider: "au10tix" })).rejects.toMatchObject({
    code: "request_id_used",
  })
  await expect(
    start("r1", { who: { payee_id: other.id }, source: "operator" })
  ).rejects.toMatchObject({ code: "request_id_used" })
  await expect(
    start("r9", { who: { vendor_id: "nobody" } })
  ).rejects.toMatchObject({ code: "vendor_not_found" })
  expect(made).toHaveLength(3)
})

it("is made ten times a day at most", async () => {
  for (let n = 0; n < 10; n += 1) await start(`r${n}`)

  await expect(start("r10")).rejects.toMatchObject({
    code: "too_many_sessions",
  })
  await shop.passTime(24 * 60 * MINUTE_MS + 1)
  await start("r10")
  expect(made).toHaveLength(11)
})

it("needs an account that is open", async () => {
  await shop.books.db.rows(`update masspay_payee set status = 'deactivated'`)

  await expect(start("r1")).rejects.toMatchObject({
    code: "vendor_has_no_account",
  })
  expect(made).toEqual([])
})

it("is shown once where there is no key to keep it with", async () => {
  const vault = { has_key: false, seal: () => null, open: () => null }

  expect(await start("r1", { vault })).toBe(made[0])
  await expect(start("r1", { vault })).rejects.toMatchObject({
    code: "link_gone",
  })
  expect(made).toHaveLength(1)
  expect(await start("r2", { vault })).toBe(made[1])
})

it("is over when MassPay approves it, and what it says is known until then", async () => {
  await start("r1")
  const told = async (status: "Submitted" | "Declined" | "Approved") => {
    const started_at = new Date(Date.now() + 60_000)
    const wire = making({
      listKycSessions: () =>
        Promise.resolve([
          { provider: "veriff", session_id: "s1", started_at, status },
        ]),
    })
    await shop.passTime(6 * MINUTE_MS)
    await refreshPayees(shop.deps({ wire }))
    return (await payeeRowOf(shop, payee.id)).kyc_status
  }

  expect(await told("Submitted")).toBe("submitted")
  expect(await told("Declined")).toBe("declined")
  expect(await kycRowsOf(shop)).toMatchObject([{ state: "open" }])
  expect(await told("Approved")).toBe("approved")
  expect(await kycRowsOf(shop)).toMatchObject([
    { state: "cleared", clear_reason: "session_approved" },
  ])
})

it("that asks for papers again is a request without a link, told once", async () => {
  const started_at = new Date()
  const wire = making({
    listKycSessions: () =>
      Promise.resolve([
        {
          provider: "veriff",
          session_id: "s1",
          started_at,
          status: "Resubmission requested",
        },
      ]),
  })
  await start("r1")
  for (let n = 0; n < 3; n += 1) {
    await shop.passTime(30 * MINUTE_MS)
    await refreshPayees(shop.deps({ wire }))
  }

  // Her own session stands already, and says the same.
  expect(await kycRowsOf(shop)).toMatchObject([{ source: "vendor" }])
  expect(await payeeRowOf(shop, payee.id)).toMatchObject({
    kyc_status: "required",
    papers_wanted: false,
  })
})
