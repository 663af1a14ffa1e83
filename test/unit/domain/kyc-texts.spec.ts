import type { KycKind, KycStatus } from "../../../src/domain/kyc"
import { kycStatusWords, kycTitle } from "../../../src/domain/kyc-texts"

it.each<[KycKind, string]>([
  ["identity", "MassPay wants a government-issued identity document."],
  ["bank_document", "MassPay wants a bank statement or a paper check."],
  ["other", "MassPay wants more papers."],
])("what is asked for, %s: %s", (kind, words) => {
  expect(kycTitle(kind)).toBe(words)
})

it.each<[KycStatus, string]>([
  [
    "unknown",
    "Nothing is known about papers that MassPay might want from you.",
  ],
  ["not_required", "MassPay has paid you and asks for no papers."],
  ["required", "MassPay wants papers from you before you are paid."],
  ["submitted", "MassPay has papers of yours and has not decided yet."],
  ["declined", "MassPay declined the papers you sent."],
  ["approved", "MassPay approved your papers."],
])("a vendor is told no more than is known, %s: %s", (status, words) => {
  expect(kycStatusWords(status)).toBe(words)
})
