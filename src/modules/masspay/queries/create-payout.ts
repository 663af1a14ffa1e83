import { directMoneyText } from "../../../domain/direct-request"
import { clientId, payoutSourceKey } from "../../../domain/ids"
import { loadRequestText } from "../../../domain/load-request"
import type { PayoutEvent, PayoutStatus } from "../../../domain/payout-status"
import { spendbackRequestText } from "../../../domain/spendback-request"
import { MasspayEvents } from "../../../types/events"
import type { EntryFacts, PayeeFacts } from "./collect-facts"
import type { Sql } from "./db"
import { freeName } from "./free-name"
import { MAIN_KIND_OF, type MainKind } from "./main-operation"
import { newId } from "./new-id"
import { addOutboxEvent } from "./outbox"

/** A debt older than this is looked up before its first send: the books may have been restored since. */
const LOOK_UP_FIRST_AFTER_MS = 3_600_000
const NOTES_LENGTH_MAX = 255

export type NewPayout = {
  payee: PayeeFacts
  currency_code: string
  /** Minor units: the sum of `entries`; negative for a spendback. */
  amount: bigint
  method: "wallet" | "direct" | "spendback" | "netting"
  entries: readonly EntryFacts[]
  /** The wallet that is debited: ours, or for a spendback the payee's. */
  source_token: string | null
  /** Of a wallet payout: whether MassPay writes to the payee. */
  notify_payee: boolean
  /** Whether an operator has to approve it before it is sent. */
  needs_approval: boolean
  tag: string
  now: Date
  /** The person who asked for it, and under what request; left out: nobody did. */
  by?: { actor: string; cause: string }
}

/**
 * Writes a payout with everything that belongs to it: its items, which take
 * the entries; unless it is netted, the operation with the bytes to send; the
 * first row of its timeline; the event to publish. Call it under the lock of
 * the payee. Throws when an entry is no longer open.
 */
export async function createPayout(
  sql: Sql,
  payout: NewPayout
): Promise<string> {
  const id = newId("mspo")
  const { status, event } = beginningOf(payout)
  const source_key = await freeName(sql, {
    table: "masspay_payout",
    column: "source_key",
    nameOf: (n) => payoutSourceKey(payout.entries, n),
    first: 0,
  })
  await insertPayout(sql, { id, source_key, payout })
  await insertItems(sql, { payout_id: id, entries: payout.entries })
  if (payout.method !== "netting") {
    const kind = MAIN_KIND_OF[payout.method]
    await insertOperation(sql, { payout_id: id, source_key, kind, payout })
  }
  await sql.rows(
    `insert into masspay_payout_event
       (id, payout_id, version, from_status, to_status, event, cause, actor)
     values (?, ?, 1, null, ?, ?, ?, ?)`,
    [
      newId("mspev"),
      id,
      status,
      event,
      payout.by?.cause ?? null,
      payout.by?.actor ?? "system",
    ]
  )
  await addOutboxEvent(sql, {
    name: MasspayEvents.PAYOUT_CREATED,
    payload: { id, vendor_id: payout.payee.vendor_id },
    cause_key: `payout:${id}:1`,
  })
  return id
}

function beginningOf({ method, needs_approval }: NewPayout): {
  status: PayoutStatus
  event: PayoutEvent
} {
  if (method === "netting") return { status: "netted", event: "netted" }
  return needs_approval
    ? { status: "pending", event: "collected_for_approval" }
    : { status: "ready", event: "collected" }
}

