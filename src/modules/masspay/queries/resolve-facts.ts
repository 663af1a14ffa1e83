import {
  type AfterLookupInput,
  isBack,
  type MustBeFound,
} from "../../../domain/decide-next"
import type { BlockReason, PayoutStatus } from "../../../domain/payout-status"
import type { Sql } from "./db"
import {
  isComplete,
  type Listed,
  listedUnder,
  type Lookup,
  withoutFee,
} from "./lookup"
import { MAIN_OPERATION, type MainKind } from "./main-operation"
import { type KnownQuote, quotesOf } from "./quotes"
import { TAKE_BACK_IS_UNSENT } from "./take-back-reads"

/** Waiting times; the defaults are the domain's. Tests shorten them. */
export type ResolvePolicy = {
  /** How long a cancelled load may still flip before its money is paid anew. */
  settle_window_ms: number
  visibility_delay_ms?: number
  not_found_gap_ms?: number
  lookup_delays_ms?: readonly number[]
}

/** An operator asked for this look-up. */
export type AskedLookup = {
  by: string
  /** Names the operator's request in the timeline. */
  request: string
  /** Whether the operator says that what blocks it is gone. */
  may_unblock: boolean
}

export type ApplyInput = {
  payout: { payout_id: string; version: number }
  lookup: Lookup
  policy: ResolvePolicy
  /** Whether the funding wallet could not pay it: then a cancel is not the payee's doing. */
  is_funding_short?: boolean
  /** Left out: the resolver looks because it is due, and what blocked it seems gone. */
  asked?: AskedLookup
  /** The books were restored, and may have forgotten that they sent it. */
  may_be_forgotten?: boolean
  run_id?: string
  beforeCommit?: () => void | Promise<void>
}

/** A payout under its lock, with what was ever sent for it. */
export type LockedPayout = {
  id: string
  payee_id: string
  vendor_id: string
  created_at: Date
  status: PayoutStatus
  block_reason: BlockReason | null
  version: number
  amount: bigint
  currency_code: string
  needs_lookup: boolean
  items_released: boolean
  /** Whether an effect entry books its money as being with the vendor. */
  counted: boolean
  /** Effect entries booked so far. */
  effect_seq: number
  truth_as_of: Date | null
  unknown_since: Date | null
  not_found_count: number
  not_found_at: Date | null
  ambiguous_count: number
  rotations: number
  settle_until: Date | null
  now: Date
  operation: {
    id: string
    kind: MainKind
    client_id: string
    key_seq: number
    key_first_used_at: Date | null
    key_burnt: boolean
    remote_token: string | null
    /** MassPay's word that was seen last, or ours for it. */
    remote_status: string | null
  }
  attempts: {
    count: number
    unproven: number
    executed: number
    last_lease_until: Date | null
    /** The same of the requests to take the load back. */
    take_back_lease_until: Date | null
    /** It is to be taken back, and nothing that counts was sent for that yet. */
    is_take_back_unsent: boolean
    /** MassPay may have been asked to take it back. */
    is_asked_back: boolean
    must_be_found: MustBeFound | null
    /** MassPay said no to the request itself, whatever became of others. */
    refused: boolean
  }
  /** Only of a direct payout. */
  quotes: KnownQuote[]
}

/**
 * A request that MassPay refused or called a failure, as SQL over an attempt.
 * A refused key or a redirect says nothing about what was asked for.
 */
const IS_REFUSED = `(
  outcome = 'answered_cancelled'
  or (evidence->>'block' <> 'auth' and http_status between 400 and 499))`

export async function lockPayout(
  sql: Sql,
  id: string
): Promise<LockedPayout | null> {
  const [row] = await sql.rows<
    Omit<
      LockedPayout,
      "amount" | "operation" | "attempts" | "quotes" | "now"
    > & {
      amount: string
      operation_id: string
    } & Omit<LockedPayout["operation"], "id">
  >(
    `select p.id, p.payee_id, p.vendor_id, p.created_at, p.status, p.block_reason, p.version,
            p.amount::text as amount, p.currency_code, p.needs_lookup,
            p.items_released, p.counted, p.effect_seq, p.truth_as_of, p.unknown_since,
            p.not_found_count, p.not_found_at, p.ambiguous_count, p.rotations,
            p.settle_until, o.id as operation_id, o.kind, o.client_id, o.key_seq,
            o.key_first_used_at, o.key_burnt, o.remote_token,
            o.remote_status
       from masspay_payout p
       join masspay_operation o on ${MAIN_OPERATION}
      where p.id = ?
        for update of p, o`,
    [id]
  )
  if (!row) return null
  // With the lock held, no attempt is added and none is closed.
  const [attempts] = await sql.rows<LockedPayout["attempts"] & { now: Date }>(
    `select count(*)::int as count,
            count(*) filter (where proof is null)::int as unproven,
            count(*) filter (where proof = 'executed' or outcome = 'ok')::int as executed,
            max(lease_until) as last_lease_until,
            (select max(t.lease_until) from masspay_attempt t
               join masspay_operation o on o.id = t.operation_id
              where o.payout_id = ? and o.kind in ('reverse', 'cancel'))
              as take_back_lease_until,
            exists (select 1 from masspay_operation t
                     where t.payout_id = ? and t.kind in ('reverse', 'cancel')
                       and ${TAKE_BACK_IS_UNSENT}) as is_take_back_unsent,
            exists (select 1 from masspay_operation t
                      join masspay_attempt a on a.operation_id = t.id
                     where t.payout_id = ? and t.kind in ('reverse', 'cancel')
                       and a.proof is distinct from 'not_executed') as is_asked_back,
            case
              when bool_or(proof is null and outcome = 'masspay.duplicate_client_id')
                then 'duplicate_client_id'
              when bool_or(proof is null and outcome = 'masspay.key_mismatch')
                then 'key_mismatch'
            end as must_be_found,
            coalesce(bool_or(${IS_REFUSED}), false) as refused,
            masspay_now() as now
       from masspay_attempt
      where operation_id = ?`,
    [id, id, id, row.operation_id]
  )
  if (!attempts) throw new Error("An aggregate without a row")
  const { operation_id, kind, client_id, key_seq, ...rest } = row
  const { key_first_used_at, key_burnt, ...named } = rest
  const { remote_token, remote_status, ...payout } = named
  const { now, ...facts } = attempts
  const quotes = kind === "commit" ? await quotesOf(sql, id) : []
  return {
    ...payout,
    quotes,
    amount: BigInt(row.amount),
    now,
    operation: {
      id: operation_id,
      kind,
      client_id,
      key_seq,
      key_first_used_at,
      key_burnt,
      remote_token,
      remote_status,
    },
    attempts: facts,
  }
}

