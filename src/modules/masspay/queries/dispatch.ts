import type { ApprovalPolicy } from "../../../domain/collect"
import type { Draw } from "../../../domain/funding"
import { idempotencyKey, sha256 } from "../../../domain/ids"
import { assertMove } from "../../../domain/payout-status"
import { areBooksKnown } from "./database-identity"
import type { Db, Sql } from "./db"
import { keepApproved } from "./dispatch-approval"
import { keepFunded } from "./dispatch-funds"
import { isHeldBack } from "./dispatch-held"
import { keepDestined, type QuoteToAsk, writeQuotes } from "./dispatch-quotes"
import { CLAIMABLE } from "./dispatch-ready"
import { MAIN_OPERATION, type MainKind } from "./main-operation"
import { newId } from "./new-id"

/** One payout that this worker may send once, until half of its lease is over. */
export type ClaimedPayout = {
  payout_id: string
  vendor_id: string
  /** After the claim: the outcome is written only on this version. */
  version: number
  operation_id: string
  /** A direct payout is quoted first; `beginCommit` makes the commit of it. */
  kind: Exclude<MainKind, "commit"> | "quote" | "commit"
  attempt_id: string
  attempt_no: number
  user_token: string
  client_id: string
  idempotency_key: string
  request_text: string
  /** Of a direct payout. */
  quote?: QuoteToAsk
}

type Candidate = {
  payout_id: string
  vendor_id: string
  operation_id: string
  kind: MainKind
  user_token: string
  client_id: string
  key_seq: number
  request_text: string
  attempt_no: number
  version: number
  currency_code: string
  approval: string
  is_unproven: boolean
} & Draw

export type Claim = {
  claimed: ClaimedPayout[]
  /** Blocked just now: their funding wallets are short. */
  short: { payout_id: string; vendor_id: string }[]
  /** They wait for an operator from now on: what is required has changed. */
  unapproved: { payout_id: string; vendor_id: string }[]
  /** Blocked just now: direct payouts without a destination that takes them. */
  astray: { payout_id: string; vendor_id: string }[]
}

const NOTHING: Claim = { claimed: [], short: [], unapproved: [], astray: [] }

const NEVER_SENT = `and not exists (
  select 1 from masspay_attempt a where a.operation_id = o.id)`

/**
 * Takes up to `limit` due payouts for this worker, oldest first, and writes
 * down for each that a request may be sent from now on. All of it is committed
 * when this returns; no socket may be opened before. Rows that another worker
 * is claiming are left to it. Nothing is taken while dispatch is stopped, while
 * MassPay refuses our key, until the end of a pause that it asked for, or from
 * books that may have forgotten something. A payout that its funding wallet
 * cannot pay is blocked instead, and holds back the younger ones of its wallet;
 * one that needs an approval today and has none goes back to wait for it.
 *
 * `beforeCommit` runs inside the transaction, for tests that die there.
 */
export async function claimReady(
  db: Db,
  {
    worker,
    limit,
    lease_ms,
    may_repeat = true,
    approval = { kind: "none" },
    beforeCommit,
  }: {
    worker: string
    limit: number
    lease_ms: number
    /** Without, only what was never sent is taken: repeats wait for better times. */
    may_repeat?: boolean
    /** What needs an operator's approval today. */
    approval?: ApprovalPolicy
    beforeCommit?: () => void | Promise<void>
  }
): Promise<Claim> {
  return db.tx(async (sql) => {
    if ((await isHeldBack(sql)) || !(await areBooksKnown(sql))) return NOTHING
    const candidates = await lockCandidates(sql, { limit, may_repeat })
    if (candidates.length === 0) return NOTHING
    const { approved, unapproved } = await keepApproved(
      sql,
      candidates,
      approval
    )
    const { destined, astray } = await keepDestined(sql, approved)
    const { funded, short } = await keepFunded(sql, destined)
    const claimed = await writeClaims(sql, {
      candidates: funded,
      worker,
      lease_ms,
    })
    await beforeCommit?.()
    return {
      claimed,
      short: short.map(({ payout }) => namesOf(payout)),
      unapproved: unapproved.map(namesOf),
      astray: astray.map(namesOf),
    }
  })
}

function namesOf({ payout_id, vendor_id }: Candidate): {
  payout_id: string
  vendor_id: string
} {
  return { payout_id, vendor_id }
}

/**
 * Locks first and reads afterwards. The first statement may see a row as it
 * was before somebody else's claim ended; with the locks held, the second sees
 * every attempt there is, and decides.
 */
