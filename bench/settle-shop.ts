// One shop of the measurement of settling, in a process of its own: bench/settle.ts tells it what to do.
import { knex as connect } from "@medusajs/framework/mikro-orm/knex"
import { Pool } from "@medusajs/framework/pg"
import type { MedusaContainer } from "@medusajs/framework/types"

import { kernelFrom } from "../src/kernel"
import { MASSPAY_MODULE } from "../src/modules/masspay"
import { setControl } from "../src/modules/masspay/queries/control"
import { readIdentity } from "../src/modules/masspay/queries/database-identity"
import type { Db } from "../src/modules/masspay/queries/db"
import { knexDb } from "../src/modules/masspay/queries/knex-db"
import type { MasspayModuleService } from "../src/modules/masspay/service"
import { earlierEntries } from "./support/ledger"
import { makeTemplates, readTemplates } from "./support/orders"
import { settleAs } from "./support/settle-contestants"
import { checkBooksHold } from "./support/settled"
import { bootShop, migrateShop, urlOf } from "./support/shop"
import type { FromShop, ToShop } from "./support/shop-process"

/** Filling, checking and tidying may take longer than anything the shop does. */
const PATIENCE = { statement_ms: 900_000, idle_in_transaction_ms: 60_000 }

/** What a shop has after its first orders. */
async function prepare(): Promise<void> {
  const container = await bootShop()
  const { books } = await kernelFrom(container)
  await books.rows(`create extension pg_stat_statements`)
  await makeTemplates(container)
}

async function serve(database: string, existing: number): Promise<void> {
  const container = await bootShop()
  await recogniseDatabase(container)
  const knex = connect({
    client: "pg",
    connection: urlOf(database),
    pool: { min: 0, max: 2 },
  })
  const patient = knexDb(knex, PATIENCE)
  await earlierEntries(patient, existing)
  await skipRescan(container)
  const pool = new Pool({ connectionString: urlOf(database) })
  const templates = await readTemplates(patient)
  const shop = { container, db: patient, pool, templates }
  await tidy(patient)
  await checkBooksHold(patient)

  process.on("message", (message: ToShop) => {
    answer(async () => {
      if (message.do === "check") {
        await checkBooksHold(patient)
        return null
      }
      const settled = await settleAs(shop, message)
      await tidy(patient)
      return settled
    })
  })
  // Not to outlive who asks.
  process.on("disconnect", () => process.exit())
  say({ kind: "ready" })
}

/** A copy is a restore to the books; this one is meant. */
async function recogniseDatabase(container: MedusaContainer): Promise<void> {
  const { db } = container.resolve<MasspayModuleService>(MASSPAY_MODULE)
  await db.rows(
    `update masspay_control
        set value = value || jsonb_build_object('identity', ?::jsonb)
      where key = 'database_identity'`,
    [JSON.stringify(await readIdentity(db))]
  )
  await kernelFrom(container)
}

/** A sweep looks at what changed; the daily look at everything is not measured. */
async function skipRescan(container: MedusaContainer): Promise<void> {
  const { books } = await kernelFrom(container)
  const watermark = new Date().toISOString()
  for (const key of ["watermark:sweep", "watermark:rescan"]) {
    await setControl(books, key, { watermark, walk: null, failed: [] })
  }
}

/** Fresh statistics and no write-back of earlier rows: the same start for everybody. */
async function tidy(db: Db): Promise<void> {
  await db.rows(`vacuum (analyze)`)
  await db.rows(`checkpoint`)
}

function answer(work: () => Promise<unknown>): void {
  work().then(
    (result) => say({ kind: "done", result }),
    (error: unknown) =>
      say({
        kind: "failed",
        message:
          error instanceof Error
            ? (error.stack ?? error.message)
            : String(error),
      })
  )
}

function say(message: FromShop): void {
  process.send?.(message)
}

const [task, database = "", existing = "0"] = process.argv.slice(2)
const TASKS: Record<string, () => Promise<void>> = {
  migrate: migrateShop,
  prepare,
  serve: () => serve(database, Number(existing)),
}
const work = TASKS[task ?? ""]
if (!work) throw new RangeError(`There is no task ${task ?? ""}`)
work().then(
  () => {
    if (task !== "serve") process.exit()
  },
  (error: unknown) => {
    console.error(error)
    process.exit(1)
  }
)
