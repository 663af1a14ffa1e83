import { clientId, idempotencyKey, sha256 } from "../../../domain/ids"
import type { PayoutStatus } from "../../../domain/payout-status"
import {
  readTakeBackText,
  takeBackText,
  type TakenBack,
} from "../../../domain/take-back-request"
import { areBooksKnown, ORDERS_ARE_SWEPT } from "./database-identity"
import type { Db, Sql } from "./db"
import { isHeldBack } from "./dispatch-held"
import { freeName } from "./free-name"
import { newId } from "./new-id"
import { movePayout } from "./payout-moves"
import { TAKE_BACK_IS_UNSENT, TAKE_BACK_WAS_TRIED } from "./take-back-reads"

/** `reverse` what was executed, `cancel` what was not yet. For loads MassPay has one call for both. */
export type TakeBackKind = "reverse" | "cancel"

/** Why a payout cannot be taken back. Stable codes. */
export type TakeBackRefusal =
  "not_found" | "books_unknown" | "wrong_status" | "no_load" | "tried_before"

export class TakeBackRefusedError extends Error {
  constructor(readonly reason: TakeBackRefusal) {
    super(`The payout cannot be taken back: ${reason}`)
    this.name = "TakeBackRefusedError"
  }
}

type Target = {
  status: PayoutStatus
  version: number
  source_key: string
  kind: "load" | "commit"
  token: string | null
  remote_status: string | null
  tried: boolean
}

/**
 * Writes down that a payout is to be taken back whole, once for each kind and
 * payout; dispatch sends it and a look-up says what came of it. A
 * reversal moves the payout to `reversing`; a cancellation leaves it `accepted`
 * until MassPay says so.
 *
 * Call it inside a transaction. Throws `TakeBackRefusedError`; then nothing was
 * written.
 */
export async function requestTakeBack(
  sql: Sql,
  {
    payout_id,
    kind,
    tag,
    actor,
    cause,
  }: {
    payout_id: string
    kind: TakeBackKind
    tag: string
    actor: string
    /** What asked for it, for the timeline. */
    cause: string | null
  }
): Promise<{ operation_id: string; version: number }> {
  // Before any other lock: a restore that is noticed meanwhile waits for this.
  const is_known = await areBooksKnown(sql)
  const target = await lockTarget(sql, payout_id, kind)
  const refusal = whyNotTakenBack(kind, target, is_known)
  if (refusal || !target?.token) {
    throw new TakeBackRefusedError(refusal ?? "not_found")
  }

  const operation_id = newId("msop")
  const client_id = await freeName(sql, {
    table: "masspay_operation",
    column: "client_id",
    nameOf: (n) => clientId({ tag, source_key: target.source_key, kind, n }),
    first: 1,
  })
  await sql.rows(
    `insert into masspay_operation (id, payout_id, kind, client_id, request_text)
     values (?, ?, ?, ?, ?)`,
    [
      operation_id,
      payout_id,
      kind,
      client_id,
      takeBackText({
        kind,
        of: target.kind === "load" ? "load" : "payout",
        token: target.token,
        client_id,
      }),
    ]
  )
  const version = await movePayout(sql, {
    payout_id,
    from: target.status,
    to: kind === "reverse" ? "reversing" : "accepted",
    event: kind === "reverse" ? "reversal_started" : "cancellation_started",
    version: target.version,
    set: { next_attempt_in_ms: 0 },
    cause,
    actor,
  })
  if (version === null) {
    throw new Error(`Payout ${payout_id} moved although locked`)
  }
  return { operation_id, version }
}

async function lockTarget(
  sql: Sql,
  payout_id: string,
  kind: TakeBackKind
): Promise<Target | null> {
  const [target] = await sql.rows<Target>(
    `select p.status, p.version, p.source_key, o.kind, o.remote_token as token,
            o.remote_status,
            exists (select 1 from masspay_operation t
                     where t.payout_id = p.id and t.kind = ?
                       and ${TAKE_BACK_WAS_TRIED}) as tried
       from masspay_payout p
       join masspay_operation o on o.payout_id = p.id and o.kind in ('load', 'commit')
      where p.id = ?
        for update of p, o`,
    [kind, payout_id]
  )
  return target ?? null
}

function whyNotTakenBack(
  kind: TakeBackKind,
  target: Target | null,
  are_books_known: boolean
): TakeBackRefusal | null {
  if (!target) return "not_found"
  if (!are_books_known) return "books_unknown"
  if (target.tried) return "tried_before"
  if (!isRightFor(kind, target)) return "wrong_status"
  return target.token === null ? "no_load" : null
}

