import type { Browser, BrowserContext, Locator, Page } from "playwright-core"

import { sum } from "../../src/admin/lib/decimal"
import type { AdminPayeeListResponse } from "../../src/types/http"
import type { AdminKycRequestListResponse } from "../../src/types/http-kyc"
import type { AdminNotificationListResponse } from "../../src/types/http-notifications"
import type { AdminUnallocatedRefundListResponse } from "../../src/types/http-refunds"
import type { AdminLedgerResponse } from "../../src/types/http-statements"
import { logIn, openBrowser, openPage } from "./support/browser"
import { type Demo, startDemo } from "./support/demo"
import { lockWhoSells, VENDOR } from "./support/papers"
import { Shop } from "./support/shop"

jest.setTimeout(10 * 60_000)

const UNTIL_MS = 3 * 60_000
/** Something by which a link is known; it leads to the local MassPay. */
const LINK = /^https?:\/\/\S{12,}$/

type Payee = AdminPayeeListResponse["payees"][number]

let demo: Demo
let browser: Browser
let shop: Shop
let page: Page
let context: BrowserContext
const toClose: (() => Promise<void>)[] = []

beforeAll(async () => {
  demo = await startDemo()
  toClose.push(demo.stop)
  shop = await Shop.open(demo)
  browser = await openBrowser()
  toClose.push(() => browser.close())
  page = await openPage(browser)
  context = page.context()
  await context.grantPermissions(["clipboard-read", "clipboard-write"], {
    origin: demo.shopUrl,
  })
  await logIn(page, demo)
})

afterAll(async () => {
  for (const close of toClose.reverse()) await close()
})

describe("the list of vendors", () => {
  it("is reached from the menu, and says what each has and lacks", async () => {
    const menu = page.getByRole("navigation")
    await menu.getByRole("link", { name: "MassPay", exact: true }).click()
    await menu.getByRole("link", { name: "Vendors", exact: true }).click()
    await page.waitForURL("**/app/masspay/payees")
    const list = page.getByTestId("masspay-payees")

    const tiny = await payeeCalled("Tiny Press")
    const row = list.locator("tbody tr").filter({ hasText: "Tiny Press" })
    await seen(row.getByText("Active at MassPay"))
    await seen(row.getByText(`$${openIn(tiny, "USD")} USD`).last())
    const unlinked = list
      .locator("tbody tr")
      .filter({ hasText: "Harbour Prints" })
    await seen(unlinked.getByText("No MassPay user"))
  })

  it("keeps its filter and its order in the address, over a reload", async () => {
    await open(
      `payees?${new URLSearchParams({ currency_code: '"USD"', order: "-open" })}`
    )
    const names = async () =>
      page
        .getByTestId("masspay-payees")
        .locator("tbody tr td:first-child a")
        .allTextContents()
    await seen(page.getByTestId("masspay-payees").locator("tbody tr").first())
    const { payees } = await shop.read<AdminPayeeListResponse>(
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
    await open("payees")
    const link = page
      .getByTestId("masspay-payees")
      .getByRole("link", { name: "Kikapu Baskets" })
    await link.focus()
    await page.keyboard.press("Enter")
    await page.waitForURL(/\/masspay\/payees\/mspye_/)
    await seen(page.getByRole("heading", { name: "Kikapu Baskets" }))
  })
})

describe("one vendor", () => {
  it("is paused with a reason, however often somebody clicks, and resumed", async () => {
    const payee = await payeeCalled("Tiny Press")
    await open(`payees/${payee.id}`)
    const asked: string[] = []
    const listen = (request: { url: () => string; method: () => string }) => {
      if (request.method() === "POST") asked.push(request.url())
    }
    page.on("request", listen)

    await choose("Pause payouts")
    const confirm = dialog().getByRole("button", { name: "Pause payouts" })
    expect(await confirm.isDisabled()).toBe(true)
    await dialog()
      .getByLabel("Reason")
      .fill("The bank account is being checked")
    await confirm.dblclick()

    await seen(page.getByText("The bank account is being checked").first())
    page.off("request", listen)
    expect(asked.filter((url) => url.endsWith("/pause"))).toHaveLength(1)
    expect((await payeeCalled("Tiny Press")).is_paused).toBe(true)

    await choose("Resume payouts")
    await dialog().getByLabel("Reason").fill("It is in order")
    await dialog().getByRole("button", { name: "Resume payouts" }).click()
    await until(
      "the vendor to be resumed",
      async () => !(await payeeCalled("Tiny Press")).is_paused
    )
    await seen(page.getByText("It is in order").first())
  })

  it("shows what an adjustment does before it is booked, and books that", async () => {
    const payee = await payeeCalled("Tiny Press")
    const before = openIn(payee, "USD")
    const after = sum([before, "-1.50"])
    await open(`payees/${payee.id}`)
    await seen(page.getByText(`$${before} USD open`))

    await choose("Adjust the balance")
    const confirm = dialog().getByRole("button", { name: "Book it" })
    await dialog().getByLabel("The vendor gets less").click()
    await dialog().getByLabel("Amount").fill("1,50")
    await dialog().getByLabel("Currency").fill("USD")
    await dialog().getByLabel("Reason").fill("Postage that we paid")
    await seen(dialog().getByText("1.50 USD are taken from what she is owed."))
    expect(openIn(await payeeCalled("Tiny Press"), "USD")).toBe(before)
    await confirm.dblclick()

    await seen(page.getByText(`$${after} USD open`))
    expect(openIn(await payeeCalled("Tiny Press"), "USD")).toBe(after)
    const { entries } = await shop.read<AdminLedgerResponse>(
      `payees/${payee.id}/ledger?kind=adjustment&limit=1`
    )
    expect(entries).toMatchObject([
      { amount: "-1.50", currency_code: "USD", reason: "Postage that we paid" },
    ])
    await seen(
      page
        .getByTestId("masspay-payee-ledger")
        .getByText("Postage that we paid")
        .first()
    )
  })

  it("takes no amount that is none", async () => {
    const payee = await payeeCalled("Tiny Press")
    await open(`payees/${payee.id}`)
    await choose("Adjust the balance")
    await dialog().getByLabel("Amount").fill("1.000,00")
    await dialog().getByLabel("Reason").fill("A slip of the hand")

    await seen(dialog().getByText("Type how much, for example 12.50."))
    expect(
      await dialog().getByRole("button", { name: "Book it" }).isDisabled()
    ).toBe(true)
    await page.keyboard.press("Escape")
  })

  it("gives her statement as a file with the server's name", async () => {
    const payee = await payeeCalled("Kikapu Baskets")
    await open(`payees/${payee.id}`)
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "For a spreadsheet (CSV)" }).click(),
    ])

    expect(file.suggestedFilename()).toMatch(
      new RegExp(`^statement-${payee.vendor_id}-[A-Z]{3}-.*\\.csv$`)
    )
  })

  it("keeps nothing of a profile that MassPay did not take", async () => {
    const payee = await payeeCalled("Kikapu Baskets")
    await open(`payees/${payee.id}`)
    await choose("Pass facts on to MassPay")
    const form = page.getByTestId("masspay-profile")
    await form.getByLabel("City").fill("Canaryville")
    expect(await form.locator("form").getAttribute("autocomplete")).toBe("off")
    await form.getByRole("button", { name: "Send to MassPay" }).click()

    await seen(form.getByText("MassPay did not take it"))
    expect(await form.getByLabel("City").inputValue()).toBe("")
    expect(await traces(page)).not.toContain("Canaryville")
    await page.keyboard.press("Escape")
  })
})

