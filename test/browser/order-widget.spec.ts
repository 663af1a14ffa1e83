import type { Locator, Page } from "playwright-core"

import type {
  AdminOrderSettlement,
  AdminOrderSettlementsResponse,
} from "../../src/types/http"
import { answer } from "./support/answers"
import { graveIn } from "./support/axe"
import { takePicture } from "./support/browser"
import { money, orderWith, theCartOfThreeVendors } from "./support/orders"
import { open, openStage, seen, signedIn, withPage } from "./support/stage"

const ORDER = /\/admin\/masspay\/orders\//

const stage = openStage()
let page: Page
let orders: AdminOrderSettlementsResponse[]

beforeAll(async () => {
  orders = await stage.shop.settlements()
  page = await signedIn(stage)
})

describe("the order widget", () => {
  it("does not call a share paid that nobody has been paid", async () => {
    const { order_id, settlements } = orderWith(
      orders,
      ({ state, reason }) => state === "open" && reason === "not_linked"
    )
    const widget = await openOrder(order_id)

    const row = rowOf(widget, settlements[0])
    await seen(row.getByText("Not paid yet"))
    await seen(row.getByText("The vendor has no MassPay user yet"))
    expect(await row.getByText("Paid", { exact: true }).count()).toBe(0)
    expect(await row.getByTestId("masspay-settlement-payout").count()).toBe(0)
  })

  it("says why a share is held while nothing is booked", async () => {
    const { order_id } = orderWith(
      orders,
      ({ reason }) => reason === "not_captured"
    )
    const widget = await openOrder(order_id)

    await seen(widget.getByText("Held"))
    await seen(widget.getByText("The customer's payment is not captured yet"))
    expect(await widget.getByTestId("masspay-settlement-payout").count()).toBe(
      0
    )
  })

  it("shows each vendor's share, that it is paid, and by which payout", async () => {
    const { order_id, settlements } = theCartOfThreeVendors(orders)
    const widget = await openOrder(order_id)

    await seen(widget.getByText("3 of 3 vendors paid"))
    for (const settlement of settlements) {
      const row = rowOf(widget, settlement)
      await seen(row.getByText("Paid", { exact: true }))
      await seen(row.getByText(money(settlement.net)).first())
      await seen(row.getByText(money(`-${settlement.commission}`)))
      await seen(row.getByText("In the vendor's wallet"))
      expect(
        await row.getByRole("link", { name: /^Payout of/ }).getAttribute("href")
      ).toBe(`/app/masspay/payouts/${settlement.payouts[0]?.id}`)
    }
    await widget.scrollIntoViewIfNeeded()
    expect(await graveIn(widget)).toEqual([])
    await takePicture(widget, "order-widget")
  })

  it("leads from a share to the payout that paid it", async () => {
    const { order_id, settlements } = theCartOfThreeVendors(orders)
    const widget = await openOrder(order_id)
    const [settlement] = settlements

    await rowOf(widget, settlement)
      .getByRole("link", { name: /^Payout of/ })
      .click()

    await page.waitForURL(`**/masspay/payouts/${settlement?.payouts[0]?.id}`)
    await seen(page.getByTestId("masspay-payout"))
  })
})

describe("the order of a vendor whose papers are missing", () => {
  it("says so and leads to her, and has no link to her papers", () =>
    withPage(stage, async (page) => {
      const [given] = (await stage.shop.settlements()).filter(
        ({ settlements }) => settlements.length === 1
      )
      const [share] = given?.settlements ?? []
      if (!given || !share) throw new Error("The demo has no such order")
      const answered: AdminOrderSettlementsResponse = {
        ...given,
        settlements: [{ ...share, state: "open", reason: "kyc", payouts: [] }],
      }
      await answer(page, ORDER, () => ({ json: answered }))
      await open(stage, page, `/orders/${given.order_id}`)

      const papers = page.getByTestId("masspay-papers-wanted")
      await seen(
        papers.getByText(`MassPay wants papers from ${share.vendor_name}`)
      )
      const links = await page
        .getByTestId("masspay-order-widget")
        .getByRole("link")
        .evaluateAll((found) => found.map((link) => link.getAttribute("href")))
      expect(links).toContain(`/app/masspay/payees?q=${share.vendor_id}`)
      expect(links.every((link) => link?.startsWith("/app/"))).toBe(true)
      expect(page.url()).not.toMatch(/kyc|veriff|au10tix|upload/i)
      expect(await graveIn(page.getByTestId("masspay-order-widget"))).toEqual(
        []
      )
      await takePicture(papers, "order-papers")
    }))
})

async function openOrder(order_id: string): Promise<Locator> {
  await open(stage, page, `/orders/${order_id}`)
  const widget = page.getByTestId("masspay-order-widget")
  await seen(widget.getByTestId("masspay-settlement").first())
  return widget
}

function rowOf(
  widget: Locator,
  settlement: AdminOrderSettlement | undefined
): Locator {
  const vendor = settlement?.vendor_name ?? settlement?.vendor_id ?? ""
  return widget.getByTestId("masspay-settlement").filter({ hasText: vendor })
}
