import { TOLD_BY_THEIR_OWN } from "../../../domain/incidents"

/** Of a new notification `v`: whether its incident is told by it and not by one of its own, as SQL. */
export const TOLD_BY_INCIDENT = `exists (
  select 1 from masspay_incident i
   where i.id = v.subject_id
     and i.kind not in (${TOLD_BY_THEIR_OWN.map((kind) => `'${kind}'`).join(", ")}))`

/** An earlier one, `n`, by the same way as `me`, that reached somebody or will. */
const EARLIER = `(
  n.way = me.way and n.state in ('pending', 'sent')
  and (n.created_at, n.id) < (me.created_at, me.id))`

/** An empty wallet is short for the claims, and low for the watch: whichever is told first is told alone. */
const SHORT_WAS_TOLD = `exists (
  select 1 from masspay_control f
    join masspay_control w on w.key = 'wallet:' || (f.value->>'token')
    join masspay_notification n
      on n.subject_id = f.value->>'token' and n.kind = 'funding_short'
   where f.key = 'funding:' || i.subject_id and ${EARLIER}
     and n.created_at >= (w.value->>'short_since')::timestamptz)`

const LOW_WAS_TOLD = `exists (
  select 1 from masspay_incident i
    join masspay_notification n on n.subject_id = i.id
   where i.state = 'open' and i.cause_key = 'funding_low:' || me.currency_code
     -- Whoever took care of a low wallet may not have counted on an empty one.
     and i.acknowledged_at is null
     and n.kind in ('incident_opened', 'incident_reminder') and ${EARLIER})`

/** What was healed has told of itself, and a broken invariant is an incident of its own. */
const DISCREPANCY_WAS_TOLD = `(
  exists (
    select 1 from masspay_notification n
     where n.subject_id in (i.subject_id, i.detail->>'payout_id')
       and n.kind in ('payout_parked', 'payout_cancelled',
                      'payout_paid_after_all', 'payout_adopted')
       and n.way = me.way and n.state in ('pending', 'sent')
       and n.created_at >= i.opened_at - interval '1 hour')
  or (i.detail->>'class' = 'D15' and exists (
    select 1 from masspay_incident b
     where b.state = 'open' and b.cause_key like 'invariant_broken:%')))`

/**
 * Whether operators were told of the cause of a notification by another one
 * before, as SQL with its id as the parameter. What an operator sends again is
 * never told already.
 */
export const IS_TOLD = `exists (
  select 1 from masspay_notification me
   where me.id = ? and me.resend_of is null
     and case me.kind
       when 'funding_short' then ${LOW_WAS_TOLD}
       when 'incident_opened' then exists (
         select 1 from masspay_incident i
          where i.id = me.subject_id
            and case i.kind
              when 'funding_low' then ${SHORT_WAS_TOLD}
              when 'discrepancy' then ${DISCREPANCY_WAS_TOLD}
              else false end)
       else false end)`
