import type { Page } from "playwright-core"

import type {
  AdminDiscrepancy,
  AdminReconciliationListResponse,
} from "../../src/types/http-reconciliation"
import { answer, requestIdOf, watchPosts } from "./support/answers"
import { graveIn } from "./support/axe"
import { takePicture } from "./support/browser"
import {
  dialogOf,
  open,
  openStage,
  seen,
  until,
  withPage,
} from "./support/stage"

const START = /\/admin\/masspay\/reconciliations$/
const LIST = /\/admin\/masspay\/discrepancies\?/
const RESOLVE = /\/admin\/masspay\/discrepancies\/[^/]+\/resolve/

const stage = openStage()

const runsByHand = async () => {
  const { reconciliations } =
    await stage.shop.read<AdminReconciliationListResponse>(
      "reconciliations?limit=50"
    )
  return reconciliations.filter(({ kind }) => kind === "manual")
}

/** What the demo does not come to have: two loads for one payout. */
function discrepancyOf(
  overrides: Partial<AdminDiscrepancy> = {}
): AdminDiscrepancy {
  return {
    id: "msdis_1",
    class: "D09",
    severity: "critical",
    state: "open",
    payout_id: "mspo_1",
    payee_id: "mspye_1",
    vendor_id: "ven_1",
    remote_token: "load_2",
    currency_code: "USD",
    ours: { amount: "120.50", status: "completed" },
    theirs: { amount: "241.00", load_tokens: ["load_1", "load_2"] },
    action: "payout_frozen_and_vendor_paused",
    run_id: "msrun_1",
    first_seen_at: "2026-01-01T00:00:00.000Z",
    last_seen_at: "2026-01-01T00:00:00.000Z",
    resolved_by: null,
    resolved_reason: null,
    resolved_at: null,
    gone_at: null,
    ...overrides,
  }
}

async function showDiscrepancies(
  page: Page,
  current: () => AdminDiscrepancy[]
): Promise<void> {
  await answer(page, LIST, () => ({
    json: {
      discrepancies: current(),
      count: current().length,
      limit: 20,
      offset: 0,
    },
  }))
  await open(stage, page, "/masspay/reconciliation?state=open")
}

describe("comparing the books with MassPay", () => {
  it("is started once for the days somebody names, shows how far it is, and gives its files", () =>
    withPage(stage, async (page) => {
      const posts = watchPosts(page, START)
      const before = (await runsByHand()).length
      const today = new Date().toISOString().slice(0, 10)
      await open(stage, page, "/masspay/reconciliation")
      const runs = page.getByTestId("masspay-reconciliations")
      await runs.getByRole("button", { name: "Compare now" }).click()
      const dialog = dialogOf(page)
      const confirm = dialog.getByRole("button", { name: "Compare now" })
      await dialog.getByLabel("Reason").fill("Before the month is closed")
      // Days that are no span cannot be asked for.
      await dialog.getByLabel("From").fill("2999-01-01")
      expect(await confirm.isDisabled()).toBe(true)
      await dialog.getByLabel("From").fill(today)
      await dialog.getByLabel("To and including").fill(today)
      expect(await graveIn(dialog)).toEqual([])
      await confirm.dblclick()
      await dialog.waitFor({ state: "detached" })

      expect(posts).toHaveLength(1)
      expect(posts[0]?.postDataJSON()).toMatchObject({
        from_date: today,
        to_date: today,
        reason: "Before the month is closed",
      })
      expect(await runsByHand()).toHaveLength(before + 1)
      const row = runs
        .getByRole("listitem")
        .filter({ hasText: "Days that somebody named" })
        .first()
      const day = new Intl.DateTimeFormat("en-US", {
        dateStyle: "medium",
        timeZone: "UTC",
      }).format(new Date(today))
      await seen(row.getByText(`${day} to ${day}`))
      await seen(row.getByText(/\d+ transactions and \d+ vendors read/))
      await until(
        "the comparison to end",
        async () => (await runsByHand())[0]?.status !== "running"
      )
      // The page looks again by itself.
      await seen(row.getByText("Complete"))
      await takePicture(page, "reconciliation-run")

      for (const [name, begins] of [
        ["Differences (CSV)", "discrepancies"],
        ["Transactions (CSV)", "transactions"],
      ] as const) {
        const [file] = await Promise.all([
          page.waitForEvent("download"),
          row.getByRole("button", { name }).click(),
        ])
        expect(file.suggestedFilename()).toMatch(/\.csv$/)
        expect(file.suggestedFilename()).toContain(begins)
      }
    }))

  it("says that a file could not be made", () =>
    withPage(stage, async (page) => {
      await answer(page, /\/discrepancies\.csv/, () => ({
        status: 500,
        json: { message: "TypeError: x\n    at csv.ts:1:1" },
      }))
      await open(stage, page, "/masspay/reconciliation")
      await page
        .getByTestId("masspay-reconciliations")
        .getByRole("button", { name: "Differences (CSV)" })
        .first()
        .click()
      await seen(page.getByText("The file could not be made").first())
      await seen(page.getByText("Something went wrong on the server.").first())
      expect(await page.locator("body").innerText()).not.toContain("TypeError")
    }))
})

describe("a difference between the books and MassPay", () => {
  it("shows both sides, and is put at rest once, with a reason", () =>
    withPage(stage, async (page) => {
      let isResolved = false
      const posts = watchPosts(page, RESOLVE)
      await answer(page, RESOLVE, () => {
        isResolved = true
        return { json: { effect: "It rests." } }
      })
      await showDiscrepancies(page, () => (isResolved ? [] : [discrepancyOf()]))
      const list = page.getByTestId("masspay-discrepancies")
      const row = list.locator("tbody tr").first()
      await seen(row.getByText("D09: More than one load for one payout"))
      await seen(row.getByText("Critical"))
      await row.getByText("Compare", { exact: true }).click()
      await seen(row.getByText("load_1, load_2"))
      expect(
        await row.getByRole("link", { name: "Payout" }).getAttribute("href")
      ).toBe("/app/masspay/payouts/mspo_1")
      expect(await graveIn(page.locator("main"))).toEqual([])
      await takePicture(page, "discrepancy")

      await row.getByRole("button", { name: "Resolve" }).click()
      const confirm = dialogOf(page).getByRole("button", { name: "Resolve" })
      expect(await confirm.isDisabled()).toBe(true)
      await dialogOf(page).getByLabel("Reason").fill("MassPay took one back")
      await confirm.dblclick()
      await dialogOf(page).waitFor({ state: "detached" })
      await seen(list.getByText("No difference matches"))
      expect(posts).toHaveLength(1)
      expect(posts[0]?.postDataJSON()).toMatchObject({
        reason: "MassPay took one back",
      })
      expect(requestIdOf(posts[0])).toMatch(/^admin-/)
    }))

  it("that was put at rest says by whom and why, and cannot be so again", () =>
    withPage(stage, async (page) => {
      await showDiscrepancies(page, () => [
        discrepancyOf({
          state: "resolved",
          resolved_by: "system",
          resolved_reason: "MassPay took one back",
          resolved_at: "2026-01-02T00:00:00.000Z",
        }),
      ])
      const row = page.getByTestId("masspay-discrepancies").locator("tbody tr")
      await row.getByText("Compare", { exact: true }).click()
      await seen(row.getByText("the plugin itself: MassPay took one back"))
      expect(await row.getByRole("button", { name: "Resolve" }).count()).toBe(0)
    }))
})
