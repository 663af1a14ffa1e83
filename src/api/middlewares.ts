import {
  authenticate,
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
  AttributesBody,
  AutopayoutBody,
  ChooseDestinationBody,
  EndAutopayoutQuery,
  RoutesQuery,
  VendorAttributesBody,
  VendorAutopayoutBody,
  VendorChooseDestinationBody,
  VendorEndAutopayoutQuery,
  VendorFormQuery,
} from "./admin/masspay/destination-validators"
import {
  GoLiveQuery,
  GoLiveStatementBody,
} from "./admin/masspay/go-live-validators"
import { ListIncidentsQuery } from "./admin/masspay/incident-validators"
import {
  KycLinkBody,
  ListKycRequestsQuery,
} from "./admin/masspay/kyc-validators"
import {
  BulkLinkBody,
  ConfirmUserBody,
  ProfileBody,
} from "./admin/masspay/linking-validators"
import {
  AccountStatementQuery,
  FundingMovementBody,
  FundingQuery,
  ListFundingMovementsQuery,
  WithdrawalsQuery,
} from "./admin/masspay/mirror-validators"
import { ListNotificationsQuery } from "./admin/masspay/notification-validators"
import { ListPayeesQuery } from "./admin/masspay/payee-validators"
import {
  ListDiscrepanciesQuery,
  ListReconciliationsQuery,
  StartReconciliationBody,
} from "./admin/masspay/reconcile-validators"
import {
  AllocateRefundBody,
  ListUnallocatedRefundsQuery,
} from "./admin/masspay/refund-validators"
import {
  AdjustmentBody,
  LedgerQuery,
  NegativeBalancesQuery,
  StatementQuery,
  WriteOffBody,
} from "./admin/masspay/statement-validators"
import {
  AnswerProposalBody,
  AssertNotExecutedBody,
  ListActionRequestsQuery,
  ListPayoutsQuery,
  PayoutActionBody,
  PayoutActionQuery,
  ResumeDispatchBody,
} from "./admin/masspay/validators"
import {
  ListWebhookEventsQuery,
  TestWebhookBody,
} from "./admin/masspay/webhook-validators"
import {
  NothingQuery,
  TaxLinkQuery,
  VendorPayoutsQuery,
} from "./vendor/masspay/validators"

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

