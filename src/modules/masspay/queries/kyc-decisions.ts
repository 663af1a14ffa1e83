import { DecisionRefusedError } from "../../../domain/decisions"
import type { LinkVault } from "../../../link-vault"
import type { Db } from "./db"
import { decideOnce, type Deciding } from "./decisions"
import { closeKycRequests } from "./kyc-close"
import { newId } from "./new-id"

/**
 * An operator closes a request: its link is dropped, and where it was the last
 * that payments were refused for, they go on, each after a look-up. MassPay may
 * refuse the next one again, and then a new request is opened. Once for each
 * request id.
 */
export async function clearKycRequest(
  db: Db,
  { id, ...deciding }: Deciding & { id: string }
): Promise<{ id: string; effect: string }> {
  return decideOnce(
    db,
    { decision: "clear_kyc_request", payload: { id }, ...deciding },
    async (sql) => {
      const [payee] = await sql.rows<{ id: string }>(
        `select y.id from masspay_payee y
          where y.id = (select payee_id from masspay_kyc_request where id = ?)
            for update`,
        [id]
      )
      if (!payee) throw new DecisionRefusedError("kyc_request_not_found")
      const closed = await closeKycRequests(sql, {
        payee_id: payee.id,
        ids: [id],
        reason: "operator",
        by: deciding.actor,
        note: deciding.reason,
      })
      if (closed.length === 0) {
        throw new DecisionRefusedError("kyc_request_closed")
      }
      const [left] = await sql.rows<{ papers_wanted: boolean }>(
        `select papers_wanted or status <> 'active' as papers_wanted
           from masspay_payee where id = ?`,
        [payee.id]
      )
      return {
        payee_id: payee.id,
        result: {
          id,
          effect: left?.papers_wanted
            ? "The request is closed. Nothing is sent to the vendor yet: MassPay wants something else, or does not call her active."
            : "The request is closed, and payouts of hers go on after a look-up. If MassPay still refuses, a new request is opened.",
        },
      }
    }
  )
}

/**
 * The link of an open request, for one operator, whose look at it is written
 * down before she gets it. Throws `DecisionRefusedError` where there is none to
 * show.
 */
export async function revealKycLink(
  db: Db,
  { id, actor, links }: { id: string; actor: string; links: LinkVault }
): Promise<string> {
  return db.tx(async (sql) => {
    const [request] = await sql.rows<{
      vendor_id: string
      state: "open" | "cleared"
      link_sealed: string | null
    }>(
      `select vendor_id, state, link_sealed from masspay_kyc_request
        where id = ? for share`,
      [id]
    )
    if (!request) throw new DecisionRefusedError("kyc_request_not_found")
    const { state, link_sealed, vendor_id } = request
    if (state === "cleared")
      throw new DecisionRefusedError("kyc_request_closed")
    if (link_sealed === null) throw new DecisionRefusedError("no_link")
    const link = links.open(link_sealed, vendor_id)
    if (link === null) throw new DecisionRefusedError("link_unreadable")
    await sql.rows(
      `insert into masspay_kyc_access (id, kyc_request_id, actor) values (?, ?, ?)`,
      [newId("mskya"), id, actor]
    )
    return link
  })
}
