import { Pool } from "@medusajs/framework/pg"

import type { Wire } from "../../src/modules/masspay-gateway/types"
import { limitsFor } from "../../src/runners/deps"
import { dispatchPayouts } from "../../src/runners/dispatch"
import { logTo } from "../../src/runners/log"
import type { Books } from "../../test/support/books"
import { planPayout, readyPayouts } from "../../test/support/many-payouts"
import { wireTo } from "../../test/support/wire-to"
import { postBare } from "../ref/bare-posts"
import { dispatchPlainly } from "../ref/dispatch"
import { checkBooks, checkLoads } from "./check"
import { measure, type Measured } from "./measure"
import type { Track } from "./track"

export const CONCURRENCY = 32
const DEADLINE_MS = 10_000
/** As many connections as ours has in `test/support/books.ts`. */
const CONNECTIONS = 12
const LIMITS = limitsFor({ in_flight: CONCURRENCY, deadline_ms: DEADLINE_MS })

export const CONTESTANTS = ["bare", "plain", "ours"] as const
export type Contestant = (typeof CONTESTANTS)[number]

/** Pays `payouts` vendors once, and checks that exactly that happened. */
export async function run(
  contestant: Contestant,
  track: Track,
  payouts: number
): Promise<Measured> {
  return contestant === "bare"
    ? runBare(track, payouts)
    : runSafe(contestant, track, payouts)
}

async function runBare(track: Track, count: number): Promise<Measured> {
  const { books, sandbox, tag, payees } = track
  const { source_token } = sandbox
  const posts = Array.from({ length: count }, (_, nth) => {
    const payee = payees[nth % payees.length]
    if (!payee) throw new RangeError("Payouts need payees")
    return planPayout({ tag, source_token, payee, nth })
  })
  const after = (await sandbox.loads(0)).length
  const measured = await measure(books.db, count, () =>
    postBare(sandbox, { posts, concurrency: CONCURRENCY })
  )
  await checkLoads(sandbox, { planned: posts, after })
  return measured
}

async function runSafe(
  contestant: "plain" | "ours",
  track: Track,
  count: number
): Promise<Measured> {
  const { books, sandbox, tag, payees } = track
  const { source_token } = sandbox
  const payouts = await readyPayouts(books.db, {
    tag,
    source_token,
    payees,
    count,
  })
  await settle(books)
  const after = (await sandbox.loads(0)).length
  const wire = wireTo(sandbox, {
    deadline_ms: DEADLINE_MS,
    in_flight: CONCURRENCY,
  })
  const measured =
    contestant === "ours"
      ? await measure(books.db, count, () => dispatchOurs(books, wire))
      : await measurePlain(books, wire, count)
  const tokens = await checkLoads(sandbox, { planned: payouts, after })
  await checkBooks(books.db, { payouts, tokens })
  return measured
}

/** Fresh statistics and no write-back of earlier rows: the same start for everybody. */
async function settle(books: Books): Promise<void> {
  await books.db.rows(`vacuum (analyze)`)
  await books.db.rows(`checkpoint`)
}

async function dispatchOurs(books: Books, wire: Wire): Promise<void> {
  const sink = (_line: string): void => undefined
  for (;;) {
    const report = await dispatchPayouts({
      books: books.db,
      wire,
      // Lines are made as in a shop, and then dropped.
      log: logTo({ info: sink, warn: sink, error: sink }),
      worker: "bench-ours",
      limits: LIMITS,
    })
    if (report.drained) return
  }
}

async function measurePlain(
  books: Books,
  wire: Wire,
  count: number
): Promise<Measured> {
  const pool = new Pool({
    host: process.env.DB_HOST,
    port: Number(process.env.DB_PORT),
    user: process.env.DB_USERNAME,
    password: process.env.DB_PASSWORD,
    database: books.database,
    max: CONNECTIONS,
  })
  try {
    return await measure(books.db, count, () =>
      dispatchPlainly({
        pool,
        transport: wire.transport,
        worker: "bench-plain",
        concurrency: CONCURRENCY,
        lease_ms: LIMITS.lease_ms,
      })
    )
  } finally {
    await pool.end()
  }
}
