import type { Db, Sql } from "../../src/modules/masspay/queries/db"

/** The same books, whose statements are counted. */
export function counting(db: Db): { db: Db; statements: () => number } {
  let count = 0
  const over = (sql: Sql): Sql => ({
    rows: (text, params) => {
      count += 1
      return sql.rows(text, params)
    },
  })
  return {
    db: { ...over(db), tx: (work) => db.tx((sql) => work(over(sql))) },
    statements: () => count,
  }
}
