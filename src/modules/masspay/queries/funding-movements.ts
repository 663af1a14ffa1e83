import { DecisionRefusedError } from "../../../domain/decisions"
import type {
  AdminFundingMovement,
  AdminFundingMovementListResponse,
} from "../../../types/http-mirrors"
import type { Db, Sql } from "./db"
import { decideOnce, type Deciding } from "./decisions"
import { amountText } from "./dto"
import { followFunding } from "./funding-discrepancies"
import { explainedNow } from "./funding-readings"
import { newId } from "./new-id"

export type NewFundingMovement = {
  /** Upper case. */
  currency_code: string
  /** Signed minor units, never zero: positive where money came. */
  amount: bigint
  occurred_at: Date
  reference: string | null
}

export type RecordedMovement = {
  movement: AdminFundingMovement
  effect: string
}

/**
 * Writes down money that came into a funding wallet or left it by other ways
 * than our payouts, once for each request id. It moves nothing; it explains what
 * MassPay shows, and ends a discrepancy that it explains. What was recorded
 * wrongly is undone by recording the opposite.
 *
 * Throws `DecisionRefusedError`; then nothing was written.
 */
export async function recordFundingMovement(
  db: Db,
  { movement, ...deciding }: Deciding & { movement: NewFundingMovement }
): Promise<RecordedMovement> {
  const { currency_code, amount, occurred_at, reference } = movement
  return decideOnce<RecordedMovement>(
    db,
    {
      decision: "record_funding_movement",
      payload: {
        currency_code,
        amount: amount.toString(),
        occurred_at: occurred_at.toISOString(),
        reference,
      },
      ...deciding,
    },
    async (sql) => {
      const [row] = await sql.rows<MovementRow>(
        `insert into masspay_funding_movement as m
           (id, currency_code, amount, occurred_at, reference, reason, actor)
         select ?, ?, ?::bigint, ?::timestamptz, ?, ?, ?
          where ?::timestamptz <= masspay_now()
         returning ${COLUMNS}`,
        [
          newId("msfmv"),
          currency_code,
          amount.toString(),
          occurred_at,
          reference,
          deciding.reason,
          deciding.actor,
          occurred_at,
        ]
      )
      if (!row) throw new DecisionRefusedError("moment_ahead")
      const [explained] = await explainedNow(sql, currency_code)
      const isExplained = explained?.verdict === "explained"
      if (explained && isExplained) await followFunding(sql, explained)
      return {
        payee_id: null,
        result: {
          movement: movementDto(row),
          effect: isExplained
            ? "Everything that moved in this currency is explained now."
            : "It counts as explained from the next comparison on.",
        },
      }
    }
  )
}

/** What was recorded, the latest first. `count` is the number without paging. */
export async function listFundingMovements(
  sql: Sql,
  {
    filters = {},
    limit,
    offset,
  }: {
    filters?: { currency_code?: readonly string[] | undefined }
    limit: number
    offset: number
  }
): Promise<AdminFundingMovementListResponse> {
  const where = `?::text[] is null or m.currency_code = any(?::text[])`
  const codes = filters.currency_code ?? null
  const [counted] = await sql.rows<{ count: number }>(
    `select count(*)::int as count from masspay_funding_movement m where ${where}`,
    [codes, codes]
  )
  const rows = await sql.rows<MovementRow>(
    `select ${COLUMNS} from masspay_funding_movement m where ${where}
      order by m.occurred_at desc, m.id desc limit ? offset ?`,
    [codes, codes, limit, offset]
  )
  return {
    movements: rows.map(movementDto),
    count: counted?.count ?? 0,
    limit,
    offset,
  }
}

type MovementRow = Omit<AdminFundingMovement, "occurred_at" | "created_at"> & {
  occurred_at: Date
  created_at: Date
}
const COLUMNS = `m.id, m.currency_code, m.amount::text as amount, m.occurred_at,
  m.reference, m.reason, m.actor, m.created_at`

function movementDto(row: MovementRow): AdminFundingMovement {
  return {
    ...row,
    amount: amountText(row.amount, row.currency_code),
    occurred_at: row.occurred_at.toISOString(),
    created_at: row.created_at.toISOString(),
  }
}
