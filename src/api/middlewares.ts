import {
  defineMiddlewares,
  validateAndTransformBody,
  validateAndTransformQuery,
} from "@medusajs/framework/http"
import type { ZodType } from "@medusajs/framework/zod"

import {
  ListPayeesQuery,
  ListPayoutsQuery,
  PreviewPayoutsQuery,
  ResumeDispatchBody,
} from "./admin/masspay/validators"

// Everything below /admin is for signed-in users already.
const reads = (matcher: string, schema: ZodType) => ({
  matcher,
  methods: ["GET" as const],
  middlewares: [validateAndTransformQuery(schema, { isList: false })],
})

export default defineMiddlewares({
  routes: [
    reads("/admin/masspay/payouts", ListPayoutsQuery),
    reads("/admin/masspay/payouts/preview", PreviewPayoutsQuery),
    reads("/admin/masspay/payees", ListPayeesQuery),
    {
      matcher: "/admin/masspay/dispatch/resume",
      methods: ["POST"],
      middlewares: [validateAndTransformBody(ResumeDispatchBody)],
    },
  ],
})
