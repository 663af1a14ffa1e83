import type { Page } from "playwright-core"

import type { AdminIncident } from "../../src/types/http-incidents"
import { answer, overviewOf, requestIdOf, watchPosts } from "./support/answers"
import { graveIn } from "./support/axe"
import { takePicture } from "./support/browser"
import { dialogOf, open, openStage, seen, withPage } from "./support/stage"

const LIST = /\/admin\/masspay\/incidents\?/
const ACKNOWLEDGE = /\/admin\/masspay\/incidents\/[^/]+\/acknowledge$/

const stage = openStage()

function incidentOf(overrides: Partial<AdminIncident> = {}): AdminIncident {
  return {
    id: "msinc_1",
    kind: "payout_parked",
    state: "open",
    subject_type: "payout",
    subject_id: "mspo_1",
    vendor_id: "ven_1",
    vendor_name: "Werkstatt Lindenhof",
    detail: { amount: "120.50", currency_code: "USD" },
    page: "docs/runbook/payout_parked.md",
    opened_at: "2026-01-01T00:00:00.000Z",
    last_seen_at: "2026-01-02T00:00:00.000Z",
    closed_at: null,
    acknowledged_by: null,
    acknowledged_at: null,
    acknowledge_note: null,
    reminders: 2,
    ...overrides,
  }
}

async function show(
  page: Page,
  current: () => AdminIncident[],
  search = ""
): Promise<string[]> {
  const asked: string[] = []
  await answer(page, LIST, (request) => {
    asked.push(new URL(request.url()).search)
    return {
      json: {
        incidents: current(),
        count: current().length,
        limit: 20,
        offset: 0,
      },
    }
  })
  await open(stage, page, `/masspay/incidents${search}`)
  return asked
}

describe("the alarms", () => {
  it("are reached from the menu, and say so when there are none", () =>
    withPage(stage, async (page) => {
      await answer(page, LIST, () => ({
        json: { incidents: [], count: 0, limit: 20, offset: 0 },
      }))
      await open(stage, page, "/masspay")
      await page
        .getByRole("navigation")
        .getByRole("link", { name: "Alarms", exact: true })
        .click()
      await page.waitForURL("**/app/masspay/incidents")
      await seen(page.getByText("No alarms"))
    }))

  it("are where the overview leads when one is open", () =>
    withPage(stage, async (page) => {
      await answer(page, /\/admin\/masspay\/overview/, () => ({
        json: {
          overview: overviewOf({
            needs_attention: [
              {
                kind: "incidents",
                count: 1,
                oldest_at: "2026-01-01T00:00:00.000Z",
                link: "/masspay/incidents?state=open",
              },
            ],
          }),
        },
      }))
      const asked = await show(page, () => [incidentOf()])
      await open(stage, page, "/masspay")
      await page.getByRole("link", { name: /1 open alarm/ }).click()
      await page.waitForURL("**/app/masspay/incidents?state=open")
      await seen(page.getByText("A payout needs a person"))
      expect(asked.at(-1)).toContain("state=open")
    }))

  it("say in plain words what they mean, since when, and where to look", () =>
    withPage(stage, async (page) => {
      await show(page, () => [
        incidentOf(),
        incidentOf({
          id: "msinc_2",
          kind: "job_overdue",
          state: "closed",
          subject_type: "job",
          subject_id: null,
          vendor_id: null,
          vendor_name: null,
          detail: { job: "masspay-watch", last_run_at: null },
          page: "docs/runbook/job_overdue.md",
          closed_at: "2026-01-03T00:00:00.000Z",
          reminders: 0,
        }),
      ])
      const rows = page.getByTestId("masspay-incidents").locator("tbody tr")
      const parked = rows.first()
      await seen(parked.getByText("A payout needs a person"))
      await seen(parked.getByText(/Nothing is sent again by itself/))
      await seen(parked.getByText("docs/runbook/payout_parked.md"))
      await seen(parked.getByText("2 reminders"))
      await seen(parked.getByText("Werkstatt Lindenhof"))
      expect(
        await parked
          .getByRole("link", { name: "The payout" })
          .getAttribute("href")
      ).toBe("/app/masspay/payouts/mspo_1")
      const over = rows.nth(1)
      await seen(over.getByText("A job does not run"))
      await seen(over.getByText("Over", { exact: true }))
      expect(
        await over.getByRole("button", { name: /look after/ }).count()
      ).toBe(0)
      await over.getByText("Details").click()
      await seen(over.getByText("masspay-watch"))
      expect(await page.locator("main").innerText()).not.toMatch(
        /payout_parked(?!\.md)|job_overdue(?!\.md)|[{}]/
      )
      expect(await graveIn(page.locator("main"))).toEqual([])
      await takePicture(page, "incidents")
    }))

  it("are looked after once by two clicks, with what is being done", () =>
    withPage(stage, async (page) => {
      let current = incidentOf()
      const posts = watchPosts(page, ACKNOWLEDGE)
      await answer(page, ACKNOWLEDGE, (request) => {
        const { reason } = request.postDataJSON() as { reason: string }
        current = incidentOf({
          acknowledged_by: "system",
          acknowledged_at: "2026-01-02T00:00:00.000Z",
          acknowledge_note: reason,
        })
        return { json: { effect: "No more reminders are sent." } }
      })
      await show(page, () => [current])
      await page.getByRole("button", { name: /^I look after it/ }).click()
      const dialog = dialogOf(page)
      await seen(dialog.getByText(/nobody is reminded of it any more/))
      const confirm = dialog.getByRole("button", { name: "I look after it" })
      expect(await confirm.isDisabled()).toBe(true)
      await dialog.getByLabel("Reason").fill("I ask MassPay")
      expect(await graveIn(dialog)).toEqual([])
      await confirm.dblclick()
      await dialog.waitFor({ state: "detached" })
      await seen(
        page.getByText("the plugin itself looks after it: I ask MassPay")
      )
      expect(posts).toHaveLength(1)
      expect(requestIdOf(posts[0])).toMatch(/^admin-/)
      expect(
        await page.getByRole("button", { name: /^I look after it/ }).count()
      ).toBe(0)
    }))

  it("keep their filters in the address, over a reload", () =>
    withPage(stage, async (page) => {
      const asked = await show(
        page,
        () => [incidentOf()],
        `?${new URLSearchParams({ kind: '["payout_parked","funding_low"]', is_acknowledged: '"false"' })}`
      )
      await seen(page.getByText("A payout needs a person").first())
      await page.reload()
      await seen(page.getByText("A payout needs a person").first())
      for (const search of asked) {
        const params = new URLSearchParams(search)
        expect([...params.entries()].join()).toMatch(/payout_parked/)
        expect([...params.entries()].join()).toMatch(/funding_low/)
        expect(params.get("is_acknowledged")).toBe("false")
      }
      expect(asked.length).toBeGreaterThan(1)
    }))

  it("are not on a telephone wider than it is, in the dark and in German", () =>
    withPage(
      stage,
      async (page) => {
        await show(page, () => [incidentOf()])
        await seen(page.getByText("Eine Auszahlung braucht jemanden"))
        const sideways = await page.evaluate(
          () => document.documentElement.scrollWidth - window.innerWidth
        )
        expect(sideways).toBeLessThanOrEqual(0)
        expect(await graveIn(page.locator("main"))).toEqual([])
      },
      { colorScheme: "dark", width: 390, height: 844, language: "de" }
    ))
})
