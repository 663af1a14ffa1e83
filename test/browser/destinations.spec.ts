import { readFile } from "node:fs/promises"

import type { Locator, Page } from "playwright-core"

import type {
  AdminPayout,
  AdminPayoutListResponse,
  AdminPayoutResponse,
} from "../../src/types/http"
import type {
  AdminDestination,
  AdminDestinationListResponse,
} from "../../src/types/http-destinations"
import { answer, watchPosts } from "./support/answers"
import { graveIn } from "./support/axe"
import { control } from "./support/papers"
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

const VENDOR = "Tiny Press"
const ACCOUNT = "471108150001"
const DESTINATIONS = /\/admin\/masspay\/payees\/[^/]+\/destinations$/
const FORM = /\/destinations\/[^/]+\/attributes$/

const stage = openStage()
let page: Page
let settings: { payout_profile: string }

beforeAll(async () => {
  const { massPayUrl } = stage.demo
  settings = (await control(massPayUrl, "GET", "settings")) as typeof settings
  // Profiles are another matter.
  await control(massPayUrl, "POST", "settings", { payout_profile: "any" })
  page = await signedIn(stage)
})

afterAll(async () => {
  const { payout_profile } = settings
  await control(stage.demo.massPayUrl, "POST", "settings", { payout_profile })
})

describe("a vendor who is paid directly", () => {
  it("comes from no destination to a chosen one, and no answer stays behind", async () => {
    const { id } = await stage.shop.payee(VENDOR)
    await open(stage, page, `/masspay/payees/${id}`)
    const section = page.getByTestId("masspay-payee-destinations")
    await seen(section.getByText("No destination", { exact: true }))
    await seen(section.getByText("Into the wallet at MassPay (the shop's)"))
    const chosen = watchPosts(page, DESTINATIONS)
    const given = watchPosts(page, FORM)

    await section.getByRole("button", { name: "Choose a destination" }).click()
    const dialog = dialogOf(page)
    await dialog.getByLabel("Country").fill("")
    await seen(dialog.getByText("Type both currencies and the country"))
    await dialog.getByLabel("Currency owed").fill("eur")
    await dialog.getByLabel("Currency received").fill("usd")
    await dialog.getByLabel("Country").fill("us")
    await dialog.getByLabel("Reason").fill("She has a bank account now")
    const bank = dialog
      .getByTestId("masspay-route")
      .filter({ hasText: "Sandbox Bank USA" })
    await seen(bank.getByText("Bank account"))
    await seen(bank.getByText(/Fee .*1\.\d\d EUR/))
    await seen(bank.getByText(/1 EUR is about [\d.]+ USD/))
    await seen(dialog.getByText("Recommended"))
    expect(await graveIn(dialog)).toEqual([])
    await bank.getByRole("radio").click()
    expect(chosen).toEqual([])
    await dialog
      .getByRole("button", { name: "Choose on these terms" })
      .dblclick()

    const form = page.getByTestId("masspay-destination-details")
    await seen(form.getByLabel("Routing number"))
    expect(chosen).toHaveLength(1)
    await refusesWhatCannotBe(form)
    expect(given).toEqual([])
    await form.getByLabel("Account number").fill(ACCOUNT)
    await form.getByLabel("Name of this destination").fill("Main account")
    expect(await form.locator("form").getAttribute("autocomplete")).toBe("off")
    await form.getByRole("button", { name: "Send to MassPay" }).dblclick()
    await form.waitFor({ state: "detached" })

    expect(given).toHaveLength(1)
    await seen(section.getByText("Ready", { exact: true }))
    await seen(section.getByText(/EUR to USD.*Sandbox Bank USA.*…0001/))
    await seen(section.getByText("(Main account)"))
    expect(await traces(page)).not.toContain(ACCOUNT)
    expect(await graveIn(section)).toEqual([])
  })

  it("is paid there, and the payout says where, at what fee and who bears it, with MassPay's paper", async () => {
    const { id, vendor_id } = await stage.shop.payee(VENDOR)
    await open(stage, page, `/masspay/payees/${id}`)
    await chooseMethod("Directly to a destination")
    await seen(page.getByText("Directly to a destination (own)"))
    await stage.shop.post(`payees/${id}/adjustments`, {
      ...{ amount: "40.00", currency_code: "eur", reason: "A bonus" },
      request_id: `bonus-${Date.now()}`,
    })
    const payout = await until("a direct payout to arrive", () =>
      arrived(vendor_id)
    )
    const { payout: detail } = await stage.shop.read<AdminPayoutResponse>(
      `payouts/${payout.id}`
    )
    const { direct } = detail
    expect(direct).toMatchObject({
      quote: { fee_borne_by: "platform", is_committed: true },
      has_confirmation: true,
    })

    await open(stage, page, `/masspay/payouts/${payout.id}`)
    await seen(page.getByText("Paid out by MassPay").first())
    const where = page.getByTestId("masspay-direct")
    await seen(where.getByText("Sandbox Bank USA …0001 (Main account)"))
    await seen(where.getByText("Bank account (USA)"))
    await seen(where.getByText("borne by the marketplace"))
    await seen(where.getByText(/1 EUR is about/))
    await seen(where.getByText("MassPay says that it is completed."))
    // Nothing went into a wallet.
    expect(await page.locator("main").innerText()).not.toContain(
      "In the vendor's wallet"
    )
    expect(await graveIn(where)).toEqual([])
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      where.getByRole("button", { name: "Confirmation (PDF)" }).click(),
    ])
    expect(file.suggestedFilename()).toBe(`masspay-payout-${payout.id}.pdf`)
    expect((await readFile(await file.path())).subarray(0, 5).toString()).toBe(
      "%PDF-"
    )

    await where.getByRole("link").click()
    await page.waitForURL(`**/masspay/payees/${id}`)
    await chooseMethod("As the shop's options say")
    await seen(page.getByText("Into the wallet at MassPay (the shop's)"))
  })

  it("whose money came back is paid there again only once somebody says why", () =>
    withPage(
      stage,
      async (own) => {
        const { id } = await stage.shop.payee(VENDOR)
        const list = await stage.shop.read<AdminDestinationListResponse>(
          `payees/${id}/destinations`
        )
        const destination: AdminDestination = {
          ...(list.destinations[0] as AdminDestination),
          status: "returned",
          reason: "returned",
          detail: "In the server's words.",
          returned_payout_id: "mspo_1",
        }
        await answer(own, DESTINATIONS, () => ({
          json: { ...list, destinations: [destination] },
        }))
        const asked: object[] = []
        await answer(own, /\/use-again/, (request) => {
          asked.push(request.postDataJSON() as object)
          return { json: { destination, effect: "" } }
        })
        await open(stage, own, `/masspay/payees/${id}`)
        const row = own.getByTestId("masspay-destination")
        await seen(row.getByText("Geld kam zurück").first())
        await seen(row.getByText(/Ändern Sie es/))
        await row.getByRole("button", { name: "Erneut verwenden" }).click()
        const confirm = dialogOf(own).getByRole("button", {
          name: "Erneut verwenden",
        })
        expect(await confirm.isDisabled()).toBe(true)
        await dialogOf(own).getByLabel("Begründung").fill("Ein Feiertag")
        await confirm.dblclick()
        await dialogOf(own).waitFor({ state: "detached" })
        expect(asked).toMatchObject([{ reason: "Ein Feiertag" }])
      },
      { language: "de" }
    ))

  it("keeps no answer that MassPay refused, and says so", () =>
    withPage(stage, async (own) => {
      const { id } = await stage.shop.payee(VENDOR)
      await own.route(
        ({ pathname }) => FORM.test(pathname),
        (found) =>
          found.request().method() === "POST"
            ? found.fulfill({
                status: 400,
                json: {
                  type: "invalid_data",
                  message: "MassPay refused 'Account number'.",
                },
              })
            : found.continue()
      )
      await open(stage, own, `/masspay/payees/${id}`)
      await own
        .getByTestId("masspay-destination")
        .getByRole("button", { name: "Change the details" })
        .click()
      const form = own.getByTestId("masspay-destination-details")
      await fillIn(form, { account: ACCOUNT })
      await form.getByRole("button", { name: "Send to MassPay" }).click()

      await seen(form.getByText(/MassPay refused 'Account number'/))
      expect(await form.getByLabel("Account number").inputValue()).toBe("")
      expect(await traces(own)).not.toContain(ACCOUNT)
    }))
})

