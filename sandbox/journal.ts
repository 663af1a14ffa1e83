import type { FaultName } from "./faults"
import type { Cancellation, CommitOutcome, PayoutStatus } from "./payouts/types"
import { Tally } from "./tally"
import type { DeliveryKind, DeliveryState } from "./webhooks/types"

/** One request to the payout API and what became of it. */
export type RequestEntry = {
  seq: number
  at: string
  kind: "request"
  /** Movements made by the same request carry the same id. */
  request_id: string
  method: string
  path: string
  query: string
  idempotency_key: string | null
  body_sha256: string | null
  client_load_id: string | null
  client_spendback_id: string | null
  user_token: string | null
  load_token: string | null
  spendback_token: string | null
  client_transfer_id: string | null
  payout_token: string | null
  /** What went out; null when the client never got an answer. */
  status: number | null
  /** What the API decided before a fault hid it; null when it never got there. */
  decided_status: number | null
  /** This request changed something. A read, a refusal and a replay never do. */
  executed: boolean
  /** The answer came from an earlier request under the same key. */
  replayed: boolean
  faults: FaultName[]
  /** Which request of the fault plan this was; null when there was no plan for it. */
  plan_request: number | null
}

export type MovementReason =
  | "funding"
  | "load"
  | "reversal"
  | "spendback"
  | "scripted_status"
  /** A flip took back more than the wallet held: the user owes the rest. */
  | "overdraft"
  | "withdrawal"
  | "autopayout"
  /** Drawn for a direct payout, when it is committed or no longer cancelled. */
  | "payout"
  /** A cancelled payout came back. */
  | "payout_return"
  | "payout_reversal"

/** Money going from one wallet to another. There is no other way for it to move. */
export type MovementEntry = {
  seq: number
  at: string
  kind: "movement"
  request_id: string | null
  reason: MovementReason
  /** A wallet token, or "outside" for money that enters or leaves MassPay. */
  from: string
  to: string
  /** Positive, in major units, as text. */
  amount: string
  currency_code: string
  user_token: string | null
  load_token: string | null
  client_load_id: string | null
  spendback_token: string | null
  client_spendback_id: string | null
  payout_token: string | null
  client_transfer_id: string | null
}

/** Something that befell a direct payout, with what its quote promised. */
export type PayoutEntry = {
  seq: number
  at: string
  kind: "payout"
  /** Null: no request brought it about. */
  request_id: string | null
  event: "quoted" | "commit" | "status" | "cancellation" | "reversed"
  payout_token: string
  client_transfer_id: string | null
  user_token: string
  source_token: string
  destination_token: string
  /** In major units, as text, like all amounts here. */
  source_amount: string
  /** On top of the source amount. */
  fee: string
  source_currency_code: string
  destination_amount: string
  destination_currency_code: string
  exchange_rate: string
  /** Of the payer, when this was quoted, in the source currency. */
  min_limit: string
  expiration: string
  committed_at: string | null
  status: PayoutStatus
  status_reason: string | null
  /** What a commit or a cancellation was answered; null for all other events. */
  outcome: CommitOutcome | Cancellation | null
  /** A commit that came when the quote was dead. */
  is_after_expiry: boolean
  /** A commit of what was committed before, or a reversal after another one. */
  is_repeated: boolean
}

/** Something the operator of the sandbox did, or its clock brought about. */
export type NoteEntry = {
  seq: number
  at: string
  kind: "note"
  event: string
  user_token: string | null
  load_token: string | null
}

/** A webhook that arrived, or did not. What it said is not for the journal. */
export type WebhookEntry = {
  seq: number
  at: string
  kind: "webhook"
  event_type: string | null
  delivery_id: string
  event_id: string
  delivery_kind: DeliveryKind
  state: DeliveryState
  /** What the receiver answered to the latest attempt; null when it did not. */
  status: number | null
  attempts: number
  body_sha256: string
  user_token: string | null
  load_token: string | null
  spendback_token: string | null
  payout_token: string | null
}

export type JournalEntry =
  RequestEntry | MovementEntry | PayoutEntry | NoteEntry | WebhookEntry

type Unnumbered<Entry> = Entry extends JournalEntry
  ? Omit<Entry, "seq" | "at">
  : never

export type JournalPage = {
  entries: JournalEntry[]
  /** The first entry that can still be read: 1 unless the journal has a limit. */
  first_seq: number
  last_seq: number
}

type JournalOptions = {
  /** Entries that are already there, from the first one on. */
  entries?: readonly JournalEntry[]
  /** The latest so many entries are kept, and for a while up to as many again. */
  limit?: number | null
}

/**
 * The referee's record: entries are added and never changed. It grows with use on
 * purpose, as a record with holes proves nothing; a reset is what empties it. Only
 * where it was given a limit are the oldest entries forgotten, and even then the
 * tally has added up every one.
 */
export class Journal {
  readonly tally = new Tally()
  private entries: JournalEntry[]
  private readonly limit: number
  private forgotten = 0
  private lastRequest: number

  constructor(
    private readonly nowIso: () => string,
    { entries = [], limit = null }: JournalOptions = {}
  ) {
    this.entries = [...entries]
    this.limit = limit ?? Number.POSITIVE_INFINITY
    // There are at least as many lines as requests: no id is given out again.
    this.lastRequest = entries.length
    for (const entry of entries) this.tally.add(entry)
  }

  nextRequestId(): string {
    this.lastRequest += 1
    return `req_${this.lastRequest}`
  }

  append(entry: Unnumbered<JournalEntry>): void {
    const numbered = { seq: this.lastSeq() + 1, at: this.nowIso(), ...entry }
    this.entries.push(numbered)
    this.tally.add(numbered)
    if (this.entries.length < 2 * this.limit) return
    this.forgotten += this.entries.length - this.limit
    this.entries = this.entries.slice(-this.limit)
  }

  /** Entries with a higher sequence number than `after`, at most `limit` of them. */
  page(after: number, limit: number): JournalPage {
    const from = Math.max(0, after - this.forgotten)
    return {
      entries: this.entries.slice(from, from + limit),
      first_seq: this.forgotten + 1,
      last_seq: this.lastSeq(),
    }
  }

  lastSeq(): number {
    return this.forgotten + this.entries.length
  }

  /** All that are kept. */
  all(): readonly JournalEntry[] {
    return this.entries
  }
}
