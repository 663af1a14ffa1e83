/**
 * What somebody has to see to before a vendor is paid. `account`: she has no open
 * account at MassPay. `confirmation`: somebody has to say whether the user that
 * was found is hers. `papers`: MassPay wants papers. `profile`: MassPay lacks
 * facts about her. `resume`: an operator paused her.
 */
export const PAYEE_NEEDS = [
  "account",
  "confirmation",
  "papers",
  "profile",
  "resume",
] as const
export type PayeeNeed = (typeof PAYEE_NEEDS)[number]
