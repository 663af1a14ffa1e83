import type {
  AdminBulkLink,
  AdminBulkLinkPreview,
} from "../../src/types/http-linking"
import { answer, watchPosts } from "./support/answers"
import { graveIn } from "./support/axe"
import { takePicture } from "./support/browser"
import { dialogOf, open, openStage, seen, withPage } from "./support/stage"

const BULK = /\/admin\/masspay\/payees\/bulk-link(\?|$)/
const CANCEL = /\/admin\/masspay\/payees\/bulk-link\/cancel/

const stage = openStage()

const preview: AdminBulkLinkPreview = {
  vendors: 40,
  is_complete: true,
  linked: 6,
  to_look_up: 30,
  paused: 1,
  unlinked_by_operator: 1,
  incomplete: 2,
  incomplete_vendors: [{ vendor_id: "ven_9", missing: ["email"] }],
}
const running: AdminBulkLink = {
  id: "msbulk_1",
  state: "running",
  started_by: "user_1",
  reason: "Before the start",
  started_at: "2026-01-01T00:00:00.000Z",
  ended_at: null,
  ended_by: null,
  is_listed: true,
  total: 30,
  linked: 8,
  waiting: 20,
  not_linked: [],
  problem: null,
}

describe("linking all vendors", () => {
  it("says that there is nobody to link, and who lacks what", () =>
    withPage(stage, async (page) => {
      await open(stage, page, "/masspay/payees")
      await page.getByRole("button", { name: "Link all" }).click()
      const dialog = dialogOf(page)
      await seen(dialog.getByText("There is nobody to link"))
      await dialog.getByText("Who lacks what").click()
      await seen(dialog.getByText(/email, first_name/))
      await dialog.getByLabel("Reason").fill("Let us see")
      expect(
        await dialog.getByRole("button", { name: "Link all" }).isDisabled()
      ).toBe(true)
    }))

  it("says how many first, begins once by two clicks, shows how far it is, and stops", () =>
    withPage(stage, async (page) => {
      let current: AdminBulkLink | null = null
      const starts = watchPosts(page, BULK)
      const stops = watchPosts(page, CANCEL)
      await answer(page, BULK, (request) => {
        if (request.method() === "GET") return { json: { bulk_link: current } }
        if (request.url().includes("dry_run")) return { json: { preview } }
        current = running
        return { json: { bulk_link: running } }
      })
      await answer(page, CANCEL, () => {
        current = { ...running, state: "cancelled", ended_by: "user_1" }
        return { json: { bulk_link: current } }
      })
      await open(stage, page, "/masspay/payees")
      await page.getByRole("button", { name: "Link all" }).click()
      const dialog = dialogOf(page)
      await seen(dialog.getByText("To be looked up"))
      await seen(dialog.getByText("30", { exact: true }))
      expect(await graveIn(dialog)).toEqual([])
      await takePicture(page, "bulk-link")
      await dialog.getByLabel("Reason").fill("Before the start")
      await dialog.getByRole("button", { name: "Link all" }).dblclick()
      await dialog.waitFor({ state: "detached" })
      expect(starts).toHaveLength(1)

      const progress = page.getByTestId("masspay-bulk-link")
      await seen(progress.getByText("10 of 30 looked up, 8 linked"))
      expect(
        await progress.getByRole("progressbar").getAttribute("value")
      ).toBe("10")
      // One at a time.
      expect(
        await page.getByRole("button", { name: "Link all" }).isDisabled()
      ).toBe(true)
      current = { ...running, waiting: 5, linked: 21 }
      await seen(progress.getByText("25 of 30 looked up, 21 linked"))
      expect(await graveIn(progress)).toEqual([])
      await takePicture(page, "bulk-link-progress")

      await progress.getByRole("button", { name: "Stop" }).click()
      await progress.waitFor({ state: "detached" })
      expect(stops).toHaveLength(1)
    }))
})
