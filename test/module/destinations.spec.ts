import { setTimeout as sleep } from "node:timers/promises"
import { inspect } from "node:util"

import { DecisionRefusedError } from "../../src/domain/decisions"
import type { Db } from "../../src/modules/masspay/queries/db"
import { useDestinationAgain } from "../../src/modules/masspay/queries/destination-changes"
import {
  destinationOf,
  type DestinationRow,
  markGone,
  markIncomplete,
  markReturned,
} from "../../src/modules/masspay/queries/destinations"
import { unlinkPayee } from "../../src/modules/masspay/queries/payee-users"
import type { Wire } from "../../src/modules/masspay-gateway/types"
import { addRule, deleteRule, rulesOf } from "../../src/runners/autopayouts"
import { checkDestinations } from "../../src/runners/check-destinations"
import { offeredRoutes } from "../../src/runners/destination-routes"
import {
  attributeForm,
  chooseRoute,
  giveAttributes,
  previewRoute,
} from "../../src/runners/destinations"
import { dispatchPayouts } from "../../src/runners/dispatch"
import { aVault } from "../support/kyc"
import {
  aPayee,
  aPayout,
  openShop,
  type Payee,
  requests,
  type Shop,
} from "../support/payout-shop"

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop.close())

const DAY_MS = 86_400_000
const vault = aVault()
const deps = () => ({ ...shop.deps(), links: vault })

const IBAN = "DE89370400440532013000"
const OTHER_IBAN = "DE02120300000000202051"

let asked = 0
const acting = (change: object = {}) => {
  asked += 1
  return {
    actor: "user_1",
    chosen_by: "user_1",
    reason: "as the vendor wishes",
    request_id: `request-${asked}`,
    ...change,
  }
}
const payeeOf = ({ id, vendor_id, user_token }: Payee) => ({
  payee_id: id,
  vendor_id,
  user_token,
  country_code: "DE",
})

const WISH = {
  currency_code: "USD",
  country_code: "DE",
  destination_currency_code: "EUR",
}

async function germanRoutes(payee: Payee) {
  const { routes } = await offeredRoutes(deps(), {
    ...WISH,
    user_token: payee.user_token,
  })
  return routes
}

async function aBank(payee: Payee) {
  const routes = await germanRoutes(payee)
  const bank = routes.find((one) => one.delivery_type === "BANK_DEPOSIT")
  if (!bank) throw new Error("There is no bank")
  return bank
}

const US = {
  currency_code: "USD",
  country_code: "US",
  destination_currency_code: "USD",
}

/** The routes to the US, the bank first. */
async function americanRoutes(payee: Payee) {
  const { routes } = await offeredRoutes(deps(), {
    ...US,
    user_token: payee.user_token,
  })
  expect(routes.length).toBeGreaterThan(1)
  return routes.sort(
    (a, b) =>
      Number(b.delivery_type === "BANK_DEPOSIT") -
      Number(a.delivery_type === "BANK_DEPOSIT")
  )
}

async function choose(
  payee: Payee,
  wish: typeof WISH,
  route: Awaited<ReturnType<typeof germanRoutes>>[number]
): Promise<void> {
  await chooseRoute(deps(), {
    payee: payeeOf(payee),
    wish: { ...wish, destination_token: route.destination_token },
    shown: route,
    acting: acting(),
  })
}

/** Changes to a bank in the US. */
async function chooseAnother(payee: Payee): Promise<void> {
  const [bank] = await americanRoutes(payee)
  if (!bank) throw new Error("There is no bank")
  await choose(payee, US, bank)
}

/** Has chosen a bank, and gave nothing yet. */
async function aChoice(payee: Payee, change: object = {}) {
  const route = await aBank(payee)
  const chosen = await chooseRoute(deps(), {
    payee: payeeOf(payee),
    wish: { ...WISH, destination_token: route.destination_token },
    shown: route,
    acting: acting(change),
  })
  expect(chosen.effect).toMatch(/\.$/)
  return route
}

const inUse = async (payee: Payee): Promise<DestinationRow> => {
  const row = await destinationOf(shop.books.db, {
    payee_id: payee.id,
    currency_code: "usd",
  })
  if (!row) throw new Error("No destination is in use")
  return row
}

async function give(
  payee: Payee,
  iban: string,
  {
    label = null,
    ...change
  }: { label?: string | null; request_id?: string } = {}
) {
  const destination = await inUse(payee)
  const { fields } = await attributeForm(deps(), destination)
  const values = Object.fromEntries(
    fields
      .filter(({ is_required }) => is_required)
      .map(({ token }) => [token, iban])
  )
  return giveAttributes(deps(), {
    destination,
    values,
    label,
    acting: acting(change),
  })
}

