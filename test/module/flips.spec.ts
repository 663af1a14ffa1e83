import { collectDue } from "../../src/modules/masspay/queries/collect"
import { checkInvariants } from "../../src/modules/masspay/queries/invariants"
import { newId } from "../../src/modules/masspay/queries/new-id"
import {
  applyLookup,
  type Lookup,
} from "../../src/modules/masspay/queries/resolve-apply"
import { flippedPayouts } from "../../src/modules/masspay/queries/resolve-flips"
import { databaseNow } from "../../src/modules/masspay/queries/settlements"
import type {
  RemoteLoadStatus,
  Wire,
} from "../../src/modules/masspay-gateway/types"
import { dispatchPayouts } from "../../src/runners/dispatch"
import { resolvePayouts } from "../../src/runners/resolve"
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
  type TestPayout,
  timelineOf,
} from "../support/payout-shop"

const AMOUNT = 12_34n
const policy = { settle_window_ms: 60 * MINUTE_MS }

let shop: Shop
let payee: Payee
/** Due for a look-up whenever asked; never sent. */

beforeEach(async () => {
  shop = await openShop()
  payee = await aPayee(shop)
})
afterEach(() => shop.close())

/** A look-up of the payee that another payout of hers is the reason for. */
async function lookAgain(
  deps: Parameters<Shop["deps"]>[0] = {}
): Promise<Awaited<ReturnType<typeof resolvePayouts>>> {
  // Nothing of hers waits for a look-up: she is one of those who are read once a day.
  await shop.passTime(1_000)
  await shop.books.db.rows(
    `update masspay_payee set read_in_full_at = masspay_now() - interval '25 hours'
      where id = ?`,
    [payee.id]
  )
  const report = await resolvePayouts(shop.deps(deps))
  await expectSoundBooks()
  return report
}

async function askAbout({ id }: TestPayout): Promise<void> {
  await shop.passTime(1_000)
  await shop.books.db.rows(
    `update masspay_payout
        set needs_lookup = true, next_attempt_at = masspay_now(),
            lease_owner = null, lease_until = null
      where id = ?`,
    [id]
  )
}

async function expectSoundBooks(): Promise<void> {
  const broken = (await checkInvariants(shop.books.db)).filter(
    (invariant) => !invariant.holds
  )
  expect(broken).toEqual([])
}

/** As the list would be if MassPay said this of every load. */
function saying(status: RemoteLoadStatus): Wire {
  return {
    ...shop.wire,
    listLoads: async (user_token) => {
      const list = await shop.wire.listLoads(user_token)
      return { ...list, loads: list.loads.map((load) => ({ ...load, status })) }
    },
  }
}

const tokenOf = ({ client_id }: TestPayout): string => {
  const load = shop.sandbox.control
    .loads()
    .loads.find((one) => one.client_load_id === client_id)
  if (!load) throw new Error(`There is no load ${client_id}`)
  return load.load_token
}
const flip = (payout: TestPayout, status: "COMPLETED" | "CANCELLED") =>
  shop.sandbox.control.setLoadStatus(tokenOf(payout), status)

async function aCompletedPayout(): Promise<TestPayout> {
  const payout = await aPayout(shop, { payee, amount: AMOUNT })
  await dispatchPayouts(shop.deps())
  expect((await readPayout(shop, payout.id)).status).toBe("completed")
  await shop.passTime(5 * MINUTE_MS)
  return payout
}

async function aCancelledPayout(): Promise<TestPayout> {
  shop.sandbox.control.armFault({
    fault: "200_cancelled",
    method: "POST",
    path: "/load/",
    times: 1,
  })
  const payout = await aPayout(shop, { payee, amount: AMOUNT })
  await dispatchPayouts(shop.deps())
  await resolvePayouts(shop.deps())
  expect((await readPayout(shop, payout.id)).status).toBe("cancelled")
  return payout
}

async function aVoidPayout(): Promise<TestPayout> {
  const payout = await aCancelledPayout()
  await shop.passTime(61 * MINUTE_MS)
  await resolvePayouts(shop.deps())
  expect((await readPayout(shop, payout.id)).status).toBe("void")
  return payout
}

