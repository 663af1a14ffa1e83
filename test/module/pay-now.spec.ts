import type { ApprovalPolicy } from "../../src/domain/collect"
import type { DecisionRefusedError } from "../../src/domain/decisions"
import { actOnPayout } from "../../src/modules/masspay/queries/actions"
import type { CollectPolicy } from "../../src/modules/masspay/queries/collect"
import { placeHold } from "../../src/modules/masspay/queries/holds"
import {
  payNow,
  previewPayNow,
} from "../../src/modules/masspay/queries/pay-now"
import {
  pausePayee,
  resumePayee,
  setPayeeTerms,
} from "../../src/modules/masspay/queries/payee-decisions"
import { retrievePayee } from "../../src/modules/masspay/queries/payee-detail"
import { type Books, openBooks } from "../support/books"
import { aLinkedPayee, anOpenEntry, deciding } from "../support/open-money"
import { COLLECT, countOf, TAG } from "./builders"

const POLICY: CollectPolicy = {
  ...COLLECT,
  minimum: { USD: 2_500n },
  schedule: { monthly: 28 },
  source_tokens: { USD: "wallet-usd", EUR: "wallet-eur" },
}

let books: Books
let ada: string
beforeEach(async () => {
  books = await openBooks()
  ada = await aLinkedPayee(books.db, "ven_ada")
})
afterEach(() => books.close())

const asked = (
  overrides: Partial<Parameters<typeof previewPayNow>[1]> = {}
) => ({
  vendor_id: "ven_ada",
  currency_code: null,
  ignore_minimum: false,
  policy: POLICY,
  ...overrides,
})
const pay = (
  overrides: Partial<Parameters<typeof previewPayNow>[1]> = {},
  by = deciding()
) => payNow(books.db, { ...asked(overrides), tag: TAG, deciding: by })

describe("pay now", () => {
  it("pays what is due whatever the schedule, once for each request", async () => {
    await anOpenEntry(books.db, { vendor_id: "ven_ada" })
    await anOpenEntry(books.db, {
      vendor_id: "ven_ada",
      amount: 900n,
      currency_code: "EUR",
    })
    const by = deciding("user_1")

    const preview = await previewPayNow(books.db, asked())
    expect(preview).toMatchObject({ id: null, state: "preview" })
    expect(await countOf(books.db, "masspay_payout")).toBe(0)
    const paid = await pay({}, by)
    expect(paid).toMatchObject({
      state: "done",
      effect: "It is sent with the next dispatch.",
      payouts: [
        { currency_code: "EUR", amount: "9.00", status: "ready" },
        { currency_code: "USD", amount: "100.00", status: "ready" },
      ],
      not_paid: [],
    })
    expect(preview.payouts).toEqual(
      paid.payouts.map((payout) => ({ ...payout, id: null }))
    )
    expect(await pay({}, by)).toEqual(paid)
    await expect(pay({ currency_code: "USD" }, by)).rejects.toMatchObject({
      code: "request_id_used",
    })
    expect(await countOf(books.db, "masspay_payout")).toBe(2)
    expect(
      await books.db.rows(
        `select distinct event, actor, cause from masspay_payout_event`
      )
    ).toEqual([{ event: "collected", actor: "user_1", cause: paid.id }])
  })

  it("keeps to a currency, and to the minimum unless it is set aside", async () => {
    await anOpenEntry(books.db, { vendor_id: "ven_ada", amount: 2_499n })
    await anOpenEntry(books.db, { vendor_id: "ven_ada", currency_code: "EUR" })

    await expect(pay({ currency_code: "USD" })).rejects.toMatchObject({
      code: "nothing_to_pay",
      message:
        "Nothing of hers can be paid now. USD: The smallest payout is 25.00 USD.",
    })
    expect(
      await pay({ currency_code: "USD", ignore_minimum: true })
    ).toMatchObject({ payouts: [{ amount: "24.99" }], not_paid: [] })
    expect(await countOf(books.db, "masspay_payout")).toBe(1)
  })

  it("says what it does not pay, and pays nobody who may not be paid", async () => {
    await anOpenEntry(books.db, { vendor_id: "ven_ada", amount: 100n })
    await anOpenEntry(books.db, { vendor_id: "ven_ada", currency_code: "EUR" })

    expect(await pay()).toMatchObject({
      payouts: [{ currency_code: "EUR" }],
      not_paid: [
        { currency_code: "USD", reason: "below_minimum", due: "1.00" },
      ],
    })
    await pausePayee(books.db, { payee_id: ada, ...deciding() })
    await expect(pay({ ignore_minimum: true })).rejects.toThrow("USD: because")
    await resumePayee(books.db, { payee_id: ada, ...deciding() })
    await placeHold(books.db, {
      hold: {
        order_id: null,
        vendor_id: "ven_ada",
        kind: "dispute",
        until: null,
        reserve: null,
      },
      ...deciding(),
    })
    await expect(pay({ ignore_minimum: true })).rejects.toThrow(
      "On hold (dispute)"
    )
    await expect(pay({ vendor_id: "ven_none" })).rejects.toMatchObject({
      code: "vendor_not_found",
    })
  })

  it("makes one payout when it is asked for twice at once", async () => {
    await anOpenEntry(books.db, { vendor_id: "ven_ada" })
    const by = deciding()

    const asTold = (error: unknown) => (error as DecisionRefusedError).code
    const [first, second, other] = await Promise.all([
      pay({}, by).catch(asTold),
      pay({}, by).catch(asTold),
      pay({}, deciding()).catch(asTold),
    ])

    expect(second).toEqual(first)
    expect(await countOf(books.db, "masspay_payout")).toBe(1)
    // Whoever comes first pays all there is, and the other is told so.
    const [refused, paid] =
      typeof other === "string" ? [other, first] : [first, other]
    expect(refused).toBe("nothing_to_pay")
    expect(paid).toMatchObject({ state: "done", payouts: [{}] })
  })

  it("is approved by somebody else than who asked for it", async () => {
    const approval: ApprovalPolicy = { kind: "all" }
    await anOpenEntry(books.db, { vendor_id: "ven_ada" })
    const { payouts, effect } = await pay(
      { policy: { ...POLICY, approval } },
      deciding("user_1")
    )
    expect(effect).toBe("Somebody else has to approve it; then it is sent.")
    expect(payouts).toMatchObject([{ status: "pending" }])
    const approve = (actor: string) =>
      actOnPayout(books.db, {
        action: "approve",
        payout_id: payouts[0]?.id ?? "",
        ...deciding(actor),
        dry_run: false,
        outcome: null,
        tag: TAG,
        rules: { approval, may_reverse: false, may_reverse_direct: false },
      })
    await expect(approve("user_1")).rejects.toMatchObject({
      code: "own_payout",
    })
    expect(await approve("user_2")).toMatchObject({ to: "ready" })
  })

  it("decides nothing while the books may have forgotten something", async () => {
    await anOpenEntry(books.db, { vendor_id: "ven_ada" })
    await books.db.rows(
      `update masspay_control set value = value || '{"identity": {"timeline": "9"}}'
        where key = 'database_identity'`
    )
    await expect(pay()).rejects.toMatchObject({ code: "books_unknown" })
  })
})

