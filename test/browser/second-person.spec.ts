import type { Locator, Page } from "playwright-core"

import type {
  AdminActionRequest,
  AdminActionRequestListResponse,
} from "../../src/types/http"
import { actionOf, answer, payoutOf, watchPosts } from "./support/answers"
import { graveIn } from "./support/axe"
import { takePicture } from "./support/browser"
import type { Login } from "./support/demo"
import { inviteOperator } from "./support/session"
import {
  dialogOf,
  open,
  openStage,
  seen,
  until,
  withPage,
} from "./support/stage"
import { choose } from "./support/vendors"

const REQUESTS = /\/admin\/masspay\/action-requests\?/
const ANSWERS = /\/admin\/masspay\/action-requests\/[^/]+\/(confirm|reject)/

function proposalOf(payout_id: string, maker: string): AdminActionRequest {
  return {
    id: "msact_1",
    request_id: "admin-1",
    action: "assert_not_executed",
    payout_id,
    payee_id: null,
    vendor_id: null,
    vendor_name: null,
    outcome: "ready",
    effect: "It is looked up and sent again.",
    amount: "120.50",
    currency_code: "USD",
    state: "proposed",
    maker,
    maker_reason: "MassPay's support says so",
    checker: null,
    checker_reason: null,
    created_at: "2026-01-01T00:00:00.000Z",
    decided_at: null,
  }
}

const stage = openStage()

const show = async (page: Page, makerOf: (me: string) => string) => {
  const [payout] = await stage.shop.payouts()
  if (!payout) throw new Error("The demo has no payout")
  const response = await page.request.get(
    `${stage.demo.shopUrl}/admin/users/me`
  )
  const { user } = (await response.json()) as { user: { id: string } }
  await answer(page, REQUESTS, () => ({
    json: {
      action_requests: [proposalOf(payout.id, makerOf(user.id))],
      count: 1,
      limit: 1,
      offset: 0,
    },
  }))
  await open(stage, page, `/masspay/payouts/${payout.id}`)
  const proposal = page.getByTestId("masspay-proposal")
  await seen(proposal.getByText("MassPay's support says so"))
  return proposal
}

describe("what waits for a second person", () => {
  it("is confirmed by somebody else, who sees what it will do, and once", () =>
    withPage(stage, async (page) => {
      const confirmed: string[] = []
      await answer(page, ANSWERS, (request) => {
        if (!request.url().includes("dry_run")) confirmed.push(request.url())
        return {
          json: actionOf(payoutOf({ status: "needs_review" }), {
            action: "assert_not_executed",
          }),
        }
      })
      const proposal = await show(page, () => "user_somebody_else")
      await proposal.getByRole("button", { name: "Confirm" }).click()
      const dialog = page.getByTestId("masspay-action-dialog")
      await seen(dialog.getByText("It is looked up and sent again"))
      await seen(dialog.getByText("$120.50 USD"))
      expect(await graveIn(dialog)).toEqual([])
      await takePicture(page, "payout-proposal")

      await dialog.getByLabel("Reason").fill("I asked there as well")
      await dialog.getByRole("button", { name: "Confirm" }).dblclick()
      await dialog.waitFor({ state: "detached" })
      expect(confirmed).toHaveLength(1)
      expect(confirmed[0]).toMatch(/msact_1\/confirm$/)
    }))

  it("cannot be confirmed by whoever proposed it, who is told so", () =>
    withPage(stage, async (page) => {
      const proposal = await show(page, (me) => me)
      await seen(proposal.getByText("Somebody else has to confirm"))
      expect(
        await proposal.getByRole("button", { name: "Confirm" }).count()
      ).toBe(0)
      await seen(proposal.getByRole("button", { name: "Reject" }))
    }))
})

/** More than one person may decide alone about, as the demo's options say. */
const LARGE = "600.00"
const VENDOR = "Prairie Honey Co."

