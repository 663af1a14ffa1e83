import { vendorKycRequests } from "../../src/modules/masspay/queries/kyc-reads"
import { dispatchPayouts } from "../../src/runners/dispatch"
import { resolvePayouts } from "../../src/runners/resolve"
import { startKycSession } from "../../src/runners/start-kyc-session"
import { aVault, dumpOf, kycRowsOf, payeeRowOf } from "../support/kyc"
import {
  aPayout,
  expectBooksToAgree,
  MINUTE_MS,
  openShop,
  readPayout,
  requests,
  type Shop,
} from "../support/payout-shop"

let shop: Shop
const links = aVault()

beforeEach(async () => {
  shop = await openShop()
  shop.sandbox.control.changeSettings({ upload_links: "sandbox" })
})
afterEach(async () => {
  await shop.close()
})

const deps = () => ({ ...shop.deps(), links })
const run = async () => {
  await dispatchPayouts(deps())
  await resolvePayouts(deps())
  await dispatchPayouts(deps())
}

/** As the vendor's browser would, with any picture. */
async function upload(link: string): Promise<void> {
  const answer = await fetch(link, {
    method: "POST",
    headers: { "content-type": "image/png" },
    body: Buffer.from("89504e470d0a1a0a", "hex"),
  })
  expect(answer.ok).toBe(true)
}

async function linkFor(vendor_id: string): Promise<string> {
  const [request] = await vendorKycRequests(shop.books.db, { vendor_id, links })
  if (!request?.link) throw new Error("She has no link")
  return request.link
}

it.each(["identity", "bank_document", "missing_id"] as const)(
  "a vendor refused for %s follows her link, brings her papers, and is paid without a command",
  async (kind) => {
    const payout = await aPayout(shop)
    const { vendor_id } = payout.payee
    shop.sandbox.control.lockUser(payout.payee.user_token, kind)
    await run()
    const link = await linkFor(vendor_id)
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/upload\/\w{20,}$/)

    await upload(link)
    for (let n = 0; n < 6; n += 1) {
      await shop.passTime(15 * MINUTE_MS)
      await run()
    }

    expect((await readPayout(shop, payout.id)).status).toBe("completed")
    expect(await kycRowsOf(shop)).toMatchObject([{ state: "cleared" }])
    expect(await payeeRowOf(shop, payout.payee.id)).toMatchObject({
      status: "active",
      papers_wanted: false,
    })
    const everything = `${await dumpOf(shop)}\n${shop.logs.join("\n")}`
    expect(everything).not.toContain(new URL(link).pathname.slice(8))
    await expectBooksToAgree(shop)
  }
)

it("a session that she begins is one session at MassPay, and its approval is known", async () => {
  const { payee } = await aPayout(shop)
  await run()
  const wish = {
    who: { vendor_id: payee.vendor_id },
    provider: "au10tix",
    source: "vendor",
    actor: "vendor:1",
    request_id: "r1",
  } as const

  const link = await startKycSession(deps(), wish)
  expect(await startKycSession(deps(), wish)).toBe(link)

  expect(shop.sandbox.control.kycSessions(payee.user_token)).toHaveLength(1)
  expect(
    requests(shop).filter(({ path }) => path.endsWith("/kyc/au10tix"))
  ).toHaveLength(1)
  await upload(link)
  for (let n = 0; n < 3; n += 1) {
    await shop.passTime(15 * MINUTE_MS)
    await run()
  }
  expect(await payeeRowOf(shop, payee.id)).toMatchObject({
    kyc_status: "approved",
  })
  expect(await kycRowsOf(shop)).toMatchObject([
    { clear_reason: "session_approved" },
  ])
})

it("papers that are declined are known as declined, and nothing is sent", async () => {
  shop.sandbox.control.changeSettings({ kyc_review: "decline" })
  const payout = await aPayout(shop)
  shop.sandbox.control.lockUser(payout.payee.user_token, "identity")
  await run()

  await upload(await linkFor(payout.payee.vendor_id))
  for (let n = 0; n < 3; n += 1) {
    await shop.passTime(15 * MINUTE_MS)
    await run()
  }

  expect(await payeeRowOf(shop, payout.payee.id)).toMatchObject({
    status: "locked",
    kyc_status: "declined",
    papers_wanted: true,
  })
  expect((await readPayout(shop, payout.id)).status).toBe("blocked")
  expect(await kycRowsOf(shop)).toMatchObject([{ state: "open" }])
})

it("MassPay's other links are read with each call", async () => {
  const { payee } = await aPayout(shop)

  const interview = await shop.wire.getTaxInterviewLink({
    user_token: payee.user_token,
    return_url: "https://shop.example/back",
  })
  expect(interview).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/tax\//)
  expect(await shop.wire.getActivationLink(payee.user_token)).toBeNull()
})
