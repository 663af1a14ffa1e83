import type { UploadLink } from "../errors"

const LINKS_MAX = 10
const LINK_LENGTH_MAX = 2000
const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]

/**
 * The upload links among MassPay's reasons: the first https address of each, or
 * with a sandbox also one of this machine. Hosts are not judged, since they
 * change; nothing here ever calls one.
 */
export function uploadLinksIn(
  texts: readonly string[],
  { may_be_local = false }: { may_be_local?: boolean } = {}
): UploadLink[] {
  return texts.slice(0, LINKS_MAX).flatMap((text) => {
    const [found] =
      /https?:\/\/[^\s"'<>]+/i.exec(
        may_be_local ? text : text.replace(/\bhttp:\/\/\S+/gi, " ")
      ) ?? []
    const url = found?.replace(/[.,;:!?)\]]+$/, "")
    if (!url || !isLinkOfMassPays(url, { may_be_local })) return []
    return [{ kind: kindOf(text), url }]
  })
}

/** Whether a payee may be sent there: https and nothing hidden in it. */
export function isLinkOfMassPays(
  link: string,
  { may_be_local }: { may_be_local: boolean }
): boolean {
  if (link.length > LINK_LENGTH_MAX || !URL.canParse(link)) return false
  if (/[\s\\"'<>]/.test(link)) return false
  const { protocol, hostname, username, password } = new URL(link)
  if (username !== "" || password !== "") return false
  if (protocol === "https:") return true
  return may_be_local && protocol === "http:" && LOOPBACK.includes(hostname)
}

function kindOf(text: string): UploadLink["kind"] {
  if (/bank statement|paper check/i.test(text)) return "bank_document"
  if (/government[ -]issued id/i.test(text)) return "identity_document"
  return "other"
}
