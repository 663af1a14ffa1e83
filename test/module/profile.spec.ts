import { inspect } from "node:util"

import { changeProfile } from "../../src/runners/change-profile"
import { linkPayees } from "../../src/runners/link-payees"
import { aPayee, openShop, requests, type Shop } from "../support/payout-shop"

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop.close())

const ADDRESS = {
  address1: "1 Canary Street",
  city: "Canaryville",
  state_province: "CA",
  postal_code: "73301",
}
const BIRTH = { date_of_birth: "1987-03-09" }

/** As MassPay has it: the sandbox's own answer. */
async function profileAtMasspay(
  user_token: string
): Promise<Record<string, unknown>> {
  const response = await fetch(
    `${shop.sandbox.url}/v1.0.0/payout/user/${user_token}`,
    { headers: { authorization: `Bearer ${shop.sandbox.apiKey}` } }
  )
  return (await response.json()) as Record<string, unknown>
}

const missingOf = async (id: string) => {
  const [row] = await shop.books.db.rows<{ profile_missing: string[] | null }>(
    `select profile_missing from masspay_payee where id = ?`,
    [id]
  )
  return row?.profile_missing
}
const puts = () => requests(shop).filter(({ method }) => method === "PUT")

async function aUnitedStatesPayee() {
  const payee = await aPayee(shop)
  await shop.books.db.rows(
    `update masspay_payee set country_code = 'US' where id = ?`,
    [payee.id]
  )
  return payee
}

it("passes on what is given, keeps what is there, and says what MassPay has by now", async () => {
  const payee = await aUnitedStatesPayee()
  const who = { payee_id: payee.id }

  expect(
    await changeProfile(shop.deps(), { who, profile: ADDRESS })
  ).toMatchObject({
    did: "changed",
    facts: {
      has_address: true,
      has_date_of_birth: false,
      missing: ["date_of_birth"],
    },
  })
  expect(await missingOf(payee.id)).toEqual(["date_of_birth"])
  expect(
    await changeProfile(shop.deps(), {
      who,
      profile: { ...BIRTH, mobile_number: "16502000226" },
    })
  ).toMatchObject({ did: "changed", facts: { missing: [] } })

  expect(await profileAtMasspay(payee.user_token)).toMatchObject({
    ...ADDRESS,
    ...BIRTH,
    mobile_number: "16502000226",
    email: `${payee.vendor_id}@example.com`,
    internal_user_id: payee.internal_user_id,
    country: "USA",
    status: "ACTIVE",
  })
})

it("keeps nothing but names: no value in the books, a log or an answer", async () => {
  const payee = await aUnitedStatesPayee()
  const answers: unknown[] = []
  const give = async (profile: object) =>
    answers.push(
      await changeProfile(shop.deps(), { who: { payee_id: payee.id }, profile })
    )
  await give({ ...ADDRESS, ...BIRTH })
  await give({ postal_code: "not a Canary ZIP" })
  await give({ date_of_birth: "2020-03-09" })
  shop.sandbox.control.armFault({
    fault: "502_html",
    method: "PUT",
    path: "/user",
  })
  await give(ADDRESS)

  const tables = await shop.books.db.rows<{ name: string }>(
    `select table_name as name from information_schema.tables
      where table_name like 'masspay%'`
  )
  const dumps = await Promise.all(
    tables.map(({ name }) => shop.books.db.rows(`select * from "${name}"`))
  )
  const seen = inspect([dumps, shop.logs, answers], {
    depth: null,
    maxArrayLength: null,
  })
  expect(seen).not.toMatch(/canary|73301|1987-03-09|2020-03-09/i)
})

