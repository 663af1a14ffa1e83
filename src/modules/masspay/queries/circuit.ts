import { type CircuitReason, PROBE_GAP_MS } from "../../../domain/circuit"
import type { Sql } from "./db"

const CIRCUIT = "circuit"
const NOW_MS = `(extract(epoch from masspay_now()) * 1000)::float8`

export type CircuitState =
  | { state: "closed" }
  | {
      /** Nothing is sent, in any process, until a probe succeeds. */
      state: "open"
      reason: CircuitReason
      opened_at: Date
    }

export async function readCircuit(sql: Sql): Promise<CircuitState> {
  const [row] = await sql.rows<{ reason: CircuitReason; opened_at: Date }>(
    `select value->>'reason' as reason,
            (value->>'opened_at')::timestamptz as opened_at
       from masspay_control
      where key = '${CIRCUIT}' and value->>'state' = 'open'`
  )
  return row ? { state: "open", ...row } : { state: "closed" }
}

/** Whether it was this call that opened it. One that is open keeps its reason and its probes. */
export async function openCircuit(
  sql: Sql,
  { reason }: { reason: CircuitReason }
): Promise<boolean> {
  const rows = await sql.rows(
    `insert into masspay_control (key, value)
     values ('${CIRCUIT}', jsonb_build_object('state', 'open', 'reason', ?::text,
       'opened_at', masspay_now(), 'probe_at', ${NOW_MS} + ${PROBE_GAP_MS}))
     on conflict (key) do update
       set value = excluded.value, lease_owner = null, lease_until = null,
           updated_at = masspay_now()
     where masspay_control.value->>'state' is distinct from 'open'
     returning key`,
    [reason]
  )
  return rows.length === 1
}

/**
 * Whether `owner` is to send the next probe. One process at a time is, and not
 * before the pause since the last probe is over; one that dies over its probe
 * loses it when the lease ends.
 */
export async function claimProbe(
  sql: Sql,
  { owner, lease_ms }: { owner: string; lease_ms: number }
): Promise<boolean> {
  const rows = await sql.rows(
    `update masspay_control
        set lease_owner = ?,
            lease_until = masspay_now() + ?::float8 * interval '1 millisecond',
            value = value || jsonb_build_object('probe_at', ${NOW_MS} + ${PROBE_GAP_MS}),
            updated_at = masspay_now()
      where key = '${CIRCUIT}' and value->>'state' = 'open'
        -- Further ahead than a pause can be: the clock was set back.
        and not ((value->>'probe_at')::float8 > ${NOW_MS}
             and (value->>'probe_at')::float8 <= ${NOW_MS} + ${PROBE_GAP_MS})
        and (lease_until is null or lease_until <= masspay_now()
             or lease_until > masspay_now() + ?::float8 * interval '1 millisecond')
      returning key`,
    [owner, lease_ms, lease_ms]
  )
  return rows.length === 1
}

/** The probe failed: the circuit stays open, and somebody probes again after the pause. */
export async function giveProbeBack(
  sql: Sql,
  { owner }: { owner: string }
): Promise<void> {
  await sql.rows(
    `update masspay_control
        set lease_owner = null, lease_until = null, updated_at = masspay_now()
      where key = '${CIRCUIT}' and lease_owner = ?`,
    [owner]
  )
}

/** The probe of `owner` succeeded. False when the probe was no longer his; then nothing changes. */
export async function closeCircuit(
  sql: Sql,
  { owner }: { owner: string }
): Promise<boolean> {
  const rows = await sql.rows(
    `update masspay_control
        set value = jsonb_build_object('state', 'closed', 'closed_at', masspay_now()),
            lease_owner = null, lease_until = null, updated_at = masspay_now()
      where key = '${CIRCUIT}' and value->>'state' = 'open' and lease_owner = ?
      returning key`,
    [owner]
  )
  return rows.length === 1
}
