import type { Locator, Page } from "playwright-core"

import type { AdminPayout } from "../../src/types/http"
import { graveIn } from "./support/axe"
import { takePicture } from "./support/browser"
import { money } from "./support/orders"
import { open, openStage, seen, signedIn, until } from "./support/stage"

const PAGE_SIZE = 3

const stage = openStage()
let page: Page
let payouts: AdminPayout[]

beforeAll(async () => {
  page = await signedIn(stage)
  await open(stage, page, "/orders")
})
// The demo goes on meanwhile: there may be one more than for the last test.
beforeEach(async () => {
  payouts = await stage.shop.payouts()
})

describe("the list of payouts", () => {
  it("is reached from the menu and shows every payout's vendor, amount and state", async () => {
    const menu = page.getByRole("navigation")
    await menu.getByRole("link", { name: "MassPay", exact: true }).click()
    await menu.getByRole("link", { name: "Payouts", exact: true }).click()
    await page.waitForURL("**/app/masspay/payouts")

    await seen(resultsText(payouts.length))
    for (const payout of payouts) {
      await seen(
        rows()
          .filter({ hasText: payout.vendor_name ?? payout.vendor_id })
          .filter({ hasText: money(payout) })
          .first()
      )
    }
    expect(await graveIn(page.locator("main"))).toEqual([])
    await takePicture(page, "payouts")
  })

  it("shows no payout on two pages, and finds its page again after a reload", async () => {
    await openPayouts(`?limit=${PAGE_SIZE}`)
    await seen(page.getByText(`1 of ${pagesOf(payouts.length)} pages`))
    const first = await shownIds()
    await page.getByRole("button", { name: "Next" }).click()
    await page.waitForURL((url) => url.searchParams.get("offset") === "3")
    await seen(page.getByText(`2 of ${pagesOf(payouts.length)} pages`))
    await idle()
    const second = await shownIds()

    expect(first).toHaveLength(PAGE_SIZE)
    expect(first.filter((id) => second.includes(id))).toEqual([])

    await page.reload()
    await seen(page.getByText(`2 of ${pagesOf(payouts.length)} pages`))
    await idle()
    expect(await shownIds()).toEqual(second)
  })

  it("shows only the chosen vendor's payouts", async () => {
    const vendor_name = "Kikapu Baskets"
    const hers = payouts.filter((payout) => payout.vendor_name === vendor_name)
    await openPayouts()

    await addFilter("Vendor", vendor_name)

    await seen(resultsText(hers.length))
    await idle()
    expect((await shownIds()).sort()).toEqual(hers.map(({ id }) => id).sort())
    expect(new URL(page.url()).searchParams.get("vendor_id")).toBe(
      JSON.stringify([hers[0]?.vendor_id])
    )
  })

  it("shows only payouts of the chosen status, and says so when there are none", async () => {
    await openPayouts()
    await addFilter("Status", "Completed by MassPay")
    await page.waitForURL((url) => url.searchParams.has("status"))
    await until("all completed payouts, and none else", async () => {
      // MassPay may complete one more meanwhile.
      const now = await stage.shop.payouts()
      const done = now.filter(({ status }) => status === "completed")
      await openPayouts(new URL(page.url()).search)
      return resultsText(done.length).isVisible()
    })

    await openPayouts(`?status=${JSON.stringify(["reversed"])}`)
    await seen(page.getByText("No payout matches"))
  })

  it("unfolds what is not paid yet, and why", async () => {
    await openPayouts()
    const section = page.getByTestId("masspay-not-paid")
    await section.getByRole("button", { name: /Not paid yet/ }).click()

    const row = section
      .getByRole("listitem")
      .filter({ hasText: "Harbour Prints" })
    await seen(row.getByText("The vendor has no MassPay user yet"))
    await takePicture(page, "payouts-not-paid")
  })

  it("opens a payout by a click on its row, and by the keyboard", async () => {
    await openPayouts()
    const row = rows().first()
    const [id] = await shownIds()
    await row.getByRole("cell").nth(2).click()
    await page.waitForURL(`**/masspay/payouts/${id}`)

    await page.goBack()
    await seen(page.getByTestId("masspay-payouts"))
    await row.getByRole("link").focus()
    await page.keyboard.press("Enter")
    await page.waitForURL(`**/masspay/payouts/${id}`)
  })

  it("can be used on a telephone, and in the dark", async () => {
    const look = { colorScheme: "dark", width: 390, height: 844 } as const
    const telephone = await signedIn(stage, look)
    await open(stage, telephone, "/masspay/payouts")
    await telephone
      .getByTestId("masspay-payouts")
      .getByRole("row")
      .nth(1)
      .waitFor()
    await takePicture(telephone, "payouts-telephone")

    const sideways = await telephone.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth
    )
    expect(sideways).toBeLessThanOrEqual(0)
    await telephone.close()
  })
})

async function openPayouts(search = ""): Promise<void> {
  await open(stage, page, `/masspay/payouts${search}`)
  await seen(page.getByTestId("masspay-payouts"))
  await idle()
}

/** Waits until the table shows what was asked for last. */
async function idle(): Promise<void> {
  await page
    .locator("[data-testid=masspay-payouts][aria-busy=false]")
    .waitFor({ state: "visible" })
}

/** The table's rows without its head. */
function rows(): Locator {
  return page.getByTestId("masspay-payouts").locator("tbody tr")
}

async function shownIds(): Promise<string[]> {
  const links = await rows()
    .locator("a")
    .evaluateAll((found) => found.map((link) => link.getAttribute("href")))
  return links.map((href) => href?.split("/").pop() ?? "")
}

async function addFilter(label: string, option: string): Promise<void> {
  const table = page.getByTestId("masspay-payouts")
  await table.getByRole("button").filter({ hasText: /^$/ }).first().click()
  await page.getByRole("menuitem", { name: label }).click()
  await page.getByRole("button", { name: option }).click()
  await page.keyboard.press("Escape")
}

function resultsText(count: number): Locator {
  return page
    .getByTestId("masspay-payouts")
    .getByText(new RegExp(`of ${count} results`))
}

function pagesOf(count: number): number {
  return Math.ceil(count / PAGE_SIZE)
}
