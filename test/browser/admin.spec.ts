import type { Browser, Locator, Page } from "playwright-core"

import type {
  AdminOrderSettlement,
  AdminOrderSettlementsResponse,
  AdminPayout,
} from "../../src/types/http"
import { describeBulk } from "./pages/bulk"
import { describeOverview } from "./pages/overview"
import { describePapersWanted } from "./pages/papers"
import { describePayout } from "./pages/payout"
import { describePreview } from "./pages/preview"
import { describeProposal } from "./pages/proposal"
import { graveIn } from "./support/axe"
import { logIn, openBrowser, openPage, takePicture } from "./support/browser"
import { type Demo, startDemo } from "./support/demo"
import { letTimePass, lockWhoSells, VENDOR } from "./support/papers"
import { Shop } from "./support/shop"
import type { Stage } from "./support/stage"

jest.setTimeout(10 * 60_000)

const SIGN: Record<string, string> = { USD: "$", EUR: "€" }
const PAGE_SIZE = 3
const UNTIL_MS = 5 * 60_000

const stage = {} as Stage
let demo: Demo
let browser: Browser
const toClose: (() => Promise<void>)[] = []
let page: Page
let orders: AdminOrderSettlementsResponse[]
let payouts: AdminPayout[]

beforeAll(async () => {
  demo = await startDemo()
  toClose.push(demo.stop)
  const shop = await Shop.open(demo)
  orders = await shop.settlements()
  payouts = await shop.payouts()
  browser = await openBrowser()
  toClose.push(() => browser.close())
  Object.assign(stage, { demo, browser, shop })
  page = await openPage(browser)
  await logIn(page, demo)
})

afterAll(async () => {
  for (const close of toClose.reverse()) await close()
})

describe("the order widget", () => {
  it("does not call a share paid that nobody has been paid", async () => {
    const { order_id, settlements } = orderWith(
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
    const { order_id } = orderWith(({ reason }) => reason === "not_captured")
    const widget = await openOrder(order_id)

    await seen(widget.getByText("Held"))
    await seen(widget.getByText("The customer's payment is not captured yet"))
    expect(await widget.getByTestId("masspay-settlement-payout").count()).toBe(
      0
    )
  })

  it("shows each vendor's share, that it is paid, and by which payout", async () => {
    const { order_id, settlements } = theCartOfThreeVendors()
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
    const { order_id, settlements } = theCartOfThreeVendors()
    const widget = await openOrder(order_id)
    const [settlement] = settlements

    await rowOf(widget, settlement)
      .getByRole("link", { name: /^Payout of/ })
      .click()

    await page.waitForURL(`**/masspay/payouts/${settlement?.payouts[0]?.id}`)
    await seen(page.getByTestId("masspay-payout"))
  })
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
    const done = payouts.filter(({ status }) => status === "completed")
    await openPayouts()
    await addFilter("Status", "In the vendor's wallet")
    await seen(resultsText(done.length))

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
})

describe("a payout's page", () => {
  it("shows its orders, what was asked of MassPay, and what happened", async () => {
    const { order_id, settlements } = theCartOfThreeVendors()
    const [settlement] = settlements
    const payout = settlement?.payouts[0]
    if (!settlement || !payout) throw new Error("The demo paid nobody")
    await page.goto(`${demo.shopUrl}/app/masspay/payouts/${payout.id}`)

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
    await page.goto(`${demo.shopUrl}/app/masspay/payouts/mspo_nobody`)

    await seen(page.getByText("There is no such payout"))
  })

  it("can be used on a telephone, and in the dark", async () => {
    const look = { colorScheme: "dark", width: 390, height: 844 } as const
    const telephone = await openPage(browser, look)
    await logIn(telephone, demo)
    await telephone.goto(`${demo.shopUrl}/app/masspay/payouts`)
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
    await telephone.context().close()
  })
})

describeOverview(stage)
describeBulk(stage)
describePayout(stage)
describeProposal(stage)
describePapersWanted(stage)
describePreview(stage)

describe("a vendor whom MassPay asks for papers", () => {
  it("is mailed the link, uploads on her phone, and is paid by nobody's hand", async () => {
    await lockWhoSells(demo)
    const phone = await openPage(browser, { width: 390, height: 844 })
    const link = phone
      .locator("article")
      .filter({ hasText: VENDOR.email })
      .filter({ hasText: "bank statement" })
      .getByRole("link")
      .first()
    await until("the mail with her link", async () => {
      await phone.goto(`${demo.shopUrl}/inbox`)
      return (await link.count()) > 0
    })
    await takePicture(phone, "inbox-phone")

    await link.click()
    await seen(phone.getByRole("heading", { name: /bank statement/i }))
    await phone.getByLabel("Photo or scan of the document").setInputFiles({
      name: "statement.png",
      mimeType: "image/png",
      buffer: Buffer.from("a scan"),
    })
    await takePicture(phone, "upload-phone")
    await phone.getByRole("button", { name: "Upload" }).click()

    const shop = await Shop.open(demo)
    const [blocked] = (await shop.payouts()).filter(
      ({ status, vendor_name }) =>
        status === "blocked" && vendor_name === VENDOR.name
    )
    expect(blocked).toBeDefined()
    await letTimePass()
    const hers = async () =>
      (await shop.payouts()).find(({ id }) => id === blocked?.id)
    await until(
      "her payout",
      async () => (await hers())?.status === "completed"
    )
    await page.goto(`${demo.shopUrl}/app/masspay/payouts/${blocked?.id}`)
    await seen(page.getByText("In the vendor's wallet").first())
    await takePicture(page, "payout-after-papers")
  })
})

/** Waits until it is on the screen. */
async function seen(locator: Locator): Promise<void> {
  await locator.waitFor({ state: "visible" })
}

function orderWith(
  matches: (settlement: AdminOrderSettlement) => boolean
): AdminOrderSettlementsResponse {
  const order = orders.find(({ settlements }) => settlements.some(matches))
  if (!order) throw new Error("The demo has no such order")
  return order
}

function theCartOfThreeVendors(): AdminOrderSettlementsResponse {
  const order = orders.find(({ settlements }) => settlements.length === 3)
  if (!order) throw new Error("The demo has no order of three vendors")
  return order
}

async function openOrder(order_id: string): Promise<Locator> {
  await page.goto(`${demo.shopUrl}/app/orders/${order_id}`)
  const widget = page.getByTestId("masspay-order-widget")
  await seen(widget.getByTestId("masspay-settlement").first())
  return widget
}

/** MassPay's list is given time to show a payment before it is made again: minutes. */
async function until(
  what: string,
  look: () => Promise<boolean>
): Promise<void> {
  const deadline = Date.now() + UNTIL_MS
  while (!(await look())) {
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

function rowOf(
  widget: Locator,
  settlement: AdminOrderSettlement | undefined
): Locator {
  const vendor = settlement?.vendor_name ?? settlement?.vendor_id ?? ""
  return widget.getByTestId("masspay-settlement").filter({ hasText: vendor })
}

async function openPayouts(search = ""): Promise<void> {
  await page.goto(`${demo.shopUrl}/app/masspay/payouts${search}`)
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

/** "-12.50" as "-$12.50"; the demo's amounts have no thousands. */
function money(
  amount: string | { amount: string; currency_code: string }
): string {
  const { amount: text, currency_code } =
    typeof amount === "string" ? { amount, currency_code: "USD" } : amount
  const sign = SIGN[currency_code] ?? currency_code
  return text.startsWith("-") ? `-${sign}${text.slice(1)}` : `${sign}${text}`
}
