import { DecisionRefusedError } from "../../../domain/decisions"
import type { NotificationKind } from "../../../domain/notifications"
import type { Db, Sql } from "./db"
import { decideOnce, type Deciding } from "./decisions"
import { insertNotifications } from "./notifications"

type Told = {
  kind: NotificationKind
  subject_id: string
  vendor_id: string | null
  currency_code: string | null
}

/**
 * Tells it again, by every way it is told, if it is still so when its turn
 * comes. Once for each request id: a cause of its own.
 */
export async function resendNotification(
  db: Db,
  { id, ...deciding }: Deciding & { id: string }
): Promise<{ effect: string }> {
  return decideOnce(
    db,
    { decision: "resend_notification", payload: { id }, ...deciding },
    async (sql, decision_id) => {
      const [told] = await sql.rows<Told>(
        `select kind, subject_id, vendor_id, currency_code
           from masspay_notification where id = ?`,
        [id]
      )
      if (!told) throw new DecisionRefusedError("notification_not_found")
      await insertNotifications(
        sql,
        [{ ...told, cause_key: `resend:${decision_id}` }],
        { resend_of: id }
      )
      return {
        payee_id: await payeeOf(sql, told.vendor_id),
        result: {
          effect:
            "It is sent again, if what it tells is still so when its turn comes.",
        },
      }
    }
  )
}

/** Mails the vendor what MassPay wants of her, again or for the first time. */
export async function notifyOfKycRequest(
  db: Db,
  { id, ...deciding }: Deciding & { id: string }
): Promise<{ effect: string }> {
  return decideOnce(
    db,
    { decision: "notify_kyc_request", payload: { id }, ...deciding },
    async (sql, decision_id) => {
      const [request] = await sql.rows<{
        state: "open" | "cleared"
        vendor_id: string
      }>(
        `select state, vendor_id from masspay_kyc_request where id = ? for share`,
        [id]
      )
      if (!request) throw new DecisionRefusedError("kyc_request_not_found")
      if (request.state === "cleared") {
        throw new DecisionRefusedError("kyc_request_closed")
      }
      const { vendor_id } = request
      await insertNotifications(sql, [
        {
          cause_key: `notify:${decision_id}`,
          kind: "papers_needed",
          subject_id: id,
          vendor_id,
          currency_code: null,
        },
      ])
      return {
        payee_id: await payeeOf(sql, vendor_id),
        result: {
          effect:
            "The vendor is mailed what MassPay wants and where to upload it, if the request is still open when its turn comes.",
        },
      }
    }
  )
}

async function payeeOf(
  sql: Sql,
  vendor_id: string | null
): Promise<string | null> {
  const [payee] = await sql.rows<{ id: string }>(
    `select id from masspay_payee where vendor_id = ?`,
    [vendor_id]
  )
  return payee?.id ?? null
}
