import type { KycKind } from "../../../domain/kyc"
import { kycTitle } from "../../../domain/kyc-texts"
import type { LinkVault } from "../../../link-vault"
import type {
  AdminKycRequest,
  AdminKycRequestDetail,
  AdminKycRequestListResponse,
  KycLinkState,
  VendorKycRequest,
} from "../../../types/http-kyc"
import type { Sql } from "./db"
import { isoOrNull } from "./dto"
import { containing } from "./reads"

export type KycRequestFilters = {
  state?: readonly AdminKycRequest["state"][] | undefined
  kind?: readonly KycKind[] | undefined
  payee_id?: readonly string[] | undefined
  q?: string | undefined
}

type Row = Omit<
  AdminKycRequest,
  "title" | "link" | "cleared_at" | "notified_at" | "created_at"
> & {
  link_sealed: string | null
  cleared_at: Date | null
  notified_at: Date | null
  created_at: Date
}

const PAGE_MAX = 100
const ACCESSES_MAX = 50
/** More than one for each kind and a few sessions is nothing a person could follow. */
const VENDOR_ROWS_MAX = 50

const COLUMNS = `r.id, r.payee_id, r.vendor_id, y.name as vendor_name, r.kind,
  r.text, r.source = 'error' as blocks_payments, r.source, r.provider,
  r.payout_id, r.link_sealed, r.link_host, r.state, r.clear_reason,
  r.clear_note, r.cleared_by, r.cleared_at, r.notified_at, r.created_at`

/** What MassPay wants of whom, the newest first. Whether a link can be shown, and never the link. */
export async function listKycRequests(
  sql: Sql,
  {
    filters,
    links,
    limit,
    offset,
  }: {
    filters: KycRequestFilters
    links: LinkVault
    limit: number
    offset: number
  }
): Promise<AdminKycRequestListResponse> {
  const { text, params } = conditions(filters)
  const take = Math.min(limit, PAGE_MAX)
  const from = `from masspay_kyc_request r
    join masspay_payee y on y.id = r.payee_id where ${text}`
  const [counted] = await sql.rows<{ count: string }>(
    `select count(*)::text as count ${from}`,
    params
  )
  const rows = await sql.rows<Row>(
    `select ${COLUMNS} ${from}
      order by r.created_at desc, r.id desc limit ? offset ?`,
    [...params, take, offset]
  )
  return {
    kyc_requests: rows.map((row) => requestOf(row, links)),
    count: Number(counted?.count ?? "0"),
    limit: take,
    offset,
  }
}

function conditions({ state, kind, payee_id, q }: KycRequestFilters): {
  text: string
  params: unknown[]
} {
  const parts: string[] = []
  const params: unknown[] = []
  for (const [column, values] of [
    ["r.state", state],
    ["r.kind", kind],
    ["r.payee_id", payee_id],
  ] as const) {
    if (!values) continue
    parts.push(`${column} = any(?)`)
    params.push(values)
  }
  const text = q?.trim() ?? ""
  if (text !== "") {
    parts.push(
      `(r.id = ? or r.vendor_id = ? or r.payout_id = ? or y.name ilike ?)`
    )
    params.push(text, text, text, containing(text))
  }
  return { text: parts.length > 0 ? parts.join(" and ") : "true", params }
}

/** One request with who looked at its link, or `null`. */
export async function retrieveKycRequest(
  sql: Sql,
  { id, links }: { id: string; links: LinkVault }
): Promise<AdminKycRequestDetail | null> {
  const [row] = await sql.rows<Row>(
    `select ${COLUMNS} from masspay_kyc_request r
       join masspay_payee y on y.id = r.payee_id where r.id = ?`,
    [id]
  )
  if (!row) return null
  const accesses = await sql.rows<{ actor: string; created_at: Date }>(
    `select actor, created_at from masspay_kyc_access
      where kyc_request_id = ? order by created_at desc, id desc limit ?`,
    [id, ACCESSES_MAX]
  )
  return {
    ...requestOf(row, links),
    accesses: accesses.map(({ actor, created_at }) => ({
      actor,
      created_at: created_at.toISOString(),
    })),
  }
}

function requestOf(
  { link_sealed, ...row }: Row,
  links: LinkVault
): AdminKycRequest {
  return {
    ...row,
    title: kycTitle(row.kind),
    link: linkStateOf({ ...row, link_sealed }, links),
    cleared_at: isoOrNull(row.cleared_at),
    notified_at: isoOrNull(row.notified_at),
    created_at: row.created_at.toISOString(),
  }
}

function linkStateOf(
  row: Pick<Row, "state" | "link_host" | "link_sealed" | "vendor_id">,
  links: LinkVault
): KycLinkState {
  if (row.link_host === null) return "none"
  if (row.state === "cleared") return "dropped"
  if (row.link_sealed === null) return "not_stored"
  return links.open(row.link_sealed, row.vendor_id) === null
    ? "unreadable"
    : "available"
}

/** What is asked of one vendor at the moment, with her links: for nobody but her. */
export async function vendorKycRequests(
  sql: Sql,
  { vendor_id, links }: { vendor_id: string; links: LinkVault }
): Promise<VendorKycRequest[]> {
  const rows = await sql.rows<Row>(
    `select ${COLUMNS} from masspay_kyc_request r
       join masspay_payee y on y.id = r.payee_id
      where r.vendor_id = ? and y.vendor_id = ? and r.state = 'open'
      order by r.created_at desc, r.id desc limit ?`,
    [vendor_id, vendor_id, VENDOR_ROWS_MAX]
  )
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    title: kycTitle(row.kind),
    text: row.text,
    link:
      row.link_sealed === null ? null : links.open(row.link_sealed, vendor_id),
    link_host: row.link_host,
    created_at: row.created_at.toISOString(),
  }))
}