/** Nothing is sent while something is missing or has another form. */
async function refusesWhatCannotBe(form: Locator): Promise<void> {
  const send = form.getByRole("button", { name: "Send to MassPay" })
  expect(await send.isDisabled()).toBe(true)
  await form.getByLabel("Reason").fill("She wrote them down for us")
  await send.click()
  await seen(form.getByText("MassPay needs this.").first())
  await fillIn(form, { account: "12 34" })
  await send.click()
  await seen(
    form.getByText("MassPay expects another form of “Account number”.")
  )
  expect(await graveIn(form)).toEqual([])
}

async function fillIn(
  form: Locator,
  { account }: { account: string }
): Promise<void> {
  await form.getByLabel("Reason").fill("She wrote them down for us")
  await form.getByLabel("Routing number").fill("021000021")
  await form.getByLabel("Account number").fill(account)
  await form.getByLabel("Account type").click()
  await form.page().getByRole("option", { name: "Checking" }).click()
}

async function chooseMethod(name: string): Promise<void> {
  await page.getByRole("button", { name: "Change how" }).click()
  await dialogOf(page).getByLabel(name).click()
  await dialogOf(page).getByLabel("Reason").fill("She asked for it")
  await dialogOf(page).getByRole("button", { name: "Save" }).click()
  await dialogOf(page).waitFor({ state: "detached" })
}

async function arrived(vendor_id: string): Promise<AdminPayout | undefined> {
  const { payouts } = await stage.shop.read<AdminPayoutListResponse>(
    `payouts?vendor_id=${vendor_id}`
  )
  return payouts.find(
    ({ method, status }) => method === "direct" && status === "completed"
  )
}
