import type { Page } from "playwright-core"

import { sum } from "../../src/admin/lib/decimal"
import type { AdminLedgerResponse } from "../../src/types/http-statements"
import {
  dialogOf,
  open,
  openStage,
  seen,
  signedIn,
  until,
} from "./support/stage"
import { traces } from "./support/traces"
import { choose, openIn } from "./support/vendors"

const stage = openStage()
let page: Page

beforeAll(async () => {
  page = await signedIn(stage)
  await open(stage, page, "/orders")
})

describe("one vendor", () => {
  it("is paused with a reason, however often somebody clicks, and resumed", async () => {
    const payee = await stage.shop.payee("Tiny Press")
    await open(stage, page, `/masspay/payees/${payee.id}`)
    const asked: string[] = []
    const listen = (request: { url: () => string; method: () => string }) => {
      if (request.method() === "POST") asked.push(request.url())
    }
    page.on("request", listen)

    await choose(page, "Pause payouts")
    const confirm = dialogOf(page).getByRole("button", {
      name: "Pause payouts",
    })
    expect(await confirm.isDisabled()).toBe(true)
    await dialogOf(page)
      .getByLabel("Reason")
      .fill("The bank account is being checked")
    await confirm.dblclick()

    await seen(page.getByText("The bank account is being checked").first())
    page.off("request", listen)
    expect(asked.filter((url) => url.endsWith("/pause"))).toHaveLength(1)
    expect((await stage.shop.payee("Tiny Press")).is_paused).toBe(true)

    await choose(page, "Resume payouts")
    await dialogOf(page).getByLabel("Reason").fill("It is in order")
    await dialogOf(page).getByRole("button", { name: "Resume payouts" }).click()
    await until(
      "the vendor to be resumed",
      async () => !(await stage.shop.payee("Tiny Press")).is_paused
    )
    await seen(page.getByText("It is in order").first())
  })

  it("shows what an adjustment does before it is booked, and books that", async () => {
    const payee = await stage.shop.payee("Harbour Prints")
    const before = openIn(payee, "USD")
    const after = sum([before, "-1.50"])
    await open(stage, page, `/masspay/payees/${payee.id}`)
    await seen(page.getByText(`$${before} USD open`))

    await choose(page, "Adjust the balance")
    const confirm = dialogOf(page).getByRole("button", { name: "Book it" })
    await dialogOf(page).getByLabel("The vendor gets less").click()
    await dialogOf(page).getByLabel("Amount").fill("1,50")
    await dialogOf(page).getByLabel("Currency").fill("USD")
    await dialogOf(page).getByLabel("Reason").fill("Postage that we paid")
    await seen(
      dialogOf(page).getByText("1.50 USD are taken from what she is owed.")
    )
    expect(openIn(await stage.shop.payee("Harbour Prints"), "USD")).toBe(before)
    await confirm.dblclick()

    await seen(page.getByText(`$${after} USD open`))
    expect(openIn(await stage.shop.payee("Harbour Prints"), "USD")).toBe(after)
    const { entries } = await stage.shop.read<AdminLedgerResponse>(
      `payees/${payee.id}/ledger?kind=adjustment&limit=1`
    )
    expect(entries).toMatchObject([
      { amount: "-1.50", currency_code: "USD", reason: "Postage that we paid" },
    ])
    await seen(
      page
        .getByTestId("masspay-payee-ledger")
        .getByText("Postage that we paid")
        .first()
    )
  })

  it("takes no amount that is none", async () => {
    const payee = await stage.shop.payee("Tiny Press")
    await open(stage, page, `/masspay/payees/${payee.id}`)
    await choose(page, "Adjust the balance")
    await dialogOf(page).getByLabel("Amount").fill("1.000,00")
    await dialogOf(page).getByLabel("Reason").fill("A slip of the hand")

    await seen(dialogOf(page).getByText("Type how much, for example 12.50."))
    expect(
      await dialogOf(page).getByRole("button", { name: "Book it" }).isDisabled()
    ).toBe(true)
    await page.keyboard.press("Escape")
  })

  it("gives her statement as a file with the server's name", async () => {
    const payee = await stage.shop.payee("Kikapu Baskets")
    await open(stage, page, `/masspay/payees/${payee.id}`)
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "For a spreadsheet (CSV)" }).click(),
    ])

    expect(file.suggestedFilename()).toMatch(
      new RegExp(`^statement-${payee.vendor_id}-[A-Z]{3}-.*\\.csv$`)
    )
  })

  it("keeps nothing of a profile that MassPay did not take", async () => {
    const payee = await stage.shop.payee("Kikapu Baskets")
    await open(stage, page, `/masspay/payees/${payee.id}`)
    await choose(page, "Pass facts on to MassPay")
    const form = page.getByTestId("masspay-profile")
    await form.getByLabel("City").fill("Canaryville")
    expect(await form.locator("form").getAttribute("autocomplete")).toBe("off")
    await form.getByRole("button", { name: "Send to MassPay" }).click()

    await seen(form.getByText("MassPay did not take it"))
    expect(await form.getByLabel("City").inputValue()).toBe("")
    expect(await traces(page)).not.toContain("Canaryville")
    await page.keyboard.press("Escape")
  })
})
