import {
  defineMiddlewares,
  validateAndTransformBody,
  validateAndTransformQuery,
} from "@medusajs/framework/http"
import type { ZodType } from "@medusajs/framework/zod"

import {
  DecisionBody,
  ListHoldsQuery,
  PayNowBody,
  PlaceHoldBody,
  PreviewPayoutsQuery,
  SetPayeeTermsBody,
} from "./admin/masspay/collect-validators"
import {
  AnswerProposalBody,
  AssertNotExecutedBody,
  ListActionRequestsQuery,
  ListPayeesQuery,
  ListPayoutsQuery,
  PayoutActionBody,
  PayoutActionQuery,
  ResumeDispatchBody,
} from "./admin/masspay/validators"

// Everything below /admin is for signed-in users already.
const reads = (matcher: string, schema: ZodType) => ({
  matcher,
  methods: ["GET" as const],
  middlewares: [validateAndTransformQuery(schema, { isList: false })],
})

const writes = (matcher: string, body: ZodType) => ({
  matcher,
  methods: ["POST" as const],
  middlewares: [validateAndTransformBody(body)],
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
    reads("/admin/masspay/holds", ListHoldsQuery),
    writes("/admin/masspay/holds", PlaceHoldBody),
    writes("/admin/masspay/holds/:id/release", DecisionBody),
    writes("/admin/masspay/payees/:id", SetPayeeTermsBody),
    writes("/admin/masspay/payees/:id/pause", DecisionBody),
    writes("/admin/masspay/payees/:id/resume", DecisionBody),
    {
      matcher: "/admin/masspay/payouts",
      methods: ["POST"],
      middlewares: [
        validateAndTransformBody(PayNowBody),
        validateAndTransformQuery(PayoutActionQuery, { isList: false }),
      ],
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
