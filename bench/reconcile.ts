// What comparing the books with MassPay costs: ours against a plain script over the same pages, in turns.
import { spawn } from "node:child_process"
import { once } from "node:events"
import path from "node:path"
import { createInterface } from "node:readline"
import { parseArgs } from "node:util"

import { type Books, openBooks } from "../test/support/books"
import { median } from "./support/measure"
import { fillBooks } from "./support/reconcile-rows"

const ROOT = path.join(__dirname, "..")
/** Ours against the plain script's. */
const SPEED_MIN = 0.4
/** For ten times as many rows. */
const GROWTH_MAX = 11
const MEMORY_MB_MAX = 60
const HEAP_MB = 256

const HELP = `What comparing the books with MassPay costs, next to a plain script over the same pages.

Usage: npm run bench:reconcile -- [flags]

  --rows <n>       of MassPay's history (100000)
  --largest <n>    for the memory, once (1000000)
  --rounds <n>     of both contestants, in turns (3)
  --help           print this`

type Turn = { seconds: number; rows: number; peak_mb: number; requests: number }

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rows: { type: "string", default: "100000" },
      largest: { type: "string", default: "1000000" },
      rounds: { type: "string", default: "3" },
      help: { type: "boolean", default: false },
    },
  })
  if (values.help) {
    console.log(HELP)
    return
  }
  const rows = whole("--rows", values.rows)
  const largest = whole("--largest", values.largest)
  const rounds = whole("--rounds", values.rounds)
  const small = Math.max(100, Math.round(rows / 10))
  const pages = await startPages()
  try {
    const few = await measure(pages, { rows: small, rounds })
    const many = await measure(pages, { rows, rounds })
    const most = await measure(pages, {
      rows: largest,
      rounds: 1,
      ours_only: true,
    })
    report({ few, many, most })
  } finally {
    pages.stop()
  }
}

type Measured = { rows: number; plain: Turn[]; ours: Turn[]; again: Turn[] }

async function measure(
  pages: Pages,
  {
    rows,
    rounds,
    ours_only = false,
  }: { rows: number; rounds: number; ours_only?: boolean }
): Promise<Measured> {
  const books = await openBooks()
  try {
    await fillBooks(books.db, rows)
    const measured: Measured = { rows, plain: [], ours: [], again: [] }
    for (let nth = 0; nth < rounds; nth += 1) {
      const turns = [
        async () => {
          if (ours_only) return
          measured.plain.push(await turn("plain", { pages, books, rows }))
        },
        async () => {
          await forget(books)
          measured.ours.push(await turn("ours", { pages, books, rows }))
          // Everything is known now, as it is every half hour.
          if (!ours_only) {
            measured.again.push(await turn("ours", { pages, books, rows }))
          }
        },
      ]
      for (const take of nth % 2 === 0 ? turns : turns.reverse()) await take()
    }
    return measured
  } finally {
    await books.close()
  }
}

/** As if it had never been compared. */
async function forget({ db }: Books): Promise<void> {
  await db.rows(
    `truncate masspay_remote_transaction, masspay_remote_absence, masspay_reconciliation_run`
  )
}

async function turn(
  who: "plain" | "ours",
  { pages, books, rows }: { pages: Pages; books: Books; rows: number }
): Promise<Turn> {
  await pages.show(rows)
  const child = spawn(
    process.execPath,
    [
      `--max-old-space-size=${HEAP_MB}`,
      ...["--require", "ts-node/register/transpile-only"],
      path.join(ROOT, "bench/reconcile-turn.ts"),
      ...[who, books.database, pages.url],
    ],
    { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"], env: process.env }
  )
  let said = ""
  child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()))
  const [code] = (await once(child, "close")) as [number | null]
  if (code !== 0) throw new Error(`${who} ended with ${String(code)}`)
  const told = JSON.parse(said) as Omit<Turn, "requests">
  if (told.rows !== rows) {
    throw new Error(`${who} saw ${told.rows} rows of ${rows}`)
  }
  return { ...told, requests: await pages.requests() }
}

