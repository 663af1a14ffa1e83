import { readFile } from "node:fs/promises"

import type { Page } from "playwright-core"

import { sum } from "../../src/admin/lib/decimal"
import type { AdminPayeeResponse } from "../../src/types/http-collect"
import type {
  AdminLedgerResponse,
  AdminNegativeBalanceListResponse,
} from "../../src/types/http-statements"
import { answer, watchPosts } from "./support/answers"
import { graveIn } from "./support/axe"
import {
  dialogOf,
  open,
  openStage,
  seen,
  signedIn,
  until,
  withPage,
} from "./support/stage"
import { traces } from "./support/traces"
import { choose, openIn } from "./support/vendors"

const UNLINK = /\/admin\/masspay\/payees\/[^/]+\/unlink/

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
    await dialogOf(page).waitFor({ state: "detached" })

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

  it("gives her statement to read and print, for the days that are chosen", async () => {
    const payee = await stage.shop.payee("Kikapu Baskets")
    await open(stage, page, `/masspay/payees/${payee.id}`)
    const form = page.getByTestId("masspay-payee-statement")
    const today = new Date().toISOString().slice(0, 10)
    await form.getByLabel("From").fill("2999-01-01")
    await seen(form.getByText("The first day has to lie before the last one."))
    expect(await form.getByRole("button", { name: /HTML/ }).count()).toBe(0)
    await form.getByLabel("From").fill(today)
    await form.getByLabel("To and including").fill(today)

    const [file] = await Promise.all([
      page.waitForEvent("download"),
      form.getByRole("button", { name: "To read and print (HTML)" }).click(),
    ])

    expect(file.suggestedFilename()).toMatch(/\.html$/)
    const text = await readFile(await file.path(), "utf8")
    expect(text).toContain("Kikapu Baskets")
    expect(text).not.toMatch(/<script/i)
  })

  it("is forgiven what she owes, once by two clicks", async () => {
    const { payee_id, currency_code, balance } = await aDebt()
    const posts = watchPosts(page, /\/write-offs$/)
    const owes = `Owes $${balance.slice(1)}`
    await open(stage, page, `/masspay/payees/${payee_id}`)
    await seen(page.getByText(owes).first())

    await choose(page, "Write off the debt")
    const confirm = dialogOf(page).getByRole("button", { name: "Write it off" })
    await seen(
      dialogOf(page).getByText(
        new RegExp(`${balance.slice(1)} ${currency_code}`)
      )
    )
    expect(await confirm.isDisabled()).toBe(true)
    await dialogOf(page).getByLabel("Reason").fill("She sells nothing more")
    expect(await debts()).toHaveLength(1)
    await confirm.dblclick()
    await dialogOf(page).waitFor({ state: "detached" })

    await page.getByText(owes).first().waitFor({ state: "detached" })
    expect(posts).toHaveLength(1)
    expect(await debts()).toEqual([])
    await seen(
      page
        .getByTestId("masspay-payee-ledger")
        .getByText("She sells nothing more")
        .first()
    )
    // There is nothing more to write off.
    await page
      .getByRole("button", { name: "What can be done about this vendor" })
      .click()
    await seen(page.getByRole("menuitem", { name: "Adjust the balance" }))
    expect(
      await page.getByRole("menuitem", { name: "Write off the debt" }).count()
    ).toBe(0)
    await page.keyboard.press("Escape")
  })

  it("keeps her MassPay user while something of hers is open, and says what", () =>
    withPage(stage, async (own) => {
      const payee = await stage.shop.payee("Kikapu Baskets")
      const posts = watchPosts(own, UNLINK)
      await answer(own, UNLINK, () => ({
        status: 400,
        json: {
          type: "not_allowed",
          code: "something_open",
          message: "Payout mspo_1 is being sent.",
        },
      }))
      await open(stage, own, `/masspay/payees/${payee.id}`)
      await choose(own, "Unlink the user")
      const dialog = dialogOf(own)
      await seen(dialog.getByText("This cannot be done now"))
      await seen(dialog.getByText("Payout mspo_1 is being sent."))
      await dialog.getByLabel("Reason").fill("She asked for it")
      expect(
        await dialog
          .getByRole("button", { name: "Unlink the user" })
          .isDisabled()
      ).toBe(true)
      expect(posts).toEqual([])
    }))

  it("loses her MassPay user only when a second person agrees; whoever proposed it may withdraw it", () =>
    withPage(stage, async (own) => {
      const { id, user_token } = await stage.shop.payee("Kikapu Baskets")
      const posts = watchPosts(own, UNLINK)
      await open(stage, own, `/masspay/payees/${id}`)
      await choose(own, "Unlink the user")
      const dialog = dialogOf(own)
      await seen(dialog.getByText("is not paid until somebody links"))
      const confirm = dialog.getByRole("button", { name: "Unlink the user" })
      expect(await confirm.isDisabled()).toBe(true)
      await dialog.getByLabel("Reason").fill("She moves to another account")
      await confirm.dblclick()
      await dialog.waitFor({ state: "detached" })
      await seen(
        own.getByText("Proposed. A second person has to confirm it.").first()
      )
      expect(posts).toHaveLength(1)
      const kept = await stage.shop.payee("Kikapu Baskets")
      expect(kept.user_token).toBe(user_token)

      await open(stage, own, "/masspay/action-requests?state=proposed")
      const row = own
        .getByTestId("masspay-action-requests")
        .locator("tbody tr")
        .filter({ hasText: "She moves to another account" })
      await seen(row.getByText("Unlink the MassPay user"))
      expect(await row.getByRole("button", { name: "Confirm" }).count()).toBe(0)
      await row.getByRole("button", { name: "Withdraw" }).click()
      await dialog.getByLabel("Reason").fill("She stays after all")
      await dialog.getByRole("button", { name: "Withdraw" }).click()
      await row.waitFor({ state: "detached" })
      const { user_token: after } = await stage.shop.payee("Kikapu Baskets")
      expect(after).toBe(user_token)
    }))

  it("gets the user that was found only after somebody has seen which, and once", () =>
    withPage(stage, async (own) => {
      const payee = await stage.shop.payee("Harbour Prints")
      const { payee: detail } = await stage.shop.read<AdminPayeeResponse>(
        `payees/${payee.id}`
      )
      const found_user_token = "usr_found_at_masspay"
      const asked: object[] = []
      await answer(
        own,
        new RegExp(`/admin/masspay/payees/${payee.id}$`),
        () => ({
          json: { payee: { ...detail, found_user_token } },
        })
      )
      await answer(own, /\/confirm-user/, (request) => {
        const isDry = request.url().includes("dry_run")
        if (!isDry) asked.push(request.postDataJSON() as object)
        return {
          json: {
            action: {
              id: isDry ? null : "msact_1",
              request_id: "r",
              action: "confirm_user",
              payee_id: payee.id,
              vendor_id: payee.vendor_id,
              state: isDry ? "preview" : "proposed",
              effect: "Everything that is due goes to this user.",
            },
          },
        }
      })
      await open(stage, own, `/masspay/payees/${payee.id}`)
      await seen(
        own.getByText("A user was found and has to be confirmed").first()
      )
      await choose(own, "Confirm the user")
      const dialog = dialogOf(own)
      await seen(dialog.getByText(found_user_token))
      await seen(dialog.getByText("Everything that is due goes to this user."))
      const confirm = dialog.getByRole("button", { name: "Confirm the user" })
      expect(await confirm.isDisabled()).toBe(true)
      expect(await graveIn(dialog)).toEqual([])
      await dialog.getByLabel("Reason").fill("She sent me the number")
      await confirm.dblclick()
      await dialog.waitFor({ state: "detached" })
      await seen(
        own.getByText("Proposed. A second person has to confirm it.").first()
      )
      expect(asked).toHaveLength(1)
      expect(asked[0]).toMatchObject({
        found_user_token,
        reason: "She sent me the number",
      })
    }))
})

type Debt = AdminNegativeBalanceListResponse["negative_balances"][number]

async function debts(): Promise<Debt[]> {
  const { negative_balances } =
    await stage.shop.read<AdminNegativeBalanceListResponse>(
      "negative-balances?limit=100"
    )
  return negative_balances
}

/** Of the vendor in the demo who owes for a candle that came back. */
async function aDebt(): Promise<Debt> {
  const [debt] = await debts()
  if (!debt) throw new Error("Nobody in the demo owes anything")
  return debt
}
