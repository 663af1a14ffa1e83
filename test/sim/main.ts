import { planOf } from "./plan"
import { play } from "./run-seed"

async function main(): Promise<void> {
  const args = process.argv.slice(2)
  const valueOf = (name: string): number | null => {
    const at = args.indexOf(name)
    return at < 0 ? null : Number(args[at + 1])
  }
  const one = valueOf("--seed")
  if (one !== null) {
    const verdict = await play(planOf(one), (line) => console.log(line))
    console.log(verdict)
    return
  }
  const from = valueOf("--from") ?? 1
  const count = valueOf("--seeds") ?? 300
  const jobs = valueOf("--at-once") ?? 4
  let next = from
  let failed = 0
  const began = performance.now()
  const lane = async (): Promise<void> => {
    while (next < from + count) {
      const seed = next
      next += 1
      const verdict = await play(planOf(seed))
      if (verdict.problems.length > 0) {
        failed += 1
        console.log(`seed ${seed}:`)
        for (const problem of verdict.problems) console.log(`  ${problem}`)
      }
    }
  }
  await Promise.all(Array.from({ length: jobs }, lane))
  console.log(
    `${count} seeds, ${failed} failed, ${((performance.now() - began) / 1000).toFixed(0)} s`,
    process.cpuUsage()
  )
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error)
    process.exit(1)
  }
)
