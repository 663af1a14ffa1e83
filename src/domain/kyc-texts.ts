import type { KycKind, KycStatus } from "./kyc"

/** What is asked for, in plain words; for whoever reads it, vendor or operator. */
export function kycTitle(kind: KycKind): string {
  switch (kind) {
    case "identity":
      return "MassPay wants a government-issued identity document."
    case "bank_document":
      return "MassPay wants a bank statement or a paper check."
    case "other":
      return "MassPay wants more papers."
  }
}

/** To the vendor, and never more than is known. */
export function kycStatusWords(status: KycStatus): string {
  switch (status) {
    case "unknown":
      return "Nothing is known about papers that MassPay might want from you."
    case "not_required":
      return "MassPay has paid you and asks for no papers."
    case "required":
      return "MassPay wants papers from you before you are paid."
    case "submitted":
      return "MassPay has papers of yours and has not decided yet."
    case "declined":
      return "MassPay declined the papers you sent."
    case "approved":
      return "MassPay approved your papers."
  }
}
