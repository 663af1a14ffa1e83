import { DecisionRefusedError } from "../../../domain/decisions"
import {
  GO_LIVE_ATTESTATION_KEYS,
  type GoLiveAttestationKey,
  type GoLiveStatement,
  isGoLiveAttestation,
  isGoLiveCheck,
} from "../../../domain/go-live"
import type { Db, Sql } from "./db"
import { decideOnce } from "./decisions"
import { newId } from "./new-id"

/** As many steps of an item's history as are shown. */
const HISTORY_MAX = 20

type Statements = Partial<Record<GoLiveAttestationKey, GoLiveStatement[]>>

/** Who vouched for what, or took it back: of each item the newest first. */
export async function goLiveStatements(sql: Sql): Promise<Statements> {
  const rows = await sql.rows<{
    key: GoLiveAttestationKey
    did: GoLiveStatement["did"]
    actor: string
    note: string
    at: Date
  }>(
    `select s.key, s.did, s.actor, s.note, s.created_at as at
       from unnest(?::text[]) wanted (key)
      cross join lateral (
        select * from masspay_go_live_item i where i.key = wanted.key
         order by i.revision desc limit ?) s
      order by s.key, s.revision desc`,
    [GO_LIVE_ATTESTATION_KEYS, HISTORY_MAX]
  )
  const statements: Statements = {}
  for (const { key, ...statement } of rows) {
    ;(statements[key] ??= []).push(statement)
  }
  return statements
}

export type GoLiveDecision = {
  key: GoLiveAttestationKey
  effect: string
}

type Stating = {
  /** Of the item, as it was asked for. */
  key: string
  request_id: string
  note: string
  /** Id of the operator. */
  actor: string
}

/**
 * Writes down that a person vouches for an item of the checklist. Once more
 * renews it, with the new note; the earlier ones stay.
 *
 * Throws `DecisionRefusedError`; then nothing was written.
 */
export async function attestGoLive(
  db: Db,
  stating: Stating
): Promise<GoLiveDecision> {
  return state(db, { ...stating, did: "attested" })
}

/** Takes back what holds at present. What was vouched for before stays in the history. */
export async function withdrawGoLive(
  db: Db,
  stating: Stating
): Promise<GoLiveDecision> {
  return state(db, { ...stating, did: "withdrawn" })
}

const EFFECTS = {
  attested: "The item counts as passed until somebody withdraws it.",
  withdrawn: "The item has to be attested again.",
}

async function state(
  db: Db,
  { key, request_id, note, actor, did }: Stating & Pick<GoLiveStatement, "did">
): Promise<GoLiveDecision> {
  if (!isGoLiveAttestation(key)) {
    throw new DecisionRefusedError(
      isGoLiveCheck(key) ? "go_live_item_is_checked" : "go_live_item_not_found"
    )
  }
  return decideOnce<GoLiveDecision>(
    db,
    {
      decision: did === "attested" ? "attest_go_live" : "withdraw_go_live",
      payload: { key, note },
      actor,
      reason: note,
      request_id,
    },
    async (sql) => {
      // Two people at once: the second sees what the first has said.
      await sql.rows(`select pg_advisory_xact_lock(hashtextextended(?, 0))`, [
        `masspay:go_live:${key}`,
      ])
      const [last] = await sql.rows<{ revision: number; did: string }>(
        `select revision, did from masspay_go_live_item
          where key = ? order by revision desc limit 1`,
        [key]
      )
      if (did === "withdrawn" && last?.did !== "attested") {
        throw new DecisionRefusedError("not_attested")
      }
      await sql.rows(
        `insert into masspay_go_live_item (id, key, revision, did, actor, note)
         values (?, ?, ?, ?, ?, ?)`,
        [newId("msgli"), key, (last?.revision ?? 0) + 1, did, actor, note]
      )
      return { payee_id: null, result: { key, effect: EFFECTS[did] } }
    }
  )
}
