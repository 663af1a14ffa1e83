import { z } from "@medusajs/framework/zod"

import { KYC_KINDS, KYC_PROVIDERS } from "../../../domain/kyc"
import { paging, request_id, text } from "./fields"
import { among, oneOrMore } from "./validators"

const STATES = ["open", "cleared"] as const

/** `GET /admin/masspay/kyc-requests` */
export const ListKycRequestsQuery = z
  .strictObject({
    ...paging,
    q: text("q").optional(),
    state: among("state", STATES),
    kind: among("kind", KYC_KINDS),
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
