import { refreshDelay } from "../../../domain/kyc"
import type { Sql } from "./db"
import type { RecordInput } from "./dispatch-evidence"
import { recordRefusal } from "./kyc-open"

type RefusedPayee = { id: string; vendor_id: string }

/** The first refusal of a row is tried again after this, the next ones later each time. */
const PROBE_STEPS = 1

/**
 * Locks the payee of a payout that MassPay refused for what she is; nothing, and
 * `null`, for every other outcome.
 */
export async function lockPayeeOfRefused(
  sql: Sql,
  { claimed, report: { outcome } }: RecordInput
): Promise<RefusedPayee | null> {
  if (outcome.kind !== "failed") return null
  if (outcome.block !== "kyc" && outcome.block !== "vendor") return null
  const [payee] = await sql.rows<RefusedPayee>(
    `select id, vendor_id from masspay_payee
      where id = (select payee_id from masspay_payout where id = ?)
        for update`,
    [claimed.payout_id]
  )
  return payee ?? null
}

/**
 * What the refusal means for her, whatever it means for the payout: she is read
 * at once, and where papers are missing the requests for them stand from now on.
 */
export async function noteRefusal(
  sql: Sql,
  { input, payee }: { input: RecordInput; payee: RefusedPayee }
): Promise<void> {
  const { claimed, report } = input
  if (report.outcome.kind === "failed" && report.outcome.block === "kyc") {
    const { refusal, papers } = report.missing_papers ?? {
      refusal: "unclear" as const,
      papers: [NOTHING_SAID],
    }
    await recordRefusal(sql, {
      payee_id: payee.id,
      vendor_id: payee.vendor_id,
      source: "error",
      refusal,
      papers,
      payout_id: claimed.payout_id,
      pause_ms: (probes) => refreshDelay(probes + PROBE_STEPS),
    })
    return
  }
  await sql.rows(
    `update masspay_payee
        set refresh_wanted_at = coalesce(refresh_wanted_at, masspay_now()),
            updated_at = masspay_now()
      where id = ?`,
    [payee.id]
  )
}

const NOTHING_SAID = {
  kind: "other",
  text: null,
  link: null,
  link_host: null,
} as const
