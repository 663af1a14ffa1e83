import type { Sql } from "./db"

const KEPT_DAYS = 7

/** Says that this process of the shop is still there, and forgets those that are long gone. */
export async function beatInstance(
  sql: Sql,
  { id, age_ms }: { id: string; age_ms: number }
): Promise<void> {
  await sql.rows(
    `with gone as (
       delete from masspay_instance
        where seen_at < masspay_now() - ? * interval '1 day')
     insert into masspay_instance (id, started_at)
     values (?, masspay_now() - ? * interval '1 millisecond')
     on conflict (id) do update
       set seen_at = masspay_now(), updated_at = masspay_now()`,
    [KEPT_DAYS, id, age_ms]
  )
}

/**
 * How many processes of the shop ran at the same time within the last day. Two
 * that met for less than `overlap_ms` count as one after the other: that is how
 * a new version takes over.
 */
export async function instancesTogether(
  sql: Sql,
  { overlap_ms }: { overlap_ms: number }
): Promise<number> {
  const [row] = await sql.rows<{ most: number | null }>(
    `select max(together)::int as most
       from (select a.id, count(*) as together
               from masspay_instance a
               join masspay_instance b
                 on b.id = a.id
                 or (b.started_at <= a.started_at
                     and least(a.seen_at, b.seen_at) - a.started_at
                         >= ? * interval '1 millisecond')
              where a.seen_at > masspay_now() - interval '1 day'
                and b.seen_at > masspay_now() - interval '1 day'
              group by a.id) met`,
    [overlap_ms]
  )
  return row?.most ?? 0
}
