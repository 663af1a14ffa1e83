import type { IncidentDetail, IncidentKind } from "../../../domain/incidents"
import {
  audienceOf,
  type NotificationAudience,
  type NotificationKind,
  type NotificationTruth,
  type NotificationWay,
  waysOf,
} from "../../../domain/notifications"
import type { PayoutMethod, PayoutStatus } from "../../../domain/payout-status"
import { kindsFor } from "../../../notifications/causes"
import type { Db, Sql } from "./db"
import { amountText } from "./dto"
import { newId } from "./new-id"
import { IS_TOLD, TOLD_BY_INCIDENT } from "./notification-told"

/** An event as it stands in the outbox: what may be told because of it. */
export type Cause = {
  id: string
  name: string
  payload: Record<string, string>
}

export type ClaimedNotification = {
  id: string
  cause_key: string
  kind: NotificationKind
  audience: NotificationAudience
  way: NotificationWay
  subject_id: string
  vendor_id: string | null
  currency_code: string | null
  attempts: number
}

type NewNotification = {
  cause_key: string
  kind: NotificationKind
  subject_id: string
  vendor_id: string | null
  currency_code: string | null
}

/**
 * Writes down who has to be told because of these events. The same event again
 * adds nothing. What can be seen at once not to concern anybody is left out:
 * most payouts wait for no approval, and most were never cancelled.
 */
export async function addNotifications(
  sql: Sql,
  causes: readonly Cause[]
): Promise<void> {
  await insertNotifications(
    sql,
    causes.flatMap(({ id, name, payload }) =>
      kindsFor(name).map((kind) => ({
        cause_key: `${id}:${kind}`,
        kind,
        subject_id: payload.id ?? id,
        vendor_id: payload.vendor_id ?? null,
        currency_code: payload.currency_code ?? null,
      }))
    )
  )
}

/** Returns how many rows were written, one for each way that a kind is told by. */
export async function insertNotifications(
  sql: Sql,
  wanted: readonly NewNotification[],
  { resend_of = null }: { resend_of?: string | null } = {}
): Promise<number> {
  const rows = wanted.flatMap((one) =>
    waysOf(one.kind).map((way) => ({
      ...one,
      id: newId("msnot"),
      cause_key: `${one.cause_key}:${way}`,
      way,
      audience: audienceOf(one.kind),
      resend_of,
    }))
  )
  if (rows.length === 0) return 0
  const written = await sql.rows(
    `insert into masspay_notification
       (id, cause_key, kind, audience, way, subject_id, vendor_id,
        currency_code, resend_of)
     select id, cause_key, kind, audience, way, subject_id, vendor_id,
            currency_code, resend_of
       from jsonb_to_recordset(?::jsonb) v
         (id text, cause_key text, kind text, audience text, way text,
          subject_id text, vendor_id text, currency_code text, resend_of text)
      where case v.kind
        when 'approval_waiting' then exists (
          select 1 from masspay_payout p
           where p.id = v.subject_id and p.status = 'pending')
        when 'payout_paid_after_all' then exists (
          select 1 from masspay_payout_event e
           where e.payout_id = v.subject_id and e.to_status = 'cancelled')
        when 'incident_opened' then ${TOLD_BY_INCIDENT}
        else true end
      order by v.id
     on conflict (cause_key) do nothing
     returning id`,
    [JSON.stringify(rows)]
  )
  return written.length
}

/** Leases up to `limit` that are due, the longest due first. What is not concluded comes back after the lease. */
export async function claimNotifications(
  db: Db,
  { limit, lease_ms }: { limit: number; lease_ms: number }
): Promise<ClaimedNotification[]> {
  return db.rows<ClaimedNotification>(
    `with due as materialized (
       select id from masspay_notification
        where state = 'pending' and next_attempt_at <= (select masspay_now())
        order by next_attempt_at, id
        limit ?
          for update skip locked)
     update masspay_notification n
        set attempts = n.attempts + 1,
            lease_until = masspay_now() + ? * interval '1 millisecond',
            next_attempt_at = masspay_now() + ? * interval '1 millisecond',
            updated_at = masspay_now()
       from due where n.id = due.id
     returning n.id, n.cause_key, n.kind, n.audience, n.way, n.subject_id,
               n.vendor_id, n.currency_code, n.attempts`,
    [limit, lease_ms, lease_ms]
  )
}

/** How telling ended, or when it is tried again. A stable code in `detail`. */
export type NotificationConclusion =
  | { state: "sent" }
  | {
      state: "skipped" | "no_channel" | "unclear" | "failed"
      detail: string
    }
  | { state: "pending"; detail: string; retry_in_ms: number }

/**
 * Concludes what this claim found out; of a request for papers it notes when
 * the vendor was told. A later claim of the same row is not overwritten.
 */
