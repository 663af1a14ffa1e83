import { z } from "@medusajs/framework/zod"

import { request_id } from "./fields"

/** `GET /admin/masspay/go-live` takes nothing. */
export const GoLiveQuery = z.strictObject({})
export type GoLiveQuery = z.infer<typeof GoLiveQuery>

const NOTE = "Field 'note' is required: how you know, in 1 to 1000 characters"

/** `POST /admin/masspay/go-live/:key/attest`, and `/withdraw` */
export const GoLiveStatementBody = z.strictObject({
  request_id,
  note: z
    .string({ error: NOTE })
    .trim()
    .min(1, { error: NOTE })
    .max(1000, { error: NOTE }),
})
export type GoLiveStatementBody = z.infer<typeof GoLiveStatementBody>