it("refuses a part of an address, and says what else MassPay wants", async () => {
  const payee = await aUnitedStatesPayee()

  const answer = await changeProfile(shop.deps(), {
    who: { payee_id: payee.id },
    profile: BIRTH,
  })

  expect(answer).toMatchObject({ did: "refused", code: "incomplete" })
  expect(answer).toMatchObject({
    message: expect.stringContaining(
      "address1, city, state_province, postal_code"
    ) as string,
  })
  expect(puts()).toEqual([])
})

it("never opens a closed account again, and leaves a locked one alone", async () => {
  const [closed, locked] = [
    await aUnitedStatesPayee(),
    await aUnitedStatesPayee(),
  ]
  shop.sandbox.control.deactivateUser(closed.user_token)
  shop.sandbox.control.lockUser(locked.user_token, "identity")

  for (const [{ id }, code] of [
    [closed, "deactivated"],
    [locked, "locked"],
  ] as const) {
    expect(
      await changeProfile(shop.deps(), {
        who: { payee_id: id },
        profile: ADDRESS,
      })
    ).toMatchObject({ did: "refused", code })
  }
  expect(puts()).toEqual([])
  expect((await profileAtMasspay(closed.user_token)).status).toBe("DEACTIVE")
})

it("two changes at once lose nothing", async () => {
  const payee = await aUnitedStatesPayee()
  const who = { payee_id: payee.id }
  await changeProfile(shop.deps(), { who, profile: ADDRESS })

  const answers = await Promise.all([
    changeProfile(shop.deps(), { who, profile: BIRTH }),
    changeProfile(shop.deps({ worker: "other" }), {
      who,
      profile: { mobile_number: "16502000226" },
    }),
  ])

  const profile = await profileAtMasspay(payee.user_token)
  const done = answers.filter(({ did }) => did === "changed")
  expect(done.length).toBeGreaterThan(0)
  const kept = [profile.date_of_birth, profile.mobile_number].filter(Boolean)
  expect(kept).toHaveLength(done.length)
})

it("links her first, and is refused where that does not succeed or an operator unlinked her", async () => {
  const payee = await aUnitedStatesPayee()
  const insert = (name: string, email: string | null, isHeld: boolean) =>
    shop.books.db.rows(
      `insert into masspay_payee
         (id, vendor_id, internal_user_id, email, first_name, last_name, country_code, is_link_held)
       values (?, ?, ?, ?, 'Ada', 'Vendor', 'US', ?)`,
      [`mspye_${name}`, name, `mpu${shop.tag}.${name}`, email, isHeld]
    )
  await insert("fresh", "fresh@example.com", false)
  await insert("nobody", null, false)
  await insert("held", "held@example.com", true)
  const give = (vendor_id: string) =>
    changeProfile(shop.deps(), { who: { vendor_id }, profile: ADDRESS })

  expect(await give("fresh")).toMatchObject({ did: "changed" })
  for (const name of ["nobody", "held"]) {
    expect(await give(name)).toMatchObject({
      did: "refused",
      code: "not_linked",
    })
  }
  expect(await give("unknown")).toMatchObject({ code: "payee_not_found" })
  expect(payee.id).toBeTruthy()
})

it("knows from the link on what is missing", async () => {
  await shop.books.db.rows(
    `insert into masspay_payee
       (id, vendor_id, internal_user_id, email, first_name, last_name, country_code, link_wanted_at)
     values ('mspye_new', 'new', ?, 'new@example.com', 'Ada', 'Vendor', 'US', masspay_now())`,
    [`mpu${shop.tag}.new`]
  )

  await linkPayees(shop.deps(), { of: "wanted" })

  expect(await missingOf("mspye_new")).toEqual([
    "address1",
    "city",
    "state_province",
    "postal_code",
    "date_of_birth",
  ])
})

it("the books take nothing but names of fields", async () => {
  const payee = await aUnitedStatesPayee()
  await expect(
    shop.books.db.rows(
      `update masspay_payee set profile_missing = '["1 Canary Street"]' where id = ?`,
      [payee.id]
    )
  ).rejects.toThrow("profile_missing")
})
