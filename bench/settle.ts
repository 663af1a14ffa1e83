import { startSandboxProcess } from "./support/sandbox-process"
import { createDatabase } from "./support/shop"
import { prepareShop, startShop } from "./support/shop-process"
import { CONTESTANTS } from "./support/settle-contestants"

async function main(): Promise<void> {
  const sandbox = await startSandboxProcess()
  await createDatabase("bench_shop")
  let t = Date.now()
  const lap = (s: string) => {
    console.log(s, Date.now() - t)
    t = Date.now()
  }
  await prepareShop("bench_shop", sandbox)
  lap("prepared")
  const shop = await startShop(
    { database: "bench_shop", existing: 1000 },
    sandbox
  )
  lap("started")
  for (const round of [0, 1, 2])
    for (const c of CONTESTANTS) {
      const m = await shop.settle(c, round === 0 ? 100 : 300)
      console.log(
        c,
        (m.payouts / m.seconds).toFixed(1),
        "queries",
        (m.queries / m.payouts).toFixed(2),
        "node ms",
        ((1000 * m.node_cpu_s) / m.payouts).toFixed(2),
        "pg ms",
        ((1000 * (m.postgres_cpu_s ?? 0)) / m.payouts).toFixed(2)
      )
      lap(c)
    }
  await shop.check()
  lap("checked")
  sandbox.stop()
}
main().then(
  () => process.exit(),
  (e: unknown) => {
    console.error(e)
    process.exit(1)
  }
)
