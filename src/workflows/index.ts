export {
  masspayRecordFundingMovementWorkflow,
  type MasspayRecordFundingMovementInput,
} from "./funding/workflows/record-funding-movement"
export {
  masspayChooseDestinationWorkflow,
  type MasspayChooseDestinationInput,
} from "./destination/workflows/choose-destination"
export {
  masspayUseDestinationAgainWorkflow,
  type MasspayUseDestinationAgainInput,
} from "./destination/workflows/use-destination-again"
export {
  masspayPlaceHoldWorkflow,
  type MasspayPlaceHoldInput,
} from "./hold/workflows/place-hold"
export {
  masspayReleaseHoldWorkflow,
  type MasspayReleaseHoldInput,
} from "./hold/workflows/release-hold"
export {
  masspayClearKycRequestWorkflow,
  type MasspayClearKycRequestInput,
} from "./kyc/workflows/clear-kyc-request"
export {
  masspayTellAgainWorkflow,
  type MasspayTellAgainInput,
} from "./notification/workflows/tell-again"
export {
  masspayAdjustBalanceWorkflow,
  type MasspayAdjustBalanceInput,
} from "./payee/workflows/adjust-balance"
export {
  masspayConfirmUserWorkflow,
  type MasspayConfirmUserInput,
} from "./payee/workflows/confirm-user"
export {
  masspayDecideAboutPayeeWorkflow,
  type MasspayDecideAboutPayeeInput,
} from "./payee/workflows/decide-about-payee"
export {
  masspayLinkPayeeWorkflow,
  type MasspayLinkPayeeInput,
} from "./payee/workflows/link-payee"
export {
  masspayUnlinkPayeeWorkflow,
  type MasspayUnlinkPayeeInput,
} from "./payee/workflows/unlink-payee"
export {
  masspayWriteOffBalanceWorkflow,
  type MasspayWriteOffBalanceInput,
} from "./payee/workflows/write-off-balance"
export {
  masspayActOnPayoutWorkflow,
  type MasspayActOnPayoutInput,
} from "./payout/workflows/act-on-payout"
export {
  masspayAnswerProposalWorkflow,
  type MasspayAnswerProposalInput,
} from "./payout/workflows/answer-proposal"
export {
  masspayApprovePayoutWorkflow,
  type MasspayApprovePayoutInput,
} from "./payout/workflows/approve-payout"
export {
  masspayCollectPayoutsWorkflow,
  type MasspayCollectPayoutsInput,
} from "./payout/workflows/collect-payouts"
export {
  masspayPayNowWorkflow,
  type MasspayPayNowInput,
} from "./payout/workflows/pay-now"
export {
  masspayVoidPayoutWorkflow,
  type MasspayVoidPayoutInput,
} from "./payout/workflows/void-payout"
export {
  masspayResolveDiscrepancyWorkflow,
  type MasspayResolveDiscrepancyInput,
} from "./reconciliation/workflows/resolve-discrepancy"
export {
  masspayStartReconciliationWorkflow,
  type MasspayStartReconciliationInput,
} from "./reconciliation/workflows/start-reconciliation"
export {
  masspayAllocateRefundWorkflow,
  type MasspayAllocateRefundInput,
} from "./settlement/workflows/allocate-refund"
export {
  masspaySettleOrderWorkflow,
  type MasspaySettleOrderInput,
} from "./settlement/workflows/settle-order"
export type { AllocatedRefund, SettledVendor } from "./settlement/settle-order"
export {
  masspayAcknowledgeIncidentWorkflow,
  type MasspayAcknowledgeIncidentInput,
} from "./incident/workflows/acknowledge-incident"
export {
  masspayRedriveWebhookWorkflow,
  type MasspayRedriveWebhookInput,
} from "./webhook/workflows/redrive-webhook"
