import type { Sandbox } from "../../sandbox"
import { kernelFrom } from "../../src/kernel"
import type {
  AdminActionRequestListResponse,
  AdminPayout,
  AdminPayoutAction,
  AdminPayoutActionsResponse,
} from "../../src/types/http"
import {
  masspayApprovePayoutWorkflow,
  masspayVoidPayoutWorkflow,
} from "../../src/workflows"
import { describeHost } from "./support/host"
import { type openAdmin, restOf, runJobs, walletsOf } from "./support/plugin"
import { aContact } from "./support/shop"

type Operator = ReturnType<typeof openAdmin>

const ADA = "ven_ada"
const BECAUSE = { reason: "agreed with the vendor" }
const PATHS = [
  "approve",
  "reject",
  "void",
  "resolve",
  "retry",
  "settle-elsewhere",
  "reverse",
  "cancel",
  "assert-not-executed",
]

let requests = 0

/** Asks for an action; a new request each time unless `body` names one. */
async function ask(
  operator: Operator,
  path: string,
  body: object = {}
): Promise<{ status: number; code?: string; action?: AdminPayoutAction }> {
  requests += 1
  const { status, data } = await operator.post(path, {
    request_id: `request-${requests}`,
    ...BECAUSE,
    ...body,
  })
  return { status, ...(data as object) }
}

function loadsSentTo(sandbox: Sandbox): number {
  return sandbox.control
    .journal()
    .entries.filter(
      (entry) =>
        entry.kind === "request" &&
        entry.method === "POST" &&
        entry.path.includes("/load/")
    ).length
}