async function aReadyDestination(payee: Payee): Promise<DestinationRow> {
  await aChoice(payee)
  expect(await give(payee, IBAN)).toMatchObject({ did: "stored" })
  return inUse(payee)
}

const refusalOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work
  } catch (error) {
    if (error instanceof DecisionRefusedError) return error.code
    throw error
  }
  throw new Error("It was not refused")
}

const events = async () => {
  const rows = await shop.books.db.rows<{ name: string }>(
    `select name from masspay_outbox_event where name like 'masspay.destination%'
      order by created_at, id`
  )
  return rows.map(({ name }) => name.replace("masspay.destination.", ""))
}

describe("choosing", () => {
  it("writes the route with what MassPay says of it, which lacks details", async () => {
    const payee = await aPayee(shop)
    const route = await aChoice(payee)

    expect(await inUse(payee)).toMatchObject({
      destination_token: route.destination_token,
      destination_currency_code: "EUR",
      country_code: "DEU",
      delivery_type: "BANK_DEPOSIT",
      fee: 90n,
      min_amount: 100n,
      max_amount: 1_000_000n,
      attr_set_token: null,
      status: "incomplete",
      status_reason: "attributes_missing",
      chosen_by: "user_1",
    })
    expect(await events()).toEqual(["changed"])
  })

  it("writes nothing on worse terms than were shown, nor in a currency that was not", async () => {
    const payee = await aPayee(shop)
    const shown = await aBank(payee)
    const wish = { ...WISH, destination_token: shown.destination_token }
    const choosing = (change: object) =>
      chooseRoute(deps(), {
        payee: payeeOf(payee),
        wish,
        shown: { ...shown, ...change },
        acting: acting(),
      })

    expect(await refusalOf(choosing({ fee: 89n }))).toBe("terms_changed")
    expect(await refusalOf(choosing({ fee: null }))).toBe("terms_changed")
    expect(await refusalOf(choosing({ exchange_rate: "99" }))).toBe(
      "terms_changed"
    )
    expect(
      await refusalOf(choosing({ destination_currency_code: "USD" }))
    ).toBe("terms_changed")
    shop.sandbox.control.changePayer(shown.destination_token, { fee: "2.00" })
    expect(await refusalOf(choosing({}))).toBe("terms_changed")

    const rows = await shop.books.db.rows(`select id from masspay_destination`)
    expect(rows).toEqual([])
  })

  it("shows the terms first, and writes nothing then", async () => {
    const payee = await aPayee(shop)
    const { destination_token } = await aBank(payee)
    expect(
      await previewRoute(deps(), {
        payee: payeeOf(payee),
        wish: { ...WISH, destination_token },
      })
    ).toMatchObject({ destination_currency_code: "EUR", fee: 90n })
    expect(
      await shop.books.db.rows(`select id from masspay_destination`)
    ).toEqual([])
  })

  it("refuses a route that MassPay does not have, or not in that currency", async () => {
    const payee = await aPayee(shop)
    const route = await aBank(payee)
    const choose = (wish: object) =>
      refusalOf(
        chooseRoute(deps(), {
          payee: payeeOf(payee),
          wish: {
            ...WISH,
            destination_token: route.destination_token,
            ...wish,
          },
          shown: route,
          acting: acting(),
        })
      )
    expect(await choose({ destination_token: "dest_none" })).toBe(
      "route_not_offered"
    )
    expect(await choose({ destination_currency_code: "JPY" })).toBe(
      "route_not_offered"
    )
  })

  it("happens once for each request id, also twice at once, and asks MassPay nothing the second time", async () => {
    const payee = await aPayee(shop)
    const request_id = "once"
    await Promise.all([
      aChoice(payee, { request_id }),
      aChoice(payee, { request_id }),
    ])
    const rows = await shop.books.db.rows(`select id from masspay_destination`)
    expect(rows).toHaveLength(1)
    const route = await aBank(payee)
    const before = requests(shop).length
    await chooseRoute(deps(), {
      payee: payeeOf(payee),
      wish: { ...WISH, destination_token: route.destination_token },
      shown: route,
      acting: acting({ request_id }),
    })
    expect(requests(shop)).toHaveLength(before)
  })

  it("leaves one in use for each currency, whoever chooses at once", async () => {
    const payee = await aPayee(shop)
    const routes = await americanRoutes(payee)
    await Promise.all(routes.map((route) => choose(payee, US, route)))
    const rows = await shop.books.db.rows<{ open: boolean }>(
      `select replaced_at is null as open from masspay_destination`
    )
    expect(rows).toHaveLength(routes.length)
    expect(rows.filter(({ open }) => open)).toHaveLength(1)
  })

  it("of another payee's user is not hers after another linking", async () => {
    const payee = await aPayee(shop)
    await aReadyDestination(payee)
    await unlinkPayee(shop.books.db, {
      payee_id: payee.id,
      vendor_id: payee.vendor_id,
      actor: "user_1",
      reason: "she has another user",
    })
    await shop.books.db.rows(
      `update masspay_payee set user_token = 'usr_another', status = 'active'
        where id = ?`,
      [payee.id]
    )
    expect(
      await destinationOf(shop.books.db, {
        payee_id: payee.id,
        currency_code: "USD",
      })
    ).toBeNull()
  })
})

