import type { Pool } from "@medusajs/framework/pg"

import { sha256 } from "../../src/domain/ids"
import { newId } from "../../src/modules/masspay/queries/new-id"
import { GatewayError } from "../../src/modules/masspay-gateway/errors"
import { createLoad } from "../../src/modules/masspay-gateway/resources/create-load"
import type {
  LoadAnswer,
  Transport,
} from "../../src/modules/masspay-gateway/types"

const CLAIM_SIZE = 100
const LOOK_UP_AFTER_MS = 120_000

type Claimed = {
  payout_id: string
  operation_id: string
  attempt_id: string
  vendor_id: string
  user_token: string
  request_text: string
  idempotency_key: string
  claimed_at_ms: number
}

/**
 * The plainest dispatcher by hand that is still safe, as the yardstick for
 * ours: over the same tables, with the same axios transport.
 *
 * It claims a hundred first sends at a time, with their attempts committed
 * before a socket is opened; sends each once, `concurrency` at a time, and none
 * after half of its lease; and writes each result by one statement, which is
 * one transaction: the attempt's outcome whoever holds the payout by now, the
 * payout's move only under its lease and status, timeline and outbox with it.
 * What it cannot tell becomes `unknown`, for somebody else to look up.
 *
 * It sends a payout only if nothing was ever sent for it, stops for nothing,
 * and knows one reason to be refused: that is what makes it plain.
 */
export async function dispatchPlainly({
  pool,
  transport,
  worker,
  concurrency,
  lease_ms,
}: {
  pool: Pool
  transport: Transport
  worker: string
  concurrency: number
  lease_ms: number
}): Promise<void> {
  const queue: Claimed[] = []
  let isDrained = false
  let claiming: Promise<void> | null = null
  const claimMore = (): Promise<void> =>
    (claiming ??= claim(pool, { worker, lease_ms })
      .then((claimed) => {
        queue.push(...claimed)
        isDrained = claimed.length < CLAIM_SIZE
      })
      .finally(() => {
        claiming = null
      }))

  const sendNext = async (): Promise<void> => {
    for (;;) {
      // Ahead of need, so that no slot waits for a claim.
      const isLow = queue.length < concurrency && !isDrained
      const more = isLow ? claimMore() : null
      const payout = queue.shift()
      if (payout) {
        more?.catch(() => undefined)
        await send(payout)
      } else if (more) await more
      else return
    }
  }
  const send = async (payout: Claimed): Promise<void> => {
    if (performance.now() - payout.claimed_at_ms > lease_ms / 2) return
    let answer: LoadAnswer | null = null
    let code = "ok"
    try {
      answer = await createLoad(transport, payout)
    } catch (error) {
      code = error instanceof GatewayError ? error.code : "unrecognised"
    }
    await record(pool, { payout, worker, answer, code })
  }
  await Promise.all(Array.from({ length: concurrency }, sendNext))
}