type Pages = {
  url: string
  show(rows: number): Promise<void>
  requests(): Promise<number>
  stop(): void
}

async function startPages(): Promise<Pages> {
  const child = spawn(
    process.execPath,
    [
      ...["--require", "ts-node/register/transpile-only"],
      path.join(ROOT, "bench/reconcile-pages.ts"),
    ],
    { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"], env: process.env }
  )
  process.once("exit", () => child.kill())
  for await (const url of createInterface({ input: child.stdout })) {
    return {
      url,
      async show(rows) {
        await fetch(`${url}/rows?count=${rows}`)
      },
      async requests() {
        const response = await fetch(`${url}/requests`)
        return ((await response.json()) as { requests: number }).requests
      },
      stop: () => void child.kill(),
    }
  }
  throw new Error("The pages did not start")
}

function report({
  few,
  many,
  most,
}: {
  few: Measured
  many: Measured
  most: Measured
}): void {
  for (const { rows, plain, ours, again } of [few, many, most]) {
    console.log(`${rows} rows`)
    for (const [name, turns] of [
      ["plain script", plain],
      ["this plugin", ours],
      ["… once more", again],
    ] as const) {
      if (turns.length === 0) continue
      const seconds = turns.map((one) => one.seconds)
      console.log(
        `  ${name.padEnd(14)}${median(seconds).toFixed(2).padStart(8)} s  ${(rows / median(seconds)).toFixed(0).padStart(7)} rows/s  ${String(Math.max(...turns.map((one) => one.requests))).padStart(6)} requests  ${Math.max(
          ...turns.map((one) => one.peak_mb)
        )
          .toFixed(0)
          .padStart(
            4
          )} MB  (rounds ${seconds.map((s) => s.toFixed(2)).join(" ")})`
      )
    }
  }
  const secondsOf = (turns: readonly Turn[]) =>
    median(turns.map((one) => one.seconds))
  // Round by round: what disturbs a round disturbs both.
  const speed = median(
    many.ours.map(
      ({ seconds }, nth) => (many.plain[nth]?.seconds ?? NaN) / seconds
    )
  )
  const growth =
    (secondsOf(many.ours) / secondsOf(few.ours)) * (10 / (many.rows / few.rows))
  const peakOf = ({ ours }: Measured) =>
    Math.max(...ours.map((one) => one.peak_mb))
  const memory = Math.max(peakOf(many), peakOf(most)) - peakOf(few)
  const over = Math.max(
    ...[few, many, most].flatMap(({ rows, ours, again }) =>
      [...ours, ...again].map(
        (one) => one.requests - (Math.ceil(rows / 100) + 2)
      )
    )
  )
  const isPassed =
    speed >= SPEED_MIN &&
    growth <= GROWTH_MAX &&
    memory <= MEMORY_MB_MAX &&
    over <= 0
  console.log(
    `reconcile: ${percent(speed)} of the plain script's speed (at least ${percent(SPEED_MIN)}), ` +
      `${secondsOf(many.ours).toFixed(2)} s for ${many.rows} rows, ${growth.toFixed(1)} × for ten times the rows (at most ${GROWTH_MAX}), ` +
      `+${memory.toFixed(0)} MB from ${few.rows} to ${Math.max(many.rows, most.rows)} rows (at most ${MEMORY_MB_MAX}), ` +
      `${over <= 0 ? "no request" : `${over} requests`} over rows / 100 + 2: ` +
      (isPassed ? "passed" : "FAILED")
  )
  process.exitCode = isPassed ? 0 : 1
}

const percent = (ratio: number) => `${(100 * ratio).toFixed(0)} %`

function whole(flag: string, text: string): number {
  const value = Number(text)
  if (/^\d{1,8}$/.test(text) && value >= 1) return value
  throw new RangeError(`${flag} must be a whole number from 1`)
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error)
    process.exit(1)
  }
)
