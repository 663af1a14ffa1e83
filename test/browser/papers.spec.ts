import type { Page } from "playwright-core"

import type { AdminKycRequestListResponse } from "../../src/types/http-kyc"
import type { AdminNotificationListResponse } from "../../src/types/http-notifications"
import { openPage, openWindow, takePicture } from "./support/browser"
import { letTimePass, lockWhoSells, VENDOR } from "./support/papers"
import {
  dialogOf,
  open,
  openStage,
  seen,
  signedIn,
  until,
} from "./support/stage"
import { traces } from "./support/traces"

/** Something by which a link is known; it leads to the local MassPay. */
const LINK = /^https?:\/\/\S{12,}$/

const stage = openStage()
let page: Page

beforeAll(async () => {
  page = await signedIn(stage)
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"], {
    origin: stage.demo.shopUrl,
  })
  await lockWhoSells(stage.demo)
})

/** In the order in which it happens to her. */
describe("a vendor whom MassPay asks for papers", () => {
  it("has a link that is copied, and leaves no trace but on the clipboard", async () => {
    const request = await openRequest()
    await open(stage, page, `/masspay/payees/${request.payee_id}`)
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
        await stage.shop.read<AdminNotificationListResponse>(
          `notifications?q=${request.id}&audience=vendor&limit=100`
        )
      ).count
    const before = await mails()
    await open(stage, page, "/masspay/kyc-requests")
    await page
      .getByRole("button", { name: `Mail again to ${VENDOR.name}` })
      .first()
      .click()
    await dialogOf(page).getByLabel("Reason").fill("The vendor lost the mail")
    await dialogOf(page).getByRole("button", { name: "Mail again" }).dblclick()

    await until("one mail more", async () => (await mails()) === before + 1)
    await dialogOf(page).waitFor({ state: "detached" })
    expect(await mails()).toBe(before + 1)
  })

  it("is mailed the link, uploads on her phone, and is paid by nobody's hand", async () => {
    const phone = await openPage(await openWindow(stage.browser), {
      width: 390,
      height: 844,
    })
    const link = phone
      .locator("article")
      .filter({ hasText: VENDOR.email })
      .filter({ hasText: "bank statement" })
      .getByRole("link")
      .first()
    await until("the mail with her link", async () => {
      await phone.goto(`${stage.demo.shopUrl}/inbox`)
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

    const [blocked] = (await stage.shop.payouts()).filter(
      ({ status, vendor_name }) =>
        status === "blocked" && vendor_name === VENDOR.name
    )
    expect(blocked).toBeDefined()
    await phone.getByRole("button", { name: "Upload" }).click()
    await letTimePass()
    const hers = async () =>
      (await stage.shop.payouts()).find(({ id }) => id === blocked?.id)
    await until(
      "her payout",
      async () => (await hers())?.status === "completed"
    )
    await open(stage, page, `/masspay/payouts/${blocked?.id}`)
    await seen(page.getByText("In the vendor's wallet").first())
    await takePicture(page, "payout-after-papers")
  })
})

/** The request for papers that stands in her way. */
async function openRequest() {
  return until("a request for papers", async () => {
    const { kyc_requests } = await stage.shop.read<AdminKycRequestListResponse>(
      `kyc-requests?state=open&q=${encodeURIComponent(VENDOR.name)}`
    )
    return kyc_requests.find(({ link }) => link === "available")
  })
}
