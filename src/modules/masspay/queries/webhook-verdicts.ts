import type { Sql } from "./db"

const KEY = "webhooks:verdicts"
const HOUR = `interval '1 hour'`

/** Messages at the door of the webhooks. */
export type WebhookVerdicts = {
  /** Signed by MassPay. */
  genuine: number
  /** Refused: no signature, another secret, altered, or too old. */
  rejected: number
}

/** Adds what one process counted to what all of them did in this hour. */
export async function noteVerdicts(
  sql: Sql,
  { genuine, rejected }: WebhookVerdicts
): Promise<void> {
  await sql.rows(
    `insert into masspay_control as c (key, value)
     values ('${KEY}', jsonb_build_object('since', masspay_now(),
       'genuine', ?::int, 'rejected', ?::int, 'before', null))
     on conflict (key) do update
       set value = case
             when (c.value->>'since')::timestamptz > masspay_now() - ${HOUR}
               then c.value || jsonb_build_object(
                 'genuine', (c.value->>'genuine')::int + ?::int,
                 'rejected', (c.value->>'rejected')::int + ?::int)
             -- The hour before stays, so that no moment is without a past.
             else excluded.value || jsonb_build_object('before', case
               when (c.value->>'since')::timestamptz > masspay_now() - 2 * ${HOUR}
                 then c.value - 'before' end) end,
           updated_at = masspay_now()`,
    [genuine, rejected, genuine, rejected]
  )
}

/** What came within the last hour, and the part of the hour before that is still counted. */
export async function recentVerdicts(sql: Sql): Promise<WebhookVerdicts> {
  const [row] = await sql.rows<WebhookVerdicts>(
    `select coalesce((value->>'genuine')::int, 0)
              + coalesce((value->'before'->>'genuine')::int, 0) as genuine,
            coalesce((value->>'rejected')::int, 0)
              + coalesce((value->'before'->>'rejected')::int, 0) as rejected
       from masspay_control
      where key = '${KEY}'
        and (value->>'since')::timestamptz > masspay_now() - ${HOUR}`
  )
  return row ?? { genuine: 0, rejected: 0 }
}
