import { DEFAULT_LADDER } from "../../src/domain/clawback"
import type { ApprovalPolicy } from "../../src/domain/collect"
import { answerProposal } from "../../src/modules/masspay/queries/action-answers"
import { listActionRequests } from "../../src/modules/masspay/queries/action-requests"
import { actOnPayout } from "../../src/modules/masspay/queries/actions"
import { actOnBalance } from "../../src/modules/masspay/queries/adjustments"
import { collectDue } from "../../src/modules/masspay/queries/collect"
import { checkInvariants } from "../../src/modules/masspay/queries/invariants"
import { readStatement } from "../../src/modules/masspay/queries/statements"
import { clawBack } from "../../src/runners/clawback"
import { dispatchPayouts } from "../../src/runners/dispatch"
import { untilQuiet } from "../support/payout-shop"
import {
  aPayee,
  expectBooksToAgree,
  MINUTE_MS,
  openShop,
  type Payee,
  type Shop,
} from "../support/payout-shop"

const ABOVE_100: ApprovalPolicy = { kind: "above", amounts: { USD: 100_00n } }
const DAY_MS = 24 * 60 * MINUTE_MS

let shop: Shop
let payee: Payee
let requests = 0

beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())
beforeEach(async () => {
  payee = await aPayee(shop)
})
afterEach(async () => {
  const broken = (await checkInvariants(shop.books.db)).filter(
    ({ holds }) => !holds
  )
  expect(broken).toEqual([])
})

/** Of this test: requests of one id are told apart in the whole shop. */
const same = () => ({ request_id: `same-${payee.id}` })

const asked = () => {
  requests += 1
  return {
    payee_id: payee.id,
    request_id: `request-${requests}`,
    reason: "agreed by telephone",
    actor: "user_1",
    dry_run: false,
    currency_code: "USD",
    approval: { kind: "none" } as ApprovalPolicy,
    tag: shop.tag,
  }
}
type Overrides = Partial<ReturnType<typeof asked>>

const adjust = (
  amount: bigint,
  {
    available_at = null,
    ...overrides
  }: Overrides & { available_at?: Date | null } = {}
) =>
  actOnBalance(shop.books.db, {
    ...asked(),
    action: "adjust",
    amount,
    available_at,
    ...overrides,
  })

const writeOff = (overrides: Overrides = {}) =>
  actOnBalance(shop.books.db, {
    ...asked(),
    action: "write_off",
    ...overrides,
  })

const answer = (
  id: string | null,
  overrides: Partial<Parameters<typeof answerProposal>[1]> = {}
) =>
  answerProposal(shop.books.db, {
    id: id ?? "",
    answer: "confirm",
    reason: "I looked too",
    actor: "user_2",
    dry_run: false,
    tag: shop.tag,
    rules: {
      approval: ABOVE_100,
      may_reverse: false,
      may_reverse_direct: false,
    },
    ...overrides,
  })

const policy = () => ({
  minimum: {},
  notify_payee: false,
  source_tokens: { USD: shop.source_token },
  clawback: DEFAULT_LADDER,
})
const collect = () =>
  collectDue(shop.books.db, { policy: policy(), tag: shop.tag, limit: 10 })

async function paid(): Promise<string> {
  await collect()
  await untilQuiet(shop, { step_ms: MINUTE_MS })
  const sent = shop.sandbox.control
    .loads()
    .loads.filter(({ user_token }) => user_token === payee.user_token)
  return sent.map(({ amount }) => amount).join(" + ")
}

const balance = async () => {
  const { closing_balance } = await readStatement(shop.books.db, {
    vendor_id: payee.vendor_id,
    currency_code: "USD",
    from: new Date(0),
    to: new Date("2100-01-01"),
  })
  return closing_balance
}

const entries = () =>
  shop.books.db.rows<Record<string, string>>(
    `select kind, amount::text as amount, reason, actor from masspay_ledger_entry
      where vendor_id = ? order by created_at, id`,
    [payee.vendor_id]
  )
