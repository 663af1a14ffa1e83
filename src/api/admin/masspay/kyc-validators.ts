import { z } from "@medusajs/framework/zod"

import { KYC_KINDS, KYC_PROVIDERS } from "../../../domain/kyc"
import { paging, request_id, text } from "./fields"
import { oneOrMore } from "./validators"

const STATES = ["open", "cleared"] as const

/** `GET /admin/masspay/kyc-requests` */
export const ListKycRequestsQuery = z
  .strictObject({
    ...paging,
    q: text("q").optional(),
    state: oneOrMore(
      z.enum(STATES, {
        error: `Field 'state' must be one of: ${STATES.join(", ")}`,
      })
    ),
    kind: oneOrMore(
      z.enum(KYC_KINDS, {
        error: `Field 'kind' must be one of: ${KYC_KINDS.join(", ")}`,
      })
    ),
    payee_id: oneOrMore(text("payee_id")),
  })
  .transform(({ limit, offset, ...filters }) => ({
    listing: { filters, limit, offset },
  }))
export type ListKycRequestsQuery = z.infer<typeof ListKycRequestsQuery>

/** `POST /admin/masspay/payees/:id/kyc-link`, and the vendor's own */
export const KycLinkBody = z.strictObject({
  request_id,
  provider: z
    .enum(KYC_PROVIDERS, {
      error: `Field 'provider' must be one of: ${KYC_PROVIDERS.join(", ")}`,
    })
    .default("veriff"),
})
export type KycLinkBody = z.infer<typeof KycLinkBody>
