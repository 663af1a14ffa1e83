/**
 * The little of SQL that the books need. `?` marks a parameter. Two
 * implementations exist: the shop's shared knex connection, and a plain pool
 * in tests that run without Medusa.
 */
export interface Sql {
  rows<Row = Record<string, unknown>>(
    text: string,
    params?: readonly unknown[]
  ): Promise<Row[]>
}

export interface Db extends Sql {
  /**
   * Runs `work` in one transaction and retries it whole, at most three times,
   * after a serialization failure or a deadlock (40001, 40P01). `work` must
   * not call anything outside the database.
   */
  tx<Result>(work: (sql: Sql) => Promise<Result>): Promise<Result>
}
