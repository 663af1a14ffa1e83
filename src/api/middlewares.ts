import {
  defineMiddlewares,
  validateAndTransformBody,
  validateAndTransformQuery,
} from "@medusajs/framework/http"
import type { ZodType } from "@medusajs/framework/zod"

import {
  AllocateRefundBody,
  ListUnallocatedRefundsQuery,
} from "./admin/masspay/refund-validators"
import {
  AnswerProposalBody,
  AssertNotExecutedBody,
  ListActionRequestsQuery,
  ListPayeesQuery,
  ListPayoutsQuery,
  PayoutActionBody,
  PayoutActionQuery,
  PreviewPayoutsQuery,
  ResumeDispatchBody,
} from "./admin/masspay/validators"

// Everything below /admin is for signed-in users already.
const reads = (matcher: string, schema: ZodType) => ({
  matcher,
  methods: ["GET" as const],
  middlewares: [validateAndTransformQuery(schema, { isList: false })],
})

const ACTIONS = [
  "approve",
  "reject",
  "void",
  "resolve",
  "retry",
  "settle-elsewhere",
  "reverse",
  "cancel",
]
const acts = (path: string, body: ZodType) => ({
  matcher: `/admin/masspay/payouts/:id/${path}`,
  methods: ["POST" as const],
  middlewares: [
    validateAndTransformBody(body),
    validateAndTransformQuery(PayoutActionQuery, { isList: false }),
  ],
})

export default defineMiddlewares({
  routes: [
    reads("/admin/masspay/payouts", ListPayoutsQuery),
    reads("/admin/masspay/payouts/preview", PreviewPayoutsQuery),
    reads("/admin/masspay/payees", ListPayeesQuery),
    reads("/admin/masspay/action-requests", ListActionRequestsQuery),
    reads("/admin/masspay/unallocated-refunds", ListUnallocatedRefundsQuery),
    {
      matcher: "/admin/masspay/unallocated-refunds/:id/allocate",
      methods: ["POST"],
      middlewares: [validateAndTransformBody(AllocateRefundBody)],
    },
    ...ACTIONS.map((path) => acts(path, PayoutActionBody)),
    acts("assert-not-executed", AssertNotExecutedBody),
    ...["confirm", "reject"].map((answer) => ({
      matcher: `/admin/masspay/action-requests/:id/${answer}`,
      methods: ["POST" as const],
      middlewares: [
        validateAndTransformBody(AnswerProposalBody),
        validateAndTransformQuery(PayoutActionQuery, { isList: false }),
      ],
    })),
    {
      matcher: "/admin/masspay/dispatch/resume",
      methods: ["POST"],
      middlewares: [validateAndTransformBody(ResumeDispatchBody)],
    },
  ],
})
