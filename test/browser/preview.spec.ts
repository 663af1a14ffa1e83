import { watchPosts } from "./support/answers"
import { graveIn } from "./support/axe"
import { takePicture } from "./support/browser"
import { open, openStage, seen, withPage } from "./support/stage"

const PAY_NOW = /\/admin\/masspay\/payouts$/
/** Of the demo: she sold a postcard, less than the smallest payout. */
const SMALL = "Tiny Press"

const stage = openStage()

describe("the next payouts", () => {
  it("say of each vendor why she is not paid, and whom to pay now", () =>
    withPage(stage, async (page) => {
      await open(stage, page, "/masspay/preview")
      const rows = page.getByTestId("masspay-preview").getByRole("row")
      const harbour = rows.filter({ hasText: "Harbour Prints" })
      await seen(harbour.getByText(/The vendor has no MassPay user yet/))
      // The server would refuse it.
      expect(
        await harbour.getByRole("button", { name: /Pay now/ }).count()
      ).toBe(0)
      await seen(
        rows
          .filter({ hasText: SMALL })
          .getByRole("button", { name: `Pay now: ${SMALL}` })
      )
      await seen(page.getByTestId("masspay-preview-totals").getByText(/USD ·/))
      expect(await graveIn(page.locator("main"))).toEqual([])
      await takePicture(page, "preview")
    }))

  it("pay a vendor now: first said, then done once", () =>
    withPage(stage, async (page) => {
      const posts = watchPosts(page, PAY_NOW)
      const before = (await stage.shop.payouts()).length
      await open(stage, page, "/masspay/preview")
      await page.getByRole("button", { name: `Pay now: ${SMALL}` }).click()
      const dialog = page.getByTestId("masspay-action-dialog")
      await seen(dialog.getByText("Is paid", { exact: true }))
      await seen(dialog.getByText("sent with the next run"))

      // Without the exception the dry run finds nothing to confirm.
      const confirm = dialog.getByRole("button", { name: "Pay now" })
      await dialog.getByLabel("Reason").fill("She needs it")
      await dialog.getByRole("checkbox").click()
      await seen(dialog.getByText("Nothing would be paid"))
      expect(await confirm.isDisabled()).toBe(true)

      await dialog.getByRole("checkbox").click()
      await seen(dialog.getByText("Is paid", { exact: true }))
      expect(await graveIn(dialog)).toEqual([])
      await takePicture(page, "pay-now")
      await confirm.dblclick()
      await dialog.waitFor({ state: "detached" })

      expect(posts).toHaveLength(1)
      const after = await stage.shop.payouts()
      expect(after).toHaveLength(before + 1)
      expect(
        after.filter(
          ({ vendor_name, currency_code }) =>
            vendor_name === SMALL && currency_code === "USD"
        )
      ).toHaveLength(1)
    }))
})

describe("the command palette", () => {
  it("leads to the plugin's pages", () =>
    withPage(stage, async (page) => {
      await open(stage, page, "/orders")
      await seen(page.getByRole("heading", { name: "Orders" }).first())
      await page.keyboard.press("Control+k")
      await page.getByRole("combobox").fill("next payouts")
      await page.getByRole("option", { name: /next payouts/i }).click()
      await page.waitForURL("**/app/masspay/preview")
    }))
})
