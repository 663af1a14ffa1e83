import { createHash } from "node:crypto"

import { DAY_MS } from "./clock"

export type SavedAnswer = { status: number; body: string }

/** What a key is compared by: the same key must always come with the same request. */
type KeyedRequest = {
  key: string
  credential: string
  method: string
  path: string
  query: string
  body: Buffer
}

type KeyRecord = {
  fingerprint: string
  /** Null while the first request is still being executed. */
  answer: SavedAnswer | null
  expires_ms: number
}

export type SavedKey = [id: string, record: KeyRecord & { answer: SavedAnswer }]

/** What to do with a request that carries a key. */
type KeyDecision =
  | { do: "execute"; id: string }
  | { do: "replay"; answer: SavedAnswer }
  | { do: "refuse"; reason: "in_flight" | "mismatch" }

function sha256(...parts: readonly (string | Buffer)[]): string {
  const hash = createHash("sha256")
  for (const part of parts) {
    // The length keeps ("ab", "c") and ("a", "bc") apart.
    hash.update(`${Buffer.byteLength(part)}:`).update(part)
  }
  return hash.digest("hex")
}

export function bodyDigest(body: Buffer): string | null {
  return body.length === 0
    ? null
    : createHash("sha256").update(body).digest("hex")
}

/**
 * Remembers the answer to each keyed request for 24 hours of virtual time.
 *
 * `begin` must be followed by `save` or `forget` with the id it gave, otherwise
 * the key stays in flight. Keys are kept in order of their first use, so expired
 * ones are at the front.
 */
export class KeyStore {
  private readonly records: Map<string, KeyRecord>

  constructor(
    private readonly nowMs: () => number,
    saved: readonly SavedKey[] = []
  ) {
    this.records = new Map(saved)
  }

  begin(request: KeyedRequest): KeyDecision {
    this.dropExpired()
    const { key, credential, method, path, query, body } = request
    const id = sha256(credential, key)
    const fingerprint = sha256(method, path, query, body)
    const known = this.records.get(id)
    if (!known) {
      const expires_ms = this.nowMs() + DAY_MS
      this.records.set(id, { fingerprint, answer: null, expires_ms })
      return { do: "execute", id }
    }
    if (known.fingerprint !== fingerprint) {
      return { do: "refuse", reason: "mismatch" }
    }
    if (!known.answer) return { do: "refuse", reason: "in_flight" }
    return { do: "replay", answer: known.answer }
  }

  save(id: string, answer: SavedAnswer): void {
    const record = this.records.get(id)
    if (record) record.answer = answer
  }

  forget(id: string): void {
    this.records.delete(id)
  }

  /** Requests in flight are left out: after a restart nobody is executing them. */
  saved(): SavedKey[] {
    return [...this.records].flatMap(([id, record]): SavedKey[] =>
      record.answer ? [[id, { ...record, answer: record.answer }]] : []
    )
  }

  private dropExpired(): void {
    const now = this.nowMs()
    for (const [id, record] of this.records) {
      if (record.expires_ms > now) return
      if (record.answer) this.records.delete(id)
    }
  }
}
