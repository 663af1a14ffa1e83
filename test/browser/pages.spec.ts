import type { Page } from "playwright-core"

import { STACK } from "./support/answers"
import { open, openStage, seen, signedIn, withPage } from "./support/stage"

const stage = openStage()
let page: Page

beforeAll(async () => {
  page = await signedIn(stage)
  await open(stage, page, "/orders")
})

describe("the other pages", () => {
  it.each([
    // By the demo's own words: what other specs decide stands in it, too.
    [
      "action-requests?q=Taller",
      "masspay-action-requests",
      "She wants her money at her bank",
    ],
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

  it.each([
    ["payouts", "masspay-payouts", "payouts"],
    ["preview", "masspay-preview", "payouts/preview"],
    ["unallocated-refunds", "masspay-refunds", "unallocated-refunds"],
    ["reconciliation", "masspay-discrepancies", "discrepancies"],
    ["reconciliation", "masspay-reconciliations", "reconciliations"],
    ["kyc-requests", "masspay-kyc-requests", "kyc-requests"],
    ["action-requests", "masspay-action-requests", "action-requests"],
    ["holds", "masspay-holds", "holds"],
    ["incidents", "masspay-incidents", "incidents"],
    ["notifications", "masspay-notifications", "notifications"],
    ["webhook-events", "masspay-webhooks", "webhook-events"],
    ["settings", "masspay-settings", "settings"],
    ["go-live", "masspay-go-live", "go-live"],
  ])(
    "%s (%s) tells a breakdown in words, and is there once it is over",
    (path, testId, route) =>
      withPage(stage, async (own) => {
        let isBroken = true
        await own.route(
          ({ pathname }) => pathname === `/admin/masspay/${route}`,
          (found) =>
            isBroken
              ? found.fulfill({ status: 500, json: STACK })
              : found.continue()
        )
        await open(stage, own, `/masspay/${path}`)
        const section = own.getByTestId(testId)
        await seen(section.getByText("Something went wrong on the server."))
        expect(await own.locator("main").innerText()).not.toMatch(
          /TypeError|dispatch\.js/
        )
        isBroken = false
        await section.getByRole("button", { name: "Try again" }).click()
        await section
          .getByText("Something went wrong on the server.")
          .waitFor({ state: "detached" })
        await seen(section.getByRole("heading").first())
      })
  )

  it.each([
    ["holds", "masspay-holds", "holds"],
    ["go-live", "masspay-go-live", "go-live"],
  ])(
    "%s leads whoever is signed out to where one signs in",
    (path, testId, route) =>
      withPage(stage, async (own) => {
        await own.route(
          ({ pathname }) => pathname === `/admin/masspay/${route}`,
          (found) => found.fulfill({ status: 401, json: {} })
        )
        await open(stage, own, `/masspay/${path}`)
        const section = own.getByTestId(testId)
        await seen(section.getByText("You are signed out"))
        await section.getByRole("link", { name: "Sign in" }).click()
        await own.waitForURL(/\/app\/(login|orders|masspay)/)
      })
  )
})
