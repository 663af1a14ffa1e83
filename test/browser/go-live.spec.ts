import type { AdminGoLiveResponse } from "../../src/types/http-go-live"
import { watchPosts } from "./support/answers"
import { graveIn } from "./support/axe"
import { takePicture } from "./support/browser"
import { dialogOf, open, openStage, seen, withPage } from "./support/stage"

const ANSWERS = /\/go-live\/[^/]+\/(attest|withdraw)$/
const KEY = "kyb"

const stage = openStage()

const item = async (key: string) => {
  const { go_live } = await stage.shop.read<AdminGoLiveResponse>("go-live")
  const found = go_live.items.find((one) => one.key === key)
  if (!found) throw new Error(`The checklist has no item ${key}`)
  return found
}

describe("the checklist before going live", () => {
  it("says of what is not in order how to make it right", () =>
    withPage(stage, async (page) => {
      const { fix, seen: what } = await item("environment")
      await open(stage, page, "/masspay/go-live")
      const list = page.getByTestId("masspay-go-live")
      await seen(list.getByText("Not ready yet"))
      const row = page.getByTestId("masspay-go-live-environment")
      await seen(row.getByText("Not in order"))
      await seen(row.getByText(what))
      await seen(row.getByText(`To do: ${fix}`))
      // What is wrong stands above what is in order.
      expect(
        await list
          .locator("li[data-testid^=masspay-go-live-]")
          .first()
          .getAttribute("data-testid")
      ).toBe("masspay-go-live-environment")
      // Nobody can vouch for what a machine looks at.
      expect(await row.getByRole("button").count()).toBe(0)
      expect(await graveIn(page.locator("main"))).toEqual([])
    }))

  it("is vouched for once by two clicks, with how one knows, and withdrawn again", () =>
    withPage(stage, async (page) => {
      const posts = watchPosts(page, ANSWERS)
      const before = (await item(KEY)).history.length
      await open(stage, page, "/masspay/go-live")
      const row = page.getByTestId(`masspay-go-live-${KEY}`)
      await seen(row.getByText("Somebody has to vouch"))

      await row.getByRole("button", { name: "Vouch for it" }).click()
      const confirm = dialogOf(page).getByRole("button", {
        name: "Vouch for it",
      })
      expect(await confirm.isDisabled()).toBe(true)
      await dialogOf(page)
        .getByLabel("Reason")
        .fill("MassPay's letter of the third")
      await confirm.dblclick()
      await dialogOf(page).waitFor({ state: "detached" })
      await seen(row.getByText("In order", { exact: true }))
      expect(posts).toHaveLength(1)
      expect((await item(KEY)).state).toBe("passed")
      await row.getByText(/statements?$/).click()
      await seen(row.getByText("MassPay's letter of the third").first())
      await takePicture(page, "go-live-attested")

      await row.getByRole("button", { name: "Withdraw" }).click()
      await dialogOf(page).getByLabel("Reason").fill("It was another shop's")
      await dialogOf(page).getByRole("button", { name: "Withdraw" }).click()
      await seen(row.getByText("Somebody has to vouch"))
      const { state, history } = await item(KEY)
      expect(state).toBe("attest_needed")
      expect(history).toHaveLength(before + 2)
    }))
})