describeHost(
  {
    MASSPAY_MARKETPLACE: "metadata",
    MASSPAY_PAYOUTS: JSON.stringify({ approval: "all", allowReversal: true }),
  },
  ({ shop, getContainer, sandbox, admin, program }) => {
    const work = () => runJobs(getContainer())
    const wallet = () => walletsOf(sandbox())["ada@example.com"] ?? ""

    /** An order is settled, and its payout waits for an approval. */
    async function aPendingPayout(operator: Operator): Promise<AdminPayout> {
      await shop.registerVendors({ [ADA]: aContact() })
      const order = await shop.place({
        items: [{ title: "Bowl", unit_price: "10.00", vendor_id: ADA }],
      })
      await shop.pay(order)
      await shop.complete(order)
      await restOf(getContainer())
      await work()
      const { payouts } = await operator.payouts("?status=pending")
      const [payout] = payouts
      if (!payout) throw new Error("No payout waits for an approval")
      expect(wallet()).toBe("")
      return payout
    }

    const statusOf = async (operator: Operator, id: string) =>
      (await operator.get<{ payout: AdminPayout }>(`payouts/${id}`)).payout
        .status

    const allowed = async (operator: Operator, id: string) => {
      const { actions } = await operator.get<AdminPayoutActionsResponse>(
        `payouts/${id}/actions`
      )
      return actions.flatMap(({ action, allowed: is }) => (is ? action : []))
    }

    it("act only for signed-in people, and only with a request id and a reason", async () => {
      const ada = await admin()
      const { refusal, post } = ada
      expect((await refusal("action-requests", {})).status).toBe(401)
      expect((await refusal("payouts/mspo_1/actions", {})).status).toBe(401)
      for (const path of PATHS) {
        const url = `payouts/mspo_none/${path}`
        const outcome = path === "assert-not-executed" && { outcome: "void" }
        for (const [body, words] of [
          [{ ...BECAUSE }, "request_id"],
          [{ ...BECAUSE, request_id: "not good!" }, "request_id"],
          [{ request_id: "r" }, "reason"],
          [{ request_id: "r", reason: "  " }, "reason"],
          [{ request_id: "r", reason: "x".repeat(1001) }, "1000"],
          [{ ...BECAUSE, request_id: "r", amount: 1 }, "amount"],
        ] as const) {
          const { status, data } = await post(url, { ...outcome, ...body })
          expect([path, status]).toEqual([path, 400])
          expect((data as { message: string }).message).toContain(words)
        }
        const answer = await ask(ada, url, outcome || {})
        expect([path, answer.status]).toEqual([path, 404])
      }
      for (const path of [
        "payouts/mspo_none/void?dry_run=yes",
        "payouts/mspo_none/assert-not-executed",
      ]) {
        expect((await ask(ada, path)).status).toBe(400)
      }
      for (const answer of ["confirm", "reject"]) {
        const path = `action-requests/msact_none/${answer}`
        expect((await post(path, BECAUSE)).status).toBe(404)
        expect((await post(path, {})).status).toBe(400)
      }
    })

    it("a dry run and a program change nothing; a person's approval pays once", async () => {
      const ada = await admin()
      const bob = await admin("bob@example.com")
      const { id } = await aPendingPayout(ada)
      const path = `payouts/${id}/approve`
      expect(await allowed(ada, id)).toEqual([
        "approve",
        "reject",
        "void",
        "resolve",
        "settle_elsewhere",
      ])

      expect(await ask(ada, `${path}?dry_run=true`)).toMatchObject({
        status: 200,
        action: {
          id: null,
          state: "preview",
          from: "pending",
          to: "ready",
          amount: "10.00",
          currency_code: "USD",
        },
      })
      expect(await ask(await program(), path)).toMatchObject({
        status: 400,
        code: "not_a_person",
      })
      await work()
      expect(await statusOf(ada, id)).toBe("pending")
      expect(wallet()).toBe("")

      const first = await ask(ada, path, { request_id: "approve-1" })
      expect(first).toMatchObject({
        status: 200,
        action: { state: "done", from: "pending", to: "ready" },
      })
      await work()
      expect(wallet()).toBe("10.00 USD")
      expect(await ask(ada, path, { request_id: "approve-1" })).toEqual(first)
      expect(await ask(bob, path, { request_id: "approve-1" })).toMatchObject({
        status: 400,
        code: "request_id_used",
      })
      expect(await ask(bob, path)).toMatchObject({
        status: 400,
        code: "wrong_status",
      })
      await work()
      expect(loadsSentTo(sandbox())).toBe(1)
      expect(wallet()).toBe("10.00 USD")

      expect(await allowed(ada, id)).toEqual(["resolve", "reverse"])
      expect(await ask(ada, `payouts/${id}/reverse`)).toMatchObject({
        status: 200,
        action: { from: "completed", to: "reversing" },
      })
      await work()
      expect(await statusOf(ada, id)).toBe("reversed")
      expect(wallet()).toBe("0.00 USD")
      expect((await ada.payouts("?status=pending")).count).toBe(1)

      const { action_requests, count } =
        await ada.get<AdminActionRequestListResponse>(
          `action-requests?payout_id=${id}`
        )
      expect(count).toBe(2)
      expect(action_requests).toMatchObject([
        { action: "reverse", state: "done", maker_reason: BECAUSE.reason },
        { action: "approve", state: "done", request_id: "approve-1" },
      ])
    })

    it("settling elsewhere is decided by two people, and pays nothing", async () => {
      const ada = await admin()
      const bob = await admin("bob@example.com")
      const { id } = await aPendingPayout(ada)
      const proposed = await ask(ada, `payouts/${id}/settle-elsewhere`)
      expect(proposed).toMatchObject({
        status: 200,
        action: { state: "proposed", from: "pending", to: "pending" },
      })
      const answer = `action-requests/${proposed.action?.id ?? ""}`
      expect(await allowed(bob, id)).toEqual(["resolve"])

      const post = async (who: Operator, path: string) => {
        const { status, data } = await who.post(`${answer}/${path}`, BECAUSE)
        return { status, ...(data as object) }
      }
      expect(await post(ada, "confirm")).toMatchObject({
        status: 400,
        code: "own_proposal",
      })
      expect(await post(await program(), "confirm")).toMatchObject({
        status: 400,
        code: "not_a_person",
      })
      const waiting = await bob.get<AdminActionRequestListResponse>(
        "action-requests?state=proposed"
      )
      expect(waiting.action_requests).toMatchObject([
        { payout_id: id, amount: "10.00", currency_code: "USD", checker: null },
      ])
      expect(await post(bob, "confirm?dry_run=true")).toMatchObject({
        status: 200,
        action: { state: "preview", from: "pending", to: "void" },
      })
      expect(await statusOf(bob, id)).toBe("pending")

      const done = await post(bob, "confirm")
      expect(done).toMatchObject({
        status: 200,
        action: { state: "done", to: "void" },
      })
      expect(await post(bob, "confirm")).toEqual(done)
      expect(await post(bob, "reject")).toMatchObject({
        status: 400,
        code: "already_answered",
      })
      await work()
      expect(await statusOf(ada, id)).toBe("void")
      expect((await ada.payouts("?status=pending")).count).toBe(0)
      expect(loadsSentTo(sandbox())).toBe(0)
    })

    it("code acts through the workflows, in its own name", async () => {
      const ada = await admin()
      const { id } = await aPendingPayout(ada)
      const input = { payout_id: id, actor: "nightly-check", ...BECAUSE }
      const voiding = { ...input, request_id: "void-1" }

      for (const dry_run of [true, false]) {
        const { result } = await masspayVoidPayoutWorkflow(getContainer()).run({
          input: { ...voiding, dry_run },
        })
        expect(result).toMatchObject({
          state: dry_run ? "preview" : "done",
          from: "pending",
          to: "void",
        })
        expect(await statusOf(ada, id)).toBe(dry_run ? "pending" : "void")
      }
      await expect(
        masspayApprovePayoutWorkflow(getContainer()).run({
          input: { ...input, request_id: "approve-1" },
        })
      ).rejects.toMatchObject({ type: "not_allowed", code: "wrong_status" })
      expect(
        await ada.get<AdminActionRequestListResponse>("action-requests")
      ).toMatchObject({
        count: 1,
        action_requests: [{ action: "void", maker: "nightly-check" }],
      })
    })

    it("a look-up sends nothing; a retry pays once, however often it is repeated", async () => {
      const ada = await admin()
      const { id } = await aPendingPayout(ada)
      const { control } = sandbox()
      control.armFault({ fault: "400_reject", method: "POST", path: "/load/" })
      await ask(ada, `payouts/${id}/approve`)
      await work()
      expect(await statusOf(ada, id)).toBe("blocked")
      expect(await ask(ada, `payouts/${id}/retry`)).toMatchObject({
        status: 400,
        code: "too_early",
      })
      // Long enough ago for MassPay to show it.
      const { books } = await kernelFrom(getContainer())
      await books.rows(`alter table masspay_attempt disable trigger user`)
      await books.rows(
        `update masspay_attempt set lease_until = lease_until - interval '1 hour'`
      )
      await books.rows(`alter table masspay_attempt enable trigger user`)

      control.armFault({
        fault: "drop_before_execute",
        method: "GET",
        path: "/load/",
      })
      const retry = { request_id: "retry-1" }
      expect(await ask(ada, `payouts/${id}/retry`, retry)).toMatchObject({
        status: 500,
        code: "no_answer",
      })
      expect((await ask(ada, `payouts/${id}/resolve`)).status).toBe(200)
      await work()
      expect(await statusOf(ada, id)).toBe("blocked")
      expect(loadsSentTo(sandbox())).toBe(1)

      const second = { request_id: "retry-2" }
      const done = await ask(ada, `payouts/${id}/retry`, second)
      expect(done).toMatchObject({ status: 200, action: { state: "done" } })
      await work()
      expect(wallet()).toBe("10.00 USD")
      expect(await ask(ada, `payouts/${id}/retry`, second)).toEqual(done)
      await work()
      expect(loadsSentTo(sandbox())).toBe(2)
      expect(wallet()).toBe("10.00 USD")
    })
  }
)
