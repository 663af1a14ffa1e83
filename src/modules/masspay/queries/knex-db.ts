import type { Knex } from "@medusajs/framework/mikro-orm/knex"

import type { Db, Sql } from "./db"

/** A statement or a pause inside a transaction longer than this is a bug; Postgres ends it. */
const STATEMENT_TIMEOUT_MS = 30_000
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 10_000

const RETRIES_MAX = 3
const SERIALIZATION_FAILURE = "40001"
const DEADLOCK_DETECTED = "40P01"

/** `Db` over the connection pool that the shop's modules share. */
export function knexDb(knex: Knex): Db {
  return {
    ...sqlOver(knex),
    async tx<Result>(work: (sql: Sql) => Promise<Result>): Promise<Result> {
      for (let retries = 0; ; retries += 1) {
        try {
          return await knex.transaction(async (transaction) => {
            const sql = sqlOver(transaction)
            await sql.rows(
              `select set_config('statement_timeout', ?, true),
                      set_config('idle_in_transaction_session_timeout', ?, true)`,
              [
                String(STATEMENT_TIMEOUT_MS),
                String(IDLE_IN_TRANSACTION_TIMEOUT_MS),
              ]
            )
            return work(sql)
          })
        } catch (error) {
          if (retries >= RETRIES_MAX || !isWorthRepeating(error)) throw error
        }
      }
    },
  }
}

function sqlOver(executor: Knex | Knex.Transaction): Sql {
  return {
    async rows<Row>(text: string, params: readonly unknown[] = []) {
      const result: { rows: Row[] } = await executor.raw(
        text,
        params as Knex.RawBinding[]
      )
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