describe("what is decided about a vendor", () => {
  it("is kept with who and why, told, and done once", async () => {
    const by = deciding("user_3")
    const paused = await pausePayee(books.db, { payee_id: ada, ...by })
    expect(await pausePayee(books.db, { payee_id: ada, ...by })).toEqual(paused)
    const before = await retrievePayee(books.db, { id: ada, policy: POLICY })
    expect(before).toMatchObject({ is_paused: true, pause_reason: "because" })

    await resumePayee(books.db, { payee_id: ada, ...deciding("user_4") })
    await setPayeeTerms(books.db, {
      payee_id: ada,
      terms: { schedule: { weekly: "monday" }, minimum: { USD: 150n } },
      ...deciding("user_5"),
    })
    const after = await retrievePayee(books.db, { id: ada, policy: POLICY })

    expect(after).toMatchObject({
      is_paused: false,
      pause_reason: null,
      schedule: { weekly: "monday" },
      minimum: { USD: "1.50" },
      effective: { schedule: { weekly: "monday" }, minimum: { USD: "1.50" } },
      decisions: [
        { decision: "set_terms", actor: "user_5" },
        { decision: "resume", actor: "user_4" },
        { decision: "pause", actor: "user_3", reason: "because" },
      ],
    })
    expect(after?.resumed_at).not.toBeNull()
    expect(Date.parse(after?.effective.next_payout_at ?? "")).toBeGreaterThan(0)
    expect(
      await books.db.rows(
        `select name, payload from masspay_outbox_event order by created_at, id`
      )
    ).toEqual(
      ["paused", "resumed", "updated"].map((name) => ({
        name: `masspay.payee.${name}`,
        payload: { id: ada, vendor_id: "ven_ada" },
      }))
    )
    await expect(
      pausePayee(books.db, { payee_id: "mspye_none", ...deciding() })
    ).rejects.toMatchObject({ code: "vendor_not_found" })
  })

  it("shows what she has in each currency", async () => {
    await anOpenEntry(books.db, { vendor_id: "ven_ada" })
    await pay()
    await anOpenEntry(books.db, { vendor_id: "ven_ada", amount: 4_000n })
    await anOpenEntry(books.db, {
      vendor_id: "ven_ada",
      amount: 1_000n,
      at: new Date("2999-01-01"),
    })
    await anOpenEntry(books.db, {
      vendor_id: "ven_ada",
      amount: 5n,
      currency_code: "EUR",
    })
    const balances = async () =>
      (await retrievePayee(books.db, { id: ada, policy: POLICY }))?.balances

    const euro = {
      currency_code: "EUR",
      open: "0.05",
      due: "0.05",
      held: "0.00",
      in_transit: "0.00",
      paid: "0.00",
      reserved: "0.00",
      reserved_until: null,
    }
    const dollar = {
      currency_code: "USD",
      open: "50.00",
      due: "40.00",
      held: "0.00",
      in_transit: "100.00",
      paid: "0.00",
      reserved: "0.00",
      reserved_until: null,
    }
    expect(await balances()).toEqual([euro, dollar])

    await books.db.rows(
      `update masspay_payout set status = 'completed', version = version + 1`
    )
    await placeHold(books.db, {
      hold: {
        order_id: null,
        vendor_id: "ven_ada",
        kind: "manual",
        until: null,
        reserve: null,
      },
      ...deciding(),
    })
    expect(await balances()).toEqual([
      { ...euro, due: "0.00", held: "0.05" },
      {
        ...dollar,
        due: "0.00",
        held: "50.00",
        in_transit: "0.00",
        paid: "100.00",
      },
    ])
    expect(
      await retrievePayee(books.db, { id: "mspye_none", policy: POLICY })
    ).toBeNull()
  })
})