describe("papers that MassPay wants", () => {
  beforeAll(() => lockWhoSells(demo))

  it("has a link that is copied, and leaves no trace but on the clipboard", async () => {
    const request = await openRequest()
    await open(`payees/${request.payee_id}`)
    const copy = page
      .getByTestId("masspay-payee-kyc")
      .getByRole("button", { name: `Copy link for ${VENDOR.name}` })
    await seen(copy)
    const seenAddresses: string[] = []
    page.on("framenavigated", (frame) => seenAddresses.push(frame.url()))
    const lines: string[] = []
    page.on("console", (line) => lines.push(line.text()))
    const before = page.url()
    const length = await page.evaluate(() => history.length)

    await copy.click()
    await seen(page.getByText("The link is on your clipboard"))

    const link = await page.evaluate(() => navigator.clipboard.readText())
    expect(link).toMatch(LINK)
    expect(page.url()).toBe(before)
    expect(seenAddresses.filter((address) => address !== before)).toEqual([])
    expect(await page.evaluate(() => history.length)).toBe(length)
    expect(await traces(page)).not.toContain(link)
    expect(lines.join("\n")).not.toContain(link)
    await page.evaluate(() => navigator.clipboard.writeText(""))
  })

  it("is mailed again, once for two clicks", async () => {
    const request = await openRequest()
    const mails = async () =>
      (
        await shop.read<AdminNotificationListResponse>(
          `notifications?q=${request.id}&audience=vendor&limit=100`
        )
      ).count
    const before = await mails()
    await open("kyc-requests")
    await page
      .getByRole("button", { name: `Mail again to ${VENDOR.name}` })
      .first()
      .click()
    await dialog().getByLabel("Reason").fill("The vendor lost the mail")
    await dialog().getByRole("button", { name: "Mail again" }).dblclick()

    await until("one mail more", async () => (await mails()) === before + 1)
    await dialog().waitFor({ state: "detached" })
    expect(await mails()).toBe(before + 1)
  })
})

