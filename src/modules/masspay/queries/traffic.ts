import {
  afterClean,
  afterThrottled,
  BURST_SECONDS,
  initialRate,
  LANE_SHARES,
  PAUSE_MAX_MS,
  pauseOf,
  rateOf,
  type RateState,
  type TrafficLane,
} from "../../../domain/traffic"
import type { Db, Sql } from "./db"

const TRAFFIC = "traffic"

export type TakenTokens = {
  /** How many requests may leave now. */
  granted: number
  /** When none: after how long to ask again. */
  wait_ms: number
  /** Requests per second at the moment, of all processes together. */
  rate: number
  /** The circuit is open: nothing is sent. */
  is_open: boolean
}

type StoredRate = Partial<Omit<RateState, "tokens">> &
  Partial<Record<TrafficLane, number>>

/**
 * Ends a subquery whose columns Postgres must not write out wherever they are
 * named: level by level, that made planning take twenty times as long as taking.
 */
const AS_IT_IS = "offset 0"

/**
 * The state after `wanted` requests of `lane` asked for tokens, and what they
 * got, as one expression over the row as it is once it is locked. The refill is
 * `refill` of domain/traffic.ts; a test holds the two against each other.
 */
function taken(value: string): string {
  return `(
    select jsonb_build_object(
        'rate', v.value->'rate', 'quick_to', v.value->'quick_to',
        'paused_until', v.paused_until, 'slowed_at', coalesce((v.value->>'slowed_at')::float8, 0),
        'clean_since', coalesce((v.value->>'clean_since')::float8, v.now),
        'refilled_at', v.now,
        'dispatch', v.dispatch - case when ask.lane = 'dispatch' then g.granted else 0 end,
        'lookup', v.lookup - case when ask.lane = 'lookup' then g.granted else 0 end,
        'last', jsonb_build_object(
          'granted', g.granted, 'rate', v.rate, 'is_open', ask.is_open,
          'wait_ms', case
            when g.granted > 0 or ask.is_open then 0
            when v.paused_until > v.now then ceil(v.paused_until - v.now)
            else greatest(1, ceil(1000 * (1 - g.own) / (v.rate * g.part))) end))
      from (
        select s.value, s.now, s.rate, s.paused_until, s.cap_dispatch, s.cap_lookup,
               least(s.cap_dispatch, s.dispatch + greatest(0, s.lookup - s.cap_lookup)) as dispatch,
               least(s.cap_lookup, s.lookup + greatest(0, s.dispatch - s.cap_dispatch)) as lookup
          from (
            select c.*,
                   coalesce((c.value->>'dispatch')::float8, c.cap_dispatch)
                     + c.added * ${LANE_SHARES.dispatch} as dispatch,
                   coalesce((c.value->>'lookup')::float8, c.cap_lookup)
                     + c.added * ${LANE_SHARES.lookup} as lookup
              from (
                select r.*,
                       greatest(1, r.rate * ${BURST_SECONDS * LANE_SHARES.dispatch}) as cap_dispatch,
                       greatest(1, r.rate * ${BURST_SECONDS * LANE_SHARES.lookup}) as cap_lookup,
                       r.rate / 1000 * greatest(0, r.now - greatest(r.paused_until,
                         coalesce((r.value->>'refilled_at')::float8, r.now))) as added
                  from (
                    select t.value, t.now,
                           least(coalesce((t.value->>'rate')::float8, ask.max_rate), ask.max_rate) as rate,
                           -- Later than any pause can be: the clock was set back.
                           case when (t.value->>'paused_until')::float8 <= t.now + ${PAUSE_MAX_MS}
                                then (t.value->>'paused_until')::float8 else 0 end as paused_until
                      from (select ${value} as value,
                                   (extract(epoch from masspay_now()) * 1000)::float8 as now
                       ${AS_IT_IS}) t
                  ${AS_IT_IS}) r
              ${AS_IT_IS}) c
          ${AS_IT_IS}) s
      ${AS_IT_IS}) v,
      lateral (
        select case when ask.lane = 'dispatch' then v.dispatch else v.lookup end as own,
               case when ask.lane = 'dispatch'
                    then case when v.lookup >= v.cap_lookup then 1 else ${LANE_SHARES.dispatch} end
                    else case when v.dispatch >= v.cap_dispatch then 1 else ${LANE_SHARES.lookup} end
                end as part
        ${AS_IT_IS}) o,
      lateral (
        select o.own, o.part,
               case when ask.is_open or v.paused_until > v.now then 0
                    -- Sums of fractions end a hair below the whole they stand for.
                    else greatest(0, least(ask.wanted, floor(o.own + 1e-6))) end as granted
        ${AS_IT_IS}) g)`
}

