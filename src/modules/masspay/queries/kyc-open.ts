import type {
  KycKind,
  KycProvider,
  KycRefusal,
  KycSource,
} from "../../../domain/kyc"
import { MasspayEvents } from "../../../types/events"
import type { Sql } from "./db"
import { closeKycRequests } from "./kyc-close"
import { newId } from "./new-id"
import { addOutboxEvents } from "./outbox"

/** One thing MassPay wants, ready to be stored: its link is sealed already. */
export type PaperToStore = {
  kind: KycKind
  text: string | null
  /** `null`: there is none, or no key to keep it with. */
  link: { sealed: string; host: string; hash: string; hashes: string[] } | null
  /** Where the link leads, also where it could not be kept. */
  link_host: string | null
}

export type KycOpening = {
  payee_id: string
  vendor_id: string
  source: KycSource
  refusal: KycRefusal
  papers: readonly PaperToStore[]
  payout_id?: string | null
  provider?: KycProvider | null
}

type Standing = {
  id: string
  kind: KycKind
  link_hash: string | null
  has_link: boolean
}

/**
 * Opens a request for each paper that none is open for, and closes older ones
 * of the kind whose link was replaced. What was refused by MassPay and what
 * somebody began by herself are kept apart: a session never hides why payments
 * are refused. Hearing of the same thing again changes nothing. The caller holds
 * the payee's lock. Returns the ids of the new ones.
 */
export async function openKycRequests(
  sql: Sql,
  opening: KycOpening
): Promise<string[]> {
  const isRefusal = opening.source === "error"
  const standing = await sql.rows<Standing>(
    `select id, kind, link_hash, link_host is not null as has_link
       from masspay_kyc_request
      where payee_id = ? and state = 'open' and (source = 'error') = ?
      order by id for update`,
    [opening.payee_id, isRefusal]
  )
  const opened: string[] = []
  const kept = new Set<string>()
  const replaced = new Set<KycKind>()
  for (const paper of opening.papers) {
    const known = standing.find((request) => isSame(request, paper))
    if (known) {
      kept.add(known.id)
      continue
    }
    const id = await insertRequest(sql, { opening, paper })
    if (id === null) continue
    opened.push(id)
    if (paper.link_host !== null) replaced.add(paper.kind)
  }
  await closeKycRequests(sql, {
    payee_id: opening.payee_id,
    ids: standing
      .filter(({ id, kind }) => replaced.has(kind) && !kept.has(id))
      .map(({ id }) => id),
    reason: "superseded",
  })
  await addOutboxEvents(
    sql,
    opened.map((id) => ({
      name: MasspayEvents.KYC_REQUESTED,
      payload: { id, vendor_id: opening.vendor_id },
      cause_key: `kyc:${id}:requested`,
    }))
  )
  return opened
}

/** Without a key links cannot be told apart; without a link the kind is all there is. */
function isSame(request: Standing, paper: PaperToStore): boolean {
  if (request.kind !== paper.kind) return false
  if (paper.link) {
    return (
      request.link_hash !== null &&
      paper.link.hashes.includes(request.link_hash)
    )
  }
  return paper.link_host === null || request.has_link
}

async function insertRequest(
  sql: Sql,
  { opening, paper }: { opening: KycOpening; paper: PaperToStore }
): Promise<string | null> {
  const id = newId("mskyc")
  const rows = await sql.rows(
    `insert into masspay_kyc_request
       (id, payee_id, vendor_id, kind, refusal, text, link_sealed, link_host,
        link_hash, source, provider, payout_id)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     on conflict do nothing
     returning id`,
    [
      id,
      opening.payee_id,
      opening.vendor_id,
      paper.kind,
      opening.refusal,
      paper.text,
      paper.link?.sealed ?? null,
      paper.link_host,
      paper.link?.hash ?? null,
      opening.source,
      opening.provider ?? null,
      opening.payout_id ?? null,
    ]
  )
  return rows.length === 1 ? id : null
}

/**
 * What a payment that was refused for want of papers leaves behind, in the
 * transaction that blocks its payout: the requests, and that nothing is sent to
 * her until they are closed, but for one payout at a time and ever more seldom.
 */
export async function recordRefusal(
  sql: Sql,
  {
    pause_ms,
    ...opening
  }: KycOpening & { pause_ms: (probes: number) => number }
): Promise<string[]> {
  const opened = await openKycRequests(sql, opening)
  const [payee] = await sql.rows<{ kyc_probes: number }>(
    `select kyc_probes from masspay_payee where id = ?`,
    [opening.payee_id]
  )
  await sql.rows(
    `update masspay_payee
        set papers_wanted = true,
            kyc_status = case when kyc_status in ('submitted', 'declined')
              then kyc_status else 'required' end,
            kyc_probe_id = null, kyc_probes = kyc_probes + 1,
            kyc_probe_after = masspay_now() + ? * interval '1 millisecond',
            refresh_wanted_at = coalesce(refresh_wanted_at, masspay_now()),
            refresh_reads = case when ? then 0 else refresh_reads end,
            updated_at = masspay_now()
      where id = ?`,
    [pause_ms(payee?.kyc_probes ?? 0), opened.length > 0, opening.payee_id]
  )
  return opened
}
