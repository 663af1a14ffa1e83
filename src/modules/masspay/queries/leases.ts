import { randomUUID } from "node:crypto"
import { performance } from "node:perf_hooks"

import type { Db } from "./db"

export type LeaseRun<Result> =
  | { ran: true; result: Result }
  /** Somebody else holds the lease; nothing was done. */
  | { ran: false }

/**
 * Runs `work` only when nobody holds the lease `key`. The lease is renewed at
 * a third of its length and given back afterwards; after a crash it runs out.
 * `signal` is aborted when the lease is lost, which `work` should look at
 * between steps: another process may have started by then. What must not leave
 * after that asks `leftMs` as well, at the last moment: for how long nobody else can
 * take the lease, by what the database said last.
 */
export async function withLease<Result>(
  db: Db,
  { key, worker, lease_ms }: { key: string; worker: string; lease_ms: number },
  work: (signal: AbortSignal, leftMs: () => number) => Promise<Result>
): Promise<LeaseRun<Result>> {
  const lease = {
    key: `lease:${key}`,
    // One of its own for every run: two runs of one worker are two holders.
    owner: `${worker}:${randomUUID()}`,
    lease_ms,
  }
  // Before the request: the lease is never shorter than this says.
  const held: Held = { since: performance.now() }
  if (!(await take(db, lease))) return { ran: false }

  const lost = new AbortController()
  const stopRenewing = keepRenewing(db, { lease, held, lost })
  const leftMs = () =>
    lost.signal.aborted ? 0 : held.since + lease_ms - performance.now()
  try {
    return { ran: true, result: await work(lost.signal, leftMs) }
  } finally {
    await stopRenewing()
    await release(db, lease)
  }
}

/** By a clock that only moves forward. */
type Held = { since: number }

type Lease = { key: string; owner: string; lease_ms: number }

async function take(db: Db, lease: Lease): Promise<boolean> {
  const rows = await db.rows(
    `insert into masspay_control (key, lease_owner, lease_until)
     values (?, ?, masspay_now() + ? * interval '1 millisecond')
     on conflict (key) do update
       set lease_owner = excluded.lease_owner,
           lease_until = excluded.lease_until, updated_at = masspay_now()
     where masspay_control.lease_until is null
        or masspay_control.lease_until <= masspay_now()
     returning key`,
    [lease.key, lease.owner, lease.lease_ms]
  )
  return rows.length === 1
}

async function renew(db: Db, lease: Lease): Promise<boolean> {
  const rows = await db.rows(
    `update masspay_control
        set lease_until = masspay_now() + ? * interval '1 millisecond',
            updated_at = masspay_now()
      where key = ? and lease_owner = ? and lease_until > masspay_now()
      returning key`,
    [lease.lease_ms, lease.key, lease.owner]
  )
  return rows.length === 1
}

async function release(db: Db, lease: Lease): Promise<void> {
  await db.rows(
    `update masspay_control
        set lease_owner = null, lease_until = null, updated_at = masspay_now()
      where key = ? and lease_owner = ?`,
    [lease.key, lease.owner]
  )
}

function keepRenewing(
  db: Db,
  { lease, held, lost }: { lease: Lease; held: Held; lost: AbortController }
): () => Promise<void> {
  let renewal: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    renewal = renewal.then(async () => {
      if (lost.signal.aborted) return
      const asked = performance.now()
      // A database that does not answer has not taken the lease away; only
      // time does. Another process may take it from that moment on.
      const renewed = await renew(db, lease).catch(() => null)
      if (renewed) held.since = asked
      const isOver = performance.now() - held.since >= lease.lease_ms
      if (renewed === false || isOver) lost.abort()
    })
  }, lease.lease_ms / 3)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await renewal
  }
}
