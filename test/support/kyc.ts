import { randomBytes } from "node:crypto"

import type { LinkVault } from "../../src/link-vault"
import { createLinkVault } from "../../src/link-vault"
import type { Shop } from "./payout-shop"

export type KycRow = {
  id: string
  kind: string
  refusal: string
  text: string | null
  source: string
  state: string
  clear_reason: string | null
  link_sealed: string | null
  link_host: string | null
  link_hash: string | null
  vendor_id: string
  notified_at: Date | null
}

export function aVault(...keys: Buffer[]): LinkVault {
  return createLinkVault(keys.length > 0 ? keys : [randomBytes(32)])
}

/** Oldest first. */
export function kycRowsOf(shop: Pick<Shop, "books">): Promise<KycRow[]> {
  return shop.books.db.rows<KycRow>(
    `select id, kind, refusal, text, source, state, clear_reason, link_sealed,
            link_host, link_hash, vendor_id, notified_at
       from masspay_kyc_request order by created_at, id`
  )
}

export type PayeeRow = {
  status: string
  kyc_status: string
  papers_wanted: boolean
  kyc_probe_id: string | null
  refresh_at: Date | null
  refresh_wanted_at: Date | null
}

export async function payeeRowOf(
  shop: Pick<Shop, "books">,
  id: string
): Promise<PayeeRow> {
  const [row] = await shop.books.db.rows<PayeeRow>(
    `select status, kyc_status, papers_wanted, kyc_probe_id, refresh_at,
            refresh_wanted_at
       from masspay_payee where id = ?`,
    [id]
  )
  if (!row) throw new Error(`There is no payee ${id}`)
  return row
}

/** Names of the events that wait to be published, oldest first. */
export async function eventsOf(
  shop: Pick<Shop, "books">,
  prefix: string
): Promise<string[]> {
  const rows = await shop.books.db.rows<{ name: string }>(
    `select name from masspay_outbox_event where name like ?
      order by created_at, id`,
    [`${prefix}%`]
  )
  return rows.map(({ name }) => name)
}

/** Every row of every table, as text: what somebody with a dump of the database reads. */
export async function dumpOf({ books }: Pick<Shop, "books">): Promise<string> {
  const tables = await books.db.rows<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public'`
  )
  const texts: string[] = []
  for (const { name } of tables) {
    const rows = await books.db.rows<{ row: string }>(
      `select t::text as row from "${name}" t`
    )
    texts.push(...rows.map(({ row }) => `${name} ${row}`))
  }
  return texts.join("\n")
}
