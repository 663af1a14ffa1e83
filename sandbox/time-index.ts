/** The token tells rows of different kinds with the same number apart. */
export type Timed = { time_ms: number; number: number; token: string }

type TimeRange = {
  fromMs: number
  toMs: number
  skip: number
  limit: number
}

function isBefore(a: Timed, b: Timed): boolean {
  if (a.time_ms !== b.time_ms) return a.time_ms < b.time_ms
  return a.number === b.number ? a.token < b.token : a.number < b.number
}

/** Before every row of this moment. */
function beginningOf(time_ms: number): Timed {
  return { time_ms, number: -1, token: "" }
}

/**
 * Rows in order of time, then of creation. Adding at the end is constant time and
 * finding a place is logarithmic, so no request has to walk through all loads.
 * A row's `time_ms` must not change while it is in here.
 */
export class TimeIndex<Row extends Timed> {
  private readonly rows: Row[] = []

  add(row: Row): void {
    this.rows.splice(this.placeOf(row), 0, row)
  }

  remove(row: Row): void {
    const place = this.placeOf(row)
    if (this.rows[place] === row) this.rows.splice(place, 1)
  }

  first(): Row | undefined {
    return this.rows[0]
  }

  all(): readonly Row[] {
    return this.rows
  }

  /** Latest first, from `fromMs` (included) to `toMs` (excluded). */
  latestFirst(range: TimeRange): Row[] {
    const { fromMs, toMs, skip, limit } = range
    const start = this.placeOf(beginningOf(fromMs))
    const end = this.placeOf(beginningOf(toMs)) - skip
    if (end <= start) return []
    return this.rows.slice(Math.max(start, end - limit), end).reverse()
  }

  /** The first place whose row is not before the one given. */
  private placeOf(row: Timed): number {
    const last = this.rows.at(-1)
    if (!last || isBefore(last, row)) return this.rows.length
    let low = 0
    let high = this.rows.length - 1
    while (low < high) {
      const middle = (low + high) >>> 1
      const probe = this.rows[middle]
      if (probe && isBefore(probe, row)) low = middle + 1
      else high = middle
    }
    return low
  }
}