describe("details", () => {
  it("make it ready, under the token of MassPay's set, with a masked end", async () => {
    const payee = await aPayee(shop)
    await aChoice(payee)
    const before = await inUse(payee)

    await give(payee, IBAN, { label: "Business account" })

    const after = await inUse(payee)
    expect(after).toMatchObject({
      status: "ready",
      status_reason: null,
      label: "Business account",
      masked_tail: "…3000",
      destination_token: before.destination_token,
    })
    expect(after.id).not.toBe(before.id)
    expect(after.attr_set_token).toMatch(/^attr_set_/)
  })

  it("that are others are another destination, and the same are the same", async () => {
    const payee = await aPayee(shop)
    const first = await aReadyDestination(payee)
    await give(payee, IBAN)
    expect((await inUse(payee)).id).toBe(first.id)

    await give(payee, OTHER_IBAN)

    const second = await inUse(payee)
    expect(second.id).not.toBe(first.id)
    expect(second.attr_set_token).not.toBe(first.attr_set_token)
    expect(second.masked_tail).toBe("…2051")
  })

  it("stay for the very same route when she comes back to it", async () => {
    const payee = await aPayee(shop)
    const first = await aReadyDestination(payee)
    await chooseAnother(payee)
    expect(await inUse(payee)).toMatchObject({
      status: "incomplete",
      attr_set_token: null,
      masked_tail: null,
    })

    await aChoice(payee)

    expect(await inUse(payee)).toMatchObject({
      status: "ready",
      attr_set_token: first.attr_set_token,
      masked_tail: "…3000",
    })
  })

  it("are in no table, log, error or answer, however it goes", async () => {
    const payee = await aPayee(shop)
    await aChoice(payee)
    const seen: unknown[] = []
    const note = async (work: Promise<unknown>) => {
      try {
        seen.push(await work)
      } catch (error) {
        seen.push(error, (error as Error).stack)
      }
    }
    await note(give(payee, "DE89"))
    await note(give(payee, IBAN, { label: IBAN }))
    for (const fault of ["502_html", "execute_then_drop", "401"] as const) {
      shop.sandbox.control.armFault({
        fault,
        method: "POST",
        path: "/attribute",
      })
      await note(give(payee, IBAN))
    }
    await note(give(payee, IBAN, { label: "Mine" }))
    await note(give(payee, OTHER_IBAN))

    const tables = await shop.books.db.rows<{ name: string }>(
      `select table_name as name from information_schema.tables
        where table_name like 'masspay%'`
    )
    const dumps = await Promise.all(
      tables.map(({ name }) => shop.books.db.rows(`select * from "${name}"`))
    )
    const text = inspect([dumps, shop.logs, seen], {
      depth: null,
      maxArrayLength: null,
      maxStringLength: null,
      showHidden: true,
    })
    expect(text).toContain("…2051")
    expect(text).not.toMatch(/DE89|DE02|370400|120300/)
  })

  it("that MassPay does not answer for leave everything as it was", async () => {
    const payee = await aPayee(shop)
    await aChoice(payee)
    const before = await inUse(payee)
    shop.sandbox.control.armFault({
      fault: "502_html",
      method: "POST",
      path: "/attribute",
    })
    expect(await refusalOf(give(payee, IBAN))).toBe("masspay_did_not_answer")
    expect(await inUse(payee)).toEqual(before)
    await give(payee, IBAN)
    expect(await inUse(payee)).toMatchObject({ status: "ready" })
  })

  it("of one that was replaced are not given to the new one", async () => {
    const payee = await aPayee(shop)
    await aChoice(payee)
    const old = await inUse(payee)
    await give(payee, IBAN)
    expect(
      await refusalOf(
        giveAttributes(deps(), {
          destination: { ...old, replaced_at: new Date() },
          values: {},
          label: null,
          acting: acting(),
        })
      )
    ).toBe("destination_replaced")
  })

  it("that a link collects become a request for papers, whose link is sealed", async () => {
    const payee = await aPayee(shop)
    const route = await aChoice(payee)
    shop.sandbox.control.requireAttribute(route.destination_token, {
      type: "IDSelfieCollection",
      label: "Government issued ID",
    })
    const form = await attributeForm(deps(), await inUse(payee))
    expect(form.by_link).toEqual([
      { label: "Government issued ID", has_value: false },
    ])
    expect(form.fields.map(({ label }) => label)).not.toContain(
      "Government issued ID"
    )

    await give(payee, IBAN)
    await give(payee, OTHER_IBAN)

    const rows = await shop.books.db.rows<{ link_sealed: string }>(
      `select kind, source, refusal, state, link_sealed from masspay_kyc_request`
    )
    expect(rows).toMatchObject([
      { kind: "identity", source: "operator", refusal: "none", state: "open" },
    ])
    const link = vault.open(rows[0]?.link_sealed ?? "", payee.vendor_id)
    expect(link).toMatch(/^http/)
    const [row] = await shop.books.db.rows<{ papers_wanted: boolean }>(
      `select papers_wanted from masspay_payee`
    )
    // Nothing was refused for it yet.
    expect(row?.papers_wanted).toBe(false)
  })
})

