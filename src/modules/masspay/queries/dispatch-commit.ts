import { idempotencyKey, sha256 } from "../../../domain/ids"
import type { QuotedTerms } from "../../../domain/quotes"
import type { Db, Sql } from "./db"
import type { ClaimedPayout } from "./dispatch"
import { isHeldBack } from "./dispatch-held"
import { DESTINATION_IS_FIT, PAYEE_IS_FIT } from "./dispatch-ready"
import { PAYOUT_IS_HELD } from "./hold-facts"
import { newId } from "./new-id"
import { movePayout } from "./payout-moves"

/** A quote that may be committed, as MassPay gave it. */
export type TakenQuote = QuotedTerms & {
  payout_token: string
  destination_amount: string
  attr_set_token: string | null
  payer_name: string | null
  delivery_type: string | null
  estimated_availability: Date | null
  /** From now on, until MassPay commits it no more. */
  lives_ms: number
  http_status: number
}

export type BegunCommit =
  /** The one request that may be sent now. */
  | { did: "begin"; commit: ClaimedPayout; payout_token: string }
  /** Somebody decided meanwhile; nothing may be sent by this worker any more. */
  | { did: "lost" }
  /** It may not be paid any more, and nothing was committed. */
  | { did: "unfit" }
  /** MassPay gave a token that another payout has: nothing is committed. */
  | { did: "taken" }

/**
 * Writes down, before the request leaves, that a quote is to be committed: what
 * was quoted, and an attempt of the commit under a key of its own. Everything
 * the claim asked for is asked once more, because a quote takes its time. One
 * payout has one commit whose outcome is not proven, at most: the claim takes
 * none that has.
 *
 * `beforeCommit` runs inside the transaction, for tests that die there.
 */
export async function beginCommit(
  db: Db,
  {
    claimed,
    quoted,
    worker,
    lease_ms,
    beforeCommit,
  }: {
    claimed: ClaimedPayout
    quoted: TakenQuote
    worker: string
    lease_ms: number
    beforeCommit?: () => void | Promise<void>
  }
): Promise<BegunCommit> {
  const { quote } = claimed
  if (!quote) throw new Error(`Payout ${claimed.payout_id} has no quote`)
  return db.tx(async (sql) => {
    const isStopped = await isHeldBack(sql)
    const payout = await lockOurs(sql, { claimed, worker })
    if (!payout) return { did: "lost" }
    if (isStopped || !payout.is_fit || payout.is_unproven) {
      return { did: "unfit" }
    }
    const [taken] = await sql.rows(
      `select id from masspay_operation
        where kind in ('quote', 'commit') and remote_token = ? and payout_id <> ?`,
      [quoted.payout_token, claimed.payout_id]
    )
    if (taken) return { did: "taken" }
    const attempt_id = newId("msatt")
    await noteQuote(sql, { claimed, quoted, attempt_id })
    const commit = await writeCommit(sql, {
      claimed,
      quote,
      payout_token: quoted.payout_token,
      worker,
      lease_ms,
      attempt_id,
    })
    await beforeCommit?.()
    return { did: "begin", commit, payout_token: quoted.payout_token }
  })
}

async function lockOurs(
  sql: Sql,
  { claimed, worker }: { claimed: ClaimedPayout; worker: string }
): Promise<{ is_fit: boolean; is_unproven: boolean } | null> {
  // Everybody locks payees first. Locks first, and reads afterwards.
  await sql.rows(
    `select e.id from masspay_payee e
      where e.id = (select payee_id from masspay_payout where id = ?) for share`,
    [claimed.payout_id]
  )
  const [locked] = await sql.rows(
    `select p.id from masspay_payout p
      where p.id = ? and p.status = 'sending' and p.version = ?
        and p.lease_owner = ? and p.lease_until > (select masspay_now())
        for update`,
    [claimed.payout_id, claimed.version, worker]
  )
  if (!locked) return null
  const [facts] = await sql.rows<{ is_fit: boolean; is_unproven: boolean }>(
    `select ${PAYEE_IS_FIT} and not coalesce(${PAYOUT_IS_HELD}, true)
              and ${DESTINATION_IS_FIT}
              and exists (select 1 from masspay_destination d
                           where d.id = ? and d.replaced_at is null) as is_fit,
            exists (select 1 from masspay_attempt a
                     where a.operation_id = ? and a.proof is distinct from 'not_executed')
              as is_unproven
       from masspay_payout p
       join masspay_payee e on e.id = p.payee_id
      where p.id = ?`,
    [
      claimed.quote?.destination_id,
      claimed.quote?.commit_operation_id,
      claimed.payout_id,
    ]
  )
  return facts ?? null
}

