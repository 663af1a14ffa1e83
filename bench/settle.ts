// What settling an order costs: ours against a bare subscriber and against a plain program, in turns.
import { parseArgs } from "node:util"

import type { Measured } from "./support/measure"
import { startSandboxProcess } from "./support/sandbox-process"
import type { Contestant } from "./support/settle-contestants"
import {
  grade,
  type Growth,
  growthOf,
  PAIRINGS,
  type Results,
  tableOf,
} from "./support/settle-report"
import { createDatabase } from "./support/shop"
import {
  prepareShop,
  type ShopProcess,
  startShop,
} from "./support/shop-process"

const WARM_UP = 100
/** In the ledger before anything is measured. */
const FEW = 1_000
const TEMPLATE = "bench_template"

const HELP = `What settling an order costs, compared in one run with a bare subscriber and a plain program.

Usage: npm run bench:settle -- [flags]

  --orders <n>     per contestant and round, in batches of 100 (500)
  --events <n>     per contestant and round, one by one (200)
  --rounds <n>     of every contestant, in turns (3)
  --existing <n>   also measure ours with n entries in the ledger (0)
  --help           print this`

type Sizes = { orders: number; events: number; rounds: number }

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      orders: { type: "string", default: "500" },
      events: { type: "string", default: "200" },
      rounds: { type: "string", default: "3" },
      existing: { type: "string", default: "0" },
      help: { type: "boolean", default: false },
    },
  })
  if (values.help) {
    console.log(HELP)
    return
  }
  const sizes = {
    orders: whole("--orders", values.orders, 1),
    events: whole("--events", values.events, 1),
    rounds: whole("--rounds", values.rounds, 1),
  }
  const existing = whole("--existing", values.existing, 0)

  const sandbox = await startSandboxProcess()
  try {
    await createDatabase(TEMPLATE)
    await prepareShop(TEMPLATE, sandbox)
    const open = async (database: string, entries: number) => {
      await createDatabase(database, TEMPLATE)
      return startShop({ database, existing: entries }, sandbox)
    }
    const shop = await open("bench_few", FEW)
    const results = await alternate(shop, sizes)
    console.log(tableOf(`With ${FEW} entries in the ledger`, results))
    const growth =
      existing > 0
        ? await compareGrowth(shop, await open("bench_many", existing), sizes)
        : []
    const { line, isPassed } = grade(results, growth)
    console.log(line)
    process.exitCode = isPassed ? 0 : 1
  } finally {
    sandbox.stop()
  }
}

function whole(flag: string, text: string, min: number): number {
  const value = Number(text)
  if (/^\d{1,7}$/.test(text) && value >= min) return value
  throw new RangeError(`${flag} must be a whole number from ${min}`)
}

/** Every other round begins with the other one, so that none is always the first. */
async function alternate(shop: ShopProcess, sizes: Sizes): Promise<Results> {
  const results = new Map<Contestant, Measured[]>()
  for (let round = -1; round < sizes.rounds; round += 1) {
    for (const { theirs, ours } of PAIRINGS) {
      for (const contestant of turns(round, [theirs, ours])) {
        const isWarmUp = round < 0
        const size = isWarmUp ? WARM_UP : sizeFor(contestant, sizes)
        const measured = await shop.settle(contestant, size)
        if (isWarmUp) continue
        const known = results.get(contestant) ?? []
        results.set(contestant, [...known, measured])
      }
    }
    await shop.check()
  }
  return results
}

/** What an order costs when the ledger is full, against what it costs when it is not. */
async function compareGrowth(
  few: ShopProcess,
  many: ShopProcess,
  sizes: Sizes
): Promise<Growth[]> {
  const growth: Growth[] = []
  for (const contestant of ["event", "sweep"] as const) {
    await many.settle(contestant, WARM_UP)
    const pairs: { few: Measured; many: Measured }[] = []
    for (let round = 0; round < sizes.rounds; round += 1) {
      const pair = new Map<ShopProcess, Measured>()
      for (const shop of turns(round, [few, many])) {
        const size = sizeFor(contestant, sizes)
        pair.set(shop, await shop.settle(contestant, size))
      }
      const [one, other] = [pair.get(few), pair.get(many)]
      if (one && other) pairs.push({ few: one, many: other })
    }
    const found = growthOf(contestant, pairs)
    growth.push(found)
    console.log(
      `With ${many.existing} entries in the ledger, ${contestant}: an order costs ` +
        `${found.cost.toFixed(2)} of the CPU and ${found.seconds.toFixed(2)} of the time that it costs with ${few.existing}`
    )
  }
  await few.check()
  await many.check()
  console.log()
  return growth
}

function sizeFor(contestant: Contestant, { orders, events }: Sizes): number {
  const isSingle = /^(bare|event)/.test(contestant)
  return isSingle ? events : orders
}

function turns<Item>(round: number, items: readonly Item[]): readonly Item[] {
  return round % 2 === 0 ? items : [...items].reverse()
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error)
    process.exit(1)
  }
)
