export {
  masspayActOnPayoutWorkflow,
  type MasspayActOnPayoutInput,
} from "./payout/workflows/act-on-payout"
export {
  masspayAnswerProposalWorkflow,
  type MasspayAnswerProposalInput,
} from "./payout/workflows/answer-proposal"
export {
  masspayCollectPayoutsWorkflow,
  type MasspayCollectPayoutsInput,
} from "./payout/workflows/collect-payouts"
export {
  masspaySettleOrderWorkflow,
  type MasspaySettleOrderInput,
} from "./settlement/workflows/settle-order"
export type { SettledVendor } from "./settlement/settle-order"