async function claim(
  pool: Pool,
  { worker, lease_ms }: { worker: string; lease_ms: number }
): Promise<Claimed[]> {
  const claimed_at_ms = performance.now()
  const client = await pool.connect()
  try {
    await client.query("begin")
    const { rows } = await client.query<
      Omit<Claimed, "attempt_id" | "claimed_at_ms">
    >(
      `select p.id as payout_id, o.id as operation_id, p.vendor_id, p.user_token,
              o.request_text, o.client_id || '-' || o.key_seq as idempotency_key
         from masspay_payout p
         join masspay_operation o on o.payout_id = p.id and o.kind = 'load'
         join masspay_payee e on e.id = p.payee_id
        where p.status = 'ready' and p.method = 'wallet'
          and p.approval in ('not_required', 'approved')
          and p.next_attempt_at <= (select masspay_now())
          and not p.needs_lookup
          and e.status = 'active' and not e.is_paused
          and coalesce(e.user_token = p.user_token, false)
          and o.key_first_used_at is null
        order by p.next_attempt_at, p.id
        limit $1
          for update of p skip locked`,
      [CLAIM_SIZE]
    )
    const claimed = rows.map((row) => ({
      ...row,
      attempt_id: newId("msatt"),
      claimed_at_ms,
    }))
    await client.query(
      `with claim as (
         select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
           as c(payout_id, operation_id, attempt_id, event_id, idempotency_key, request_sha256)),
       moved as (
         update masspay_payout p
            set status = 'sending', version = p.version + 1, lease_owner = $7,
                lease_until = masspay_now() + $8 * interval '1 millisecond',
                updated_at = masspay_now()
           from claim c where p.id = c.payout_id
         returning p.id, p.version, p.lease_until),
       keyed as (
         update masspay_operation o
            set key_first_used_at = masspay_now(), updated_at = masspay_now()
           from claim c where o.id = c.operation_id),
       told as (
         insert into masspay_payout_event
           (id, payout_id, version, from_status, to_status, event, cause, actor)
         select c.event_id, m.id, m.version, 'ready', 'sending', 'claimed', c.attempt_id, $7
           from moved m join claim c on c.payout_id = m.id)
       insert into masspay_attempt
         (id, operation_id, attempt_no, idempotency_key, request_sha256, worker,
          started_at, lease_until)
       select c.attempt_id, c.operation_id, 1, c.idempotency_key, c.request_sha256, $7,
              masspay_now(), m.lease_until
         from moved m join claim c on c.payout_id = m.id`,
      [
        claimed.map((row) => row.payout_id),
        claimed.map((row) => row.operation_id),
        claimed.map((row) => row.attempt_id),
        claimed.map(() => newId("mspev")),
        claimed.map((row) => row.idempotency_key),
        claimed.map((row) => sha256(row.request_text)),
        worker,
        lease_ms,
      ]
    )
    await client.query("commit")
    return claimed
  } catch (error) {
    await client.query("rollback")
    throw error
  } finally {
    client.release()
  }
}

async function record(
  pool: Pool,
  {
    payout,
    worker,
    answer,
    code,
  }: {
    payout: Claimed
    worker: string
    answer: LoadAnswer | null
    code: string
  }
): Promise<void> {
  const isDone = answer?.status === "COMPLETED"
  const to = isDone
    ? "completed"
    : code === "masspay.insufficient_funds"
      ? "blocked"
      : "unknown"
  await pool.query(
    `with held as materialized (
       select id, status = 'sending' and lease_owner = $3 as is_ours
         from masspay_payout where id = $1 for update),
     moved as (
       update masspay_payout p
          set status = $4, version = p.version + 1, lease_owner = null, lease_until = null,
              block_reason = case $4 when 'blocked' then 'funds' end,
              unknown_since = case $4 when 'unknown' then masspay_now() end,
              completed_at = case $4 when 'completed' then masspay_now() end,
              remote_status = $5,
              next_attempt_at = masspay_now() + $6 * interval '1 millisecond',
              updated_at = masspay_now()
         from held where p.id = held.id and held.is_ours
       returning p.id, p.vendor_id, p.version),
     proven as (
       update masspay_operation
          set remote_token = $7, remote_status = $5, proof = 'executed',
              updated_at = masspay_now()
        where id = $8 and $4 = 'completed'),
     kept as (
       update masspay_attempt
          set outcome = $9, http_status = $10, evidence = $11::jsonb,
              finished_at = masspay_now(),
              proof = case $4 when 'completed' then 'executed' when 'blocked' then 'not_executed' end,
              updated_at = masspay_now()
        where id = $2 and outcome is null),
     told as (
       insert into masspay_payout_event
         (id, payout_id, version, from_status, to_status, event, cause, actor)
       select $12, id, version, 'sending', $4, $9, $2, 'system' from moved)
     insert into masspay_outbox_event (id, name, payload, cause_key)
     select $13, 'masspay.payout.' || $4,
            jsonb_build_object('id', id, 'vendor_id', vendor_id),
            'payout:' || id || ':' || version
       from moved where $4 <> 'unknown'`,
    [
      payout.payout_id,
      payout.attempt_id,
      worker,
      to,
      answer?.status ?? null,
      to === "completed" ? 0 : LOOK_UP_AFTER_MS,
      answer?.load_token ?? null,
      payout.operation_id,
      code,
      answer?.http_status ?? null,
      JSON.stringify({ load_token: answer?.load_token }),
      newId("mspev"),
      newId("msout"),
    ]
  )
}
