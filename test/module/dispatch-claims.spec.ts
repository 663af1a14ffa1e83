import {
  resumeDispatch,
  stopDispatch,
} from "../../src/modules/masspay/queries/control"
import type { Db } from "../../src/modules/masspay/queries/db"
import { claimReady } from "../../src/modules/masspay/queries/dispatch"
import { recordAttemptOutcome } from "../../src/modules/masspay/queries/dispatch-record"
import { reapExpiredLeases } from "../../src/modules/masspay/queries/resolve"
import { dispatchPayouts } from "../../src/runners/dispatch"
import { resolvePayouts } from "../../src/runners/resolve"
import {
  aPayee,
  aPayout,
  attemptsOf,
  expectBooksToAgree,
  MINUTE_MS,
  openShop,
  readPayout,
  requests,
  sentLoads,
  type Shop,
  timelineOf,
  untilQuiet,
} from "../support/payout-shop"

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop.close())

const claim = (worker: string, limit = 10, lease_ms = MINUTE_MS) =>
  claimReady(shop.books.db, { worker, limit, lease_ms }).then(
    ({ claimed }) => claimed
  )

describe("what is never claimed", () => {
  it("a payout of a paused or a locked payee, or under a burnt key", async () => {
    const [paused, locked, burnt] = await Promise.all([
      aPayout(shop),
      aPayout(shop),
      aPayout(shop),
    ])
    await shop.books.db.rows(
      `update masspay_payee set is_paused = true where id = ?`,
      [paused.payee.id]
    )
    await shop.books.db.rows(
      `update masspay_payee set status = 'locked' where id = ?`,
      [locked.payee.id]
    )
    await shop.books.db.rows(
      `update masspay_operation set key_burnt = true where payout_id = ?`,
      [burnt.id]
    )

    expect(await claim("a")).toEqual([])
  })

  it("anything while dispatch is stopped", async () => {
    await aPayout(shop)
    await stopDispatch(shop.books.db, {
      reason: "test",
      actor: "test",
      invariant: "I1",
    })
    expect(await claim("a")).toEqual([])

    await resumeDispatch(shop.books.db, { reason: "looked", actor: "test" })
    expect(await claim("a")).toHaveLength(1)
  })

  it("a payout that is not due, or that must be looked up first", async () => {
    const later = await aPayout(shop)
    await aPayout(shop, { needs_lookup: true })
    await aPayout(shop, { debt_age_ms: 2 * 60 * MINUTE_MS })
    await shop.books.db.rows(
      `update masspay_payout set next_attempt_at = masspay_now() + interval '1 minute'
        where id = ?`,
      [later.id]
    )

    expect(await claim("a")).toEqual([])
  })

  it("a payout that somebody else claims at the same time", async () => {
    for (let count = 0; count < 20; count += 1) await aPayout(shop)

    const claims = await Promise.all(
      ["a", "b", "c", "d"].map((worker) => claim(worker, 10))
    )

    const ids = claims.flat().map((claimed) => claimed.payout_id)
    expect(ids).toHaveLength(20)
    expect(new Set(ids).size).toBe(20)
  })
})

it("commits the attempt, the lease and the key's first use before anything is sent", async () => {
  const payout = await aPayout(shop)

  const [claimed] = await claim("a")

  expect(claimed).toMatchObject({
    payout_id: payout.id,
    attempt_no: 1,
    idempotency_key: `${payout.client_id}-1`,
  })
  expect(
    requests(shop).filter((entry) => entry.path.includes("/load/"))
  ).toEqual([])
  expect(await attemptsOf(shop, payout.id)).toEqual([
    {
      attempt_no: 1,
      outcome: null,
      proof: null,
      idempotency_key: `${payout.client_id}-1`,
    },
  ])
  const [operation] = await shop.books.db.rows<{ is_used: boolean }>(
    `select key_first_used_at is not null as is_used from masspay_operation
      where payout_id = ?`,
    [payout.id]
  )
  expect(operation?.is_used).toBe(true)
})