async function insertPayout(
  sql: Sql,
  {
    id,
    source_key,
    payout,
  }: { id: string; source_key: string; payout: NewPayout }
): Promise<void> {
  const { payee, entries, now } = payout
  const isSent = payout.method !== "netting"
  const oldest = new Date(
    entries.reduce(
      (first, { created_at }) => Math.min(first, created_at.getTime()),
      Infinity
    )
  )
  await sql.rows(
    `insert into masspay_payout
       (id, payee_id, vendor_id, method, status, amount, currency_code,
        source_key, user_token, source_token, needs_lookup, oldest_entry_at,
        approval, maker, next_attempt_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, masspay_now())`,
    [
      id,
      payee.id,
      payee.vendor_id,
      payout.method,
      beginningOf(payout).status,
      payout.amount.toString(),
      payout.currency_code,
      source_key,
      isSent ? payee.user_token : null,
      isSent ? payout.source_token : null,
      isSent && now.getTime() - oldest.getTime() > LOOK_UP_FIRST_AFTER_MS,
      oldest,
      payout.needs_approval ? "required" : "not_required",
      payout.by?.actor ?? makerOf(entries),
    ]
  )
}

/** Whoever caused any of its entries; `system` when nobody did. */
function makerOf(entries: readonly EntryFacts[]): string {
  return entries.find((entry) => entry.actor !== "system")?.actor ?? "system"
}

/** Of two transactions that take one entry, the unique index lets one through. */
async function insertItems(
  sql: Sql,
  { payout_id, entries }: { payout_id: string; entries: readonly EntryFacts[] }
): Promise<void> {
  await sql.rows(
    `insert into masspay_payout_item (id, payout_id, entry_id, amount)
     select i.id, ?, e.id, e.amount
       from unnest(?::text[], ?::text[]) i (id, entry_id)
       join masspay_ledger_entry e on e.id = i.entry_id`,
    [
      payout_id,
      entries.map(() => newId("mspit")),
      entries.map((entry) => entry.id),
    ]
  )
}

/**
 * Nothing in the request depends on our ids or the clock: a payout made again
 * after lost commits sends the same bytes under the same client id.
 */
async function insertOperation(
  sql: Sql,
  {
    payout_id,
    source_key,
    kind,
    payout,
  }: {
    payout_id: string
    source_key: string
    kind: MainKind
    payout: NewPayout
  }
): Promise<void> {
  const client_id = await freeName(sql, {
    table: "masspay_operation",
    column: "client_id",
    nameOf: (n) => clientId({ tag: payout.tag, source_key, kind, n }),
    first: 1,
  })
  await sql.rows(
    `insert into masspay_operation
       (id, payout_id, kind, client_id, request_text)
     values (?, ?, ?, ?, ?)`,
    [
      newId("msop"),
      payout_id,
      kind,
      client_id,
      requestText(kind, client_id, payout),
    ]
  )
}

function requestText(
  kind: MainKind,
  client_id: string,
  payout: NewPayout
): string {
  const { source_token, amount, currency_code } = payout
  if (source_token === null) {
    throw new Error(`masspay_payout: a ${kind} needs a wallet to debit`)
  }
  const request = {
    source_token,
    amount,
    currency_code,
    metadata: { vendor_id: payout.payee.vendor_id },
  }
  const notify_user = payout.notify_payee
  switch (kind) {
    case "load":
      return loadRequestText({
        ...request,
        client_load_id: client_id,
        notify_user,
        notes: notesOf("Payout", payout.entries),
      })
    case "commit":
      // What its quotes have in common; the commit itself has no body.
      return directMoneyText({ ...request, client_id, notify_user })
    case "spendback":
      return spendbackRequestText({
        ...request,
        client_spendback_id: client_id,
        notes: notesOf("Spendback", payout.entries),
      })
  }
}

/** What the payee reads: order numbers, as many as fit. */
function notesOf(what: string, entries: readonly EntryFacts[]): string {
  const numbers = [
    ...new Set(entries.flatMap((entry) => entry.display_id ?? [])),
  ].sort((a, b) => a - b)
  if (numbers.length === 0) return what
  let notes = `${what} for ${numbers.length === 1 ? "order" : "orders"} `
  const tail = (left: number) => (left > 0 ? ` and ${left} more` : "")
  for (const [index, number] of numbers.entries()) {
    const next = `${index === 0 ? "" : ", "}#${number}`
    const left = numbers.length - index
    if (notes.length + next.length + tail(left).length > NOTES_LENGTH_MAX) {
      return notes + tail(left)
    }
    notes += next
  }
  return notes
}