const payoutsOf = async () => {
  const rows = await shop.books.db.rows<{ text: string }>(
    `select method || ' ' || amount || ' ' || status as text
       from masspay_payout where vendor_id = ? order by created_at, id`,
    [payee.vendor_id]
  )
  return rows.map(({ text }) => text)
}
const stored = () =>
  shop.books.db.rows(
    `select action, state, payee_id, payout_id from masspay_action_request
      where payee_id = ?`,
    [payee.id]
  )

describe("an adjustment", () => {
  it("is one entry with who and why, is paid like any other, and never twice", async () => {
    const request = same()
    const [first, second] = await Promise.all([
      adjust(12_50n, request),
      adjust(12_50n, request),
    ])
    const third = await adjust(12_50n, request)

    expect(second).toEqual(first)
    expect(third).toEqual(first)
    expect(first).toEqual({
      id: expect.stringMatching(/^msact_/) as string,
      ...same(),
      action: "adjust",
      payee_id: payee.id,
      vendor_id: payee.vendor_id,
      state: "done",
      effect: "12.50 USD are added to what she is owed.",
      amount: "12.50",
      currency_code: "USD",
      available_at: null,
      entry_id: expect.stringMatching(/^mslen_/) as string,
    })
    expect(await entries()).toEqual([
      {
        kind: "adjustment",
        amount: "1250",
        reason: "agreed by telephone",
        actor: "user_1",
      },
    ])
    expect(await stored()).toEqual([
      { action: "adjust", state: "done", payee_id: payee.id, payout_id: null },
    ])
    expect(
      await shop.books.db.rows(
        `select name, payload from masspay_outbox_event where name like 'masspay.balance%' and payload->>'vendor_id' = ?`,
        [payee.vendor_id]
      )
    ).toEqual([
      {
        name: "masspay.balance.adjusted",
        payload: { id: first.entry_id, vendor_id: payee.vendor_id },
      },
    ])
    expect(await paid()).toBe("12.50")
    await expectBooksToAgree(shop)
  })

  it.each<[string, () => Promise<unknown>]>([
    ["another amount", () => adjust(1n, same())],
    ["another sign", () => adjust(-12_50n, same())],
    ["another operator", () => adjust(12_50n, { ...same(), actor: "user_2" })],
    [
      "another currency",
      () => adjust(12_50n, { ...same(), currency_code: "EUR" }),
    ],
    [
      "another day",
      () => adjust(12_50n, { ...same(), available_at: new Date(0) }),
    ],
    ["another action", () => writeOff(same())],
  ])("with the request id of %s is refused", async (_, again) => {
    await adjust(12_50n, same())

    await expect(again()).rejects.toMatchObject({ code: "request_id_used" })
    expect(await entries()).toHaveLength(1)
  })

  it("with one request id for two vendors at once is booked for one of them", async () => {
    const other = await aPayee(shop)
    const answers = await Promise.allSettled(
      [payee, other].map(({ id }) => adjust(1_00n, { ...same(), payee_id: id }))
    )

    expect(answers.map(({ status }) => status).sort()).toEqual([
      "fulfilled",
      "rejected",
    ])
    expect(
      await shop.books.db.rows(
        `select id from masspay_action_request where request_id = ?`,
        [same().request_id]
      )
    ).toHaveLength(1)
  })

  it("changes nothing in a dry run, and says what it would do", async () => {
    expect(
      await adjust(-150_00n, { dry_run: true, approval: ABOVE_100 })
    ).toMatchObject({
      id: null,
      state: "preview",
      amount: "-150.00",
      entry_id: null,
      effect: expect.stringMatching(
        /^A second person.*150.00 USD are taken from/
      ) as string,
    })
    expect(await entries()).toEqual([])
    expect(await stored()).toEqual([])
  })

  it("for nobody, or while the books may have forgotten something, is refused", async () => {
    await expect(adjust(1n, { payee_id: "mspye_none" })).rejects.toMatchObject({
      code: "not_found",
      message: expect.stringContaining("payee") as string,
    })
    await shop.books.db.rows(
      `update masspay_control set value = value || '{"state": "changed"}'
        where key = 'database_identity'`
    )
    await expect(adjust(1n)).rejects.toMatchObject({ code: "books_unknown" })
    await shop.books.db.rows(
      `update masspay_control set value = value || '{"state": "known"}'
        where key = 'database_identity'`
    )
    expect(await entries()).toEqual([])
    expect(await stored()).toEqual([])
  })

  it("waits for its day", async () => {
    const [row] = await shop.books.db.rows<{ at: Date }>(
      `select masspay_now() + interval '1 day' as at`
    )
    await adjust(5_00n, { available_at: row?.at ?? null })

    expect(await paid()).toBe("")
    await shop.passTime(DAY_MS)
    expect(await paid()).toBe("5.00")
  })

  it("that charges her has what waits to be sent made anew, and takes the rest from later", async () => {
    await adjust(30_00n)
    await collect()
    await adjust(-12_00n)
    await clawBack(shop.deps(), { policy: policy(), tag: shop.tag })

    expect(await payoutsOf()).toEqual(["wallet 3000 void", "wallet 1800 ready"])
    expect(await paid()).toBe("18.00")
    await adjust(-20_00n)
    expect(await balance()).toBe("-20.00")
    expect(await paid()).toBe("18.00")
    await adjust(25_00n)
    expect(await paid()).toBe("18.00 + 5.00")
    await expectBooksToAgree(shop)
  })

  it("that charges her later leaves what waits to be sent alone", async () => {
    await adjust(30_00n)
    await collect()
    const [row] = await shop.books.db.rows<{ at: Date }>(
      `select masspay_now() + interval '1 day' as at`
    )
    await adjust(-12_00n, { available_at: row?.at ?? null })
    await clawBack(shop.deps(), { policy: policy(), tag: shop.tag })

    expect(await payoutsOf()).toEqual(["wallet 3000 ready"])
  })

  it("is not missed by a collector that runs at the same time", async () => {
    for (let round = 0; round < 8; round += 1) {
      await adjust(10_00n)
      await Promise.all([collect(), adjust(-4_00n)])
      await collect()
      await dispatchPayouts(shop.deps())
      await collect()
      await dispatchPayouts(shop.deps())
    }

    // Whoever was first: she has what is hers, or owes what she got too much.
    const sums = shop.sandbox.control
      .loads()
      .loads.filter(({ user_token }) => user_token === payee.user_token)
      .reduce((sum, { amount }) => sum + Number(amount), 0)
    expect(sums + Number(await balance())).toBe(48)
    await expectBooksToAgree(shop)
  })
})

