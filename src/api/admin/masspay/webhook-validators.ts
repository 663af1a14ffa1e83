import { z } from "@medusajs/framework/zod"

import { WEBHOOK_KINDS, WEBHOOK_STATES } from "../../../domain/webhooks"
import { momentOf, paging, text } from "./fields"

const oneOf = <Values extends readonly [string, ...string[]]>(
  field: string,
  values: Values
) =>
  z.enum(values, {
    error: `Field '${field}' must be one of: ${values.join(", ")}`,
  })

/** `GET /admin/masspay/webhook-events` */
export const ListWebhookEventsQuery = z.strictObject({
  ...paging,
  q: text("q").optional(),
  state: oneOf("state", WEBHOOK_STATES).optional(),
  kind: oneOf("kind", WEBHOOK_KINDS).optional(),
  reason: text("reason").optional(),
  remote_token: text("remote_token").optional(),
  client_id: text("client_id").optional(),
  user_token: text("user_token").optional(),
  received_after: momentOf("received_after").optional(),
  received_before: momentOf("received_before").optional(),
})
export type ListWebhookEventsQuery = z.infer<typeof ListWebhookEventsQuery>

const HEADER_MAX = 2_000
/** Medusa's own limit for bodies is smaller than the route's for webhooks. */
const BODY_MAX = 90_000

const header = z
  .string({
    error: "Field 'header' must be a text: the value of X-MassPay-Signature",
  })
  .max(HEADER_MAX, {
    error: `Field 'header' has at most ${HEADER_MAX} characters`,
  })
const body = z
  .string({ error: "Field 'body' must be a text: the body exactly as it came" })
  .max(BODY_MAX, { error: `Field 'body' has at most ${BODY_MAX} characters` })

/** `POST /admin/masspay/webhooks/test` */
export const TestWebhookBody = z
  .strictObject({
    header: header.optional(),
    body: body.optional(),
    at: momentOf("at").optional(),
  })
  .refine(
    (given) => (given.header === undefined) === (given.body === undefined),
    {
      error:
        "Fields 'header' and 'body' belong together: give both, or neither for a sample",
    }
  )
export type TestWebhookBody = z.infer<typeof TestWebhookBody>
