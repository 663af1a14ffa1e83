import {
  setControl,
  stopDispatch,
} from "../../src/modules/masspay/queries/control"
import type { Db } from "../../src/modules/masspay/queries/db"
import {
  acknowledgeIncident,
  type IncidentFilters,
  listIncidents,
} from "../../src/modules/masspay/queries/incident-reads"
import {
  closeIncident,
  openIncident,
} from "../../src/modules/masspay/queries/incidents"
import { noteJobRun } from "../../src/modules/masspay/queries/job-runs"
import { parseOptions } from "../../src/options"
import { createHealth, readHealth } from "../../src/sweep/health"
import { type Books, openBooks } from "../support/books"

const OPTIONS = parseOptions({ environment: "sandbox" }, { NODE_ENV: "test" })
const MINUTE_MS = 60_000

let books: Books
beforeAll(async () => {
  books = await openBooks()
})
afterAll(async () => {
  await books.close()
})
beforeEach(async () => {
  await books.db.rows(
    `delete from masspay_control where key in
       ('dispatch_stop', 'circuit', 'invariants', 'job:masspay-watch')`
  )
})

const health = (db: Db = books.db) =>
  createHealth(db, { kept_ms: 0, within_ms: 30_000 })()

describe("whether payouts work", () => {
  it("is ok where nothing is wrong", async () => {
    await noteJobRun(books.db, { job: "masspay-watch", what: "finished" })
    expect(await health()).toBe("ok")
    expect(await readHealth(books.db, OPTIONS)).toMatchObject({
      status: "ok",
      reasons: [],
      circuit: { state: "closed" },
      rate: { per_second: 10, max_per_second: 10, paused_until: null },
      payouts: { ready: { count: 0, oldest_seconds: null } },
      incidents: 0,
    })
  })

  it.each<[string, () => Promise<unknown>]>([
    [
      "dispatch_stopped",
      () => stopDispatch(books.db, { reason: "a look", actor: "user_1" }),
    ],
    [
      "circuit_open",
      () =>
        books.db.rows(
          `insert into masspay_control (key, value) values ('circuit',
             jsonb_build_object('state', 'open', 'reason', 'auth', 'opened_at', masspay_now()))`
        ),
    ],
    [
      "invariant_broken",
      () =>
        setControl(books.db, "invariants", {
          checked_at: new Date().toISOString(),
          results: [
            { id: "I1", holds: true, violations: 0 },
            { id: "I5", holds: false, violations: 3 },
          ],
        }),
    ],
    [
      "watch_overdue",
      async () => {
        await noteJobRun(books.db, { job: "masspay-watch", what: "finished" })
        await books.shiftClock(11 * MINUTE_MS)
      },
    ],
  ])("is degraded: %s", async (reason, begin) => {
    await begin()

    expect(await health()).toBe("degraded")
    expect(await readHealth(books.db, OPTIONS)).toMatchObject({
      status: "degraded",
      reasons: [reason],
    })
  })

  it("is down, and no error, where the database refuses or does not answer", async () => {
    const refusing = () => Promise.reject(new Error("connection refused"))
    let asked = 0
    const hanging = () => {
      asked += 1
      return new Promise<never>(() => undefined)
    }
    const over = (rows: Db["rows"]): Db => ({ rows, tx: refusing })

    expect(await health(over(refusing))).toBe("down")
    const ask = createHealth(over(hanging), { within_ms: 50, now_ms: () => 0 })
    expect(await ask()).toBe("down")
    // From memory, for whoever asks next.
    expect(await ask()).toBe("down")
    expect(asked).toBe(1)
  })

  it("asks the database once for everybody who asks meanwhile", async () => {
    let asked = 0
    let now_ms = 0
    const counting: Db = {
      tx: (work) => books.db.tx(work),
      rows: (text, params) => {
        asked += 1
        return books.db.rows(text, params)
      },
    }
    const ask = createHealth(counting, { now_ms: () => now_ms })
    await Promise.all(Array.from({ length: 100 }, ask))
    await ask()
    expect(asked).toBe(1)
    now_ms += 2_001
    await ask()
    expect(asked).toBe(2)
  })
})

describe("alarms, for operators", () => {
  const CAUSE = {
    kind: "payout_parked",
    cause_key: "payout_parked:mspo_1",
    subject_type: "payout",
    subject_id: "mspo_1",
    vendor_id: "ven_ada",
    detail: { amount: "12.00", currency_code: "USD" },
  } as const
  const page = (filters: IncidentFilters) =>
    listIncidents(books.db, { filters, limit: 20, offset: 0 })
  const deciding = (request_id: string, actor = "user_1") => ({
    actor,
    reason: "I ask MassPay",
    request_id,
  })

  it("are listed by state, kind, vendor and subject", async () => {
    await openIncident(books.db, CAUSE)
    await openIncident(books.db, {
      kind: "circuit_open",
      cause_key: "circuit_open",
      subject_type: "circuit",
    })
    await closeIncident(books.db, { cause_key: "circuit_open" })

    expect((await page({})).count).toBe(2)
    const open = await page({ state: ["open"] })
    expect(open.incidents).toMatchObject([
      {
        ...{ kind: "payout_parked", state: "open", subject_id: "mspo_1" },
        ...{ page: "docs/runbook/payout_parked.md", closed_at: null },
        detail: { amount: "12.00", currency_code: "USD" },
      },
    ])
    expect((await page({ state: ["closed"] })).count).toBe(1)
    expect((await page({ kind: ["circuit_open"] })).count).toBe(1)
    expect((await page({ vendor_id: ["ven_ada"] })).count).toBe(1)
    expect((await page({ subject_id: ["mspo_2"] })).count).toBe(0)
  })

  it("are acknowledged once, by whoever came first", async () => {
    const { id } = await openIncident(books.db, CAUSE)

    const first = await acknowledgeIncident(books.db, {
      id,
      ...deciding("r1"),
    })
    const repeated = await acknowledgeIncident(books.db, {
      id,
      ...deciding("r1"),
    })
    const late = await acknowledgeIncident(books.db, {
      id,
      ...deciding("r2", "user_2"),
    })

    expect(repeated).toEqual(first)
    expect(late.effect).toMatch(/nothing was changed/)
    expect((await page({ is_acknowledged: true })).incidents).toMatchObject([
      { id, acknowledged_by: "user_1", acknowledge_note: "I ask MassPay" },
    ])
  })

  it("are not acknowledged once they are over, nor where there is none", async () => {
    const { id } = await openIncident(books.db, CAUSE)
    await closeIncident(books.db, CAUSE)

    await expect(
      acknowledgeIncident(books.db, { id, ...deciding("r3") })
    ).rejects.toMatchObject({ code: "incident_closed" })
    await expect(
      acknowledgeIncident(books.db, { id: "msinc_0", ...deciding("r4") })
    ).rejects.toMatchObject({ code: "incident_not_found" })
  })
})