/** A direct payout may be cancelled as long as it is on its way; a load, only before its time. */
function isRightFor(
  kind: TakeBackKind,
  { status, remote_status, kind: of }: Target
): boolean {
  if (kind === "reverse") return status === "completed"
  return (
    status === "accepted" && (of === "commit" || remote_status === "SCHEDULED")
  )
}

/** One load or direct payout that this worker may ask back once, until half of its lease is over. */
export type ClaimedTakeBack = {
  payout_id: string
  vendor_id: string
  kind: TakeBackKind
  /** After the claim. */
  version: number
  operation_id: string
  attempt_id: string
  attempt_no: number
  user_token: string
  idempotency_key: string
} & TakenBack

type Candidate = Omit<
  ClaimedTakeBack,
  "version" | "attempt_id" | "idempotency_key" | keyof TakenBack
> & { client_id: string; key_seq: number; request_text: string }

/** Takes up to `limit` payouts to ask back, as `claimReady` takes payouts to send. */
export async function claimTakeBacks(
  db: Db,
  {
    worker,
    limit,
    lease_ms,
    beforeCommit,
  }: {
    worker: string
    limit: number
    lease_ms: number
    beforeCommit?: () => void | Promise<void>
  }
): Promise<ClaimedTakeBack[]> {
  return db.tx(async (sql) => {
    if ((await isHeldBack(sql)) || !(await areBooksKnown(sql))) return []
    const candidates = await lockCandidates(sql, limit)
    const claimed: ClaimedTakeBack[] = []
    for (const candidate of candidates) {
      claimed.push(await writeClaim(sql, { candidate, worker, lease_ms }))
    }
    if (claimed.length > 0) await beforeCommit?.()
    return claimed
  })
}

/** Locks first and reads afterwards, as the claim of payouts does. */
async function lockCandidates(sql: Sql, limit: number): Promise<Candidate[]> {
  const due = `(
    ((p.status = 'reversing' and t.kind = 'reverse')
      or (p.status = 'accepted' and t.kind = 'cancel'))
    and p.next_attempt_at <= (select masspay_now())
    and (p.lease_until is null or p.lease_until <= (select masspay_now()))
    and ${TAKE_BACK_IS_UNSENT})`
  const locked = await sql.rows<{ id: string }>(
    `select t.id
       from masspay_operation t
       join masspay_payout p on p.id = t.payout_id
      where t.kind in ('reverse', 'cancel') and ${due} and ${ORDERS_ARE_SWEPT}
      order by p.next_attempt_at, p.id
      limit ?
        for update of p skip locked`,
    [limit]
  )
  if (locked.length === 0) return []
  return sql.rows<Candidate>(
    `select p.id as payout_id, p.vendor_id, t.kind, t.id as operation_id,
            p.user_token, t.client_id, t.key_seq, t.request_text,
            1 + coalesce((select max(a.attempt_no) from masspay_attempt a
                           where a.operation_id = t.id), 0) as attempt_no
       from masspay_operation t
       join masspay_payout p on p.id = t.payout_id
      where t.id = any(?) and ${due}
      order by p.next_attempt_at, p.id
        for update of p, t`,
    [locked.map((row) => row.id)]
  )
}

async function writeClaim(
  sql: Sql,
  {
    candidate,
    worker,
    lease_ms,
  }: { candidate: Candidate; worker: string; lease_ms: number }
): Promise<ClaimedTakeBack> {
  const { client_id, key_seq, request_text, ...claim } = candidate
  const attempt_id = newId("msatt")
  const idempotency_key = idempotencyKey(client_id, key_seq)
  const [leased] = await sql.rows<{ version: number }>(
    `with leased as (
       update masspay_payout
          set lease_owner = ?, version = version + 1,
              lease_until = masspay_now() + ? * interval '1 millisecond',
              updated_at = masspay_now()
        where id = ? returning version, lease_until),
     keyed as (
       update masspay_operation
          set key_first_used_at = coalesce(key_first_used_at, masspay_now()),
              updated_at = masspay_now()
        where id = ?),
     attempted as (
       insert into masspay_attempt
         (id, operation_id, attempt_no, idempotency_key, request_sha256, worker,
          started_at, lease_until)
       select ?, ?, ?, ?, ?, ?, masspay_now(), lease_until from leased
       returning id)
     select version from leased, attempted`,
    [
      worker,
      lease_ms,
      claim.payout_id,
      claim.operation_id,
      attempt_id,
      claim.operation_id,
      claim.attempt_no,
      idempotency_key,
      sha256(request_text),
      worker,
    ]
  )
  if (!leased) {
    throw new Error(`Payout ${claim.payout_id} was not claimed although locked`)
  }
  return {
    ...claim,
    version: leased.version,
    attempt_id,
    idempotency_key,
    ...readTakeBackText(request_text),
  }
}
