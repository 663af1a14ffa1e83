import type { Page } from "playwright-core"

import type { AdminPayeeListResponse } from "../../src/types/http"
import { open, openStage, seen, signedIn, until } from "./support/stage"
import { openIn } from "./support/vendors"

const stage = openStage()
let page: Page

beforeAll(async () => {
  page = await signedIn(stage)
  await open(stage, page, "/orders")
})

describe("the list of vendors", () => {
  it("is reached from the menu, and says what each has and lacks", async () => {
    const menu = page.getByRole("navigation")
    await menu.getByRole("link", { name: "MassPay", exact: true }).click()
    await menu.getByRole("link", { name: "Vendors", exact: true }).click()
    await page.waitForURL("**/app/masspay/payees")
    const list = page.getByTestId("masspay-payees")

    await seen(
      list
        .locator("tbody tr")
        .filter({ hasText: "Tiny Press" })
        .getByText("Active at MassPay")
    )
    // Nobody can pay this one, whatever happens in the demo.
    const owed = await stage.shop.payee("Harbour Prints")
    const unlinked = list
      .locator("tbody tr")
      .filter({ hasText: "Harbour Prints" })
    await seen(unlinked.getByText("No MassPay user"))
    await seen(unlinked.getByText(`$${openIn(owed, "USD")} USD`).last())
  })

  it("keeps its filter and its order in the address, over a reload", async () => {
    await open(
      stage,
      page,
      `/masspay/payees?${new URLSearchParams({ currency_code: '"USD"', order: "-open" })}`
    )
    const names = async () =>
      page
        .getByTestId("masspay-payees")
        .locator("tbody tr td:first-child a")
        .allTextContents()
    await seen(page.getByTestId("masspay-payees").locator("tbody tr").first())
    const { payees } = await stage.shop.read<AdminPayeeListResponse>(
      "payees?currency_code=usd&order=-open"
    )
    const expected = payees.map(({ name, vendor_id }) => name ?? vendor_id)
    await until(
      "the order by amount",
      async () => (await names()).join() === expected.join()
    )
    expect(expected.length).toBeGreaterThan(2)

    await page.reload()
    await until(
      "the same after a reload",
      async () => (await names()).join() === expected.join()
    )
  })

  it("leads to the vendor with the keyboard alone", async () => {
    await open(stage, page, "/masspay/payees")
    const link = page
      .getByTestId("masspay-payees")
      .getByRole("link", { name: "Kikapu Baskets" })
    await link.focus()
    await page.keyboard.press("Enter")
    await page.waitForURL(/\/masspay\/payees\/mspye_/)
    await seen(page.getByRole("heading", { name: "Kikapu Baskets" }))
  })
})
