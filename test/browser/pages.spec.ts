import type { Page } from "playwright-core"

import { open, openStage, seen, signedIn } from "./support/stage"

const stage = openStage()
let page: Page

beforeAll(async () => {
  page = await signedIn(stage)
  await open(stage, page, "/orders")
})

describe("the other pages", () => {
  it.each([
    ["action-requests", "masspay-action-requests", "Pause payouts"],
    ["holds", "masspay-holds", "Dispute"],
    ["notifications", "masspay-notifications", "Handed over"],
    ["webhook-events", "masspay-webhooks", "Applied"],
  ])("%s lists what there is", async (path, testId, text) => {
    await open(stage, page, `/masspay/${path}`)
    await seen(page.getByTestId(testId).getByText(text).first())
  })

  it("says which secrets are set, and shows none", async () => {
    await open(stage, page, "/masspay/settings")
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
    await open(stage, page, "/masspay/payees")
    const alert = page.getByTestId("masspay-payees").getByRole("alert")
    await seen(alert)
    expect(await alert.innerText()).toContain(words)
    expect(await alert.innerText()).not.toMatch(/TypeError|payees\.ts/)
    await page.unroute("**/admin/masspay/payees?*")
  })
})
