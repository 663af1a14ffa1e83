import {
  createIntake,
  createTally,
} from "../../../src/api/hooks/masspay/intake"
import type { Sql } from "../../../src/modules/masspay/queries/db"
import type { WebhookToStore } from "../../../src/modules/masspay/queries/webhook-inbox"

const EVENT: WebhookToStore = {
  kind: "load",
  event_type: "load",
  remote_token: null,
  client_id: null,
  user_token: null,
  status: null,
  details: {},
  body_sha256: "0",
  mac: Buffer.alloc(64),
  signed_at: null,
  is_stale: false,
}
const STALE = { ...EVENT, is_stale: true }

/** Counts what is asked of it. Answers as the two statements of the inbox do. */
function aDatabase({ backlog = 0 } = {}) {
  const seen = { queries: 0, counted: 0 }
  const state = { backlog }
  const sql: Sql = {
    async rows<Row>(text: string) {
      seen.queries += 1
      if (!text.includes("waiting")) return [{ id: "1" }] as Row[]
      seen.counted += 1
      return [{ backlog: state.backlog, stored: 1 }] as Row[]
    },
  }
  return { sql, seen, state }
}

it("asks the database once for each message, and counts once a second", async () => {
  let now = 0
  const { sql, seen } = aDatabase()
  const intake = createIntake(sql, { now_ms: () => now })
  for (let n = 0; n < 20; n += 1) {
    expect(await intake(EVENT)).toEqual({ did: "stored" })
    now += 100
  }
  expect(seen).toEqual({ queries: 20, counted: 2 })
})

it("sheds while too much waits, without asking, and takes again afterwards", async () => {
  let now = 0
  const { sql, seen, state } = aDatabase({ backlog: 10 })
  const intake = createIntake(sql, {
    limits: { backlog: 10 },
    now_ms: () => now,
  })
  for (let n = 0; n < 5; n += 1) {
    expect(await intake(EVENT)).toEqual({ did: "shed", why: "backlog" })
  }
  expect(seen.queries).toBe(1)
  state.backlog = 9
  now += 1_000
  expect(await intake(EVENT)).toEqual({ did: "stored" })
})

it("sheds what is more than a minute's share, old ones sooner", async () => {
  let now = 0
  const { sql } = aDatabase()
  const limits = { per_minute: 5, stale_per_minute: 2 }
  const intake = createIntake(sql, { limits, now_ms: () => now })
  await intake(STALE)
  await intake(STALE)
  expect(await intake(STALE)).toEqual({ did: "shed", why: "too_many_stale" })
  for (let n = 0; n < 3; n += 1) await intake(EVENT)
  expect(await intake(EVENT)).toEqual({ did: "shed", why: "too_many" })
  now += 60_000
  expect(await intake(EVENT)).toEqual({ did: "stored" })
  expect(await intake(STALE)).toEqual({ did: "stored" })
})

it("sheds what would be too many at once, and says so when nothing is answered", async () => {
  let asked = 0
  const sql: Sql = {
    rows: () => {
      asked += 1
      return new Promise<never>(() => undefined)
    },
  }
  const intake = createIntake(sql, {
    limits: { concurrent: 2 },
    store_within_ms: 10,
  })
  const both = [intake(EVENT), intake(EVENT)]
  expect(await intake(EVENT)).toEqual({ did: "shed", why: "busy" })
  expect(await Promise.all(both)).toMatchObject([
    { did: "failed" },
    { did: "failed" },
  ])
  // They still take up room in the database.
  expect(await intake(EVENT)).toEqual({ did: "shed", why: "busy" })
  expect(asked).toBe(2)
})

it("a database that refuses is no reason to throw", async () => {
  const error = new Error("down")
  const intake = createIntake({ rows: () => Promise.reject(error) })
  expect(await intake(EVENT)).toEqual({ did: "failed", error })
})

it("a flood of verdicts becomes few lines", () => {
  let now = 0
  const lines: unknown[] = []
  const keep = (level: string) => (event: string, fields?: object) =>
    void lines.push([level, event, fields])
  const log = { info: keep("info"), warn: keep("warn"), error: keep("error") }
  const tally = createTally(log, { every_ms: 10_000, now_ms: () => now })
  tally("stored")
  for (let n = 0; n < 1_000; n += 1) tally("signature")
  now += 10_000
  tally("stored")
  expect(lines).toEqual([
    ["info", "webhook.received", { stored: 1 }],
    ["warn", "webhook.received", { signature: 1_000, stored: 1 }],
  ])
})