describe("an adjustment that needs two people", () => {
  it("is decided by its size, whatever its sign", async () => {
    const states = await Promise.all(
      [100_00n, 100_01n, -100_00n, -100_01n].map(async (amount) => {
        const { state } = await adjust(amount, { approval: ABOVE_100 })
        return state
      })
    )

    expect(states).toEqual(["done", "proposed", "done", "proposed"])
    expect((await adjust(1n, { approval: { kind: "all" } })).state).toBe(
      "proposed"
    )
  })

  it("is booked once another person confirms, in the name of the first", async () => {
    const proposal = await adjust(150_00n, { approval: ABOVE_100 })

    expect(proposal).toMatchObject({ state: "proposed", entry_id: null })
    expect(await entries()).toEqual([])
    expect(
      await listActionRequests(shop.books.db, {
        filters: { state: "proposed", payee_id: payee.id },
        limit: 10,
        offset: 0,
      })
    ).toMatchObject({
      count: 1,
      action_requests: [
        {
          id: proposal.id,
          action: "adjust",
          payee_id: payee.id,
          payout_id: null,
          amount: "150.00",
          currency_code: "USD",
          maker: "user_1",
          maker_reason: "agreed by telephone",
        },
      ],
    })
    await expect(
      answer(proposal.id, { actor: "user_1" })
    ).rejects.toMatchObject({ code: "own_proposal" })
    expect(await answer(proposal.id, { dry_run: true })).toMatchObject({
      state: "preview",
      entry_id: null,
    })
    expect(await entries()).toEqual([])

    const [done, again] = await Promise.all([
      answer(proposal.id),
      answer(proposal.id),
    ])

    expect(again).toEqual(done)
    expect(done).toMatchObject({
      id: proposal.id,
      state: "done",
      entry_id: expect.stringMatching(/^mslen_/) as string,
      effect: "150.00 USD are added to what she is owed.",
    })
    expect(await entries()).toEqual([
      {
        kind: "adjustment",
        amount: "15000",
        reason: "agreed by telephone",
        actor: "user_1",
      },
    ])
    await expect(
      answer(proposal.id, { answer: "reject" })
    ).rejects.toMatchObject({ code: "already_answered" })
    await expect(
      answer(proposal.id, { actor: "user_3" })
    ).rejects.toMatchObject({ code: "already_answered" })
    expect(await paid()).toBe("150.00")
    await expectBooksToAgree(shop)
  })

  it("is booked never once it is rejected, or withdrawn", async () => {
    const rejected = await adjust(150_00n, { approval: ABOVE_100 })
    const withdrawn = await adjust(-150_00n, { approval: ABOVE_100 })

    expect(await answer(rejected.id, { answer: "reject" })).toMatchObject({
      state: "rejected",
      entry_id: null,
    })
    expect(
      await answer(withdrawn.id, { answer: "reject", actor: "user_1" })
    ).toMatchObject({ state: "rejected", entry_id: null })
    await expect(answer(rejected.id)).rejects.toMatchObject({
      code: "already_answered",
    })
    expect(await entries()).toEqual([])
  })

  it("is paid with the approval of neither its maker alone nor by nobody", async () => {
    await adjust(50_00n)
    const everything: ApprovalPolicy = { kind: "all" }
    const { payouts } = await collectDue(shop.books.db, {
      policy: { ...policy(), approval: everything },
      tag: shop.tag,
      limit: 10,
    })
    const approve = (actor: string) =>
      actOnPayout(shop.books.db, {
        action: "approve",
        payout_id: payouts[0]?.id ?? "",
        request_id: `approve-${actor}-${payee.id}`,
        reason: "fine",
        actor,
        dry_run: false,
        outcome: null,
        tag: shop.tag,
        rules: {
          approval: everything,
          may_reverse: false,
          may_reverse_direct: false,
        },
      })

    await expect(approve("user_1")).rejects.toMatchObject({
      code: "own_payout",
    })
    expect(await approve("user_2")).toMatchObject({ state: "done" })
    expect(await paid()).toBe("50.00")
  })

  it("of two answers at once has one", async () => {
    const proposal = await adjust(150_00n, { approval: ABOVE_100 })
    const answers = await Promise.allSettled([
      answer(proposal.id),
      answer(proposal.id, { answer: "reject", actor: "user_3" }),
    ])

    expect(answers.map(({ status }) => status).sort()).toEqual([
      "fulfilled",
      "rejected",
    ])
    expect(await entries()).toHaveLength(
      answers[0].status === "fulfilled" ? 1 : 0
    )
  })
})