describe("a large amount, which three people have to agree to", () => {
  let second: Login
  let third: Login
  beforeAll(async () => {
    const { demo } = stage
    second = await inviteOperator(demo, { first_name: "Sam", last_name: "Two" })
    third = await inviteOperator(demo, {
      first_name: "Tui",
      last_name: "Three",
    })
  })

  const requests = async () =>
    (
      await stage.shop.read<AdminActionRequestListResponse>(
        "action-requests?state=proposed"
      )
    ).action_requests
  const payoutOfIt = async () =>
    (await stage.shop.payouts()).find(
      ({ vendor_name, amount, currency_code }) =>
        vendor_name === VENDOR && amount === LARGE && currency_code === "EUR"
    )

  it("is only proposed by the first, who cannot confirm it", () =>
    withPage(stage, async (page) => {
      const { id } = await stage.shop.payee(VENDOR)
      await open(stage, page, `/masspay/payees/${id}`)
      await choose(page, "Adjust the balance")
      const dialog = dialogOf(page)
      await dialog.getByLabel("Amount").fill(LARGE)
      await dialog.getByLabel("Currency").fill("EUR")
      await dialog.getByLabel("Reason").fill("The fair's prize")
      await seen(dialog.getByText(/600.00 EUR/).first())
      await dialog.getByRole("button", { name: "Book it" }).dblclick()
      await dialog.waitFor({ state: "detached" })
      await seen(
        page.getByText("Proposed. A second person has to confirm it.").first()
      )
      expect(await requests()).toHaveLength(1)

      await open(stage, page, "/masspay/action-requests?state=proposed")
      const row = rowOfIt(page)
      await seen(row.getByText("Yours"))
      await seen(row.getByRole("button", { name: "Withdraw" }))
      expect(await row.getByRole("button", { name: "Confirm" }).count()).toBe(0)
    }))

  it("is confirmed by the second, once by two clicks", () =>
    withPage(
      stage,
      async (page) => {
        const posts = watchPosts(page, /\/action-requests\/[^/]+\/confirm$/)
        await open(stage, page, "/masspay/action-requests?state=proposed")
        await rowOfIt(page).getByRole("button", { name: "Confirm" }).click()
        const dialog = dialogOf(page)
        await seen(dialog.getByText("Proposed because: The fair's prize"))
        await dialog.getByLabel("Reason").fill("I was there")
        expect(await graveIn(dialog)).toEqual([])
        await takePicture(page, "second-person")
        await dialog.getByRole("button", { name: "Confirm" }).dblclick()
        await dialog.waitFor({ state: "detached" })
        expect(posts).toHaveLength(1)
        expect(await requests()).toEqual([])
      },
      { login: second }
    ))

  it("becomes a payout that the first did not get to approve, and the third approves once", async () => {
    const payout = await until("the payout", payoutOfIt)
    expect(payout.status).toBe("pending")
    await withPage(stage, async (page) => {
      await open(stage, page, `/masspay/payouts/${payout.id}`)
      const actions = page.getByTestId("masspay-actions")
      await seen(actions.getByText("Not now, and why"))
      expect(
        await actions.getByRole("button", { name: "Approve" }).count()
      ).toBe(0)
      await actions.getByText("Not now, and why").click()
      await seen(actions.getByText(/You caused this payout/).first())
    })
    await withPage(
      stage,
      async (page) => {
        const posts = watchPosts(page, /\/payouts\/[^/]+\/approve$/)
        await open(stage, page, `/masspay/payouts/${payout.id}`)
        await page
          .getByTestId("masspay-actions")
          .getByRole("button", { name: "Approve" })
          .click()
        const dialog = dialogOf(page)
        await seen(
          dialog.getByTestId("masspay-what-happens").getByText("€600.00 EUR")
        )
        await dialog.getByLabel("Reason").fill("It is in the budget")
        await dialog.getByRole("button", { name: "Approve" }).dblclick()
        await dialog.waitFor({ state: "detached" })
        expect(posts).toHaveLength(1)
        await until(
          "the payout to be in her wallet",
          async () => (await payoutOfIt())?.status === "completed"
        )
        await seen(page.getByText("In the vendor's wallet").first())
        await seen(page.getByText("It was approved.").first())
      },
      { login: third }
    )
  })
})

function rowOfIt(page: Page): Locator {
  return page
    .getByTestId("masspay-action-requests")
    .locator("tbody tr")
    .filter({ hasText: "The fair's prize" })
}