describe("money that came back", () => {
  const returned = (destination_id: string, payout_id = "mspyo_1") =>
    markReturned(shop.books.db, { destination_id, payout_id })

  it("stops a destination until its details are others", async () => {
    const payee = await aPayee(shop)
    const { id } = await aReadyDestination(payee)
    await returned(id)
    await returned(id)
    expect(await inUse(payee)).toMatchObject({
      status: "returned",
      status_reason: "returned",
      returned_payout_id: "mspyo_1",
    })
    expect(await events()).toEqual(["changed", "changed", "flagged"])

    expect(await refusalOf(give(payee, IBAN))).toBe("destination_unchanged")
    expect(await refusalOf(aChoice(payee))).toBe("destination_unchanged")
    expect(await inUse(payee)).toMatchObject({ status: "returned" })

    await give(payee, OTHER_IBAN)
    expect(await inUse(payee)).toMatchObject({ status: "ready" })
    expect(await refusalOf(give(payee, IBAN))).toBe("destination_unchanged")
  })

  it("is not forgotten by choosing another route in between", async () => {
    const payee = await aPayee(shop)
    const first = await aReadyDestination(payee)
    await returned(first.id)
    await chooseAnother(payee)
    await aChoice(payee)
    expect(await inUse(payee)).toMatchObject({
      status: "incomplete",
      attr_set_token: null,
    })
    expect(await refusalOf(give(payee, IBAN))).toBe("destination_unchanged")
    expect(await inUse(payee)).toMatchObject({ status: "incomplete" })
  })

  it("is put right by an operator, once, and only for the destination in use", async () => {
    const payee = await aPayee(shop)
    const { id } = await aReadyDestination(payee)
    const again = (change: object = {}) =>
      useDestinationAgain(shop.books.db, {
        payee_id: payee.id,
        destination_id: id,
        actor: "user_1",
        reason: "the bank was closed for a day",
        request_id: `again-${(asked += 1)}`,
        ...change,
      })
    expect(await refusalOf(again())).toBe("destination_not_returned")
    await returned(id)
    expect(await refusalOf(again({ payee_id: "mspye_other" }))).toBe(
      "destination_not_found"
    )
    await again({ request_id: "put-right" })
    await again({ request_id: "put-right" })
    expect(await inUse(payee)).toMatchObject({ id, status: "ready" })
    // Hearing of the same return again does not stop it again.
    await returned(id)
    expect(await inUse(payee)).toMatchObject({ status: "ready" })
    await returned(id, "mspyo_2")
    expect(await inUse(payee)).toMatchObject({ status: "returned" })
  })

  it("counts for more than missing details or a route that is gone", async () => {
    const payee = await aPayee(shop)
    const { id: destination_id } = await aReadyDestination(payee)
    await returned(destination_id)
    const { db } = shop.books
    await markIncomplete(db, { destination_id, reason: "attributes_required" })
    await markGone(db, { destination_id, reason: "route_gone" })
    expect(await inUse(payee)).toMatchObject({ status: "returned" })
  })
})

