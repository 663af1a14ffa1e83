import { DecisionRefusedError } from "../../../domain/decisions"
import { type KycProvider, refreshDelay } from "../../../domain/kyc"
import type { Db } from "./db"
import { openKycRequests, type PaperToStore } from "./kyc-open"
import { newId } from "./new-id"

export type SessionWish = {
  /** Whose session. */
  who: { payee_id: string } | { vendor_id: string }
  provider: KycProvider
  /** Made by the caller; the same one never makes a second session. */
  request_id: string
  source: "operator" | "vendor"
  actor: string
}

export type ReservedSession =
  /** Written down: MassPay may be asked, once, by whoever got this. */
  | {
      did: "reserved"
      session_id: string
      payee_id: string
      vendor_id: string
      user_token: string
    }
  /** It was made before. */
  | { did: "known"; vendor_id: string; link_sealed: string | null }

/** Each costs the shop money, and a vendor can ask for them herself. */
const SESSIONS_A_DAY_MAX = 10

/**
 * Writes down that a session is asked for, before MassPay is asked. The same
 * request again gets what came of the first, and never a second session: where
 * that is not known, it is refused. Throws `DecisionRefusedError`.
 */
export async function reserveKycSession(
  db: Db,
  wish: SessionWish
): Promise<ReservedSession> {
  const { who, provider, source, actor } = wish
  const [column, id] =
    "payee_id" in who
      ? (["id", who.payee_id] as const)
      : (["vendor_id", who.vendor_id] as const)
  return db.tx(async (sql) => {
    const [payee] = await sql.rows<{
      id: string
      vendor_id: string
      user_token: string | null
      status: string
    }>(
      `select id, vendor_id, user_token, status from masspay_payee
        where ${column} = ? for update`,
      [id]
    )
    if (!payee) throw new DecisionRefusedError("vendor_not_found")
    const key = requestKey(wish, payee.vendor_id)
    const [known] = await sql.rows<{
      is_same: boolean
      state: "asked" | "answered" | "failed"
      link_sealed: string | null
    }>(
      `select s.payee_id = ? and s.provider = ? as is_same, s.state, r.link_sealed
         from masspay_kyc_session s
         left join masspay_kyc_request r on r.id = s.kyc_request_id
        where s.request_key = ?`,
      [payee.id, provider, key]
    )
    if (known) {
      if (!known.is_same) throw new DecisionRefusedError("request_id_used")
      if (known.state === "asked") {
        throw new DecisionRefusedError("session_in_doubt")
      }
      if (known.state === "failed") {
        throw new DecisionRefusedError("session_failed")
      }
      return {
        did: "known",
        vendor_id: payee.vendor_id,
        link_sealed: known.link_sealed,
      }
    }
    if (payee.user_token === null || payee.status === "deactivated") {
      throw new DecisionRefusedError("vendor_has_no_account")
    }
    const [today] = await sql.rows<{ count: number }>(
      `select count(*)::int as count from masspay_kyc_session
        where payee_id = ? and source = ?
          and created_at > masspay_now() - interval '24 hours'`,
      [payee.id, source]
    )
    if ((today?.count ?? 0) >= SESSIONS_A_DAY_MAX) {
      throw new DecisionRefusedError("too_many_sessions")
    }
    const session_id = newId("mskys")
    await sql.rows(
      `insert into masspay_kyc_session
         (id, request_key, payee_id, provider, source, actor)
       values (?, ?, ?, ?, ?, ?)`,
      [session_id, key, payee.id, provider, source, actor]
    )
    return {
      did: "reserved",
      session_id,
      payee_id: payee.id,
      vendor_id: payee.vendor_id,
      user_token: payee.user_token,
    }
  })
}

/** What one vendor calls her request is nothing to another one, nor to an operator. */
function requestKey(
  { source, request_id }: SessionWish,
  vendor_id: string
): string {
  return source === "operator"
    ? `operator:${request_id}`
    : `vendor:${vendor_id}:${request_id}`
}

/** The session exists: its link is kept as a request of the payee's, sealed. */
export async function recordKycSession(
  db: Db,
  {
    session_id,
    payee_id,
    vendor_id,
    provider,
    source,
    paper,
  }: {
    session_id: string
    payee_id: string
    vendor_id: string
    provider: KycProvider
    source: "operator" | "vendor"
    paper: PaperToStore
  }
): Promise<void> {
  await db.tx(async (sql) => {
    await sql.rows(`select id from masspay_payee where id = ? for update`, [
      payee_id,
    ])
    const [opened] = await openKycRequests(sql, {
      payee_id,
      vendor_id,
      source,
      refusal: "none",
      papers: [paper],
      provider,
    })
    const [kyc_request] = await sql.rows<{ id: string }>(
      `select id from masspay_kyc_request
        where payee_id = ? and state = 'open' and source <> 'error'
          and kind = 'identity' and (?::text is null or id = ?)
        order by created_at desc, id desc limit 1`,
      [payee_id, opened ?? null, opened ?? null]
    )
    if (!kyc_request) throw new Error(`No request for session ${session_id}`)
    await sql.rows(
      `update masspay_kyc_session
          set state = 'answered', kyc_request_id = ?, updated_at = masspay_now()
        where id = ? and state = 'asked'`,
      [kyc_request.id, session_id]
    )
    // What she does in it is found by asking.
    await sql.rows(
      `update masspay_payee
          set refresh_at = masspay_now() + ? * interval '1 millisecond',
              refresh_reads = 0, updated_at = masspay_now()
        where id = ?`,
      [refreshDelay(0), payee_id]
    )
  })
}

/** MassPay said no, or was certainly not asked. */
export async function recordKycSessionFailed(
  db: Db,
  { session_id }: { session_id: string }
): Promise<void> {
  await db.rows(
    `update masspay_kyc_session
        set state = 'failed', updated_at = masspay_now()
      where id = ? and state = 'asked'`,
    [session_id]
  )
}
