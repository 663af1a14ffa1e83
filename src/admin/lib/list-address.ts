/** Page, search, order and filters of a list, as its address holds them. */

const PAGE_SIZE = 20
const PAGE_SIZE_MAX = 100

/** Of what kind a filter's value is: several words, one word, or a span of time. */
export type FilterKind = "list" | "one" | "range"
export type FilterKinds = Readonly<Record<string, FilterKind>>

const BOUNDS = ["$gt", "$gte", "$lt", "$lte"] as const
export type Range = Partial<Record<(typeof BOUNDS)[number], string>>

type ValueOf<Kind extends FilterKind> = Kind extends "range"
  ? Range
  : Kind extends "one"
    ? string
    : string[]

export type Filters<Kinds extends FilterKinds> = {
  -readonly [Name in keyof Kinds]?: ValueOf<Kinds[Name]>
}

export type ListQuery<Kinds extends FilterKinds = FilterKinds> = {
  limit: number
  offset: number
  q?: string
  order?: string
} & Filters<Kinds>

/** What a list's address asks for. Nonsense in it is as good as nothing. */
export function readAddress<Kinds extends FilterKinds>(
  params: URLSearchParams,
  kinds: Kinds
): ListQuery<Kinds> {
  const limit = wholeNumber(params.get("limit"), PAGE_SIZE_MAX) || PAGE_SIZE
  const offset = wholeNumber(params.get("offset"), Number.MAX_SAFE_INTEGER)
  const q = params.get("q")
  const order = params.get("order")
  const chosen = Object.entries(readFilters(params, kinds)).filter(
    ([, value]) => !isEmpty(value)
  )

  return {
    limit,
    // Always the beginning of a page.
    offset: offset - (offset % limit),
    ...(q && { q }),
    ...(order && { order }),
    ...(Object.fromEntries(chosen) as Filters<Kinds>),
  }
}

/** The filters that are there; one that is only being chosen is empty. */
export function readFilters<Kinds extends FilterKinds>(
  params: URLSearchParams,
  kinds: Kinds
): Filters<Kinds> {
  return Object.fromEntries(
    Object.entries(kinds)
      .filter(([name]) => params.has(name))
      .map(([name, kind]) => [name, valueOf(params.get(name), kind)])
  ) as Filters<Kinds>
}

export function writeFilters(
  params: URLSearchParams,
  filters: Record<string, unknown>,
  kinds: FilterKinds
): void {
  for (const name of Object.keys(kinds)) {
    const value = filters[name]
    writeAddress(
      params,
      name,
      value === undefined ? undefined : JSON.stringify(value)
    )
  }
}

/** Sets a value, or takes it out of the address where there is none. */
export function writeAddress(
  params: URLSearchParams,
  name: string,
  value: string | undefined
): void {
  if (value) params.set(name, value)
  else params.delete(name)
}

function wholeNumber(text: string | null, max: number): number {
  return text && /^\d{1,9}$/.test(text) ? Math.min(Number(text), max) : 0
}

function valueOf(text: string | null, kind: FilterKind) {
  const value = parsed(text)
  if (kind === "range") return rangeOf(value)
  const list = (Array.isArray(value) ? value : [value])
    .filter((one) => ["string", "number"].includes(typeof one))
    .map(String)
  return kind === "one" ? (list[0] ?? "") : list
}

/** A value is JSON, as the dashboard's own tables write it; a bare word will do. */
function parsed(text: string | null): unknown {
  if (!text) return []
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function rangeOf(value: unknown): Range {
  if (typeof value !== "object" || value === null) return {}
  const bounds = value as Record<string, unknown>
  return Object.fromEntries(
    BOUNDS.flatMap((bound) => {
      const moment = bounds[bound]
      const isMoment =
        typeof moment === "string" && !Number.isNaN(Date.parse(moment))
      return isMoment ? [[bound, moment]] : []
    })
  )
}

function isEmpty(value: unknown): boolean {
  return typeof value === "string" || Array.isArray(value)
    ? value.length === 0
    : Object.keys(value ?? {}).length === 0
}
