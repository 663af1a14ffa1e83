// A worker of its own process: runs what it is told to, and kills itself where it is told to.
import axios from "axios"

import { adoptAfterRestore } from "../../src/runners/adopt"
import { applyWebhooks } from "../../src/runners/apply-webhooks"
import { collectPayouts } from "../../src/runners/collect"
import {
  type FailpointName,
  limitsFor,
  type RunnerDeps,
} from "../../src/runners/deps"
import { dispatchPayouts } from "../../src/runners/dispatch"
import { linkPayees } from "../../src/runners/link-payees"
import { fact } from "../../src/runners/log"
import { publishOutbox } from "../../src/runners/publish-outbox"
import { reconcile } from "../../src/runners/reconcile"
import { resolvePayouts } from "../../src/runners/resolve"
import { beginOnSignals, createShutdown } from "../../src/shutdown"
import { connectBooks } from "../support/books"
import { COLLECT } from "../support/collect-policy"
import type { ChildOrder } from "../support/failpoints"
import { wireTo } from "../support/wire-to"
import { skewClock } from "./skew-clock"

const order = JSON.parse(process.argv[2] ?? "{}") as ChildOrder
const { deadline_ms, in_flight } = order
skewClock(order.skew_ms ?? 0)
const books = connectBooks(order.database)

const shutdown = createShutdown()
/** As Medusa does it: the modules are waited for, then the process ends. */
process.once("SIGTERM", () => {
  void shutdown.drain(2 * deadline_ms).then((isDrained) => {
    process.exit(isDrained ? 0 : 3)
  })
})
beginOnSignals(shutdown)

let hits = 0
let ends = 0
let pauses = 0
async function failpoint(name: FailpointName): Promise<void> {
  const { die, end, pause } = order
  if (pause && name === pause.at && (pauses += 1) === pause.hit) {
    process.stdout.write("paused\n")
    process.kill(process.pid, "SIGSTOP")
  }
  if (end && name === end.at && (ends += 1) >= end.hit) await askToEnd()
  if (!die || name !== die.at || (hits += 1) !== die.hit) return
  if (die.once_faults_are_taken) await untilFaultsAreTaken()
  process.kill(process.pid, "SIGKILL")
  // The signal needs a moment; nothing may happen in it.
  await new Promise(() => undefined)
}

let asked: Promise<unknown> | null = null
/** From here on nobody goes on before the signal has arrived. */
function askToEnd(): Promise<unknown> {
  asked ??= new Promise((resolve) => {
    shutdown.signal.addEventListener("abort", resolve, { once: true })
    process.kill(process.pid, "SIGTERM")
  })
  return asked
}

/** The request is at the sandbox now, and not answered yet. */
async function untilFaultsAreTaken(): Promise<void> {
  for (;;) {
    const { data } = await axios.get<{ faults: unknown[] }>(
      `${order.sandbox.url}/sandbox/faults`
    )
    if (data.faults.length === 0) return
  }
}

/** Read only where a proof fails: then it says why. */
const tell = (...line: Parameters<typeof fact>) =>
  void process.stderr.write(`${fact(...line)}\n`)
const log = { info: () => undefined, warn: tell, error: tell }
const deps: RunnerDeps = {
  books: books.db,
  wire: wireTo(order.sandbox, { deadline_ms, in_flight }),
  log,
  worker: `child-${process.pid}`,
  // Look-ups are leased for a batch of deadlines: no longer than these proofs wait.
  limits: { ...limitsFor({ deadline_ms, in_flight }), batch_size: 10 },
  failpoint,
  signal: shutdown.signal,
}

async function publish(messages: readonly { id: string }[]): Promise<void> {
  for (const { id } of messages) {
    await books.db.rows(`insert into test_published (event_id) values (?)`, [
      id,
    ])
  }
}

async function main(): Promise<void> {
  const until = performance.now() + (order.loop_ms ?? 0)
  process.stdout.write("began\n")
  do await doSteps()
  while (performance.now() < until)
  await books.close()
  process.exit(0)
}

async function doSteps(): Promise<void> {
  for (const step of order.steps) {
    if (step === "adopt") await adoptAfterRestore(deps, { wait_ms: 0 })
    if (step === "collect") {
      await collectPayouts(deps, {
        policy: COLLECT,
        tag: order.tag ?? "",
      })
    }
    if (step === "link") await linkPayees(deps)
    if (step === "dispatch") await shutdown.run(() => dispatchPayouts(deps))
    if (step === "resolve") await resolvePayouts(deps)
    if (step === "reconcile") await reconcile(deps)
    if (step === "webhooks") await applyWebhooks(deps)
    if (step === "publish") {
      await publishOutbox({ books: books.db, publish, log, failpoint })
    }
  }
}

main().catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
