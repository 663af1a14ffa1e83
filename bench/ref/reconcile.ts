import { z } from "@medusajs/framework/zod"

import type { Db } from "../../src/modules/masspay/queries/db"

const PAGE = 100

const Rows = z.array(
  z.object({
    token: z.string(),
    type: z.string(),
    status: z.string(),
    user_token: z.string(),
    source_amount: z.number(),
    source_currency_code: z.string(),
    time_of_txn: z.string(),
  })
)

/**
 * The plainest script that does the same: page by page, checked, put into a table
 * without guards, joined once. It cannot go on where it was, keeps nothing of
 * the last time, and knows nothing of what is no difference.
 */
export async function reconcilePlainly(
  db: Db,
  { url }: { url: string }
): Promise<{ rows: number; different: number }> {
  await db.rows(`drop table if exists plain_history`)
  await db.rows(
    `create table plain_history (token text primary key, status text, user_token text,
       amount bigint, currency_code text, time_of_txn timestamptz)`
  )
  for (let page = 1; ; page += 1) {
    const response = await fetch(
      `${url}/v1.0.0/payout/user/history?number_of_records=${PAGE}&page=${page}`
    )
    const rows = Rows.parse(await response.json())
    await db.rows(
      `insert into plain_history
       select * from unnest(?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::timestamptz[])
       on conflict do nothing`,
      [
        rows.map((row) => row.token),
        rows.map((row) => row.status),
        rows.map((row) => row.user_token),
        rows.map((row) => Math.round(row.source_amount * 100)),
        rows.map((row) => row.source_currency_code),
        rows.map((row) => row.time_of_txn),
      ]
    )
    if (rows.length < PAGE) break
  }
  const [joined] = await db.rows<{ rows: number; different: number }>(
    `select count(h.token)::int as rows,
            (count(*) filter (where h.token is null or o.id is null
               or h.amount <> p.amount or h.user_token <> p.user_token
               or h.status <> 'COMPLETED' or p.status <> 'completed'))::int as different
       from plain_history h
       full join masspay_operation o on o.kind = 'load' and o.remote_token = h.token
       left join masspay_payout p on p.id = o.payout_id`
  )
  if (!joined) throw new Error("An aggregate without a row")
  return joined
}
