import type { UploadLink } from "../errors"

const LINKS_MAX = 10
const LINK_LENGTH_MAX = 2000

/**
 * The upload links among MassPay's reasons: the first https address of each.
 * Hosts are not judged, since they change; nothing here ever calls one.
 */
export function uploadLinksIn(texts: readonly string[]): UploadLink[] {
  return texts.slice(0, LINKS_MAX).flatMap((text) => {
    const [found] = /https:\/\/[^\s"'<>]+/i.exec(text) ?? []
    const url = found?.replace(/[.,;:!?)\]]+$/, "")
    if (!url || url.length > LINK_LENGTH_MAX || !URL.canParse(url)) return []
    return [{ kind: kindOf(text), url }]
  })
}

function kindOf(text: string): UploadLink["kind"] {
  if (/bank statement|paper check/i.test(text)) return "bank_document"
  if (/government[ -]issued id/i.test(text)) return "identity_document"
  return "other"
}
