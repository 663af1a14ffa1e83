import type { Page } from "playwright-core"

import type { AdminOverviewResponse } from "../../src/types/http-overview"
import { answer, overviewOf, STACK, watchShifts } from "./support/answers"
import { graveIn } from "./support/axe"
import { takePicture } from "./support/browser"
import { open, openStage, seen, withPage } from "./support/stage"

const OVERVIEW = /\/admin\/masspay\/overview/

const stage = openStage()

const show = async (page: Page, overview = overviewOf()) => {
  await answer(page, OVERVIEW, () => ({ json: { overview } }))
  await open(stage, page, "/masspay")
  await seen(page.getByTestId("masspay-attention").getByRole("heading"))
}

describe("the overview", () => {
  it("says first what needs somebody, and leads there", () =>
    withPage(stage, async (page) => {
      await show(page)
      const rows = page.getByTestId("masspay-attention").getByRole("listitem")
      await seen(rows.first().getByText("1 payout has to be looked at"))
      await seen(rows.nth(1).getByText("3 payouts wait for approval"))
      await seen(page.getByText("Sandbox", { exact: true }))
      expect(
        await rows.nth(1).getByRole("link").getAttribute("href")
      ).toContain("/app/masspay/payouts?status=")
      // Nothing is shown behind what leads nowhere.
      expect(await rows.nth(2).getByRole("link").count()).toBe(0)
      await seen(page.getByTestId("masspay-runs").getByText("Overdue"))
      expect(await graveIn(page.locator("main"))).toEqual([])
      await takePicture(page, "overview")
    }))

  it("shows what the shop itself says", () =>
    withPage(stage, async (page) => {
      await open(stage, page, "/masspay")
      const runs = page.getByTestId("masspay-runs").getByRole("listitem")
      await seen(runs.first())
      const { overview } =
        await stage.shop.read<AdminOverviewResponse>("overview")
      expect(await runs.count()).toBe(overview.jobs.length)
      expect(
        await page.getByTestId("masspay-funding").getByRole("listitem").count()
      ).toBe(overview.funding.length)
      // Codes that this version has no text for would show as words of their own.
      const attention = await page.getByTestId("masspay-attention").innerText()
      expect(attention).not.toMatch(/masspay\.|undefined|_/)
      await seen(page.getByText("Sandbox", { exact: true }))
      await takePicture(page, "overview-demo")
    }))

  it("shows the days as a table as well, to the cent", () =>
    withPage(stage, async (page) => {
      await show(page)
      const days = page.getByTestId("masspay-days")
      await seen(days.locator("svg.recharts-surface").first())
      await days.getByRole("button", { name: "Show as a table" }).click()

      const newest = days.getByRole("row").nth(1)
      await seen(newest.getByText("Jan 30, 2026"))
      await seen(newest.getByText("$290.50"))
      await seen(newest.getByText("$97.00"))
      expect(await days.getByRole("row").count()).toBe(31)
      expect(await graveIn(days)).toEqual([])
    }))

  it("says that nothing is sent while that is so", () =>
    withPage(stage, async (page) => {
      await show(
        page,
        overviewOf({
          needs_attention: [],
          dispatch: {
            stopped: true,
            reason: "Invariant I1 does not hold.",
            actor: "system",
            stopped_at: "2026-01-01T00:00:00.000Z",
          },
        })
      )
      await seen(page.getByText("Nothing is sent to MassPay"))
      await seen(page.getByText("Invariant I1 does not hold."))
    }))

  it("tells a failure in words, never as JSON or a stack trace, and tries again", () =>
    withPage(stage, async (page) => {
      let isBroken = true
      await answer(page, OVERVIEW, () =>
        isBroken
          ? { status: 500, json: STACK }
          : { json: { overview: overviewOf() } }
      )
      await open(stage, page, "/masspay")
      const attention = page.getByTestId("masspay-attention")
      await seen(attention.getByText("Something went wrong on the server."))
      const text = await page.locator("main").innerText()
      expect(text).not.toMatch(/TypeError|dispatch\.js|[{}]/)

      isBroken = false
      await attention.getByRole("button", { name: "Try again" }).click()
      await seen(attention.getByText("1 payout has to be looked at"))
    }))

  it("says to whom it is not shown, and to whom not any more", () =>
    withPage(stage, async (page) => {
      let status = 403
      await answer(page, OVERVIEW, () => ({ status, json: {} }))
      await open(stage, page, "/masspay")
      const attention = page.getByTestId("masspay-attention")
      await seen(attention.getByText("You may not see this"))
      expect(await attention.getByRole("button").count()).toBe(0)

      status = 401
      await page.reload()
      await seen(attention.getByText("You are signed out"))
      await seen(attention.getByRole("link", { name: "Sign in" }))
    }))

  it("does not jump while it loads", () =>
    withPage(stage, async (page) => {
      const shifts = await watchShifts(page)
      await show(page)
      await seen(page.getByTestId("masspay-totals").getByText("120"))
      await page.waitForTimeout(1000)
      expect(await shifts()).toBeLessThan(0.1)
    }))

  it("can be used on a telephone, in the dark, and in German", () =>
    withPage(
      stage,
      async (page) => {
        await show(page)
        await seen(page.getByText("3 Auszahlungen warten auf Freigabe"))
        await seen(page.getByTestId("masspay-days").locator("svg").first())
        const sideways = await page.evaluate(
          () => document.documentElement.scrollWidth - window.innerWidth
        )
        expect(sideways).toBeLessThanOrEqual(0)
        expect(await graveIn(page.locator("main"))).toEqual([])
        await takePicture(page, "overview-telephone")
      },
      { colorScheme: "dark", width: 390, height: 844, language: "de" }
    ))
})