async function lockCandidates(
  sql: Sql,
  { limit, may_repeat }: { limit: number; may_repeat: boolean }
): Promise<Candidate[]> {
  // Postgres takes a backlog for a handful of rows, and would read and sort all
  // of it for each claim instead of walking the index until it has enough.
  await sql.rows(
    `select set_config('enable_sort', 'off', true),
            set_config('enable_bitmapscan', 'off', true)`
  )
  const locked = await sql.rows<{ id: string }>(
    `with candidate as materialized (
       select p.id
         from masspay_payout p
         join masspay_operation o on ${MAIN_OPERATION}
         join masspay_payee e on e.id = p.payee_id
        where ${CLAIMABLE}
          ${may_repeat ? "" : NEVER_SENT}
        order by p.next_attempt_at, p.id
        limit ?
          for update of p skip locked
          for share of e skip locked)
     select id from candidate`,
    [limit]
  )
  if (locked.length === 0) return []
  const rows = await sql.rows<Omit<Candidate, "amount"> & { amount: string }>(
    `select p.id, p.id as payout_id, p.vendor_id, o.id as operation_id, o.kind, p.user_token, o.client_id,
            o.key_seq, o.request_text, p.version, p.currency_code, p.source_token,
            p.amount::text as amount, p.created_at, p.approval,
            coalesce((select true from masspay_attempt a
                       where a.operation_id = o.id and a.proof is null limit 1), false) as is_unproven,
            1 + coalesce((select max(a.attempt_no) from masspay_attempt a
                           where a.operation_id = o.id), 0) as attempt_no
       from masspay_payout p
       join masspay_operation o on ${MAIN_OPERATION}
       join masspay_payee e on e.id = p.payee_id
      where p.id = any(?) and ${CLAIMABLE}
      order by p.next_attempt_at, p.id
        for update of p, o`,
    [locked.map((row) => row.id)]
  )
  return rows.map((row) => ({ ...row, amount: BigInt(row.amount) }))
}

async function writeClaims(
  sql: Sql,
  {
    candidates,
    worker,
    lease_ms,
  }: { candidates: Candidate[]; worker: string; lease_ms: number }
): Promise<ClaimedPayout[]> {
  if (candidates.length === 0) return []
  assertMove("ready", "sending", "claimed")
  const quotes = await writeQuotes(sql, {
    payout_ids: candidates
      .filter(({ kind }) => kind === "commit")
      .map(({ payout_id }) => payout_id),
    lease_ms,
  })
  const claims = candidates.map((candidate) => ({
    ...candidate,
    idempotency_key: idempotencyKey(candidate.client_id, candidate.key_seq),
    ...asQuote(quotes.get(candidate.payout_id)),
    attempt_id: newId("msatt"),
    event_id: newId("mspev"),
  }))
  const written = await sql.rows<{ attempt_id: string; version: number }>(
    `with clock as materialized (
       select masspay_now() as now),
     claim as materialized (
       select * from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::int[], ?::text[], ?::text[])
         as c(payout_id, operation_id, attempt_id, event_id, attempt_no, idempotency_key, request_sha256)),
     moved as (
       update masspay_payout p
          set status = 'sending', version = p.version + 1, lease_owner = ?,
              lease_until = clock.now + ? * interval '1 millisecond',
              updated_at = clock.now
         from claim c, clock
        where p.id = c.payout_id and p.status = 'ready'
        returning p.id, p.version, p.lease_owner, p.lease_until),
     keyed as (
       update masspay_operation o
          set key_first_used_at = coalesce(o.key_first_used_at, clock.now),
              updated_at = clock.now
         from claim c, clock
        where o.id = c.operation_id),
     told as (
       insert into masspay_payout_event
         (id, payout_id, version, from_status, to_status, event, cause, actor)
       select c.event_id, m.id, m.version, 'ready', 'sending', 'claimed', c.attempt_id, m.lease_owner
         from moved m join claim c on c.payout_id = m.id),
     attempted as (
       insert into masspay_attempt
         (id, operation_id, attempt_no, idempotency_key, request_sha256, worker,
          started_at, lease_until)
       select c.attempt_id, c.operation_id, c.attempt_no, c.idempotency_key,
              c.request_sha256, m.lease_owner, clock.now, m.lease_until
         from moved m join claim c on c.payout_id = m.id cross join clock
       returning id)
     select c.attempt_id, m.version
       from moved m
       join claim c on c.payout_id = m.id
       join attempted a on a.id = c.attempt_id`,
    [
      claims.map((claim) => claim.payout_id),
      claims.map((claim) => claim.operation_id),
      claims.map((claim) => claim.attempt_id),
      claims.map((claim) => claim.event_id),
      claims.map((claim) => claim.attempt_no),
      claims.map((claim) => claim.idempotency_key),
      claims.map((claim) => sha256(claim.request_text)),
      worker,
      lease_ms,
    ]
  )
  const versions = new Map(written.map((row) => [row.attempt_id, row.version]))
  return claims.map((claim) => {
    const version = versions.get(claim.attempt_id)
    // The rows are locked and were checked, so this is a bug and no race.
    if (version === undefined) {
      throw new Error(
        `Payout ${claim.payout_id} was not claimed although locked`
      )
    }
    return {
      payout_id: claim.payout_id,
      vendor_id: claim.vendor_id,
      version,
      operation_id: claim.operation_id,
      kind: claim.kind,
      attempt_id: claim.attempt_id,
      attempt_no: claim.attempt_no,
      user_token: claim.user_token,
      client_id: claim.client_id,
      idempotency_key: claim.idempotency_key,
      request_text: claim.request_text,
      ...("quote" in claim && { quote: claim.quote }),
    }
  })
}

/** What is asked for a direct payout now is its quote. */
function asQuote(quote: QuoteToAsk | undefined) {
  if (!quote) return {}
  const { operation_id, client_id, idempotency_key, request_text, n } = quote
  return {
    kind: "quote" as const,
    operation_id,
    client_id,
    idempotency_key,
    request_text,
    attempt_no: n,
    quote,
  }
}
