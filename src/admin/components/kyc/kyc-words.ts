import type { AdminKycRequest } from "../../../types/http-kyc"
import type { Translate } from "../../lib/texts"
import { wordFor } from "../../lib/words"

/** What is asked for, in words; MassPay's own where ours do not cover them. */
export function askedFor(
  t: Translate,
  { kind, title, text }: Pick<AdminKycRequest, "kind" | "title" | "text">
): string {
  const asked = kind === "other" ? title : wordFor(t, "kyc.kind", kind)
  return text ? `${asked}: ${text}` : asked
}