/** Taken back on request; nothing of ours does that yet. */
async function aReversedPayout(): Promise<TestPayout> {
  const payout = await aVoidPayout()
  await shop.books.db.tx(async (sql) => {
    await sql.rows(
      `update masspay_payout set status = 'reversed', version = version + 1
        where id = ?`,
      [payout.id]
    )
    await sql.rows(
      `insert into masspay_payout_event
         (id, payout_id, version, from_status, to_status, event)
       select ?, id, version, 'void', 'reversed', 'test'
         from masspay_payout where id = ?`,
      [newId("mspev"), payout.id]
    )
  })
  return payout
}

type Effect = { amount: string; source_key: string; is_open: boolean }
const effects = () =>
  shop.books.db.rows<Effect>(
    `select e.amount::text as amount, e.source_key,
            o.entry_id is not null and o.available_at <= masspay_now() as is_open
       from masspay_ledger_entry e
       left join masspay_open_entry o on o.entry_id = e.id
      where e.kind = 'overpayment' order by e.created_at, e.id`
  )
async function effectOf({ id }: TestPayout) {
  const [row] = await shop.books.db.rows(
    `select status, counted, effect_seq, items_released
       from masspay_payout where id = ?`,
    [id]
  )
  return row
}
const outboxOf = async ({ id }: TestPayout) =>
  (
    await shop.books.db.rows<{ name: string }>(
      `select name from masspay_outbox_event
        where payload->>'id' = ? order by created_at, id`,
      [id]
    )
  ).map((row) => row.name)
const flipLogs = () =>
  shop.logs.filter((line) => line.startsWith("warn payout.flipped"))
const collect = () =>
  collectDue(shop.books.db, {
    policy: {
      minimum: {},
      notify_payee: false,
      source_tokens: { USD: shop.source_token },
    },
    tag: shop.tag,
    limit: 10,
  })