it("claims nothing and writes nothing when the transaction dies before its commit", async () => {
  const payout = await aPayout(shop)

  const claiming = claimReady(shop.books.db, {
    worker: "a",
    limit: 1,
    lease_ms: MINUTE_MS,
    beforeCommit: () => {
      throw new Error("gone")
    },
  })

  await expect(claiming).rejects.toThrow("gone")
  expect((await readPayout(shop, payout.id)).status).toBe("ready")
  expect(await attemptsOf(shop, payout.id)).toEqual([])
})

it("looks up an old debt before its first send, once for all payouts of a payee", async () => {
  const payee = await aPayee(shop)
  for (let count = 0; count < 3; count += 1) {
    await aPayout(shop, { payee, debt_age_ms: 3 * 24 * 60 * MINUTE_MS })
  }

  await resolvePayouts(shop.deps())
  await dispatchPayouts(shop.deps())

  const lists = requests(shop).filter(
    (entry) => entry.method === "GET" && entry.path.includes("/load/")
  )
  expect(lists).toHaveLength(1)
  expect(sentLoads(shop)).toHaveLength(3)
  await expectBooksToAgree(shop)
})

it("adopts a load that a restored database forgot, and never pays it again", async () => {
  const payout = await aPayout(shop, { debt_age_ms: 2 * 60 * MINUTE_MS })
  // As the books were before the restore: sent and completed.
  const [operation] = await shop.books.db.rows<{ request_text: string }>(
    `select request_text from masspay_operation where payout_id = ?`,
    [payout.id]
  )
  await shop.wire.transport.send({
    method: "POST",
    path: ["load", payout.payee.user_token],
    body: operation?.request_text ?? "",
    idempotency_key: `${payout.client_id}-1`,
  })

  await untilQuiet(shop)

  expect(sentLoads(shop)).toHaveLength(1)
  expect((await readPayout(shop, payout.id)).status).toBe("completed")
  await expectBooksToAgree(shop)
})

describe("a worker that is slow or told to stop", () => {
  it("sends nothing when half of its lease is over, and gives the payout back unsent", async () => {
    const payout = await aPayout(shop)
    let now = 0
    const deps = shop.deps({
      monotonic_ms: () => now,
      failpoint: (name) => {
        // The process was paused between its claim and its send.
        if (name === "dispatch.claimed") now += shop.deps().limits.lease_ms
      },
    })
    deps.limits.batches_per_run = 1

    const report = await dispatchPayouts(deps)

    expect(report).toMatchObject({ claimed: 1, not_sent: 1, returned: 1 })
    expect(sentLoads(shop)).toEqual([])
    expect((await readPayout(shop, payout.id)).status).toBe("ready")
    expect(await attemptsOf(shop, payout.id)).toMatchObject([
      { outcome: "self_fence", proof: "not_executed" },
    ])
    await dispatchPayouts(shop.deps())
    await expectBooksToAgree(shop)
  })

  it("ends what is on the wire, gives back what is not, and claims no more", async () => {
    for (let count = 0; count < 6; count += 1) await aPayout(shop)
    const stopping = new AbortController()
    let claimed = 0
    const deps = shop.deps({
      signal: stopping.signal,
      failpoint: (name) => {
        if (name === "dispatch.claimed" && (claimed += 1) === 3)
          stopping.abort()
      },
    })

    const report = await dispatchPayouts(deps)

    expect(report).toMatchObject({
      claimed: 6,
      not_sent: 6 - sentLoads(shop).length,
    })
    expect(sentLoads(shop).length).toBeLessThan(4)
    const rows = await shop.books.db.rows<{ status: string }>(
      `select distinct status from masspay_payout order by status`
    )
    expect(rows.map((row) => row.status)).not.toContain("sending")
    await untilQuiet(shop)
    await expectBooksToAgree(shop)
  })
})