export type Applying = { input: ApplyInput; payout: LockedPayout }

/**
 * Our operation in its list. One client id names one; more than one that was
 * not cancelled, or another token than before, is never resolved by code.
 */
export function findOurs(
  { operation, quotes, amount }: LockedPayout,
  lookup: Lookup
): Listed | null | "several" {
  const ours = listedUnder(lookup, operation).filter(
    (listed) => !isDeadQuote(listed, quotes)
  )
  const live = ours.filter(({ status }) => !isBack(status))
  if (live.length > 1) return "several"
  const one = live[0] ?? ours.at(-1) ?? null
  const known = operation.remote_token
  const isOther = one !== null && known !== null && one.remote_token !== known
  if (isOther) return "several"
  return one && withoutFee(one, amount)
}

/** A quote that nobody committed may be listed as cancelled once it is over. */
function isDeadQuote(
  { quote, status }: Listed,
  quotes: readonly KnownQuote[]
): boolean {
  const known = quotes.find(({ client_id }) => client_id === quote?.client_id)
  return status === "CANCELLED" && known?.may_count === false
}

export async function isTakenElsewhere(
  sql: Sql,
  payout: LockedPayout,
  seen: Listed
): Promise<boolean> {
  const others = await sql.rows(
    `select id from masspay_operation
      where kind = ? and remote_token = ? and id <> ?`,
    [seen.kind, seen.remote_token, payout.operation.id]
  )
  return others.length > 0
}

function later(a: Date | null, b: Date | null): Date | null {
  if (a === null || b === null) return a ?? b
  return a > b ? a : b
}

/** What the decision is taken on. */
export function factsFor(
  { input, payout }: Applying,
  seen: Listed | null
): AfterLookupInput {
  const { lookup, policy } = input
  const { operation, attempts } = payout
  const mayBeCommitted = payout.quotes.filter(({ may_count }) => may_count)
  const hasDuplicate = payout.quotes.some(({ is_duplicate }) => is_duplicate)
  return {
    status: payout.status,
    amount: payout.amount,
    currency_code: payout.currency_code,
    found: seen && { ...seen, time_of_load: seen.due_at },
    listComplete: isComplete(lookup, operation.kind),
    lookup_began_at: lookup.began_at,
    now: payout.now,
    ever_sent: attempts.count > 0 || hasDuplicate,
    attempts_unproven: attempts.unproven > 0 || hasDuplicate,
    // Until it has expired, MassPay may yet carry out what was quoted.
    last_possible_send_at: [
      attempts.last_lease_until,
      attempts.take_back_lease_until,
      ...mayBeCommitted.map(({ expires_at }) => expires_at),
    ].reduce(later, null),
    key_seq: operation.key_seq,
    // Each quote is committed under a key of its own, and only once.
    key_burnt: operation.key_burnt || operation.kind === "commit",
    // A key that nothing was sent under yet is as good as new.
    key_first_used_at: operation.key_first_used_at ?? payout.now,
    not_found_count: payout.not_found_count,
    not_found_at: payout.not_found_at,
    unknown_since: payout.unknown_since,
    ambiguous_count: payout.ambiguous_count,
    rotations: payout.rotations,
    settle_until: payout.settle_until,
    must_be_found: attempts.must_be_found,
    is_asked: input.asked !== undefined,
    may_be_forgotten: input.may_be_forgotten ?? false,
    is_part_known: operation.remote_status === "PARTLY_REVERSED",
    is_take_back_unsent: attempts.is_take_back_unsent,
    // A load is worth repeating once its cause is gone; a spendback is not.
    give_up: operation.kind === "spendback" && attempts.refused,
    ...(policy.visibility_delay_ms !== undefined && {
      visibility_delay_ms: policy.visibility_delay_ms,
    }),
    ...(policy.not_found_gap_ms !== undefined && {
      not_found_gap_ms: policy.not_found_gap_ms,
    }),
    ...(policy.lookup_delays_ms !== undefined && {
      lookup_delays_ms: policy.lookup_delays_ms,
    }),
  }
}
