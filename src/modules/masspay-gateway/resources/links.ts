import { OffContractError } from "../errors"
import { isLinkOfMassPays } from "../http/upload-links"
import type { Transport } from "../types"

/**
 * A link that MassPay made for one payee: a bearer secret. Checked before it is
 * shown to anybody; never called, and never part of an error.
 */
export function checkedLink(
  link: string,
  { transport, what }: { transport: Transport; what: string }
): string {
  const may_be_local = transport.may_link_to_loopback ?? false
  if (isLinkOfMassPays(link, { may_be_local })) return link
  throw new OffContractError(`MassPay's ${what} is not an https address`)
}