describe("a result that comes after the lease was lost", () => {
  async function loseLease() {
    const payout = await aPayout(shop)
    const [claimed] = await claim("slow", 1, 1_000)
    if (!claimed) throw new Error("Nothing was claimed")
    await shop.passTime(2_000)
    await reapExpiredLeases(shop.books.db, { limit: 10 })
    expect((await readPayout(shop, payout.id)).status).toBe("unknown")
    return { payout, claimed }
  }
  const completed = (remote_token: string) => ({
    outcome: { kind: "answered", status: "COMPLETED" } as const,
    code: "ok",
    http_status: 201,
    remote_token,
    details: [],
  })

  it("completes the payout when it proves success", async () => {
    const { payout, claimed } = await loseLease()

    const recorded = await recordAttemptOutcome(shop.books.db, {
      claimed,
      worker: "slow",
      report: completed("ld_late"),
      jitter: 0,
    })

    expect(recorded).toMatchObject({ is_late: true, to: "completed" })
    expect(await timelineOf(shop, payout.id)).toEqual([
      "collected>ready",
      "claimed>sending",
      "lease_expired>unknown",
      "completed>completed",
    ])
  })

  it("keeps its evidence and moves nothing when it proves no success", async () => {
    const { payout, claimed } = await loseLease()

    const recorded = await recordAttemptOutcome(shop.books.db, {
      claimed,
      worker: "slow",
      report: {
        outcome: {
          kind: "failed",
          disposition: "stop",
          code: "masspay.rejected",
          block: "config",
          burns_key: true,
        },
        code: "masspay.rejected",
        http_status: 400,
        remote_token: null,
        details: [],
      },
      jitter: 0,
    })

    expect(recorded).toMatchObject({ is_late: true, to: null })
    expect((await readPayout(shop, payout.id)).status).toBe("unknown")
    expect(await attemptsOf(shop, payout.id)).toMatchObject([
      { outcome: "masspay.rejected", proof: "not_executed" },
    ])
  })

  it("has a payout that may be sent again looked up first, and says that the books were wrong", async () => {
    const { payout, claimed } = await loseLease()
    await shop.passTime(4 * MINUTE_MS)
    await shop.books.db.rows(`update masspay_operation set key_burnt = true`)
    await resolvePayouts(shop.deps())
    await shop.passTime(11 * MINUTE_MS)
    await resolvePayouts(shop.deps())
    const before = await readPayout(shop, payout.id)
    expect(before).toMatchObject({ status: "ready", key_seq: 2 })

    const recorded = await recordAttemptOutcome(shop.books.db, {
      claimed,
      worker: "slow",
      report: completed("ld_late"),
      jitter: 0,
    })

    expect(recorded).toMatchObject({ is_contradiction: true, to: null })
    // A look-up that began before this evidence must not have the last word.
    expect(await readPayout(shop, payout.id)).toMatchObject({
      needs_lookup: true,
      version: before.version + 1,
    })
    expect(await claim("other")).toEqual([])
    // MassPay does not show what it confirmed: that is for a person.
    await resolvePayouts(shop.deps())
    expect(await readPayout(shop, payout.id)).toMatchObject({
      status: "needs_review",
      review_reason: "executed_but_not_found",
    })
    expect(sentLoads(shop)).toEqual([])
  })

  it("does not decide about the next attempt, even of the same worker", async () => {
    const { payout, claimed: first } = await loseLease()
    await shop.passTime(4 * MINUTE_MS)
    await resolvePayouts(shop.deps())
    const [second] = await claim("slow", 1)
    expect(second).toMatchObject({ payout_id: payout.id, attempt_no: 2 })

    const recorded = await recordAttemptOutcome(shop.books.db, {
      claimed: first,
      worker: "slow",
      report: {
        outcome: { kind: "not_sent" },
        code: "self_fence",
        http_status: null,
        remote_token: null,
        details: [],
      },
      jitter: 0,
    })

    // Its second request may be on the wire right now.
    expect(recorded).toMatchObject({ is_late: true, to: null })
    expect((await readPayout(shop, payout.id)).status).toBe("sending")
    expect((await attemptsOf(shop, payout.id)).map((row) => row.proof)).toEqual(
      ["not_executed", null]
    )
  })

  it("never lets two payouts claim one load", async () => {
    const [first, second] = [await aPayout(shop), await aPayout(shop)]
    const claims = await claim("a", 2)
    for (const claimed of claims) {
      await recordAttemptOutcome(shop.books.db, {
        claimed,
        worker: "a",
        report: completed("ld_same"),
        jitter: 0,
      })
    }

    const statuses = [
      (await readPayout(shop, first.id)).status,
      (await readPayout(shop, second.id)).status,
    ].sort()
    expect(statuses).toEqual(["completed", "needs_review"])
  })

  it("changes nothing when it is recorded twice", async () => {
    const payout = await aPayout(shop)
    const [claimed] = await claim("a", 1)
    if (!claimed) throw new Error("Nothing was claimed")
    const record = () =>
      recordAttemptOutcome(shop.books.db, {
        claimed,
        worker: "a",
        report: completed("ld_once"),
        jitter: 0,
      })
    await record()
    const before = await readPayout(shop, payout.id)

    expect(await record()).toMatchObject({ is_late: true, to: null })
    expect(await readPayout(shop, payout.id)).toEqual(before)
  })
})

