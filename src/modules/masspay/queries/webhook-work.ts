import { commitIdOf } from "../../../domain/ids"
import {
  backoffAfter,
  claimedStatus,
  WEBHOOK_ATTEMPTS_MAX,
  type WebhookKind,
} from "../../../domain/webhooks"
import type { Db, Sql } from "./db"
import type { Listed } from "./lookup"

/** Something to look up because of webhooks, leased to this worker. */
export type ObjectToLookUp = {
  key: string
  /** Whether the user's spendbacks have to be read as well. */
  with_spendbacks: boolean
  /** Whether her payouts have to be. */
  with_payouts: boolean
}

/**
 * Leases up to `limit` objects that are due, the longest due first. One that
 * another worker holds is left to it, until its lease is over.
 */
export async function claimWebhookObjects(
  db: Db,
  {
    worker,
    limit,
    lease_ms,
  }: { worker: string; limit: number; lease_ms: number }
): Promise<ObjectToLookUp[]> {
  return db.rows<ObjectToLookUp>(
    `with due as materialized (
       select key from masspay_webhook_object
        where due_at <= (select masspay_now())
          and (lease_until is null or lease_until <= (select masspay_now()))
        order by due_at, key limit ?
          for update skip locked)
     update masspay_webhook_object o
        set lease_owner = ?, looked_up_at = masspay_now(),
            lease_until = masspay_now() + ? * interval '1 millisecond',
            updated_at = masspay_now()
       from due where o.key = due.key
     returning o.key, exists (
       select 1 from masspay_webhook_event w
        where w.object_key = o.key and w.state = 'received'
          and w.kind = 'spendback') as with_spendbacks,
       exists (
       select 1 from masspay_webhook_event w
        where w.object_key = o.key and w.state = 'received'
          and w.kind = 'payout') as with_payouts`,
    [limit, worker, lease_ms]
  )
}

/** What a look-up came to. */
export type ObjectOutcome =
  /** Read, and applied. `listed` is what it said, for comparing. */
  | { did: "applied"; began_at: Date; listed: readonly Listed[] }
  /** Read, and the books changed meanwhile: look again. */
  | { did: "again"; began_at: Date }
  /** MassPay did not answer. That is nobody's message's fault. */
  | { did: "unanswered" }
  /** It answered, and that could not be applied. */
  | { did: "failed"; began_at: Date }

export type FinishedWebhooks = {
  applied: number
  dead: number
  /** Where the message claimed something else than MassPay says. */
  differing: { id: string; said: string; truth: string }[]
}

type Waiting = {
  id: string
  kind: WebhookKind
  remote_token: string | null
  client_id: string | null
  status: string | null
  attempts: number
  truth_status: string | null
}

type Result = {
  id: string
  state: "received" | "applied" | "dead"
  truth: string | null
  attempts: number
  wait_ms: number
}

/**
 * Writes what a look-up came to, and gives the object back. Only messages that
 * were received before it began are answered by it; later ones wait for the next.
 * One whose claim the truth does not bear out is held against a second look
 * first: what MassPay lists may lag behind what it sends. Returns `null`, and
 * writes nothing, when the lease was lost.
 */
export async function finishWebhookObject(
  db: Db,
  {
    worker,
    key,
    outcome,
    coalesce_ms,
    second_look_ms,
  }: {
    worker: string
    key: string
    outcome: ObjectOutcome
    coalesce_ms: number
    second_look_ms: number
  }
): Promise<FinishedWebhooks | null> {
  return db.tx(async (sql) => {
    const [object] = await sql.rows<{ failures: number }>(
      `select failures from masspay_webhook_object
        where key = ? and lease_owner = ? for update`,
      [key, worker]
    )
    if (!object) return null
    const results = await resultsOf(sql, { key, outcome, second_look_ms })
    await writeResults(sql, results)
    const failures = outcome.did === "unanswered" ? object.failures + 1 : 0
    await giveBack(sql, {
      key,
      failures,
      wait_ms:
        outcome.did === "unanswered" ? backoffAfter(failures) : coalesce_ms,
    })
    return {
      applied: results.filter(({ state }) => state === "applied").length,
      dead: results.filter(({ state }) => state === "dead").length,
      differing: results.flatMap(({ id, truth, said, is_differing }) =>
        is_differing
          ? [{ id, said: said ?? "", truth: truth ?? "not listed" }]
          : []
      ),
    }
  })
}

