import type { Page } from "playwright-core"

import type { AdminActionRequest } from "../../../src/types/http"
import { actionOf, answer, payoutOf } from "../support/answers"
import { graveIn } from "../support/axe"
import { takePicture } from "../support/browser"
import { open, seen, type Stage, withPage } from "../support/stage"

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

export function describeProposal(stage: Stage): void {
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
}
