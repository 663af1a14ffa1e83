import type { Sql } from "./db"

/**
 * The lock lets a stop that is being written go first: once it is committed,
 * no claim that has not read it commits.
 */
export async function isHeldBack(sql: Sql): Promise<boolean> {
  const rows = await sql.rows<{ is_held_back: boolean }>(
    `select coalesce(case key
              when 'dispatch_stop' then (value->>'stopped')::boolean
              when 'dispatch_refused' then (value->>'refused')::boolean
              else (value->>'until')::timestamptz > (select masspay_now())
            end, false) as is_held_back
       from masspay_control
      where key in ('dispatch_stop', 'dispatch_refused', 'dispatch_pause')
        for share`
  )
  return rows.some((row) => row.is_held_back)
}
