import type { Kind } from "./kinds"

/**
 * Where a canary may stand, and why. A place is `table.column`, `METHOD /path`
 * of an answer (ids as `:id`), or `log <event>`. Whoever adds a line says who
 * needs it there.
 */
export const ALLOWED: readonly {
  place: RegExp
  kind: Kind
  why: string
}[] = [
  {
    place: /^masspay_payee\.email$/,
    kind: "e-mail",
    why: "whom MassPay is told to create, and whom mails go to",
  },
  {
    place:
      /^(GET|POST) \/admin\/masspay\/payees(\/:id(\/(confirm-user|kyc-link|link|pause|profile|resume|sync|unlink))?)?$/,
    kind: "e-mail",
    why: "operators see whom they pay",
  },
  {
    place: /^(GET|POST) \/vendor\/masspay\/(me|profile)$/,
    kind: "e-mail",
    why: "her own, to herself",
  },
  {
    place:
      /^(GET|POST) \/vendor\/masspay\/(activation-link|kyc-link|kyc-requests|tax-link)$/,
    kind: "link",
    why: "it is hers: this is how it reaches her",
  },
  {
    place:
      /^POST \/admin\/masspay\/(kyc-requests\/:id\/link|payees\/:id\/kyc-link)$/,
    kind: "link",
    why: "an operator asks for one link, which is written down with her name",
  },
]
