import { vendorMe } from "../../src/modules/masspay/queries/vendor-reads"
import { changeProfile } from "../../src/runners/change-profile"
import { dispatchPayouts } from "../../src/runners/dispatch"
import { refreshPayees } from "../../src/runners/refresh-payees"
import { resolvePayouts } from "../../src/runners/resolve"
import {
  aDirectPayee,
  aDirectPayout,
  committed,
  sentQuotes,
} from "../support/direct"
import {
  expectBooksToAgree,
  MINUTE_MS,
  openShop,
  type Payee,
  readPayout,
  type Shop,
} from "../support/payout-shop"

const PROFILE = {
  ...{ address1: "1 Market Street", city: "San Francisco" },
  ...{ state_province: "CA", postal_code: "94103" },
  date_of_birth: "1990-05-17",
}

let shop: Shop
let payee: Payee
beforeEach(async () => {
  shop = await openShop()
  payee = await aDirectPayee(shop)
  shop.sandbox.control.changeSettings({ payout_profile: "complete" })
})
afterEach(() => shop.close())

/** Some two days, with everything that runs by itself. */
async function twoDays(): Promise<void> {
  for (let step = 0; step < 12; step += 1) {
    await shop.passTime(4 * 60 * MINUTE_MS)
    await refreshPayees(shop.deps())
    await resolvePayouts(shop.deps())
    await dispatchPayouts(shop.deps())
  }
}
const whatIsMissing = async () =>
  (await vendorMe(shop.books.db, payee.vendor_id)).missing

describe("a direct payout to a vendor of whom MassPay lacks facts", () => {
  it("waits for her, is not asked about meanwhile, and goes on once they are there", async () => {
    const { id } = await aDirectPayout(shop, { payee })
    await dispatchPayouts(shop.deps())
    const [refused] = await shop.books.db.rows(
      `select status, block_reason, block_detail from masspay_payout where id = ?`,
      [id]
    )
    expect(refused).toEqual({
      status: "blocked",
      block_reason: "vendor",
      block_detail:
        "MassPay lacks facts about her: address1, city, date_of_birth",
    })

    await twoDays()
    expect(await readPayout(shop, id)).toMatchObject({
      status: "blocked",
      block_reason: "vendor",
    })
    expect(sentQuotes(shop)).toHaveLength(1)
    expect(await whatIsMissing()).toEqual([
      {
        code: "profile",
        text: "MassPay needs your address and date of birth before it pays you.",
      },
    ])

    const { did } = await changeProfile(shop.deps(), {
      who: { vendor_id: payee.vendor_id },
      profile: PROFILE,
    })
    expect(did).toBe("changed")
    await twoDays()
    expect(await readPayout(shop, id)).toMatchObject({ status: "completed" })
    expect(sentQuotes(shop)).toHaveLength(2)
    expect(committed(shop)).toHaveLength(1)
    expect(await whatIsMissing()).toEqual([])
    await expectBooksToAgree(shop)
  })

  it("is quoted again when what MassPay named is there, whatever else we would ask for", async () => {
    const { id } = await aDirectPayout(shop, { payee })
    await dispatchPayouts(shop.deps())
    await twoDays()
    expect(sentQuotes(shop)).toHaveLength(1)
    // MassPay has what it named; that we would want more is no reason to wait.
    shop.sandbox.control.changeSettings({ payout_profile: "any" })
    await shop.books.db.rows(
      `update masspay_payee set profile_missing = '["state_province"]',
              profile_as_of = masspay_now() + interval '10 days' where id = ?`,
      [payee.id]
    )
    await twoDays()
    expect(await readPayout(shop, id)).toMatchObject({ status: "completed" })
    expect(committed(shop)).toHaveLength(1)
  })

  it("is asked for where MassPay does not say that it lacks them", async () => {
    const { id } = await aDirectPayout(shop, { payee })
    shop.sandbox.control.changeSettings({ payout_profile: "any" })
    await shop.books.db.rows(
      `update masspay_payee set profile_missing = '["address1"]' where id = ?`,
      [payee.id]
    )
    await dispatchPayouts(shop.deps())
    expect(await readPayout(shop, id)).toMatchObject({ status: "accepted" })
    expect(await whatIsMissing()).toEqual([])
  })
})
