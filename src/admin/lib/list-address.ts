import type { PayoutsQuery } from "../hooks/masspay"

const PAGE_SIZE = 20
const PAGE_SIZE_MAX = 100
const FILTERS = ["status", "vendor_id"] as const

/** What a list's address asks for. Nonsense in it is as good as nothing. */
export function readAddress(params: URLSearchParams): PayoutsQuery {
  const limit = wholeNumber(params.get("limit"), PAGE_SIZE_MAX) || PAGE_SIZE
  const offset = wholeNumber(params.get("offset"), Number.MAX_SAFE_INTEGER)
  const q = params.get("q")
  const order = params.get("order")
  const { status = [], vendor_id = [] } = readFilters(params)

  return {
    limit,
    // Always the beginning of a page.
    offset: offset - (offset % limit),
    ...(q && { q }),
    ...(order && { order }),
    ...(status.length > 0 && { status }),
    ...(vendor_id.length > 0 && { vendor_id }),
  }
}

type Filters = Partial<Record<(typeof FILTERS)[number], string[]>>

/** The filters that are there; one that is only being chosen has an empty list. */
export function readFilters(params: URLSearchParams): Filters {
  return Object.fromEntries(
    FILTERS.filter((name) => params.has(name)).map((name) => [
      name,
      listOf(params.get(name)),
    ])
  )
}

export function writeFilters(
  params: URLSearchParams,
  filters: Record<string, unknown>
): void {
  for (const name of FILTERS) {
    const values = filters[name]
    writeAddress(
      params,
      name,
      values === undefined ? undefined : JSON.stringify(values)
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

/** A list is JSON, as the dashboard's own tables write it; a bare word will do. */
function listOf(text: string | null): string[] {
  if (!text) {
    return []
  }
  try {
    const value: unknown = JSON.parse(text)
    return (Array.isArray(value) ? value : [value]).map(String)
  } catch {
    return [text]
  }
}
