/** Every page of the plugin's admin, with an example where it is about one thing. */

/** Its sections that show what the server said, by the test ids of the page. */
const page = (name, address, ...ready) => ({
  name,
  address,
  ready: ready.map((one) => `masspay-${one}`),
})

/**
 * @param {import("./shop.mjs").Shop} shop
 * @returns {Promise<{ name: string, address: string, ready: string[], part?: string }[]>}
 *   `part`: the test id of the only thing that is to be seen
 */
export async function choosePages(shop) {
  const payouts = await shop.adminList("/admin/masspay/payouts", "payouts")
  const payees = await shop.adminList("/admin/masspay/payees", "payees")
  const { orders } = await shop.admin(
    "GET",
    "/admin/orders?fields=id&order=created_at&limit=1"
  )
  const paid = payouts.findLast(({ status }) => status === "completed")
  const [{ id: payee }] = [...payees].sort(byRichness)

  return [
    page("overview", "/masspay", "attention", "funding", "days", "runs"),
    page("payouts", "/masspay/payouts", "payouts"),
    page(
      "payout",
      `/masspay/payouts/${paid.id}`,
      ...["payout", "items", "operations", "timeline", "actions"]
    ),
    page("next-payouts", "/masspay/preview", "preview"),
    page("alarms", "/masspay/incidents", "incidents"),
    page("vendors", "/masspay/payees", "payees"),
    page(
      "vendor",
      `/masspay/payees/${payee}`,
      ...["payee", "payee-ledger", "payee-statement"]
    ),
    page("refunds", "/masspay/unallocated-refunds", "refunds"),
    page(
      "reconciliation",
      "/masspay/reconciliation",
      ...["discrepancies", "reconciliations"]
    ),
    page("papers", "/masspay/kyc-requests", "kyc-requests"),
    page("approvals", "/masspay/action-requests", "action-requests"),
    page("holds", "/masspay/holds", "holds"),
    page("notifications", "/masspay/notifications", "notifications"),
    page("messages", "/masspay/webhook-events", "webhooks"),
    page("go-live", "/masspay/go-live", "go-live"),
    page("settings", "/masspay/settings", "settings"),
    // Of Medusa's own page only what stands there of the plugin.
    {
      ...page("order", `/orders/${orders[0].id}`, "order-widget"),
      part: "masspay-order-widget",
    },
  ]
}

/** Whoever has something in most currencies shows most. */
function byRichness(one, other) {
  return other.balances.length - one.balances.length
}
