import type { Locator, Page } from "playwright-core"

import type { AdminPayout } from "../../src/types/http"
import {
  actionOf,
  answer,
  pageOf,
  payoutOf,
  requestIdOf,
  watchPosts,
} from "./support/answers"
import { graveIn } from "./support/axe"
import { takePicture } from "./support/browser"
import { open, openStage, seen, type Stage, withPage } from "./support/stage"

const LIST = /\/admin\/masspay\/payouts(\?|$)/
const APPROVE = /\/admin\/masspay\/payouts\/[^/]+\/approve/
const MANY = 50_000
const PAGE_SIZE = 20

const first = payoutOf({ id: "mspo_1", amount: "120.50" })
const second = payoutOf({ id: "mspo_2", amount: "30.25", vendor_name: "Ebba" })
const own = payoutOf({ id: "mspo_3", amount: "999.00", vendor_name: "Own" })
const paid = payoutOf({ id: "mspo_4", status: "completed" })

/** Two may be approved, one was caused by whoever is signed in. */
async function showPayouts(
  stage: Stage,
  page: Page,
  reply: (id: string) => { status?: number; json: unknown } | "lost"
): Promise<void> {
  const payouts = [first, second, own, paid]
  await answer(page, LIST, () => ({ json: pageOf(payouts) }))
  await answer(page, /\/payouts\/[^/]+\/actions/, () => ({
    json: {
      actions: [
        {
          action: "approve",
          allowed: false,
          effect: null,
          needs_second: false,
          why_not: { code: "own_payout", message: "no" },
        },
      ],
    },
  }))
  await answer(page, APPROVE, (request) => {
    const id = request.url().match(/payouts\/([^/]+)\/approve/)?.[1] ?? ""
    const payout = payouts.find((one) => one.id === id) as AdminPayout
    if (id === own.id) return { status: 400, json: { message: "It is yours." } }
    return request.url().includes("dry_run")
      ? { json: actionOf(payout) }
      : reply(id)
  })
  await open(stage, page, "/masspay/payouts")
  await seen(page.getByRole("checkbox").first())
}

/** Chooses all that may be chosen, and begins to approve them. */
async function beginToApprove(page: Page): Promise<Locator> {
  await page.getByRole("checkbox", { name: "Choose all on this page" }).click()
  await page.getByRole("button", { name: /^Approve/ }).click()
  const dialog = page.getByTestId("masspay-bulk-dialog")
  await seen(dialog.getByTestId("masspay-bulk-preview"))
  return dialog
}

const done = (id: string) => ({
  json: actionOf(payoutOf({ id }), { id: "msact_1", state: "done" }),
})

const stage = openStage()

describe("several payouts at once", () => {
  it("offers nothing for a payout that nothing can be done to", () =>
    withPage(stage, async (page) => {
      await showPayouts(stage, page, done)
      // The head's, and one for each that waits for approval.
      expect(await page.getByRole("checkbox").count()).toBe(4)
    }))

  it("says beforehand how much money moves, and what is left out and why", () =>
    withPage(stage, async (page) => {
      await showPayouts(stage, page, done)
      const dialog = await beginToApprove(page)

      await seen(dialog.getByText("Approve 3 payouts"))
      await seen(dialog.getByText("2 payouts"))
      await seen(dialog.getByText("$150.75 USD"))
      await seen(dialog.getByText("1 is left out"))
      await seen(dialog.getByText("You caused this payout, so somebody else"))
      expect(await graveIn(dialog)).toEqual([])
      await takePicture(page, "payouts-bulk")
    }))

  it("asks once for each, however fast somebody clicks", () =>
    withPage(stage, async (page) => {
      const posts = watchPosts(page, APPROVE)
      await showPayouts(stage, page, done)
      const dialog = await beginToApprove(page)
      await dialog.getByLabel("Reason").fill("Checked against the orders")
      await dialog.getByRole("button", { name: "Approve" }).dblclick()

      await seen(dialog.getByText("2 payouts: done"))
      expect(posts).toHaveLength(2)
      expect(new Set(posts.map(requestIdOf)).size).toBe(2)
    }))

  it("shows on each row what became of it, and asks again only for what is not known, with the same id", () =>
    withPage(stage, async (page) => {
      const posts = watchPosts(page, APPROVE)
      let isLost = true
      await showPayouts(stage, page, (id) =>
        id === second.id && isLost ? "lost" : done(id)
      )
      const dialog = await beginToApprove(page)
      await dialog.getByLabel("Reason").fill("Checked against the orders")
      await dialog.getByRole("button", { name: "Approve" }).click()

      const rows = dialog
        .getByTestId("masspay-bulk-report")
        .getByRole("listitem")
      await seen(rows.first().getByText("Done"))
      await seen(rows.nth(1).getByText("Not known whether it was done"))
      await seen(dialog.getByText("1 of 2 done"))
      await takePicture(page, "payouts-bulk-partly")

      isLost = false
      await dialog
        .getByRole("button", { name: "Ask again for the rest" })
        .click()
      await seen(dialog.getByText("2 payouts: done"))
      const ofSecond = posts.filter((post) => post.url().includes(second.id))
      expect(posts).toHaveLength(3)
      expect(ofSecond).toHaveLength(2)
      expect(requestIdOf(ofSecond[0])).toBe(requestIdOf(ofSecond[1]))
    }))
})

describe("fifty thousand payouts", () => {
  it("are shown a page at a time, the last as fast as the first", () =>
    withPage(stage, async (page) => {
      await answer(page, LIST, (request) => {
        const params = new URL(request.url()).searchParams
        const offset = Number(params.get("offset"))
        const rows = Array.from({ length: PAGE_SIZE }, (_, row) =>
          payoutOf({ id: `mspo_${offset + row}`, status: "completed" })
        )
        return { json: pageOf(rows, { count: MANY, offset }) }
      })
      const last = MANY - PAGE_SIZE
      await open(stage, page, `/masspay/payouts?offset=${last}`)
      await seen(page.getByText(`${MANY / PAGE_SIZE} of ${MANY / PAGE_SIZE}`))
      const table = page.getByTestId("masspay-payouts").locator("tbody tr")
      expect(await table.count()).toBe(PAGE_SIZE)
      expect(await page.locator("main *").count()).toBeLessThan(2000)
    }))
})
