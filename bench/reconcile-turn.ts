// One turn of one contestant in a process of its own, so that its memory is its own.
import { limitsFor } from "../src/runners/deps"
import { reconcile } from "../src/runners/reconcile"
import { connectBooks } from "../test/support/books"
import { wireTo } from "../test/support/wire-to"
import { reconcilePlainly } from "./ref/reconcile"

const MB = 1024 * 1024

async function main(): Promise<void> {
  const [who, database = "", url = ""] = process.argv.slice(2)
  const books = connectBooks(database)
  const { db } = books
  let peak = process.memoryUsage().rss
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss)
  }, 20)
  const started = performance.now()
  const rows = who === "plain" ? await plainly(db, url) : await ours(db, url)
  const seconds = (performance.now() - started) / 1000
  clearInterval(timer)
  peak = Math.max(peak, process.memoryUsage().rss)
  await books.close()
  process.stdout.write(
    `${JSON.stringify({ seconds, rows, peak_mb: peak / MB })}\n`
  )
}

type BooksDb = ReturnType<typeof connectBooks>["db"]

async function plainly(db: BooksDb, url: string): Promise<number> {
  const { rows, different } = await reconcilePlainly(db, { url })
  if (different > 0) throw new Error(`${different} differences out of nothing`)
  return rows
}

async function ours(db: BooksDb, url: string): Promise<number> {
  const quiet = () => undefined
  const limits = { deadline_ms: 15_000, in_flight: 8 }
  await reconcile(
    {
      books: db,
      wire: wireTo({ url, apiKey: "bench" }, limits),
      log: { info: quiet, warn: quiet, error: quiet },
      worker: "bench",
      limits: limitsFor(limits),
    },
    { every: { sweep_long: { every_ms: 0 } }, budget_ms: 60 * 60_000 }
  )
  const [run] = await db.rows<{
    status: string
    rows: number
    payees: number
    problem: string | null
  }>(
    `select status, rows, payees, problem from masspay_reconciliation_run
      order by started_at desc, id desc limit 1`
  )
  if (run?.status !== "complete" || run.payees > 0) {
    throw new Error(`The run is not as it should be: ${JSON.stringify(run)}`)
  }
  return run.rows
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error)
    process.exit(1)
  }
)