type Judged = Result & { said: string | null; is_differing: boolean }

async function resultsOf(
  sql: Sql,
  {
    key,
    outcome,
    second_look_ms,
  }: { key: string; outcome: ObjectOutcome; second_look_ms: number }
): Promise<Judged[]> {
  if (outcome.did === "unanswered" || outcome.did === "again") return []
  const waiting = await sql.rows<Waiting>(
    `select id, kind, remote_token, client_id, status, attempts, truth_status
       from masspay_webhook_event
      where object_key = ? and state = 'received' and received_at < ?::timestamptz
      order by id for update`,
    [key, outcome.began_at]
  )
  if (outcome.did === "failed") return waiting.map(failedOnce)
  const truths = truthsOf(outcome.listed)
  return waiting.map((row) => {
    const truth = truths(row)
    const said = claimedStatus(row.kind, row.status)
    const is_differing = isListed(row) && said !== null && truth !== said
    const isToWait = is_differing && row.truth_status === null
    return {
      id: row.id,
      state: isToWait ? "received" : "applied",
      truth,
      attempts: row.attempts,
      wait_ms: isToWait ? second_look_ms : 0,
      said,
      is_differing,
    }
  })
}

/** What our look-ups show. A user is in no such list, nor is a payout that she makes herself. */
function isListed({ kind, client_id }: Waiting): boolean {
  return (
    kind === "load" ||
    kind === "spendback" ||
    (kind === "payout" && commitIdOf(client_id ?? "") !== null)
  )
}

function failedOnce({ id, attempts, truth_status }: Waiting): Judged {
  const tries = attempts + 1
  return {
    id,
    state: tries >= WEBHOOK_ATTEMPTS_MAX ? "dead" : "received",
    truth: truth_status,
    attempts: tries,
    wait_ms: backoffAfter(tries),
    said: null,
    is_differing: false,
  }
}

/** What a list says of what a message is about. */
function truthsOf(listed: readonly Listed[]): (row: Waiting) => string | null {
  const byToken = new Map(
    listed.map((one) => [`${kindOf(one)} ${one.remote_token}`, one.status])
  )
  const byId = new Map(
    listed.map((one) => [
      `${kindOf(one)} ${one.quote?.client_id ?? one.client_id}`,
      one.status,
    ])
  )
  return ({ kind, remote_token, client_id }) =>
    byToken.get(`${kind} ${remote_token ?? ""}`) ??
    byId.get(`${kind} ${client_id ?? ""}`) ??
    null
}

/** In the words of messages. */
function kindOf({ kind }: Listed): string {
  return kind === "commit" ? "payout" : kind
}

async function writeResults(
  sql: Sql,
  results: readonly Result[]
): Promise<void> {
  if (results.length === 0) return
  await sql.rows(
    `update masspay_webhook_event w
        set state = r.state, truth_status = r.truth, attempts = r.attempts,
            reason = case r.state when 'dead' then 'not_applied' else w.reason end,
            next_attempt_at = masspay_now() + r.wait_ms * interval '1 millisecond',
            finished_at = case when r.state <> 'received' then masspay_now() end,
            updated_at = masspay_now()
       from unnest(?::text[], ?::text[], ?::text[], ?::int[], ?::int[])
         r (id, state, truth, attempts, wait_ms)
      where w.id = r.id`,
    [
      results.map(({ id }) => id),
      results.map(({ state }) => state),
      results.map(({ truth }) => truth),
      results.map(({ attempts }) => attempts),
      results.map(({ wait_ms }) => wait_ms),
    ]
  )
}

/** Due again as soon as one of its messages is, and never before its time. */
async function giveBack(
  sql: Sql,
  { key, failures, wait_ms }: { key: string; failures: number; wait_ms: number }
): Promise<void> {
  await sql.rows(
    `update masspay_webhook_object o
        set lease_owner = null, lease_until = null, failures = ?,
            due_at = (
              select case when count(*) > 0 then greatest(
                       min(w.next_attempt_at),
                       o.looked_up_at + ? * interval '1 millisecond') end
                from masspay_webhook_event w
               where w.object_key = o.key and w.state = 'received'),
            updated_at = masspay_now()
      where o.key = ?`,
    [failures, wait_ms, key]
  )
}