describe("what a flip must not do", () => {
  it("books nothing and moves nothing when the list says what the books say", async () => {
    const completed = await aCompletedPayout()
    const gone = await aVoidPayout()
    const before = [
      await timelineOf(shop, completed.id),
      await timelineOf(shop, gone.id),
    ]

    for (let time = 0; time < 3; time += 1) await lookAgain()

    expect(await effects()).toEqual([])
    expect([
      await timelineOf(shop, completed.id),
      await timelineOf(shop, gone.id),
    ]).toEqual(before)
    expect(flipLogs()).toEqual([])
  })

  it("changes nothing for a load that is not listed, or listed with a word we do not know", async () => {
    const completed = await aCompletedPayout()
    const gone = await aVoidPayout()
    const empty: Wire = {
      ...shop.wire,
      listLoads: () => Promise.resolve({ loads: [], is_complete: true }),
    }

    await lookAgain({ wire: empty })
    await lookAgain({ wire: saying("UNRECOGNISED") })

    expect((await readPayout(shop, completed.id)).status).toBe("completed")
    expect((await readPayout(shop, gone.id)).status).toBe("void")
    expect(await effects()).toEqual([])
  })

  it("books one entry in ten look-ups about one flip", async () => {
    const payout = await aVoidPayout()
    flip(payout, "COMPLETED")

    for (let time = 0; time < 10; time += 1) await lookAgain()

    expect(await effects()).toHaveLength(1)
    expect(flipLogs()).toHaveLength(1)
  })

  it("books one entry when two processes see it at once", async () => {
    const payout = await aVoidPayout()
    flip(payout, "COMPLETED")
    const [first, second] = [
      await aPayout(shop, { payee, needs_lookup: true }),
      await aPayout(shop, { payee, needs_lookup: true }),
    ]
    await askAbout(first)
    await askAbout(second)
    const { loads } = await shop.wire.listLoads(payee.user_token)
    const lookup: Lookup = {
      began_at: await databaseNow(shop.books.db),
      loads,
      is_complete: true,
    }
    const see = async () => {
      const [found] = await flippedPayouts(shop.books.db, {
        user_token: payee.user_token,
        lookup,
      })
      if (!found) throw new Error("The flip was not found")
      return found
    }
    const seen = [await see(), await see(), await see(), await see()]

    const applied = await Promise.all(
      seen.map((each) =>
        applyLookup(shop.books.db, { payout: each, lookup, policy })
      )
    )
    await Promise.all([
      resolvePayouts(shop.deps()),
      resolvePayouts(shop.deps()),
    ])

    expect(applied.filter(({ did }) => did === "move")).toHaveLength(1)
    expect(await effects()).toHaveLength(1)
    expect(await effectOf(payout)).toMatchObject({ effect_seq: 1 })
    await expectSoundBooks()
  })

  it("leaves nothing half done when the process dies before the commit", async () => {
    const payout = await aVoidPayout()
    flip(payout, "COMPLETED")

    await lookAgain({
      failpoint: (name) => {
        if (name === "resolve.applying") throw new Error("killed")
      },
    })

    expect(await effects()).toEqual([])
    expect(await effectOf(payout)).toMatchObject({
      status: "void",
      counted: false,
      effect_seq: 0,
    })
    await lookAgain()
    expect(await effects()).toHaveLength(1)
  })

  it("drops a list that was read before the payout last changed", async () => {
    const payout = await aVoidPayout()
    flip(payout, "COMPLETED")
    const { loads } = await shop.wire.listLoads(payee.user_token)
    const early = await databaseNow(shop.books.db)
    await shop.passTime(MINUTE_MS)
    await lookAgain()
    flip(payout, "CANCELLED")
    await lookAgain()

    const late: Lookup = { began_at: early, loads, is_complete: true }
    const found = await flippedPayouts(shop.books.db, {
      user_token: payee.user_token,
      lookup: late,
    })

    expect(found).toEqual([])
    expect(
      await applyLookup(shop.books.db, {
        payout: {
          payout_id: payout.id,
          version: (await readPayout(shop, payout.id)).version,
        },
        lookup: late,
        policy,
      })
    ).toEqual({ did: "nothing" })
    expect(await effects()).toHaveLength(2)
  })

  it("does not take what another payee's list says", async () => {
    const payout = await aCompletedPayout()
    const other = await aPayee(shop)
    const { loads } = await shop.wire.listLoads(payee.user_token)

    expect(
      await flippedPayouts(shop.books.db, {
        user_token: other.user_token,
        lookup: {
          began_at: await databaseNow(shop.books.db),
          loads: loads.map((load) => ({ ...load, status: "CANCELLED" })),
          is_complete: true,
        },
      })
    ).toEqual([])
    expect((await readPayout(shop, payout.id)).status).toBe("completed")
  })

  it("says so, and moves nothing, when the load that turned up is not what was asked for", async () => {
    const payout = await aVoidPayout()
    const wire: Wire = {
      ...shop.wire,
      listLoads: async (user_token) => {
        const list = await shop.wire.listLoads(user_token)
        return {
          ...list,
          loads: list.loads.map((load) => ({
            ...load,
            status: "COMPLETED" as const,
            load_token: "ld_other",
          })),
        }
      },
    }

    await lookAgain({ wire })

    expect((await readPayout(shop, payout.id)).status).toBe("void")
    expect(await effects()).toEqual([])
    expect(shop.logs).toContainEqual(
      expect.stringMatching(/^error payout.flip_unclear .*reason=several_loads/)
    )
  })
})

describe("while its items are held", () => {
  it("a completed load that is cancelled starts the settle window and books nothing", async () => {
    const payout = await aCompletedPayout()
    flip(payout, "CANCELLED")

    expect(await lookAgain()).toMatchObject({ flipped: 1 })
    expect(await effectOf(payout)).toEqual({
      status: "cancelled",
      counted: false,
      effect_seq: 0,
      items_released: false,
    })
    await shop.passTime(59 * MINUTE_MS)
    await lookAgain()
    expect((await readPayout(shop, payout.id)).status).toBe("cancelled")
    await shop.passTime(2 * MINUTE_MS)
    await lookAgain()

    expect(await effectOf(payout)).toMatchObject({
      status: "void",
      items_released: true,
    })
    expect(await effects()).toEqual([])
    expect(await outboxOf(payout)).toEqual([
      "masspay.payout.completed",
      "masspay.payout.cancelled",
      "masspay.payout.voided",
    ])
  })

  it.each([
    ["COMPLETED", "completed"],
    ["SCHEDULED", "accepted"],
  ] as const)(
    "a cancelled load that is %s after all books nothing",
    async (listed, status) => {
      const payout = await aCancelledPayout()
      if (listed === "COMPLETED") flip(payout, "COMPLETED")

      // Well within its window: only the look-up of another payout sees it.
      await lookAgain({ wire: saying(listed) })

      expect(await effectOf(payout)).toEqual({
        status,
        counted: false,
        effect_seq: 0,
        items_released: false,
      })
      expect(await effects()).toEqual([])
    }
  )

  it("each new cancel starts the window anew", async () => {
    const payout = await aCompletedPayout()
    flip(payout, "CANCELLED")
    await lookAgain()
    await shop.passTime(50 * MINUTE_MS)
    flip(payout, "COMPLETED")
    await lookAgain()
    flip(payout, "CANCELLED")
    await lookAgain()

    await shop.passTime(50 * MINUTE_MS)
    await lookAgain()

    expect((await readPayout(shop, payout.id)).status).toBe("cancelled")
    expect(flipLogs()).toHaveLength(3)
  })
})

