import { sdk } from "./client"

/** Reads from the plugin's admin API: `get("payouts", { limit: 20 })`. */
export function get<T>(path: string, query: object = {}): Promise<T> {
  return sdk.client.fetch<T>(`/admin/masspay/${path}`, {
    query: { ...query },
  })
}

/** Asks the plugin's admin API to do something, or with `dry_run` what it would do. */
export function post<T>(
  path: string,
  body: object,
  { dry_run = false }: { dry_run?: boolean } = {}
): Promise<T> {
  return sdk.client.fetch<T>(`/admin/masspay/${path}`, {
    method: "POST",
    body: { ...body },
    ...(dry_run && { query: { dry_run: true } }),
  })
}

/** Asks the plugin's admin API to end something; what says which stands in the query. */
export function remove<T>(path: string, query: object): Promise<T> {
  return sdk.client.fetch<T>(`/admin/masspay/${path}`, {
    method: "DELETE",
    query: { ...query },
  })
}

/** A part of a path that came from outside, such as an id. */
export function segment(text: string): string {
  return encodeURIComponent(text)
}
