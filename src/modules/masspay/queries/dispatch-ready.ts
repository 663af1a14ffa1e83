import { ORDERS_ARE_SWEPT } from "./database-identity"
import { PAYOUT_IS_HELD } from "./hold-facts"
import { SENDABLE } from "./main-operation"

/**
 * When a ready payout may go to the wire, as SQL. `p` is the payout, `o` its
 * operation, `e` its payee. Claim and look-up share these texts, so that every
 * ready payout belongs to exactly one of the two.
 */

/** MassPay forgets a key after 24 hours, and then executes it again. */
const KEY_TRUSTED = "interval '23 hours'"

/**
 * A debt older than this may have been paid under a grouping that a restored
 * database forgot, so it is looked up before its first send. The look-up may
 * be as old itself.
 */
const FRESH = "interval '1 hour'"

/** True where MassPay has to be asked before anything is sent. */
export const LOOK_UP_FIRST = `(
  p.needs_lookup
  or o.key_burnt
  or o.proof <> 'none'
  or exists (
    select 1 from masspay_attempt a
     where a.operation_id = o.id
       and (a.proof = 'executed' or a.outcome = 'ok'
            -- A commit is never repeated: another quote may be committed only
            -- once this one is proven not to be.
            or (a.proof is null
                and (o.kind = 'commit'
                     or o.key_first_used_at
                          <= (select masspay_now()) - ${KEY_TRUSTED}))))
  or (p.oldest_entry_at <= (select masspay_now()) - ${FRESH}
      and (p.truth_as_of is null
           or p.truth_as_of <= (select masspay_now()) - ${FRESH})
      and not exists (
        select 1 from masspay_attempt a where a.operation_id = o.id)))`

/**
 * True where the vendor may be paid now, by the token that the payout was made
 * for. While MassPay refuses her payments for want of papers, one payout at a
 * time is tried, and that seldom: for some refusals only a payment that passes
 * shows that they are over.
 */
export const PAYEE_IS_FIT = `(
  e.status = 'active' and not e.is_paused and not e.needs_adoption
  and (not e.papers_wanted or coalesce(e.kyc_probe_id = p.id, false))
  and coalesce(e.user_token = p.user_token, false))`

/**
 * True where no older payout waits for the same funding wallet to be filled:
 * oldest first and whole payouts only, so what does not fit stops its queue.
 */
export const WALLET_IS_FIT = `(
  not exists (
    select 1 from masspay_payout b
     where b.status = 'blocked' and b.block_reason = 'funds'
       and b.source_token = p.source_token
       and (b.created_at, b.id) < (p.created_at, p.id)))`

/**
 * True where nobody was asked to agree to something else: what two people are
 * deciding about must not be paid or made anew meanwhile, or it would be paid
 * twice.
 */
export const NOBODY_DECIDES = `(
  not exists (
    select 1 from masspay_action_request r
     where r.payout_id = p.id and r.state = 'proposed'))`

/**
 * True where a direct payout `p` has a way to go: her destination is complete,
 * hers, and takes this amount.
 */
export const DESTINATION_IS_FIT = `(
  p.method <> 'direct'
  or exists (
    select 1 from masspay_destination d
     where d.payee_id = p.payee_id and d.currency_code = p.currency_code
       and d.replaced_at is null and d.status = 'ready'
       and d.user_token = p.user_token
       and p.amount >= coalesce(d.min_amount, p.amount)
       and p.amount <= coalesce(d.max_amount, p.amount)))`

/** True where it is not too early to take money out of a vendor's wallet. */
const TAKING_IS_FIT = `(p.method <> 'spendback' or ${ORDERS_ARE_SWEPT})`

/**
 * Every `coalesce` hides an equality from Postgres, which would multiply their
 * odds, take a backlog for a handful of rows, and read and sort all of it for
 * each claim instead of walking the index until it has enough.
 */
export const CLAIMABLE = `(
  p.status = 'ready'
  and ${SENDABLE}
  and p.approval in ('not_required', 'approved')
  and p.next_attempt_at <= (select masspay_now())
  and not coalesce(${LOOK_UP_FIRST}, true)
  and ${PAYEE_IS_FIT}
  and not coalesce(${PAYOUT_IS_HELD}, true)
  and ${WALLET_IS_FIT}
  and ${NOBODY_DECIDES}
  and ${TAKING_IS_FIT})`
