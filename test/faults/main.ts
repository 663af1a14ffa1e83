import { keyAges } from "./key-age"
import { lists } from "./lists"
import { matrix } from "./matrix"
import type { Case } from "./case"

async function main(): Promise<void> {
  const only = process.argv[2] ?? ""
  const cases = [...matrix([0]), ...keyAges(), ...lists()].filter(({ name }) =>
    name.includes(only)
  )
  const left = [...cases]
  let failed = 0
  const began = performance.now()
  const lane = async (): Promise<void> => {
    for (let next = left.shift(); next; next = left.shift()) {
      const problems = await next.run()
      if (problems.length === 0) continue
      failed += 1
      console.log(`${next.name}:`)
      for (const p of problems) console.log(`  ${p}`)
    }
  }
  await Promise.all(Array.from({ length: 4 }, lane))
  console.log(
    `${cases.length} cases, ${failed} failed, ${((performance.now() - began) / 1000).toFixed(0)} s`,
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
