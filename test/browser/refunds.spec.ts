import type { Page } from "playwright-core"

import type { AdminUnallocatedRefundListResponse } from "../../src/types/http-refunds"
import {
  dialogOf,
  open,
  openStage,
  seen,
  signedIn,
  until,
} from "./support/stage"

const stage = openStage()
let page: Page

beforeAll(async () => {
  page = await signedIn(stage)
  await open(stage, page, "/orders")
})

describe("refunds to allocate", () => {
  it("takes only what adds up, and then asks no more", async () => {
    const list = () =>
      stage.shop.read<AdminUnallocatedRefundListResponse>("unallocated-refunds")
    const { unallocated_refunds: refunds, count } = await list()
    expect(count).toBeGreaterThan(0)
    await open(stage, page, "/masspay/unallocated-refunds")
    await page.getByRole("button", { name: "Allocate" }).first().click()
    const confirm = dialogOf(page).getByRole("button", { name: "Allocate" })
    await dialogOf(page).getByLabel("Reason").fill("The bowl was chipped")
    const first = dialogOf(page).locator("input").first()
    const suggested = await first.inputValue()

    await first.fill("999.00")
    await seen(dialogOf(page).getByText("It does not add up yet"))
    expect(await confirm.isDisabled()).toBe(true)
    await first.fill(suggested)
    await seen(dialogOf(page).getByText("What changes"))
    await confirm.click()

    await until(
      "one refund less",
      async () => (await list()).count === count - 1
    )
    const left = (await list()).unallocated_refunds.map(({ id }) => id)
    expect(left).not.toContain(refunds[0]?.id)
  })
})