describe("after its items were released", () => {
  it.each([
    ["void", "COMPLETED", "completed"],
    ["void", "SCHEDULED", "accepted"],
    ["reversed", "COMPLETED", "completed"],
    ["reversed", "SCHEDULED", "accepted"],
  ] as const)(
    "%s, then %s: it is %s and counts against her",
    async (before, listed, status) => {
      const payout = await (before === "void"
        ? aVoidPayout()
        : aReversedPayout())
      if (listed === "COMPLETED") flip(payout, "COMPLETED")

      await lookAgain({ wire: saying(listed) })

      expect(await effectOf(payout)).toEqual({
        status,
        counted: true,
        effect_seq: 1,
        items_released: true,
      })
      expect(await effects()).toEqual([
        {
          amount: "-1234",
          source_key: `payout:${payout.id}:effect:1`,
          is_open: true,
        },
      ])
      expect((await outboxOf(payout)).at(-1)).toBe(`masspay.payout.${status}`)
      expect((await timelineOf(shop, payout.id)).at(-1)).toBe(
        `found_${status}>${status}`
      )
      expect(flipLogs()).toHaveLength(1)
      expect(sentLoads(shop)).toHaveLength(1)
    }
  )

  it("agrees with the invariants for every word that MassPay has for not cancelled", async () => {
    const payout = await aVoidPayout()
    const { loads } = await shop.wire.listLoads(payee.user_token)
    for (const status of [
      "PROCESSING",
      "HOLD",
      "READY_FOR_PICKUP",
      "COMPLETED",
    ] as const) {
      await shop.passTime(MINUTE_MS)
      const lookup: Lookup = {
        began_at: await databaseNow(shop.books.db),
        loads: loads.map((load) => ({ ...load, status })),
        is_complete: true,
      }
      const { version } = await readPayout(shop, payout.id)
      await applyLookup(shop.books.db, {
        payout: { payout_id: payout.id, version },
        lookup,
        policy,
      })
      await expectSoundBooks()
    }
    expect(await effects()).toHaveLength(1)
  })

  it("books a flip and its return, and a second round, each once", async () => {
    const payout = await aVoidPayout()
    for (const [status, counted] of [
      ["COMPLETED", true],
      ["CANCELLED", false],
      ["COMPLETED", true],
      ["CANCELLED", false],
    ] as const) {
      flip(payout, status)
      await lookAgain()
      await lookAgain()
      expect(await effectOf(payout)).toMatchObject({ counted })
    }

    expect((await effects()).map(({ amount }) => amount)).toEqual([
      "-1234",
      "1234",
      "-1234",
      "1234",
    ])
    expect(await effectOf(payout)).toMatchObject({ effect_seq: 4 })
  })

  it("ends its later windows without releasing anything, and flips again from there", async () => {
    const payout = await aVoidPayout()
    flip(payout, "COMPLETED")
    await lookAgain()
    flip(payout, "CANCELLED")
    await lookAgain()
    expect(await effectOf(payout)).toMatchObject({ status: "cancelled" })

    await shop.passTime(61 * MINUTE_MS)
    await resolvePayouts(shop.deps())

    expect(await effectOf(payout)).toMatchObject({
      status: "void",
      counted: false,
      effect_seq: 2,
      items_released: true,
    })
    await expectSoundBooks()
    flip(payout, "COMPLETED")
    await lookAgain()
    expect(await effectOf(payout)).toMatchObject({
      status: "completed",
      counted: true,
      effect_seq: 3,
    })
    expect(shop.logs.filter((line) => line.startsWith("error"))).toEqual([])
  })

  it("books nothing between accepted and completed, and the return when it is cancelled from there", async () => {
    const payout = await aVoidPayout()
    await lookAgain({ wire: saying("SCHEDULED") })
    flip(payout, "COMPLETED")
    await shop.passTime(5 * MINUTE_MS)
    await lookAgain()
    expect(await effectOf(payout)).toMatchObject({
      status: "completed",
      effect_seq: 1,
    })
    await lookAgain({ wire: saying("SCHEDULED") })
    expect(await effectOf(payout)).toMatchObject({
      status: "accepted",
      effect_seq: 1,
    })

    // An accepted payout is looked up for its own sake.
    flip(payout, "CANCELLED")
    await shop.passTime(5 * MINUTE_MS)
    await resolvePayouts(shop.deps())

    expect(await effectOf(payout)).toMatchObject({
      status: "cancelled",
      counted: false,
      effect_seq: 2,
    })
    expect((await effects()).map(({ amount }) => amount)).toEqual([
      "-1234",
      "1234",
    ])
    expect(flipLogs().length).toBeGreaterThanOrEqual(2)
    await expectSoundBooks()
  })

  it("closes the freed entry with the overpayment in the next collect, and sends nothing", async () => {
    const payout = await aVoidPayout()
    flip(payout, "COMPLETED")
    await lookAgain()

    const { payouts, failed } = await collect()

    expect(failed).toEqual([])
    expect(payouts).toMatchObject([{ amount: 0n, method: "netting" }])
    expect(sentLoads(shop)).toHaveLength(1)
    await expectSoundBooks()
    await expectBooksToAgree(shop)
  })

  it("gives up what waits to be sent, because she has that money already", async () => {
    const payout = await aVoidPayout()
    const [again] = (await collect()).payouts
    flip(payout, "COMPLETED")
    await lookAgain()

    expect(await timelineOf(shop, again?.id ?? "")).toContain("remade>void")
    await dispatchPayouts(shop.deps())
    expect((await collect()).payouts).toMatchObject([
      { amount: 0n, method: "netting" },
    ])
    expect(sentLoads(shop)).toHaveLength(1)
    await expectSoundBooks()
    await expectBooksToAgree(shop)
  })

  it("takes the overpayment out of what she earns next when the freed entry was paid again", async () => {
    const payout = await aVoidPayout()
    const [again] = (await collect()).payouts
    await shop.passTime(MINUTE_MS)
    await resolvePayouts(shop.deps())
    await dispatchPayouts(shop.deps())
    expect((await readPayout(shop, again?.id ?? "")).status).toBe("completed")
    flip(payout, "COMPLETED")
    await lookAgain()
    expect((await collect()).payouts).toEqual([])

    await shop.books.db.rows(
      `insert into masspay_ledger_entry
         (id, vendor_id, currency_code, amount, kind, source_key, reason, available_at)
       values ('mslen_next', ?, 'USD', 2000, 'adjustment', 'next', 'test', masspay_now())`,
      [payee.vendor_id]
    )
    expect((await collect()).payouts).toMatchObject([
      { amount: 2000n - AMOUNT, method: "wallet" },
    ])
    await expectSoundBooks()

    // And if it was not overpaid after all, she gets it.
    flip(payout, "CANCELLED")
    await lookAgain()
    expect((await collect()).payouts).toMatchObject([
      { amount: AMOUNT, method: "wallet" },
    ])
    await expectSoundBooks()
  })

  it("books behind a collect that is under way, never beside it", async () => {
    const payout = await aVoidPayout()
    flip(payout, "COMPLETED")
    const began_at = await databaseNow(shop.books.db)
    const { loads } = await shop.wire.listLoads(payee.user_token)
    const { version } = await readPayout(shop, payout.id)
    const done: string[] = []

    let applying: Promise<unknown> = Promise.resolve()
    await shop.books.db.tx(async (sql) => {
      await sql.rows(`select id from masspay_payee where id = ? for update`, [
        payee.id,
      ])
      applying = applyLookup(shop.books.db, {
        payout: { payout_id: payout.id, version },
        lookup: { began_at, loads, is_complete: true },
        policy,
      }).then(() => done.push("applied"))
      await new Promise((resolve) => setTimeout(resolve, 300))
      // The payout itself is still free: the payee comes first.
      await sql.rows(
        `select id from masspay_payout where id = ? for update nowait`,
        [payout.id]
      )
      done.push("collected")
    })
    await applying

    expect(done).toEqual(["collected", "applied"])
    expect(await effects()).toHaveLength(1)
  })
})