describe("refunds to allocate", () => {
  it("takes only what adds up, and then asks no more", async () => {
    const list = () =>
      shop.read<AdminUnallocatedRefundListResponse>("unallocated-refunds")
    const { unallocated_refunds: refunds, count } = await list()
    expect(count).toBeGreaterThan(0)
    await open("unallocated-refunds")
    await page.getByRole("button", { name: "Allocate" }).first().click()
    const confirm = dialog().getByRole("button", { name: "Allocate" })
    await dialog().getByLabel("Reason").fill("The bowl was chipped")
    const first = dialog().locator("input").first()
    const suggested = await first.inputValue()

    await first.fill("999.00")
    await seen(dialog().getByText("It does not add up yet"))
    expect(await confirm.isDisabled()).toBe(true)
    await first.fill(suggested)
    await seen(dialog().getByText("What changes"))
    await confirm.click()

    await until(
      "one refund less",
      async () => (await list()).count === count - 1
    )
    const left = (await list()).unallocated_refunds.map(({ id }) => id)
    expect(left).not.toContain(refunds[0]?.id)
  })
})

describe("the other pages", () => {
  it.each([
    ["action-requests", "masspay-action-requests", "Pause payouts"],
    ["holds", "masspay-holds", "Dispute"],
    ["notifications", "masspay-notifications", "Handed over"],
    ["webhook-events", "masspay-webhooks", "Applied"],
  ])("%s lists what there is", async (path, testId, text) => {
    await open(path)
    await seen(page.getByTestId(testId).getByText(text).first())
  })

  it("says which secrets are set, and shows none", async () => {
    await open("settings")
    await seen(page.getByText("webhooks.secrets"))
    const text = await page.getByTestId("masspay-settings").innerText()
    expect(text).toContain("payouts.minimum.USD")
    expect(text).not.toContain("masspay-demo-webhook-secret")
  })

  it.each([
    [500, "Something went wrong on the server"],
    [401, "You are signed out"],
    [403, "You may not see this"],
  ])("says in words what an answer of %i means", async (status, words) => {
    await page.route("**/admin/masspay/payees?*", (route) =>
      route.fulfill({
        status,
        contentType: "application/json",
        body: JSON.stringify({
          type: "unknown_error",
          message: "TypeError: x is not a function\n    at payees.ts:12:3",
        }),
      })
    )
    await open("payees")
    const alert = page.getByTestId("masspay-payees").getByRole("alert")
    await seen(alert)
    expect(await alert.innerText()).toContain(words)
    expect(await alert.innerText()).not.toMatch(/TypeError|payees\.ts/)
    await page.unroute("**/admin/masspay/payees?*")
  })
})

async function open(path: string): Promise<void> {
  await page.goto(`${demo.shopUrl}/app/masspay/${path}`)
}

async function choose(name: string): Promise<void> {
  await page
    .getByRole("button", { name: "What can be done about this vendor" })
    .click()
  await page.getByRole("menuitem", { name }).click()
}

function dialog(): Locator {
  return page.getByTestId("masspay-action-dialog")
}

async function payeeCalled(name: string): Promise<Payee> {
  const { payees } = await shop.read<AdminPayeeListResponse>(
    `payees?q=${encodeURIComponent(name)}`
  )
  const [payee] = payees
  if (!payee) throw new Error(`There is no vendor called ${name}`)
  return payee
}

/** What is in no payout, major units. */
function openIn({ balances }: Payee, currency_code: string): string {
  return (
    balances.find((balance) => balance.currency_code === currency_code)?.open ??
    "0.00"
  )
}

/** The request for papers that stands in her way. */
async function openRequest() {
  return until("a request for papers", async () => {
    const { kyc_requests } = await shop.read<AdminKycRequestListResponse>(
      `kyc-requests?state=open&q=${encodeURIComponent(VENDOR.name)}`
    )
    return kyc_requests.find(({ link }) => link === "available")
  })
}

/** Everything a page keeps: its text, its address, its stores, and what the router has of it. */
async function traces(on: Page): Promise<string> {
  return on.evaluate(() =>
    [
      document.documentElement.outerHTML,
      location.href,
      JSON.stringify(history.state),
      JSON.stringify(Object.entries(localStorage)),
      JSON.stringify(Object.entries(sessionStorage)),
      document.cookie,
    ].join("\n")
  )
}

async function seen(locator: Locator): Promise<void> {
  await locator.waitFor({ state: "visible" })
}

async function until<Value>(
  what: string,
  look: () => Promise<Value | null | undefined | false>
): Promise<Value> {
  const ends = Date.now() + UNTIL_MS
  for (;;) {
    const value = await look()
    if (value) return value
    if (Date.now() > ends) throw new Error(`Still waiting for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}
