import { performance } from "node:perf_hooks"

import type { Knex } from "@medusajs/framework/mikro-orm/knex"

import type { Db, Sql } from "./db"

const LIMITS = {
  /** A statement or a pause inside a transaction longer than this is a bug; Postgres ends it. */
  statement_ms: 30_000,
  idle_in_transaction_ms: 10_000,
  /**
   * A transaction longer than this is not committed. What it wrote has the times
   * at which it wrote it, and balances of an instant two minutes past are final
   * (`FINAL_AFTER_MS`): the rest is for the commit itself.
   */
  transaction_ms: 90_000,
}

/** Inside a transaction Postgres is to be first; this is for when it does not answer. */
const ANSWER_GRACE_MS = 5_000

const RETRIES_MAX = 3
const SERIALIZATION_FAILURE = "40001"
const DEADLOCK_DETECTED = "40P01"

/**
 * `Db` over the connection pool that the shop's modules share. Every statement
 * ends within its limit, and no setting stays on a connection that others use
 * afterwards. A statement outside a transaction is cancelled from here: a limit
 * of Postgres's own would need a transaction around it, three round trips more.
 */
export function knexDb(knex: Knex, limits: Partial<typeof LIMITS> = {}): Db {
  const { statement_ms, idle_in_transaction_ms, transaction_ms } = {
    ...LIMITS,
    ...limits,
  }
  return {
    ...sqlOver(knex, statement_ms),
    async tx<Result>(work: (sql: Sql) => Promise<Result>): Promise<Result> {
      for (let retries = 0; ; retries += 1) {
        try {
          return await knex.transaction(async (transaction) => {
            const sql = sqlOver(transaction, statement_ms + ANSWER_GRACE_MS)
            await sql.rows(
              `select set_config('statement_timeout', ?, true),
                      set_config('idle_in_transaction_session_timeout', ?, true)`,
              [String(statement_ms), String(idle_in_transaction_ms)]
            )
            const began = performance.now()
            const result = await work(sql)
            if (performance.now() - began > transaction_ms) {
              throw new Error("A transaction took too long and is undone")
            }
            return result
          })
        } catch (error) {
          if (retries >= RETRIES_MAX || !isWorthRepeating(error)) throw error
        }
      }
    },
  }
}

function sqlOver(
  executor: Knex | Knex.Transaction,
  answer_within_ms: number
): Sql {
  return {
    async rows<Row>(text: string, params: readonly unknown[] = []) {
      const result = await executor
        .raw<{ rows: Row[] }>(text, params as Knex.RawBinding[])
        .timeout(answer_within_ms, { cancel: true })
      return result.rows
    },
  }
}

/** Nothing was committed, and the same work may succeed next time. */
function isWorthRepeating(error: unknown): boolean {
  const code =
    typeof error === "object" && error !== null && "code" in error
      ? error.code
      : undefined
  return code === SERIALIZATION_FAILURE || code === DEADLOCK_DETECTED
}