describe("a write-off", () => {
  it("takes what she owes and not more, closes it, and pays nothing", async () => {
    await adjust(-30_00n)
    await adjust(10_00n)

    expect(await writeOff({ dry_run: true })).toMatchObject({
      state: "preview",
      amount: "20.00",
    })
    expect(await writeOff(same())).toMatchObject({
      state: "done",
      amount: "20.00",
      entry_id: expect.stringMatching(/^mslen_/) as string,
    })
    expect(await writeOff(same())).toMatchObject({
      state: "done",
      amount: "20.00",
    })
    expect(await payoutsOf()).toEqual(["netting 0 netted"])
    expect(await balance()).toBe("0.00")
    await expect(writeOff()).rejects.toMatchObject({ code: "no_deficit" })
    expect(await paid()).toBe("")
    await adjust(7_00n)
    expect(await paid()).toBe("7.00")
    await expectBooksToAgree(shop)
  })

  it("of what is owed later does not pay it out before", async () => {
    const [row] = await shop.books.db.rows<{ at: Date }>(
      `select masspay_now() + interval '1 day' as at`
    )
    await adjust(-30_00n, { available_at: row?.at ?? null })
    await writeOff()

    expect(await paid()).toBe("")
    await shop.passTime(DAY_MS)
    expect(await paid()).toBe("")
    expect(await balance()).toBe("0.00")
  })

  it("of nothing, or while a payout is not ended, is refused", async () => {
    await expect(writeOff()).rejects.toMatchObject({ code: "no_deficit" })
    await adjust(30_00n)
    await expect(writeOff()).rejects.toMatchObject({ code: "no_deficit" })
    await collect()
    await shop.books.db.rows(
      `update masspay_payout set next_attempt_at = masspay_now() + interval '1 hour'`
    )
    const [row] = await shop.books.db.rows<{ at: Date }>(
      `select masspay_now() + interval '1 day' as at`
    )
    await adjust(-40_00n, { available_at: row?.at ?? null })

    await expect(writeOff()).rejects.toMatchObject({ code: "on_its_way" })
    await expect(writeOff({ currency_code: "EUR" })).rejects.toMatchObject({
      code: "no_deficit",
    })
  })

  it("that two people decide takes what is left of it by then", async () => {
    await adjust(-150_00n)
    const proposal = await writeOff({ approval: ABOVE_100 })
    expect(proposal).toMatchObject({ state: "proposed", amount: "150.00" })
    await adjust(40_00n)

    expect(await answer(proposal.id, { dry_run: true })).toMatchObject({
      amount: "110.00",
    })
    expect(await answer(proposal.id)).toMatchObject({
      state: "done",
      amount: "110.00",
    })
    expect(await balance()).toBe("0.00")
    expect(await payoutsOf()).toEqual(["netting 0 netted"])
  })

  it("that two people decide never takes more than was proposed, and nothing that is not owed", async () => {
    await adjust(-150_00n)
    const proposal = await writeOff({ approval: ABOVE_100 })
    await adjust(-1_00n)

    await expect(answer(proposal.id)).rejects.toMatchObject({
      code: "deficit_grew",
    })
    await adjust(151_00n)
    await expect(answer(proposal.id)).rejects.toMatchObject({
      code: "no_deficit",
    })
    expect(await answer(proposal.id, { answer: "reject" })).toMatchObject({
      state: "rejected",
    })
    expect(await entries()).toHaveLength(3)
  })

  it("asked for twice at once is booked once", async () => {
    await adjust(-30_00n)
    const answers = await Promise.allSettled([writeOff(), writeOff()])

    expect(answers.map(({ status }) => status).sort()).toEqual([
      "fulfilled",
      "rejected",
    ])
    expect(await balance()).toBe("0.00")
  })
})

describe("a request about a balance", () => {
  it("is kept as it was given", async () => {
    const { id } = await adjust(150_00n, { approval: ABOVE_100 })
    const other = await aPayee(shop)
    const { db } = shop.books

    await expect(
      db.rows(`update masspay_action_request set payee_id = ? where id = ?`, [
        other.id,
        id,
      ])
    ).rejects.toThrow("kept as they were given")
    await expect(
      db.rows(
        `insert into masspay_action_request
           (id, request_id, action, state, maker, maker_reason)
         values ('msact_x', 'x', 'adjust', 'proposed', 'me', 'why')`
      )
    ).rejects.toThrow("CK_masspay_action_request_balance")
  })
})
