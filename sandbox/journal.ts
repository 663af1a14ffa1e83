import type { FaultName } from "./faults"

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
  user_token: string | null
  load_token: string | null
  /** What went out; null when the client never got an answer. */
  status: number | null
  /** What the API decided before a fault hid it; null when it never got there. */
  decided_status: number | null
  /** This request changed something. A read, a refusal and a replay never do. */
  executed: boolean
  /** The answer came from an earlier request under the same key. */
  replayed: boolean
  faults: FaultName[]
}

export type MovementReason =
  "funding" | "load" | "reversal" | "scripted_status" | "withdrawal"

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

export type JournalEntry = RequestEntry | MovementEntry | NoteEntry

type Unnumbered<Entry> = Entry extends JournalEntry
  ? Omit<Entry, "seq" | "at">
  : never

export type JournalPage = { entries: JournalEntry[]; last_seq: number }

/**
 * The referee's record: entries are added, never changed and never dropped. It
 * grows with use on purpose, as a record with holes proves nothing; a reset is
 * what empties it.
 */
export class Journal {
  private lastRequest: number

  constructor(
    private readonly nowIso: () => string,
    private readonly entries: JournalEntry[] = []
  ) {
    // There are at least as many lines as requests: no id is given out again.
    this.lastRequest = entries.length
  }

  nextRequestId(): string {
    this.lastRequest += 1
    return `req_${this.lastRequest}`
  }

  append(entry: Unnumbered<JournalEntry>): void {
    this.entries.push({
      seq: this.entries.length + 1,
      at: this.nowIso(),
      ...entry,
    })
  }

  /** Entries with a higher sequence number than `after`, at most `limit` of them. */
  page(after: number, limit: number): JournalPage {
    return {
      entries: this.entries.slice(after, after + limit),
      last_seq: this.lastSeq(),
    }
  }

  lastSeq(): number {
    return this.entries.length
  }

  all(): readonly JournalEntry[] {
    return this.entries
  }
}