const TAKE = `
  with ask as (
    select ?::text as lane, ?::float8 as wanted, ?::float8 as max_rate,
           exists (select 1 from masspay_control
                    where key = 'circuit' and value->>'state' = 'open') as is_open)
  insert into masspay_control (key, value)
  select '${TRAFFIC}', ${taken(`'{}'::jsonb`)} from ask
  on conflict (key) do update
    set value = (select ${taken("masspay_control.value")} from ask),
        updated_at = masspay_now()
  returning value->'last' as taken`

/**
 * Takes up to `wanted` tokens for requests of `lane` from the bucket that all
 * processes share. One statement that holds the row only while it runs: two
 * takers never get the same token. Nothing is granted while the circuit is open
 * or MassPay asked for a pause.
 */
export async function takeTokens(
  sql: Sql,
  ask: { lane: TrafficLane; wanted: number; max_rate: number }
): Promise<TakenTokens> {
  const [row] = await sql.rows<{ taken: TakenTokens }>(TAKE, [
    ask.lane,
    ask.wanted,
    ask.max_rate,
  ])
  if (!row) throw new Error("The bucket did not answer")
  return row.taken
}

/** MassPay answered 429: a pause, and half the rate, for every process. */
export async function noteThrottled(
  db: Db,
  {
    max_rate,
    retry_after_ms,
  }: { max_rate: number; retry_after_ms: number | undefined }
): Promise<{ from: number; to: number; pause_ms: number }> {
  return changeRate(db, max_rate, (state, now) => {
    const next = afterThrottled(state, { now, max_rate, retry_after_ms })
    return { next, told: { pause_ms: Math.max(0, pauseOf(next, now) - now) } }
  })
}

/** MassPay answered without a 429: when that has lasted, the rate grows again. */
export async function noteClean(
  db: Db,
  { max_rate }: { max_rate: number }
): Promise<{ from: number; to: number }> {
  return changeRate(db, max_rate, (state, now) => ({
    next: afterClean(state, { now, max_rate }),
    told: {},
  }))
}

async function changeRate<Told extends object>(
  db: Db,
  max_rate: number,
  rule: (state: RateState, now: number) => { next: RateState; told: Told }
): Promise<Told & { from: number; to: number }> {
  return db.tx(async (sql) => {
    await sql.rows(
      `insert into masspay_control (key) values ('${TRAFFIC}') on conflict (key) do nothing`
    )
    const [row] = await sql.rows<{ value: StoredRate }>(
      `select value from masspay_control where key = '${TRAFFIC}' for update`
    )
    // After the row is locked: no earlier than what it holds.
    const [clock] = await sql.rows<{ now: number }>(
      `select (extract(epoch from masspay_now()) * 1000)::float8 as now`
    )
    if (!row || !clock) throw new Error("The bucket did not answer")
    const { now } = clock
    const state = rateStateFrom(row.value, { now, max_rate })
    const { next, told } = rule(state, now)
    if (next !== state) {
      const { tokens, ...rest } = next
      await sql.rows(
        `update masspay_control set value = ?::jsonb, updated_at = masspay_now()
          where key = '${TRAFFIC}'`,
        [JSON.stringify({ ...rest, ...tokens })]
      )
    }
    return {
      ...told,
      from: rateOf(state, max_rate),
      to: rateOf(next, max_rate),
    }
  })
}

/** What a fresh row lacks is as at the beginning. */
export function rateStateFrom(
  { dispatch, lookup, ...stored }: StoredRate,
  at: { now: number; max_rate: number }
): RateState {
  const initial = initialRate(at)
  return {
    rate: stored.rate ?? initial.rate,
    quick_to: stored.quick_to ?? initial.quick_to,
    tokens: {
      dispatch: dispatch ?? initial.tokens.dispatch,
      lookup: lookup ?? initial.tokens.lookup,
    },
    refilled_at: stored.refilled_at ?? initial.refilled_at,
    paused_until: stored.paused_until ?? initial.paused_until,
    slowed_at: stored.slowed_at ?? initial.slowed_at,
    clean_since: stored.clean_since ?? initial.clean_since,
  }
}