export async function concludeNotification(
  db: Db,
  { id, attempts, kind, subject_id }: ClaimedNotification,
  conclusion: NotificationConclusion
): Promise<void> {
  const retry_in_ms =
    conclusion.state === "pending" ? conclusion.retry_in_ms : 0
  await db.tx(async (sql) => {
    const done = await sql.rows(
      `update masspay_notification
          set state = ?, detail = ?, lease_until = null,
              next_attempt_at = masspay_now() + ? * interval '1 millisecond',
              sent_at = case when ? = 'sent' then masspay_now() end,
              updated_at = masspay_now()
        where id = ? and attempts = ? and state = 'pending'
        returning id`,
      [
        conclusion.state,
        "detail" in conclusion ? conclusion.detail : null,
        retry_in_ms,
        conclusion.state,
        id,
        attempts,
      ]
    )
    if (done.length === 0 || conclusion.state !== "sent") return
    if (kind !== "papers_needed") return
    await sql.rows(
      `update masspay_kyc_request
          set notified_at = coalesce(notified_at, masspay_now()),
              updated_at = masspay_now()
        where id = ?`,
      [subject_id]
    )
  })
}

/** Whom and what a notification is about, as of now. Holds an address and a sealed link: not to be kept. */
export type NotificationFacts = NotificationTruth & {
  vendor: {
    id: string
    name: string | null
    first_name: string | null
    email: string | null
  } | null
  amount: { value: string; currency_code: string } | null
  paper: {
    kind: "identity" | "bank_document" | "other"
    text: string | null
    link_sealed: string | null
    link_host: string | null
  } | null
  incident: IncidentFacts | null
  destination: DestinationFacts | null
}

type DestinationFacts = NonNullable<NotificationTruth["destination"]> & {
  currency_code: string
  payer_name: string
  masked_tail: string | null
  status_reason: string | null
}
type IncidentFacts = NonNullable<NotificationTruth["incident"]> & {
  id: string
  kind: IncidentKind
  detail: IncidentDetail
  opened_at: string
}

type FactsRow = {
  vendor: NotificationFacts["vendor"]
  payout: {
    status: PayoutStatus
    method: PayoutMethod
    block_reason: string | null
    amount: string
    currency_code: string
    was_cancelled: boolean
  } | null
  papers:
    | (NonNullable<NotificationTruth["papers"]> &
        NonNullable<NotificationFacts["paper"]>)
    | null
  payee: NotificationTruth["payee"]
  incident: IncidentFacts | null
  destination: DestinationFacts | null
  is_told: boolean
}

/** Everything in one statement: one moment, and the vendor of the row and no other. */
export async function notificationFacts(
  sql: Sql,
  {
    id,
    subject_id,
    vendor_id,
  }: Pick<ClaimedNotification, "id" | "subject_id" | "vendor_id">
): Promise<NotificationFacts> {
  const [row] = await sql.rows<FactsRow>(
    `select
       (select jsonb_build_object('id', y.vendor_id, 'name', y.name,
                 'first_name', y.first_name, 'email', y.email)
          from masspay_payee y where y.vendor_id = ?) as vendor,
       (select jsonb_build_object('status', y.status, 'has_open_papers', exists (
                 select 1 from masspay_kyc_request r
                  where r.payee_id = y.id and r.state = 'open'))
          from masspay_payee y where y.vendor_id = ?) as payee,
       (select jsonb_build_object('status', p.status, 'method', p.method,
                 'block_reason', p.block_reason, 'amount', p.amount::text,
                 'currency_code', p.currency_code,
                 'was_cancelled', exists (
                   select 1 from masspay_payout_event e
                    where e.payout_id = p.id and e.to_status = 'cancelled'))
          from masspay_payout p
         where p.id = ? and p.vendor_id = ?) as payout,
       (select jsonb_build_object('state', r.state, 'source', r.source,
                 'clear_reason', r.clear_reason, 'kind', r.kind,
                 'text', r.text, 'link_sealed', r.link_sealed,
                 'link_host', r.link_host,
                 'others_open', exists (
                   select 1 from masspay_kyc_request o
                    where o.payee_id = r.payee_id and o.state = 'open'
                      and o.source = 'error'))
          from masspay_kyc_request r
         where r.id = ? and r.vendor_id = ?) as papers,
       (select jsonb_build_object('id', i.id, 'kind', i.kind, 'state', i.state,
                 'is_acknowledged', i.acknowledged_at is not null,
                 'detail', i.detail, 'opened_at', i.opened_at)
          from masspay_incident i where i.id = ?) as incident,
       (select jsonb_build_object('status', d.status,
                 'in_use', d.replaced_at is null,
                 'currency_code', d.currency_code, 'payer_name', d.payer_name,
                 'masked_tail', d.masked_tail, 'status_reason', d.status_reason)
          from masspay_destination d
         where d.id = ? and d.vendor_id = ?) as destination,
       ${IS_TOLD} as is_told`,
    [
      ...[vendor_id, vendor_id, subject_id, vendor_id, subject_id, vendor_id],
      ...[subject_id, subject_id, vendor_id, id],
    ]
  )
  if (!row) throw new Error("A select without a table gave no row")
  const { vendor, payout, papers, payee, incident, destination, is_told } = row
  return {
    vendor,
    incident,
    destination,
    is_told,
    payee,
    payout,
    papers,
    amount: payout && {
      value: amountText(payout.amount.replace(/^-/, ""), payout.currency_code),
      currency_code: payout.currency_code,
    },
    paper: papers,
  }
}
