import { sdk } from "./client"

/**
 * Fetches a file as the signed-in user and saves it under the name that the
 * server gives it. By `fetch` and not by a link, so that it works with every way
 * to be signed in, and what is refused can be said on the page.
 *
 * @throws what the server refuses, as `FetchError`
 */
export async function downloadFile(
  path: string,
  {
    query,
    type,
    fallbackName,
  }: { query: Record<string, string>; type: string; fallbackName: string }
): Promise<void> {
  const response = await sdk.client.fetch<Response>(`/admin/masspay/${path}`, {
    query,
    headers: { accept: type },
  })
  const url = URL.createObjectURL(await response.blob())
  const link = document.createElement("a")
  link.href = url
  link.download =
    nameIn(response.headers.get("content-disposition")) ?? fallbackName
  link.click()
  // Some browsers read it only after the click was handled.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

/** The file name of `attachment; filename="a.csv"`, as far as it can be one. */
export function nameIn(disposition: string | null): string | null {
  const name = disposition?.match(/filename="([^"/\\]{1,200})"/)?.[1]
  return name ?? null
}