describe("the daily look", () => {
  const look = (default_method: "wallet" | "direct" = "direct") =>
    checkDestinations(deps(), { default_method })

  it("finds a route that is gone, says so once, and finds it again", async () => {
    const payee = await aPayee(shop)
    const { destination_token } = await aReadyDestination(payee)
    const { control } = shop.sandbox
    expect(await look()).toMatchObject({ found: 0, gone: 0 })
    control.changePayer(destination_token, { is_gone: true })
    await shop.passTime(DAY_MS)
    expect(await look()).toMatchObject({ gone: 1 })
    await shop.passTime(DAY_MS)
    expect(await look()).toMatchObject({ gone: 1 })
    expect(await inUse(payee)).toMatchObject({
      status: "gone",
      status_reason: "route_gone",
    })
    expect(await events()).toEqual(["changed", "changed", "flagged"])

    control.changePayer(destination_token, { is_gone: false })
    await shop.passTime(DAY_MS)
    expect(await look()).toMatchObject({ changed: 1 })
    expect(await inUse(payee)).toMatchObject({
      status: "ready",
      status_reason: null,
    })
  })

  it("takes over other limits, so that nothing is sent below a new minimum", async () => {
    const payee = await aPayee(shop)
    const { destination_token } = await aReadyDestination(payee)
    shop.sandbox.control.changePayer(destination_token, { min_limit: "50.00" })
    await shop.passTime(DAY_MS)
    expect(await look()).toMatchObject({ changed: 1 })
    expect(await inUse(payee)).toMatchObject({
      status: "ready",
      min_amount: 5_000n,
    })
    expect(await look()).toMatchObject({ found: 0, changed: 0 })
  })

  it("concludes nothing from no answer, and comes back", async () => {
    const payee = await aPayee(shop)
    await aReadyDestination(payee)
    await shop.passTime(DAY_MS)
    shop.sandbox.control.armFault({
      fault: "502_html",
      method: "GET",
      path: "/country",
    })
    expect(await look()).toMatchObject({ unread: 1 })
    expect(await inUse(payee)).toMatchObject({ status: "ready" })
    expect(await look()).toMatchObject({ unread: 0, found: 0 })
    await shop.passTime(20 * 60_000)
    expect(await look()).toMatchObject({ found: 1 })
  })

  it("is for those who are paid directly", async () => {
    const payee = await aPayee(shop)
    await aReadyDestination(payee)
    await shop.passTime(DAY_MS)
    expect(await look("wallet")).toMatchObject({ found: 0 })
    await shop.books.db.rows(`update masspay_payee set method = 'direct'`)
    expect(await look("wallet")).toMatchObject({ found: 1 })
  })
})

