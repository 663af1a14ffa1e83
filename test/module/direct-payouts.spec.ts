import { quoteId } from "../../src/domain/ids"
import { DEFAULT_DIRECT } from "../../src/domain/quotes"
import { collectPayouts } from "../../src/runners/collect"
import { dispatchPayouts } from "../../src/runners/dispatch"
import { resolvePayouts } from "../../src/runners/resolve"
import { COLLECT } from "../support/collect-policy"
import {
  aDestination,
  aDirectPayee,
  aDirectPayout,
  committed,
  remotePayouts,
  sentCommits,
  sentQuotes,
  SHOWN_MS,
} from "../support/direct"
import {
  aPayee,
  attemptsOf,
  expectBooksToAgree,
  MINUTE_MS,
  openShop,
  readPayout,
  type Shop,
  timelineOf,
  untilQuiet,
} from "../support/payout-shop"

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop.close())

const quotesOf = (payout_id: string) =>
  shop.books.db.rows<Record<string, string | null>>(
    `select q.source_amount::text as source_amount, q.fee::text as fee,
            q.destination_amount, q.destination_currency_code, q.exchange_rate,
            q.commit_attempt_id, o.client_id, o.remote_token
       from masspay_quote q join masspay_operation o on o.id = q.operation_id
      where q.payout_id = ? order by q.created_at`,
    [payout_id]
  )
const detailOf = async (id: string) => {
  const [row] = await shop.books.db.rows<{ block_detail: string | null }>(
    `select block_detail from masspay_payout where id = ?`,
    [id]
  )
  return row?.block_detail
}

describe("a direct payout", () => {
  it("is quoted, committed once, and followed to its end", async () => {
    const { id, client_id } = await aDirectPayout(shop)
    const report = await dispatchPayouts(shop.deps())

    expect(report).toMatchObject({ claimed: 1, accepted: 1 })
    expect(sentQuotes(shop)).toHaveLength(1)
    expect(sentCommits(shop)).toHaveLength(1)
    expect(await timelineOf(shop, id)).toEqual([
      "collected>ready",
      "claimed>sending",
      "quoted>sending",
      "accepted>accepted",
    ])
    const [quote] = await quotesOf(id)
    const [remote] = remotePayouts(shop)
    expect(quote).toMatchObject({
      client_id: quoteId(client_id, 1),
      remote_token: remote?.payout_token,
      source_amount: "10000",
      destination_currency_code: "MXN",
    })
    expect(quote?.commit_attempt_id).not.toBeNull()
    expect(Number(quote?.destination_amount)).toBeGreaterThan(1_000)

    await shop.passTime(26 * 60 * MINUTE_MS)
    await resolvePayouts(shop.deps())
    expect(await readPayout(shop, id)).toMatchObject({ status: "completed" })
    await expectBooksToAgree(shop)

    await untilQuiet(shop)
    expect(sentCommits(shop)).toHaveLength(1)
  })

  it("is made by collect for a payee who is paid directly, and keeps no account data", async () => {
    const payee = await aDirectPayee(shop)
    await shop.books.db.rows(
      `insert into masspay_ledger_entry
         (id, vendor_id, currency_code, amount, kind, source_key, reason, available_at)
       values ('mslen_1', ?, 'USD', 5000, 'adjustment', 'one', 'test', masspay_now())`,
      [payee.vendor_id]
    )
    await collectPayouts(shop.deps(), { policy: COLLECT, tag: shop.tag })
    await dispatchPayouts(shop.deps())
    const [row] = await shop.books.db.rows<{ method: string; status: string }>(
      `select method, status from masspay_payout`
    )
    expect(row).toEqual({ method: "direct", status: "accepted" })
    const [dump] = await shop.books.db.rows<{ text: string }>(
      `select string_agg(t::text, ' ') as text from (
         select row_to_json(o)::text from masspay_operation o union all
         select row_to_json(a)::text from masspay_attempt a union all
         select row_to_json(q)::text from masspay_quote q union all
         select row_to_json(p)::text from masspay_payout p) t`
    )
    expect(dump?.text).not.toContain("032180000118359719")
  })

  it("takes a fee that the vendor bears out of the payout", async () => {
    const { id } = await aDirectPayout(shop)
    const direct = {
      ...DEFAULT_DIRECT,
      fees_borne_by: "vendor" as const,
      bounds: { fee_basis_points: 1_000, rate_basis_points: 500 },
    }
    const before = shop.sandbox.control.state().funding_wallets[0]?.balance
    await dispatchPayouts(shop.deps({ direct }))
    const after = shop.sandbox.control.state().funding_wallets[0]?.balance
    const [quote] = await quotesOf(id)
    expect(Number(quote?.fee)).toBeGreaterThan(0)
    expect(Number(quote?.source_amount) + Number(quote?.fee)).toBe(100_00)
    expect(Number(before) - Number(after)).toBeCloseTo(100, 6)
    await shop.passTime(26 * 60 * MINUTE_MS)
    await resolvePayouts(shop.deps())
    expect(await readPayout(shop, id)).toMatchObject({ status: "completed" })
  })
})

