import type { PayoutAction } from "../../src/domain/actions"
import { answerProposal } from "../../src/modules/masspay/queries/action-answers"
import type { ActionRules } from "../../src/modules/masspay/queries/action-facts"
import { actOnPayout } from "../../src/modules/masspay/queries/actions"
import type { AskedLookup } from "../../src/modules/masspay/queries/resolve-apply"
import { dispatchPayouts } from "../../src/runners/dispatch"
import { lookUpNow, resolvePayouts } from "../../src/runners/resolve"
import {
  aPayout,
  MINUTE_MS,
  readPayout,
  type Shop,
  type TestPayout,
} from "./payout-shop"

export const RULES: ActionRules = {
  approval: { kind: "none" },
  may_reverse: true,
  may_reverse_direct: true,
}

let requests = 0

/** What operators do in a shop, and the payouts they have to decide about. */
export function operatorsOf(shop: () => Shop) {
  function act(
    action: PayoutAction,
    { id }: TestPayout,
    overrides: Partial<Parameters<typeof actOnPayout>[1]> = {}
  ) {
    requests += 1
    return actOnPayout(shop().books.db, {
      action,
      payout_id: id,
      request_id: `request-${requests}`,
      reason: "because",
      actor: "user_1",
      dry_run: false,
      outcome: action === "assert_not_executed" ? "ready" : null,
      tag: shop().tag,
      rules: RULES,
      ...overrides,
    })
  }

  const answer = (
    id: string | null,
    overrides: Partial<Parameters<typeof answerProposal>[1]> = {}
  ) =>
    answerProposal(shop().books.db, {
      id: id ?? "",
      answer: "confirm",
      reason: "I looked too",
      actor: "user_2",
      dry_run: false,
      tag: shop().tag,
      rules: RULES,
      ...overrides,
    })

  const lookUp = (
    { id }: TestPayout,
    asked: Partial<AskedLookup> = {},
    failpoint: (point: string) => Promise<void> = () => Promise.resolve()
  ) =>
    lookUpNow(shop().deps({ failpoint }), {
      payout_id: id,
      asked: {
        by: "user_1",
        request: "msact_test",
        may_unblock: false,
        ...asked,
      },
    })

  /** Its request reaches MassPay although no attempt of ours says so. */
  async function sendByHand(
    { id, client_id, payee }: TestPayout,
    fields: object = {}
  ): Promise<void> {
    const [sent] = await shop().books.db.rows<{ request_text: string }>(
      `select request_text from masspay_operation where payout_id = ?`,
      [id]
    )
    const { status } = await fetch(
      `${shop().sandbox.url}/v1.0.0/payout/load/${payee.user_token}`,
      {
        method: "POST",
        headers: {
          authorization: `Bearer ${shop().sandbox.apiKey}`,
          "content-type": "application/json",
          "idempotency-key": `${client_id}-late`,
        },
        body: JSON.stringify({
          ...(JSON.parse(sent?.request_text ?? "") as object),
          ...fields,
        }),
      }
    )
    expect(status).toBeLessThan(300)
  }

  /** One that MassPay refused, long enough ago for it to show if it was executed. */
  async function aRefusedPayout(): Promise<TestPayout> {
    const payout = await aPayout(shop())
    shop().sandbox.control.armFault({
      fault: "400_reject",
      method: "POST",
      path: "/load/",
    })
    await dispatchPayouts(shop().deps())
    await shop().passTime(10 * MINUTE_MS)
    expect(await readPayout(shop(), payout.id)).toMatchObject({
      status: "blocked",
      block_reason: "config",
    })
    return payout
  }

  async function aPendingPayout(maker = "system"): Promise<TestPayout> {
    const payout = await aPayout(shop())
    await shop().books.db.rows(
      `alter table masspay_payout disable trigger user`
    )
    await shop().books.db.rows(
      `update masspay_payout set status = 'pending', approval = 'required', maker = ?
      where id = ?`,
      [maker, payout.id]
    )
    await shop().books.db.rows(`alter table masspay_payout enable trigger user`)
    await shop().books.db.rows(
      `alter table masspay_payout_event disable trigger user`
    )
    await shop().books.db.rows(
      `update masspay_payout_event set to_status = 'pending', event = 'collected_for_approval'
      where payout_id = ?`,
      [payout.id]
    )
    await shop().books.db.rows(
      `alter table masspay_payout_event enable trigger user`
    )
    return payout
  }

  const openAmounts = async () => {
    const rows = await shop().books.db.rows<{ amount: string }>(
      `select amount::text as amount from masspay_open_entry order by amount`
    )
    return rows.map((row) => row.amount)
  }

  const storedRequests = () =>
    shop().books.db.rows(`select state from masspay_action_request`)

  /** One whose outcome nobody can tell, given up by code. */
  async function aParkedPayout(): Promise<TestPayout> {
    const payout = await aPayout(shop())
    shop().sandbox.control.armFault({
      fault: "drop_before_execute",
      method: "POST",
      path: "/load/",
      times: 100,
    })
    for (let time = 0; time < 40; time += 1) {
      await dispatchPayouts(shop().deps())
      await shop().passTime(3 * 60 * MINUTE_MS)
      await resolvePayouts(shop().deps())
      if ((await readPayout(shop(), payout.id)).status === "needs_review") break
    }
    shop().sandbox.control.clearFaults()
    expect((await readPayout(shop(), payout.id)).status).toBe("needs_review")
    return payout
  }

  return {
    act,
    answer,
    lookUp,
    sendByHand,
    aRefusedPayout,
    aPendingPayout,
    aParkedPayout,
    openAmounts,
    storedRequests,
  }
}
