/** What the plugin says about the shop's money, over its admin API. */

export const listPayouts = (shop) =>
  shop.adminList("/admin/masspay/payouts?order=created_at", "payouts")

/** Payouts that certainly were not executed and wait for something. */
export const listBlocked = async (shop) =>
  (await listPayouts(shop)).filter(({ status }) => status === "blocked")

/** What the next run would pay to whom, and why not the rest: a row per vendor and currency. */
export const listOpenMoney = (shop) =>
  shop.adminList("/admin/masspay/payouts/preview", "preview")

/** What operators keep back now. */
export const listHolds = (shop) =>
  shop.adminList("/admin/masspay/holds?state=open", "holds")

/** How the plugin settles one order: a row per vendor. */
export const readSettlements = (shop, order_id) =>
  shop.admin("GET", `/admin/masspay/orders/${order_id}`)