describe("what is never committed", () => {
  it.each([
    [
      "a fee above the bound",
      { fee_basis_points: 1, rate_basis_points: 500 },
      /fee of .* is more than 0.01 %/,
    ],
    [
      "a rate that moved too far",
      { fee_basis_points: 1_000, rate_basis_points: 100 },
      /she was shown/,
    ],
  ])("%s", async (_, bounds, detail) => {
    const payout = await aDirectPayout(shop)
    shop.sandbox.control.setFx({ drift_bps: -300 })
    await dispatchPayouts(shop.deps({ direct: { ...DEFAULT_DIRECT, bounds } }))
    expect(await readPayout(shop, payout.id)).toMatchObject({
      status: "blocked",
      block_reason: "limit",
    })
    expect(await detailOf(payout.id)).toMatch(detail)
    expect(sentCommits(shop)).toHaveLength(0)
  })

  it("a quote that lived too long while we were busy", async () => {
    const payout = await aDirectPayout(shop)
    let now = 0
    const deps = shop.deps({
      monotonic_ms: () => now,
      limits: { ...shop.deps().limits, lease_ms: 60 * MINUTE_MS },
      failpoint: (name) => {
        if (name === "dispatch.commit_claimed") now += 2 * MINUTE_MS
      },
    })
    await dispatchPayouts(deps)
    expect(sentCommits(shop)).toHaveLength(0)
    expect(await readPayout(shop, payout.id)).toMatchObject({ status: "ready" })
    expect(await attemptsOf(shop, payout.id)).toMatchObject([
      { outcome: "quote_expired", proof: "not_executed" },
    ])
    await untilQuiet(shop)
    expect(committed(shop)).toHaveLength(1)
    await expectBooksToAgree(shop)
  })

  it.each(["paused", "destination replaced", "dispatch stopped"])(
    "one that may not be paid any more by then: %s",
    async (why) => {
      const payee = await aDirectPayee(shop)
      const payout = await aDirectPayout(shop, { payee })
      await dispatchPayouts(
        shop.deps({
          failpoint: async (name) => {
            if (name !== "dispatch.quoted") return
            if (why === "paused") {
              await shop.books.db.rows(
                `update masspay_payee set is_paused = true where id = ?`,
                [payee.id]
              )
            } else if (why === "destination replaced") {
              await aDestination(shop, payee)
            } else {
              await shop.books.db.rows(
                `insert into masspay_control (key, value)
                 values ('dispatch_stop', '{"stopped": true}')
                 on conflict (key) do update set value = excluded.value`
              )
            }
          },
        })
      )
      expect(sentQuotes(shop)).toHaveLength(1)
      expect(sentCommits(shop)).toHaveLength(0)
      expect(await readPayout(shop, payout.id)).toMatchObject({
        status: "ready",
      })
    }
  )

  it("anything to nowhere, below a route's minimum, or to another user's destination", async () => {
    const nobody = await aPayee(shop)
    await shop.books.db.rows(
      `update masspay_payee set method = 'direct' where id = ?`,
      [nobody.id]
    )
    const small = await aPayee(shop)
    await aDestination(shop, small, { min_amount: "10001" })
    const other = await aDirectPayee(shop)
    await shop.books.db.rows(
      `update masspay_destination set user_token = 'usr_other' where payee_id = ?`,
      [other.id]
    )
    for (const payee of [nobody, small, other]) {
      const payout = await aDirectPayout(shop, { payee })
      await dispatchPayouts(shop.deps())
      expect(await readPayout(shop, payout.id)).toMatchObject({
        status: "blocked",
        block_reason: "vendor",
      })
    }
    expect(sentQuotes(shop)).toHaveLength(0)
  })
})