it("pays a backlog once with two dispatchers at it", async () => {
  for (let count = 0; count < 30; count += 1) await aPayout(shop)

  const reports = await Promise.all([
    dispatchPayouts(shop.deps()),
    dispatchPayouts(shop.deps()),
  ])

  expect(reports[0].completed + reports[1].completed).toBe(30)
  expect(sentLoads(shop)).toHaveLength(30)
  await expectBooksToAgree(shop)
})

/** Commits, and then the caller hears only that the connection is gone. */
function losesAcknowledgement(db: Db, what: "claim" | "outcome"): Db {
  let isLost = false
  const lose = (written: "claim" | "outcome") => {
    if (isLost || written !== what) return
    isLost = true
    throw new Error("Connection terminated unexpectedly")
  }
  return {
    // A load that MassPay has is written down by one statement.
    async rows<Row>(text: string, params?: readonly unknown[]) {
      const rows = await db.rows<Row>(text, params)
      if (/update masspay_attempt/.test(text)) lose("outcome")
      return rows
    },
    async tx(work) {
      const result = await db.tx(work)
      lose("claim")
      return result
    },
  }
}

it.each(["claim", "outcome"] as const)(
  "pays once when the commit of the %s is not acknowledged",
  async (what) => {
    const payout = await aPayout(shop)
    const books = losesAcknowledgement(shop.books.db, what)

    await dispatchPayouts(shop.deps({ books })).catch(() => undefined)
    expect(sentLoads(shop)).toHaveLength(what === "claim" ? 0 : 1)
    await shop.passTime(5 * MINUTE_MS)
    await untilQuiet(shop)

    expect((await readPayout(shop, payout.id)).status).toBe("completed")
    expect(sentLoads(shop)).toHaveLength(1)
    await expectBooksToAgree(shop)
  }
)

it("keeps paying others when one outcome cannot be written", async () => {
  for (let count = 0; count < 4; count += 1) await aPayout(shop)
  let broken = 0
  const report = await dispatchPayouts(
    shop.deps({
      failpoint: (name) => {
        if (name === "dispatch.recording" && (broken += 1) === 1) {
          throw new Error("the database went away")
        }
      },
    })
  )

  expect(report).toMatchObject({ completed: 3, unrecorded: 1 })
  await shop.passTime(10 * MINUTE_MS)
  await untilQuiet(shop)
  expect(sentLoads(shop)).toHaveLength(4)
  await expectBooksToAgree(shop)
})

it("tells of every end in the outbox, once, with ids only", async () => {
  const payout = await aPayout(shop)
  await dispatchPayouts(shop.deps())

  const rows = await shop.books.db.rows<{ name: string; payload: object }>(
    `select name, payload from masspay_outbox_event`
  )
  expect(rows).toEqual([
    {
      name: "masspay.payout.completed",
      payload: { id: payout.id, vendor_id: payout.payee.vendor_id },
    },
  ])
})
