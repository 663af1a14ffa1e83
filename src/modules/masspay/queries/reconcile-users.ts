import type { Sql } from "./db"
import { MAIN_OPERATION } from "./main-operation"
import { IS_EQUAL, IS_OURS, JOINED, KIND } from "./reconcile-compare"

const DAY_MS = 24 * 60 * 60_000
/** What one statement compares: its time is bounded, however much a window holds. */
const ROWS_AT_ONCE = 50_000

/** What a run read, and when it began. */
export type ReadWindow = {
  from_date: string
  to_date: string
  started_at: Date
}

/**
 * The users of whom a history that was just read says something that the books
 * do not, or does not show what it should: whose own lists have to be read to
 * know what it is. In order of their tokens, after `after`. Costs the window,
 * not what was paid before it.
 */
export async function usersThatDiffer(
  sql: Sql,
  {
    after,
    limit,
    rows_at_once = ROWS_AT_ONCE,
    ...window
  }: ReadWindow & { after: string; limit: number; rows_at_once?: number }
): Promise<string[]> {
  const from_ms = Date.parse(`${window.from_date}T00:00:00Z`)
  const to_ms = Date.parse(`${window.to_date}T00:00:00Z`) + DAY_MS
  const inside = { from_ms, to_ms, started_at: window.started_at }
  const users = new Set<string>()
  for (let at_ms = from_ms; at_ms < to_ms;) {
    const end_ms = await endOfSlice(sql, { at_ms, to_ms, rows_at_once })
    const slice = { at_ms, end_ms, after, limit }
    for (const user of await usersInSlice(sql, inside, slice)) users.add(user)
    at_ms = end_ms
  }
  // Each slice told of its first ones, and so the first of all are among them.
  const rows = await sql.rows<{ user_token: string }>(
    `select user_token from unnest(?::text[]) user_token
      order by user_token limit ?`,
    [[...users], limit]
  )
  return rows.map(({ user_token }) => user_token)
}

type Slice = { at_ms: number; end_ms: number }

/** Where at most so many rows of either side have passed, and always further on. */
async function endOfSlice(
  sql: Sql,
  {
    at_ms,
    to_ms,
    rows_at_once,
  }: { at_ms: number; to_ms: number; rows_at_once: number }
): Promise<number> {
  const slice = [new Date(at_ms), new Date(to_ms), rows_at_once]
  const [row] = await sql.rows<{ end_at: Date | null }>(
    `select least(
       (select time_of_txn from masspay_remote_transaction
         where time_of_txn >= ?::timestamptz and time_of_txn < ?::timestamptz
         order by time_of_txn, id offset ? limit 1),
       (select completed_at from masspay_payout
         where status = 'completed'
           and completed_at >= ?::timestamptz and completed_at < ?::timestamptz
         order by completed_at, id offset ? limit 1)) as end_at`,
    [...slice, ...slice]
  )
  return row?.end_at ? Math.max(row.end_at.getTime(), at_ms + 1) : to_ms
}

async function usersInSlice(
  sql: Sql,
  {
    from_ms,
    to_ms,
    started_at,
  }: { from_ms: number; to_ms: number; started_at: Date },
  { at_ms, end_ms, after, limit }: Slice & { after: string; limit: number }
): Promise<string[]> {
  // As values of the statement: from those of a table Postgres could not tell how
  // small the slice is, and would read everything there ever was.
  const [at, end] = [new Date(at_ms), new Date(end_ms)]
  const well_inside_from = from_ms + DAY_MS
  const well_inside_to = Math.min(to_ms, started_at.getTime()) - DAY_MS
  const paid = {
    from: new Date(Math.max(at_ms, well_inside_from)),
    to: new Date(Math.min(end_ms, well_inside_to)),
  }
  const rows = await sql.rows<{ user_token: string }>(
    `with inside as (
       select r.*, ${KIND} from masspay_remote_transaction r
        where r.time_of_txn >= ?::timestamptz and r.time_of_txn < ?::timestamptz
          and ${IS_OURS}),
     theirs as (
       select i.* from inside i where i.last_seen_at >= ?::timestamptz),
     different as (
       -- Shown, and not as the books have it.
       select coalesce(p.user_token, t.user_token) as user_token
         from ${JOINED}
        where case when o.id is null
                then t.client_id is null and t.payee_id is not null
                else not ${IS_EQUAL} end
       union all
       -- Shown before, and not now.
       select p.user_token
         from inside i
         join masspay_operation o on o.kind = i.kind and o.remote_token = i.token
         join masspay_payout p on p.id = o.payout_id
        where i.last_seen_at < ?::timestamptz and p.status = 'completed'
       union all
       -- Never shown, although it was paid well inside the window.
       select p.user_token
         from masspay_payout p
         join masspay_operation o on ${MAIN_OPERATION}
        where p.status = 'completed'
          and p.completed_at >= ?::timestamptz and p.completed_at < ?::timestamptz
          and not exists (select 1 from masspay_remote_transaction r
                           where r.token = o.remote_token)
          -- Of each payout its own: attempts are not found by their time.
          and (select max(s.started_at) from masspay_attempt s
                where s.operation_id = o.id) >= ?::timestamptz)
     select distinct user_token from different
      where user_token > ?
      order by user_token limit ?`,
    [
      ...[at, end, started_at, started_at],
      ...[paid.from, paid.to, new Date(well_inside_from)],
      ...[after, limit],
    ]
  )
  return rows.map(({ user_token }) => user_token)
}
