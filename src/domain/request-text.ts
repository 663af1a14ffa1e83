import { compareKeys } from "./allocate"

const CLIENT_ID_LENGTH_MAX = 50
const NOTES_LENGTH_MAX = 255

/** What loads and spendbacks have in common. */
export type RequestParts = {
  client_id: string
  source_token: string
  notes: string
}

/** Throws `RangeError` on what MassPay could not take, whichever request it is part of. */
export function assertRequestParts({
  client_id,
  source_token,
  notes,
}: RequestParts): void {
  if (source_token === "") throw new RangeError("No wallet to take from")
  const { length } = client_id
  if (length === 0 || length > CLIENT_ID_LENGTH_MAX) {
    throw new RangeError(
      `A client id has 1 to ${CLIENT_ID_LENGTH_MAX} characters`
    )
  }
  if (notes.length > NOTES_LENGTH_MAX) {
    throw new RangeError(`Notes have at most ${NOTES_LENGTH_MAX} characters`)
  }
}

/** By key, so that the same ids are the same bytes. */
export function metadataText(
  metadata: Readonly<Record<string, string>>
): string {
  const pairs = Object.entries(metadata)
    .sort(([a], [b]) => compareKeys(a, b))
    .map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`)
  return `{${pairs.join(",")}}`
}
