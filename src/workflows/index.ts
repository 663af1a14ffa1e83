export {
  masspayAdjustBalanceWorkflow,
  type MasspayAdjustBalanceInput,
} from "./payee/workflows/adjust-balance"
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
  masspayVoidPayoutWorkflow,
  type MasspayVoidPayoutInput,
} from "./payout/workflows/void-payout"
export {
  masspaySettleOrderWorkflow,
  type MasspaySettleOrderInput,
} from "./settlement/workflows/settle-order"
export type { SettledVendor } from "./settlement/settle-order"
