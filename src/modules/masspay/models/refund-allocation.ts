import { model } from "@medusajs/framework/utils"

/** How much of a refund falls on a settlement, by a rule or by an operator. Append-only. */
export const MasspayRefundAllocation = model.define(
  "masspay_refund_allocation",
  {
    id: model.id({ prefix: "msral" }).primaryKey(),
    /** `refund_id` of the refund. */
    refund_id: model.text(),
    /** `null`: the platform bears it. */
    settlement_id: model.text().nullable(),
    /** Minor units; `bigint` in the table. */
    amount: model.text(),
    /** What the settlement, or the platform, had of the order then. */
    basis: model.text(),
    rule: model.enum(["sole_vendor", "operator"]),
    actor: model.text().default("system"),
    reason: model.text().nullable(),
    /** Of the operator's request. */
    request_id: model.text().nullable(),
  }
)
