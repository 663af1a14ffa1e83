import { readdirSync, readFileSync } from "node:fs"
import path from "node:path"

import { booksOptions, parseOptions } from "../../src/options"
import { jobIntervals } from "../../src/sweep/alarm-policy"

const JOBS = path.join(__dirname, "../../src/jobs")
/** Its silence is told by `reconcile_overdue`, which says more. */
const TOLD_OTHERWISE = ["masspay-reconcile"]

const files = () => readdirSync(JOBS).map((file) => path.parse(file).name)
const intervals = () =>
  jobIntervals(
    booksOptions(
      parseOptions({ environment: "sandbox" }, { NODE_ENV: "development" })
    )
  )

describe("jobs whose silence is an alarm", () => {
  it("are all that there are", () => {
    expect([...Object.keys(intervals()), ...TOLD_OTHERWISE].sort()).toEqual(
      files().sort()
    )
  })

  it("run as often as the alarm counts on, where no option says so", () => {
    for (const [job, seconds] of Object.entries(intervals())) {
      const source = readFileSync(path.join(JOBS, `${job}.ts`), "utf8")
      const isFixed = source.includes("interval: MINUTE_MS")
      if (isFixed) expect({ job, seconds }).toEqual({ job, seconds: 60 })
    }
  })
})