const ends = (matcher: string, schema: ZodType) => ({
  matcher,
  methods: ["DELETE" as const],
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
const STATEMENTS = ["statement", "statement.csv", "statement.html"]
const acts = (matcher: string, body: ZodType) => ({
  matcher,
  methods: ["POST" as const],
  middlewares: [
    validateAndTransformBody(body),
    validateAndTransformQuery(PayoutActionQuery, { isList: false }),
  ],
})

/** Medusa runs the middlewares of every address that fits: `:id` also fits `bulk-link`. */
function unlessAllVendors(
  validate: ReturnType<typeof validateAndTransformBody>
): typeof validate {
  return async (req, res, next) => {
    if (req.params.id === "bulk-link") next()
    else await validate(req, res, next)
  }
}

export default defineMiddlewares({
  routes: [
    // Nothing is parsed before the signature was verified: the route reads the bytes.
    { matcher: "/hooks/masspay", methods: ["POST"], bodyParser: false },
    reads("/admin/masspay/payouts", ListPayoutsQuery),
    reads("/admin/masspay/payouts/preview", PreviewPayoutsQuery),
    reads("/admin/masspay/payees", ListPayeesQuery),
    reads("/admin/masspay/settings", NothingQuery),
    reads("/admin/masspay/payees/:id/ledger", LedgerQuery),
    ...STATEMENTS.map((path) =>
      reads(`/admin/masspay/payees/:id/${path}`, StatementQuery)
    ),
    reads("/admin/masspay/negative-balances", NegativeBalancesQuery),
    // Whoever is signed in; whether she is a vendor, the routes find out.
    {
      matcher: "/vendor/masspay/*",
      middlewares: [authenticate("*", ["session", "bearer"])],
    },
    ...["me", "balance", "kyc-requests", "activation-link"].map((path) =>
      reads(`/vendor/masspay/${path}`, NothingQuery)
    ),
    reads("/vendor/masspay/tax-link", TaxLinkQuery),
    writes("/vendor/masspay/kyc-link", KycLinkBody),
    reads("/vendor/masspay/ledger", LedgerQuery),
    reads("/vendor/masspay/payouts", VendorPayoutsQuery),
    ...STATEMENTS.map((path) =>
      reads(`/vendor/masspay/${path}`, StatementQuery)
    ),
    reads("/admin/masspay/action-requests", ListActionRequestsQuery),
    reads("/admin/masspay/unallocated-refunds", ListUnallocatedRefundsQuery),
    acts("/admin/masspay/unallocated-refunds/:id/allocate", AllocateRefundBody),
    reads("/admin/masspay/webhook-events", ListWebhookEventsQuery),
    writes("/admin/masspay/webhook-events/:id/redrive", DecisionBody),
    writes("/admin/masspay/webhooks/test", TestWebhookBody),
    reads("/admin/masspay/reconciliations", ListReconciliationsQuery),
    writes("/admin/masspay/reconciliations", StartReconciliationBody),
    reads("/admin/masspay/discrepancies", ListDiscrepanciesQuery),
    writes("/admin/masspay/discrepancies/:id/resolve", DecisionBody),
    reads("/admin/masspay/go-live", GoLiveQuery),
    ...["attest", "withdraw"].map((path) =>
      writes(`/admin/masspay/go-live/:key/${path}`, GoLiveStatementBody)
    ),
    reads("/admin/masspay/kyc-requests", ListKycRequestsQuery),
    writes("/admin/masspay/kyc-requests/:id/clear", DecisionBody),
    writes("/admin/masspay/kyc-requests/:id/notify", DecisionBody),
    reads("/admin/masspay/notifications", ListNotificationsQuery),
    writes("/admin/masspay/notifications/:id/resend", DecisionBody),
    ...["overview", "health"].map((path) =>
      reads(`/admin/masspay/${path}`, NothingQuery)
    ),
    reads("/admin/masspay/incidents", ListIncidentsQuery),
    writes("/admin/masspay/incidents/:id/acknowledge", DecisionBody),
    writes("/admin/masspay/payees/:id/kyc-link", KycLinkBody),
    reads("/admin/masspay/funding", FundingQuery),
    reads("/admin/masspay/funding/movements", ListFundingMovementsQuery),
    reads("/admin/masspay/funding/statement.pdf", AccountStatementQuery),
    reads("/admin/masspay/payees/:id/withdrawals", WithdrawalsQuery),
    reads("/admin/masspay/payees/:id/autopayouts", FundingQuery),
    reads("/vendor/masspay/withdrawals", WithdrawalsQuery),
    writes("/admin/masspay/payees/:id/autopayouts", AutopayoutBody),
    ends("/admin/masspay/payees/:id/autopayouts", EndAutopayoutQuery),
    reads("/admin/masspay/payees/:id/destinations", NothingQuery),
    acts("/admin/masspay/payees/:id/destinations", ChooseDestinationBody),
    reads("/admin/masspay/payees/:id/destinations/routes", RoutesQuery),
    ...["attributes", "use-again"].map((path) =>
      writes(
        `/admin/masspay/payees/:id/destinations/:destination_id/${path}`,
        path === "attributes" ? AttributesBody : DecisionBody
      )
    ),
    reads(
      "/admin/masspay/payees/:id/destinations/:destination_id/attributes",
      NothingQuery
    ),
    reads("/admin/masspay/payouts/:id/confirmation", NothingQuery),
    reads("/vendor/masspay/destinations", NothingQuery),
    acts("/vendor/masspay/destinations", VendorChooseDestinationBody),
    reads("/vendor/masspay/destinations/routes", RoutesQuery),
    reads("/vendor/masspay/destinations/attributes", VendorFormQuery),
    writes("/vendor/masspay/destinations/attributes", VendorAttributesBody),
    ...["confirmation", "pickup-code"].map((path) =>
      reads(`/vendor/masspay/payouts/:id/${path}`, NothingQuery)
    ),
    reads("/vendor/masspay/autopayouts", NothingQuery),
    writes("/vendor/masspay/autopayouts", VendorAutopayoutBody),
    ends("/vendor/masspay/autopayouts", VendorEndAutopayoutQuery),
    writes("/admin/masspay/funding/movements", FundingMovementBody),
    reads("/admin/masspay/holds", ListHoldsQuery),
    writes("/admin/masspay/holds", PlaceHoldBody),
    writes("/admin/masspay/holds/:id/release", DecisionBody),
    {
      matcher: "/admin/masspay/payees/:id",
      methods: ["POST"],
      middlewares: [
        unlessAllVendors(validateAndTransformBody(SetPayeeTermsBody)),
      ],
    },
    writes("/admin/masspay/payees/:id/pause", DecisionBody),
    writes("/admin/masspay/payees/:id/link", DecisionBody),
    writes("/admin/masspay/payees/:id/profile", ProfileBody),
    writes("/vendor/masspay/profile", ProfileBody),
    acts("/admin/masspay/payees/:id/confirm-user", ConfirmUserBody),
    acts("/admin/masspay/payees/:id/unlink", DecisionBody),
    acts("/admin/masspay/payees/bulk-link", BulkLinkBody),
    writes("/admin/masspay/payees/:id/resume", DecisionBody),
    acts("/admin/masspay/payouts", PayNowBody),
    ...ACTIONS.map((path) =>
      acts(`/admin/masspay/payouts/:id/${path}`, PayoutActionBody)
    ),
    acts(
      "/admin/masspay/payouts/:id/assert-not-executed",
      AssertNotExecutedBody
    ),
    acts("/admin/masspay/payees/:id/adjustments", AdjustmentBody),
    acts("/admin/masspay/payees/:id/write-offs", WriteOffBody),
    ...["confirm", "reject"].map((answer) =>
      acts(`/admin/masspay/action-requests/:id/${answer}`, AnswerProposalBody)
    ),
    {
      matcher: "/admin/masspay/dispatch/resume",
      methods: ["POST"],
      middlewares: [validateAndTransformBody(ResumeDispatchBody)],
    },
  ],
})
