import type { AdminOrderSettlementsResponse } from "../../../src/types/http"
import { answer } from "../support/answers"
import { graveIn } from "../support/axe"
import { takePicture } from "../support/browser"
import { open, seen, type Stage, withPage } from "../support/stage"

const ORDER = /\/admin\/masspay\/orders\//

export function describePapersWanted(stage: Stage): void {
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
          settlements: [
            { ...share, state: "open", reason: "kyc", payouts: [] },
          ],
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
          .evaluateAll((found) =>
            found.map((link) => link.getAttribute("href"))
          )
        expect(links).toContain(`/app/masspay/payees?q=${share.vendor_id}`)
        expect(links.every((link) => link?.startsWith("/app/"))).toBe(true)
        expect(page.url()).not.toMatch(/kyc|veriff|au10tix|upload/i)
        expect(await graveIn(page.getByTestId("masspay-order-widget"))).toEqual(
          []
        )
        await takePicture(papers, "order-papers")
      }))
  })
}