describe("autopayout rules", () => {
  const deciding = () => {
    const { actor, reason, request_id } = acting()
    return { actor, reason, request_id }
  }

  /** Has a wallet in USD, and a bank in the US. */
  async function aPayeeWithBank(): Promise<Payee> {
    const payee = await aPayee(shop)
    await aPayout(shop, { payee })
    await dispatchPayouts(shop.deps())
    await chooseAnother(payee)
    return payee
  }

  async function withDetails(payee: Payee): Promise<void> {
    const destination = await inUse(payee)
    const { fields } = await attributeForm(deps(), destination)
    const given: Record<string, string> = {
      "Routing number": "021000021",
      "Account number": "123456789012",
      "Account type": "Checking",
    }
    const stored = await giveAttributes(deps(), {
      destination,
      values: Object.fromEntries(
        fields.map(({ token, label }) => [token, given[label] ?? ""])
      ),
      label: "Checking",
      acting: acting(),
    })
    expect(stored).toEqual({
      did: "stored",
      changed: expect.anything() as unknown,
    })
  }

  it("lead to her own destination, are made once, and end", async () => {
    const payee = await aPayeeWithBank()
    const rule = { payee: payeeOf(payee), currency_code: "USD" }
    const add = (percentage: number) =>
      addRule(deps(), { ...rule, percentage, deciding: deciding() })
    expect(await refusalOf(add(40))).toBe("destination_not_ready")
    await withDetails(payee)

    await add(40)
    await add(40)
    const rules = await rulesOf(deps(), payeeOf(payee))
    expect(rules).toMatchObject([
      { currency_code: "USD", percentage: 40, label: "Checking" },
    ])
    expect(await refusalOf(add(60.01))).toBe("autopayout_over_whole")

    const rule_id = rules[0]?.id ?? ""
    const other = await aPayee(shop)
    const end = (whose: Payee) =>
      deleteRule(deps(), {
        payee: payeeOf(whose),
        rule_id,
        deciding: deciding(),
      })
    expect(await refusalOf(end(other))).toBe("autopayout_not_found")
    await end(payee)
    expect(await rulesOf(deps(), payeeOf(payee))).toEqual([])
    expect(await refusalOf(end(payee))).toBe("autopayout_not_found")
  })

  it("are made once when two people ask at once, and never beyond the whole", async () => {
    const payee = await aPayeeWithBank()
    await withDetails(payee)
    const rule = { payee: payeeOf(payee), currency_code: "USD" }
    // The second waits for the first, however slow that is.
    const patient = deps()
    patient.limits = { ...patient.limits, deadline_ms: 15_000 }
    const add = (percentage: number) =>
      addRule(patient, { ...rule, percentage, deciding: deciding() })
    const percentages = async () =>
      (await rulesOf(deps(), payeeOf(payee))).map((one) => one.percentage)

    const both = await Promise.all([add(40), add(40)])
    expect(both[0].effect).toBe(both[1].effect)
    expect(await percentages()).toEqual([40])

    const ends = await Promise.allSettled([add(35), add(30)])
    expect(ends.map(({ status }) => status).sort()).toEqual([
      "fulfilled",
      "rejected",
    ])
    expect(await percentages()).toHaveLength(2)
    expect(
      ends.flatMap((end) =>
        end.status === "rejected" ? [(end.reason as { code: string }).code] : []
      )
    ).toEqual(["autopayout_over_whole"])
    expect(
      requests(shop).filter(
        ({ method, path }) => method === "POST" && path.includes("/autopayout")
      )
    ).toHaveLength(2)
  })

  it("are not added by somebody whose turn ended in the middle of it, though the database did not say so", async () => {
    const payee = await aPayeeWithBank()
    await withDetails(payee)
    const limits = { ...deps().limits, deadline_ms: 300 }
    const { db } = shop.books
    // Renewing gets no answer for long.
    const books: Db = {
      tx: (work) => db.tx(work),
      rows: async (text, params) => {
        if (!/set lease_until/.test(text)) return db.rows(text, params)
        await sleep(3_000)
        throw new Error("The database did not answer")
      },
    }
    const wire: Wire = {
      ...shop.wire,
      listAutopayouts: async (of) => {
        const rules = await shop.wire.listAutopayouts(of)
        await sleep(1_000)
        return rules
      },
    }
    const added = addRule(
      { ...deps(), limits, books, wire },
      {
        payee: payeeOf(payee),
        currency_code: "USD",
        percentage: 40,
        deciding: deciding(),
      }
    )
    expect(await refusalOf(added)).toBe("autopayouts_busy")
    expect(await rulesOf(deps(), payeeOf(payee))).toEqual([])
  })

  it("are not changed while somebody who does not answer changes them, and nobody waits for ever", async () => {
    const payee = await aPayeeWithBank()
    await withDetails(payee)
    const rule = { payee: payeeOf(payee), currency_code: "USD", percentage: 40 }
    await shop.books.db.rows(
      `insert into masspay_control (key, lease_owner, lease_until)
       values (?, 'gone', masspay_now() + interval '1 hour')`,
      [`lease:autopayouts:${payee.id}`]
    )
    const limits = { ...deps().limits, deadline_ms: 100 }
    const refused = addRule(
      { ...deps(), limits },
      { ...rule, deciding: deciding() }
    )
    expect(await refusalOf(refused)).toBe("autopayouts_busy")
    expect(await rulesOf(deps(), payeeOf(payee))).toEqual([])

    await shop.passTime(2 * 60 * 60_000)
    await addRule(deps(), { ...rule, deciding: deciding() })
    expect(await rulesOf(deps(), payeeOf(payee))).toHaveLength(1)
  })

  it("change no money into another currency", async () => {
    const payee = await aPayee(shop)
    await aReadyDestination(payee)
    expect(
      await refusalOf(
        addRule(deps(), {
          payee: payeeOf(payee),
          currency_code: "USD",
          percentage: 10,
          deciding: deciding(),
        })
      )
    ).toBe("autopayout_needs_same_currency")
  })
})
