import { papersWanted } from "../domain/kyc"
import type { LinkVault } from "../link-vault"
import type { MissingPapers } from "../modules/masspay/queries/dispatch-evidence"
import type { PaperToStore } from "../modules/masspay/queries/kyc-open"
import { DocumentationRequiredError } from "../modules/masspay-gateway/errors"

/**
 * What a failed attempt says about missing papers, ready to be stored;
 * `undefined` where it is about something else. The links are sealed here, so
 * that what is handed on may be looked at by anybody.
 */
export function missingPapers(
  error: unknown,
  { links, vendor_id }: { links: LinkVault | undefined; vendor_id: string }
): MissingPapers | undefined {
  if (!(error instanceof DocumentationRequiredError)) return undefined
  const { refusal, papers } = papersWanted({
    details: error.details,
    links: error.upload_links,
  })
  return {
    refusal,
    papers: papers.map(({ kind, text, link }) => ({
      kind,
      text,
      ...sealedOrNot(link, { links, vendor_id }),
    })),
  }
}

/** Without a key only the host is kept: enough to say where she has to ask. */
export function sealedOrNot(
  link: string | null,
  { links, vendor_id }: { links: LinkVault | undefined; vendor_id: string }
): Pick<PaperToStore, "link" | "link_host"> {
  if (link === null) return { link: null, link_host: null }
  return {
    link: links?.seal(link, vendor_id) ?? null,
    link_host: new URL(link).host,
  }
}
