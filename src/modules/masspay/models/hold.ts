import { model } from "@medusajs/framework/utils"

import { HOLD_KINDS } from "../../../domain/holds"

/** Why money of an order or a vendor must wait. Stands until it is released or its time is over. */
export const MasspayHold = model.define("masspay_hold", {
  id: model.id({ prefix: "mshld" }).primaryKey(),
  /** The paid order, for its whole family, or one vendor's own order. */
  order_id: model.text().nullable(),
  /** With an order: only her part of it. */
  vendor_id: model.text().nullable(),
  kind: model.enum([...HOLD_KINDS]),
  /** Of a reserve of an amount: what is kept back; minor units, `bigint` in the table. */
  currency_code: model.text().nullable(),
  amount: model.text().nullable(),
  /** Of a reserve that is a share of each new earning: how much of it, and for how many days. */
  basis_points: model.number().nullable(),
  days: model.number().nullable(),
  until: model.dateTime().nullable(),
  reason: model.text(),
  actor: model.text(),
  released_at: model.dateTime().nullable(),
  released_by: model.text().nullable(),
  release_reason: model.text().nullable(),
})
