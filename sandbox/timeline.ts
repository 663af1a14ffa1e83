import { type Timed, TimeIndex } from "./time-index"

type OwnedRow = Timed & { user_token: string }

/** Rows in order of time, of one user or of all. */
export class Timeline<Row extends OwnedRow> {
  private readonly everybody = new TimeIndex<Row>()
  private readonly byUser = new Map<string, TimeIndex<Row>>()

  add(row: Row): void {
    this.everybody.add(row)
    const owned = this.byUser.get(row.user_token)
    if (owned) {
      owned.add(row)
      return
    }
    const index = new TimeIndex<Row>()
    index.add(row)
    this.byUser.set(row.user_token, index)
  }

  remove(row: Row): void {
    this.everybody.remove(row)
    this.byUser.get(row.user_token)?.remove(row)
  }

  /** Of one user, or of all when no token is given. */
  of(userToken?: string): TimeIndex<Row> {
    if (userToken === undefined) return this.everybody
    return this.byUser.get(userToken) ?? new TimeIndex<Row>()
  }
}