async function noteQuote(
  sql: Sql,
  {
    claimed,
    quoted,
    attempt_id,
  }: { claimed: ClaimedPayout; quoted: TakenQuote; attempt_id: string }
): Promise<void> {
  await sql.rows(
    `update masspay_quote
        set source_amount = ?, fee = ?, destination_amount = ?, exchange_rate = ?,
            attr_set_token = coalesce(?, attr_set_token), payer_name = ?,
            delivery_type = ?, estimated_availability = ?,
            expires_at = masspay_now() + ? * interval '1 millisecond',
            commit_attempt_id = ?, updated_at = masspay_now()
      where operation_id = ?`,
    [
      quoted.source_amount?.toString(),
      quoted.fee?.toString(),
      quoted.destination_amount,
      quoted.exchange_rate,
      quoted.attr_set_token,
      quoted.payer_name,
      quoted.delivery_type,
      quoted.estimated_availability,
      Math.ceil(quoted.lives_ms),
      attempt_id,
      claimed.operation_id,
    ]
  )
  await sql.rows(
    `update masspay_operation
        set remote_token = ?, remote_status = 'PENDING', updated_at = masspay_now()
      where id = ?`,
    [quoted.payout_token, claimed.operation_id]
  )
  // A quote moves nothing, whatever becomes of it.
  await sql.rows(
    `update masspay_attempt
        set outcome = 'quoted', http_status = ?, evidence = ?::jsonb,
            finished_at = masspay_now(), proof = coalesce(proof, 'not_executed'),
            updated_at = masspay_now()
      where id = ? and outcome is null`,
    [
      quoted.http_status,
      JSON.stringify({ remote_token: quoted.payout_token, status: "PENDING" }),
      claimed.attempt_id,
    ]
  )
}

async function writeCommit(
  sql: Sql,
  {
    claimed,
    quote,
    payout_token,
    worker,
    lease_ms,
    attempt_id,
  }: {
    claimed: ClaimedPayout
    quote: NonNullable<ClaimedPayout["quote"]>
    payout_token: string
    worker: string
    lease_ms: number
    attempt_id: string
  }
): Promise<ClaimedPayout> {
  const version = await movePayout(sql, {
    payout_id: claimed.payout_id,
    from: "sending",
    to: "sending",
    event: "quoted",
    version: claimed.version,
    lease_owner: worker,
    cause: claimed.attempt_id,
    actor: worker,
  })
  if (version === null) {
    throw new Error(`Payout ${claimed.payout_id} moved although locked`)
  }
  const [operation] = await sql.rows<{ client_id: string; key_seq: number }>(
    `update masspay_operation
        set key_seq = key_seq + case when key_first_used_at is null then 0 else 1 end,
            key_first_used_at = masspay_now(), key_burnt = false,
            updated_at = masspay_now()
      where id = ? and proof <> 'executed'
      returning client_id, key_seq`,
    [quote.commit_operation_id]
  )
  if (!operation) {
    throw new Error(`Payout ${claimed.payout_id} was committed although locked`)
  }
  const idempotency_key = idempotencyKey(operation.client_id, operation.key_seq)
  const [attempt] = await sql.rows<{ attempt_no: number }>(
    `with leased as (
       update masspay_payout
          set lease_owner = ?,
              lease_until = masspay_now() + ? * interval '1 millisecond'
        where id = ? and version = ?
       returning lease_until)
     insert into masspay_attempt
       (id, operation_id, attempt_no, idempotency_key, request_sha256, worker,
        started_at, lease_until)
     select ?, ?, 1 + coalesce((select max(attempt_no) from masspay_attempt
                                 where operation_id = ?), 0),
            ?, ?, ?, masspay_now(), lease_until
       from leased
     returning attempt_no`,
    [
      worker,
      lease_ms,
      claimed.payout_id,
      version,
      attempt_id,
      quote.commit_operation_id,
      quote.commit_operation_id,
      idempotency_key,
      sha256(payout_token),
      worker,
    ]
  )
  if (!attempt) throw new Error("An insert without a row")
  return {
    payout_id: claimed.payout_id,
    vendor_id: claimed.vendor_id,
    version,
    operation_id: quote.commit_operation_id,
    kind: "commit",
    attempt_id,
    attempt_no: attempt.attempt_no,
    user_token: claimed.user_token,
    client_id: operation.client_id,
    idempotency_key,
    request_text: payout_token,
    quote,
  }
}
