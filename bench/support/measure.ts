import { existsSync, readdirSync, readFileSync } from "node:fs"
import path from "node:path"

import type { Db } from "../../src/modules/masspay/queries/db"

export type Measured = {
  payouts: number
  seconds: number
  /** Statements that reached Postgres, `begin` and `commit` among them. */
  queries: number
  /** CPU seconds of this process, and of Postgres where that can be read. */
  node_cpu_s: number
  postgres_cpu_s: number | null
}

/** What `work` takes, per `payouts`. Nothing else may use the database meanwhile. */
export async function measure(
  db: Db,
  payouts: number,
  work: () => Promise<void>
): Promise<Measured> {
  await db.rows(`select pg_stat_statements_reset()`)
  const postgres = postgresCpuS()
  const cpu = process.cpuUsage()
  const started = performance.now()
  await work()
  const seconds = (performance.now() - started) / 1000
  const { user, system } = process.cpuUsage(cpu)
  const postgresAfter = postgresCpuS()
  const [counted] = await db.rows<{ calls: number }>(
    `select coalesce(sum(s.calls), 0)::int as calls
       from pg_stat_statements s join pg_database d on d.oid = s.dbid
      where d.datname = current_database()
        and s.query not like '%pg_stat_statements%'`
  )
  return {
    payouts,
    seconds,
    queries: counted?.calls ?? 0,
    node_cpu_s: (user + system) / 1e6,
    postgres_cpu_s:
      postgres === null || postgresAfter === null
        ? null
        : postgresAfter - postgres,
  }
}

const TICKS_PER_S = 100

/** Of all server processes, by Linux's book-keeping; `null` elsewhere. */
function postgresCpuS(): number | null {
  const data = process.env.BENCH_POSTGRES_DATA
  if (!data || !existsSync("/proc/self/stat")) return null
  const [postmaster] = readFileSync(
    path.join(data, "postmaster.pid"),
    "utf8"
  ).split("\n")
  let ticks = 0
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8")
      // After the name, which may hold anything: state, parent, …
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
      if (pid !== postmaster && fields[1] !== postmaster) continue
      ticks += Number(fields[11]) + Number(fields[12])
      // Of children that ended: the postmaster has waited for them.
      if (pid === postmaster) ticks += Number(fields[13]) + Number(fields[14])
    } catch {
      // it ended while we looked
    }
  }
  return ticks / TICKS_PER_S
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  const lower = sorted[middle - 1] ?? upper
  return sorted.length % 2 === 1 ? upper : (lower + upper) / 2
}
