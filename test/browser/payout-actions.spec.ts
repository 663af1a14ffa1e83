import type { Locator, Page } from "playwright-core"

import type {
  AdminPayout,
  AdminPayoutActionsResponse,
} from "../../src/types/http"
import {
  answer,
  requestIdOf,
  STACK,
  watchPosts,
  watchShifts,
} from "./support/answers"
import { graveIn } from "./support/axe"
import { takePicture } from "./support/browser"
import { open, openStage, seen, until, withPage } from "./support/stage"

const RESOLVE = /\/payouts\/[^/]+\/resolve/
const REASON = "The vendor asked"

const stage = openStage()

const aPaidOne = async (): Promise<AdminPayout> => {
  const payout = (await stage.shop.payouts()).find(
    ({ status }) => status === "completed"
  )
  if (!payout) throw new Error("The demo paid nobody")
  return payout
}
const show = async (page: Page): Promise<Locator> => {
  const { id } = await aPaidOne()
  await open(stage, page, `/masspay/payouts/${id}`)
  const actions = page.getByTestId("masspay-actions")
  await seen(actions.getByRole("button", { name: "Look up" }))
  return actions
}
const beginToLookUp = async (page: Page): Promise<Locator> => {
  const actions = await show(page)
  await actions.getByRole("button", { name: "Look up" }).click()
  const dialog = page.getByTestId("masspay-action-dialog")
  await seen(dialog.getByTestId("masspay-what-happens"))
  return dialog
}

describe("what can be done to a payout", () => {
  it("is what the server allows, and the rest is explained without a button", () =>
    withPage(stage, async (page) => {
      const { id } = await aPaidOne()
      const { actions } = await stage.shop.read<AdminPayoutActionsResponse>(
        `payouts/${id}/actions`
      )
      const section = await show(page)
      const allowed = actions.filter((one) => one.allowed)
      const refused = actions.filter((one) => !one.allowed)
      expect(await section.getByRole("button").count()).toBe(allowed.length)

      await section.getByText("Not now, and why").click()
      for (const { action } of refused) {
        const row = section.getByTestId(`masspay-not-now-${action}`)
        await seen(row)
        expect(await row.getByRole("button").count()).toBe(0)
        expect((await row.innerText()).split("\n").length).toBeGreaterThan(1)
      }
      expect(refused.length).toBeGreaterThan(5)
    }))

  it("is shown before it is done, and done once by two fast clicks", () =>
    withPage(stage, async (page) => {
      const posts = watchPosts(page, RESOLVE)
      const dialog = await beginToLookUp(page)
      const confirm = dialog.getByRole("button", { name: "Look up" })
      await seen(dialog.getByText("Nothing is sent again."))
      expect(await confirm.isDisabled()).toBe(true)
      expect(await graveIn(dialog)).toEqual([])
      await takePicture(page, "payout-action")

      await dialog.getByLabel("Reason").fill(REASON)
      await confirm.dblclick()
      await dialog.waitFor({ state: "detached" })
      await seen(page.getByText("Done", { exact: true }).first())
      expect(posts).toHaveLength(1)
      expect((posts[0]?.postDataJSON() as { reason: string }).reason).toBe(
        REASON
      )
    }))

  it("is asked for again with the same id where the answer was lost, even in another dialog", () =>
    withPage(stage, async (page) => {
      const posts = watchPosts(page, RESOLVE)
      let isLost = true
      await page.route(
        (url) => RESOLVE.test(url.pathname) && !url.search,
        (route) => (isLost ? route.abort("connectionreset") : route.continue())
      )
      const dialog = await beginToLookUp(page)
      await dialog.getByLabel("Reason").fill(REASON)
      await dialog.getByRole("button", { name: "Look up" }).click()
      await seen(dialog.getByText("It is not known whether it was done"))
      expect(await dialog.getByLabel("Reason").isDisabled()).toBe(true)
      await dialog.getByRole("button", { name: "Close" }).click()

      isLost = false
      await page
        .getByTestId("masspay-actions")
        .getByRole("button", { name: "Look up" })
        .click()
      await seen(dialog.getByTestId("masspay-what-happens"))
      await dialog.getByLabel("Reason").fill(REASON)
      await dialog.getByRole("button", { name: "Look up" }).click()
      await dialog.waitFor({ state: "detached" })

      expect(posts).toHaveLength(2)
      expect(requestIdOf(posts[0])).toMatch(/^admin-[0-9a-f]{32}$/)
      expect(requestIdOf(posts[1])).toBe(requestIdOf(posts[0]))
    }))

  it("tells a breakdown of the server in words", () =>
    withPage(stage, async (page) => {
      await page.route(
        (url) => RESOLVE.test(url.pathname) && !url.search,
        (route) => route.fulfill({ status: 500, json: STACK })
      )
      const dialog = await beginToLookUp(page)
      await dialog.getByLabel("Reason").fill(REASON)
      await dialog.getByRole("button", { name: "Look up" }).click()
      await seen(dialog.getByText("It is not known whether it was done"))
      expect(await dialog.innerText()).not.toMatch(/TypeError|\.js:|[{}]/)
    }))

  it("can be left with the keyboard, which then stands where it was", () =>
    withPage(stage, async (page) => {
      const actions = await show(page)
      const button = actions.getByRole("button", { name: "Look up" })
      await button.focus()
      await page.keyboard.press("Enter")
      const dialog = page.getByTestId("masspay-action-dialog")
      await seen(dialog)
      await page.keyboard.press("Escape")
      await dialog.waitFor({ state: "detached" })
      await until("the focus is back", () =>
        button.evaluate((node) => node === document.activeElement)
      )
    }))
})

describe("a payout's raw facts", () => {
  it("are folded, and fields rather than JSON", () =>
    withPage(stage, async (page) => {
      await show(page)
      const facts = page.getByTestId("masspay-raw-facts")
      const field = facts.getByText("operations 1 client_id", {
        exact: true,
      })
      expect(await field.isVisible()).toBe(false)
      await facts.getByText("Raw facts").click()
      await seen(field)
      expect(await facts.innerText()).not.toMatch(/[{}[\]]/)
      expect(await graveIn(facts)).toEqual([])
    }))
})

describe("while a payout loads", () => {
  it("nothing jumps", () =>
    withPage(stage, async (page) => {
      const shifts = await watchShifts(page)
      await answer(page, /\/action-requests/, () => ({
        json: { action_requests: [], count: 0, limit: 1, offset: 0 },
      }))
      await show(page)
      await page.waitForTimeout(1000)
      expect(await shifts()).toBeLessThan(0.1)
    }))
})