describe("an outcome that nobody can tell", () => {
  it.each([
    "execute_then_500",
    "execute_then_drop",
    "reset_mid_body",
    "200_garbage",
    "504_html_after_execute",
  ] as const)("of a commit that was executed: %s", async (fault) => {
    const payout = await aDirectPayout(shop)
    shop.sandbox.control.armFault({
      fault,
      method: "PUT",
      path: "/payout/usr_",
    })
    await dispatchPayouts(shop.deps())
    expect(await readPayout(shop, payout.id)).toMatchObject({
      status: "unknown",
    })
    await untilQuiet(shop)
    expect(sentCommits(shop)).toHaveLength(1)
    expect(committed(shop)).toHaveLength(1)
    await expectBooksToAgree(shop)
  })

  it.each([
    "drop_before_execute",
    "502_html",
    "500_without_executing",
  ] as const)("of a commit that was not executed: %s", async (fault) => {
    const payout = await aDirectPayout(shop)
    shop.sandbox.control.armFault({
      fault,
      method: "PUT",
      path: "/payout/usr_",
    })
    await dispatchPayouts(shop.deps())
    // Not before the quote has expired, nor at the first look.
    await shop.passTime(SHOWN_MS)
    await resolvePayouts(shop.deps())
    await dispatchPayouts(shop.deps())
    expect(sentCommits(shop)).toHaveLength(1)
    await untilQuiet(shop)
    expect(sentCommits(shop)).toHaveLength(2)
    expect(sentQuotes(shop)).toHaveLength(2)
    expect(committed(shop)).toHaveLength(1)
    expect(
      new Set((await attemptsOf(shop, payout.id)).map((a) => a.idempotency_key))
        .size
    ).toBe(2)
    await expectBooksToAgree(shop)
  })

  it.each([
    "execute_then_500",
    "execute_then_drop",
    "drop_before_execute",
    "200_garbage",
  ] as const)("of a quote moves nothing: %s", async (fault) => {
    await aDirectPayout(shop)
    shop.sandbox.control.armFault({
      fault,
      method: "POST",
      path: "/payout/usr_",
    })
    await dispatchPayouts(shop.deps())
    expect(sentCommits(shop)).toHaveLength(0)
    await untilQuiet(shop)
    expect(sentQuotes(shop)).toHaveLength(2)
    expect(committed(shop)).toHaveLength(1)
    await expectBooksToAgree(shop)
  })

  it("is not taken for over when MassPay calls a dead quote cancelled", async () => {
    shop.sandbox.control.changeSettings({ dead_quote: "cancelled" })
    const payout = await aDirectPayout(shop)
    shop.sandbox.control.armFault({
      fault: "execute_then_drop",
      method: "POST",
      path: "/payout/usr_",
    })
    await untilQuiet(shop)
    expect(await readPayout(shop, payout.id)).toMatchObject({
      status: "accepted",
    })
    expect(committed(shop)).toHaveLength(1)
  })
})
