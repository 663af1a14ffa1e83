import type { Page } from "playwright-core"

import { shownTerms } from "../../src/admin/lib/destinations"
import type {
  AdminDestinationResponse,
  AutopayoutListResponse,
  DestinationFormResponse,
  DestinationRouteListResponse,
} from "../../src/types/http-destinations"
import { answer } from "./support/answers"
import { graveIn } from "./support/axe"
import { control } from "./support/papers"
import {
  dialogOf,
  open,
  openStage,
  seen,
  signedIn,
  withPage,
} from "./support/stage"

/** Has a wallet in EUR, and no destination. */
const VENDOR = "Werkstatt Lindenhof"
const RULES = /\/admin\/masspay\/payees\/[^/]+\/autopayouts/

const stage = openStage()
let page: Page
let payee_id: string

beforeAll(async () => {
  payee_id = (await stage.shop.payee(VENDOR)).id
  page = await signedIn(stage)
})

const rules = async () =>
  (
    await stage.shop.read<AutopayoutListResponse>(
      `payees/${payee_id}/autopayouts`
    )
  ).autopayouts

describe("the rules by which MassPay pays a wallet out by itself", () => {
  it("need a destination that pays in the wallet's currency, and say so", async () => {
    await open(stage, page, `/masspay/payees/${payee_id}`)
    const section = page.getByTestId("masspay-payee-autopayouts")
    await seen(section.getByText("No rule", { exact: true }))
    await seen(section.getByText(/needs a complete destination/))
    expect(
      await section.getByRole("button", { name: "Add a rule" }).count()
    ).toBe(0)
  })

  it("are made once by two clicks, take no more than the whole, and end with the keyboard alone", async () => {
    await aReadyDestination()
    await open(stage, page, `/masspay/payees/${payee_id}`)
    const section = page.getByTestId("masspay-payee-autopayouts")
    const asked: string[] = []
    page.on("request", (request) => {
      const isRule = RULES.test(new URL(request.url()).pathname)
      if (isRule && request.method() !== "GET") asked.push(request.method())
    })

    await section.getByRole("button", { name: "Add a rule" }).click()
    const dialog = dialogOf(page)
    await dialog.getByLabel("Reason").fill("She asked for it")
    const add = dialog.getByRole("button", { name: "Add the rule" })
    for (const wrong of ["", "0", "101", "12.345", "half"]) {
      await dialog.getByLabel("Share in percent").fill(wrong)
      expect([wrong, await add.isDisabled()]).toEqual([wrong, true])
    }
    await dialog.getByLabel("Share in percent").fill("62.5")
    await seen(dialog.getByText(/62\.5% of what comes into the EUR wallet/))
    expect(await graveIn(dialog)).toEqual([])
    await add.dblclick()
    await dialog.waitFor({ state: "detached" })
    const rule = section.getByTestId("masspay-autopayout")
    await seen(rule.getByText("62.5% of what comes into the EUR wallet"))
    await seen(rule.getByText(/to …\S+ \(Workshop\)/))
    expect(asked).toEqual(["POST"])
    expect(await rules()).toMatchObject([
      { currency_code: "EUR", percentage: 62.5, label: "Workshop" },
    ])
    expect(await graveIn(section)).toEqual([])

    // What the first one takes is not there for a second.
    await section.getByRole("button", { name: "Add a rule" }).click()
    await seen(dialogOf(page).getByText(/^At most 37\.5%/))
    await dialogOf(page).getByLabel("Share in percent").fill("40")
    await dialogOf(page).getByLabel("Reason").fill("More")
    expect(await add.isDisabled()).toBe(true)
    await page.keyboard.press("Escape")
    await dialogOf(page).waitFor({ state: "detached" })

    await rule.getByRole("button", { name: /^End: 62\.5%/ }).focus()
    await page.keyboard.press("Enter")
    await seen(dialogOf(page).getByText(/stays there from now on/))
    const end = dialogOf(page).getByRole("button", { name: "End" })
    expect(await end.isDisabled()).toBe(true)
    await dialogOf(page).getByLabel("Reason").focus()
    await page.keyboard.type("She changed her mind")
    await end.focus()
    await page.keyboard.press("Enter")
    await seen(section.getByText("No rule", { exact: true }))
    expect(asked).toEqual(["POST", "DELETE"])
    expect(await rules()).toEqual([])
  })

  it.each([
    [500, "Something went wrong on the server"],
    [403, "You may not see this"],
  ])("are not there where the server answers %i, in words", (status, words) =>
    withPage(stage, async (own) => {
      let isBroken = true
      await own.route(
        ({ pathname }) => RULES.test(pathname),
        (found) =>
          isBroken ? found.fulfill({ status, json: {} }) : found.continue()
      )
      await open(stage, own, `/masspay/payees/${payee_id}`)
      const section = own.getByTestId("masspay-payee-autopayouts")
      await seen(section.getByText(words))
      // Of rules that are not known none is made.
      expect(
        await section.getByRole("button", { name: "Add a rule" }).count()
      ).toBe(0)
      isBroken = false
      if (status !== 500) return
      await section.getByRole("button", { name: "Try again" }).click()
      await seen(section.getByText("No rule", { exact: true }))
    })
  )

  it("stay in the list when MassPay refuses to end one, on a telephone and in German", () =>
    withPage(
      stage,
      async (own) => {
        const rule = {
          ...{ id: "autopayout_1", currency_code: "EUR", percentage: 12.5 },
          ...{ destination: "…0001", label: null },
        }
        await answer(own, RULES, (request) =>
          request.method() === "GET"
            ? { json: { autopayouts: [rule] } }
            : {
                status: 404,
                json: {
                  type: "not_found",
                  message: "There is no such rule on this vendor's wallets.",
                },
              }
        )
        await open(stage, own, `/masspay/payees/${payee_id}`)
        const section = own.getByTestId("masspay-payee-autopayouts")
        await seen(section.getByText(/12,5\s%\svon allem, was auf das Wallet/))
        await section.getByRole("button", { name: /^Beenden: 12,5/ }).click()
        await dialogOf(own).getByLabel("Begründung").fill("Ein Versuch")
        await dialogOf(own).getByRole("button", { name: "Beenden" }).click()
        await seen(dialogOf(own).getByText(/There is no such rule/))
        const sideways = await own.evaluate(
          () => document.documentElement.scrollWidth - window.innerWidth
        )
        expect(sideways).toBeLessThanOrEqual(0)
      },
      { language: "de", width: 390, height: 844 }
    ))
})

