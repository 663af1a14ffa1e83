import type { Page } from "playwright-core"

import type { AdminOrderSettlementsResponse } from "../../src/types/http"
import { graveIn } from "./support/axe"
import { takePicture } from "./support/browser"
import { money, theCartOfThreeVendors } from "./support/orders"
import { open, openStage, seen, signedIn } from "./support/stage"

const stage = openStage()
let page: Page
let orders: AdminOrderSettlementsResponse[]

beforeAll(async () => {
  orders = await stage.shop.settlements()
  page = await signedIn(stage)
})

describe("a payout's page", () => {
  it("shows its orders, what was asked of MassPay, and what happened", async () => {
    const { order_id, settlements } = theCartOfThreeVendors(orders)
    const [settlement] = settlements
    const payout = settlement?.payouts[0]
    if (!settlement || !payout) throw new Error("The demo paid nobody")
    await open(stage, page, `/masspay/payouts/${payout.id}`)

    const general = page.getByTestId("masspay-payout")
    await seen(general.getByText(`To ${settlement.vendor_name}`))
    await seen(general.getByText(money(payout)))
    await seen(
      general.getByText("MassPay confirms that the money is in the vendor's")
    )
    const links = page.getByTestId("masspay-items").getByRole("link")
    const targets = await links.evaluateAll((found) =>
      found.map((link) => link.getAttribute("href"))
    )
    expect(targets).toContain(`/app/orders/${settlement.order_id || order_id}`)

    const operations = page.getByTestId("masspay-operations")
    await seen(operations.getByText("Load of the vendor's wallet"))
    await seen(operations.getByText("Proven executed"))
    await seen(operations.getByText(/^mpl[a-z0-9]{46}$/))
    await seen(operations.getByRole("button", { name: "Copy Our id" }))

    const steps = page.getByTestId("masspay-timeline").getByRole("listitem")
    await seen(
      steps.first().getByText("In the vendor's wallet", { exact: true })
    )
    await seen(steps.filter({ hasText: "Request 1 to MassPay" }))
    await seen(steps.last().getByText("Ready to send"))
    expect(await graveIn(page.locator("main"))).toEqual([])
    await takePicture(page, "payout")
  })

  it("says that there is no such payout instead of failing", async () => {
    await open(stage, page, `/masspay/payouts/mspo_nobody`)

    await seen(page.getByText("There is no such payout"))
  })
})