/** As an operator makes it by the API: her account in Germany. */
async function aReadyDestination(): Promise<void> {
  const { massPayUrl } = stage.demo
  const { payout_profile } = (await control(massPayUrl, "GET", "settings")) as {
    payout_profile: string
  }
  await control(massPayUrl, "POST", "settings", { payout_profile: "any" })
  const path = `payees/${payee_id}/destinations`
  const { routes } = await stage.shop.read<DestinationRouteListResponse>(
    `${path}/routes?currency_code=eur&country_code=DE`
  )
  const [route] = routes
  if (!route) throw new Error("MassPay pays nobody in Germany")
  const request = (what: string) => ({
    request_id: `autopayouts-${what}-${Date.now()}`,
    reason: "She has a bank account",
  })
  const { destination } = await stage.shop.post<AdminDestinationResponse>(
    path,
    {
      ...request("choose"),
      ...{ currency_code: "eur", country_code: "DE" },
      destination_token: route.destination_token,
      destination_currency_code: "EUR",
      shown: shownTerms(route),
    }
  )
  const details = `${path}/${destination?.id}/attributes`
  const { fields } = await stage.shop.read<DestinationFormResponse>(details)
  const values = fields
    .filter(({ is_required }) => is_required)
    .map(({ token, label, options }) => [
      token,
      options?.[0] ?? ACCOUNT[label] ?? "",
    ])
  await stage.shop.post(details, {
    ...request("details"),
    values: Object.fromEntries(values) as object,
    label: "Workshop",
  })
  await control(massPayUrl, "POST", "settings", { payout_profile })
}

const ACCOUNT: Record<string, string> = {
  IBAN: "DE89370400440532013000",
  BIC: "COBADEFFXXX",
}
