import { needsApproval } from "../../../domain/collect"
import { DecisionRefusedError } from "../../../domain/decisions"
import type { AdminPayNow } from "../../../types/http-collect"
import { take } from "./collect"
import {
  type CollectPolicy,
  payeesOf,
  plansOf,
  type VendorPlan,
} from "./collect-facts"
import { detailOf, reasonFacts } from "./collect-reasons"
import { areBooksKnown } from "./database-identity"
import type { Db, Sql } from "./db"
import { decideOnce, type Deciding } from "./decisions"
import { amountText } from "./dto"
import { databaseNow } from "./settlements"

type PayNowInput = {
  vendor_id: string
  /** Upper case; `null`: every currency. */
  currency_code: string | null
  ignore_minimum: boolean
  policy: CollectPolicy
}

/**
 * Collects for one vendor now, whatever her schedule: what is due, as always
 * with every debt of hers, and never what is held. Everything else that keeps
 * money back holds as for the schedule, approvals included; whoever asks for it
 * has caused the payouts, and somebody else approves them. Once for each
 * request id.
 *
 * Throws `DecisionRefusedError` when nothing can be paid, with the reasons.
 */
export async function payNow(
  db: Db,
  { tag, deciding, ...input }: PayNowInput & { tag: string; deciding: Deciding }
): Promise<AdminPayNow> {
  const { vendor_id, currency_code, ignore_minimum, policy } = input
  return decideOnce<AdminPayNow>(
    db,
    {
      decision: "pay_now",
      payload: { vendor_id, currency_code, ignore_minimum },
      ...deciding,
    },
    async (sql, id) => {
      // First of all locks, so that no restore is noticed or ended meanwhile.
      if (!(await areBooksKnown(sql))) {
        throw new DecisionRefusedError("books_unknown")
      }
      const { plans, payee_id, now } = await read(sql, input, { lock: true })
      const by = { actor: deciding.actor, cause: id }
      const payouts: AdminPayNow["payouts"] = []
      for (const found of plans) {
        const { pay } = found.plan
        if (!pay) continue
        const made = await take(sql, { found, pay, policy, tag, now, by })
        payouts.push({ ...payoutOf(found, policy), id: made.id })
      }
      if (payouts.length === 0) {
        throw new DecisionRefusedError("nothing_to_pay", whyNot(plans))
      }
      const result = { ...answerOf(input, plans, payouts), id }
      return { payee_id, result }
    }
  )
}

/** What `payNow` would do. Writes nothing. */
export async function previewPayNow(
  db: Db,
  input: PayNowInput
): Promise<AdminPayNow> {
  const { plans } = await read(db, input, { lock: false })
  const payouts = plans
    .filter(({ plan }) => plan.pay)
    .map((found) => payoutOf(found, input.policy))
  return { ...answerOf(input, plans, payouts), state: "preview" }
}

async function read(
  sql: Sql,
  { vendor_id, currency_code, ignore_minimum, policy }: PayNowInput,
  { lock }: { lock: boolean }
): Promise<{ plans: VendorPlan[]; payee_id: string; now: Date }> {
  const payees = await payeesOf(sql, [vendor_id], { lock })
  const [payee] = payees
  if (!payee) throw new DecisionRefusedError("vendor_not_found")
  const now = await databaseNow(sql)
  const waive = { schedule: true, minimum: ignore_minimum }
  const plans = await plansOf(sql, { payees, policy, now, waive })
  return {
    plans: plans.filter(
      (found) => (currency_code ?? found.currency_code) === found.currency_code
    ),
    payee_id: payee.id,
    now,
  }
}

function payoutOf(
  { plan, currency_code }: VendorPlan,
  policy: CollectPolicy
): AdminPayNow["payouts"][number] {
  const amount = plan.pays ?? 0n
  const isAsked =
    amount !== 0n &&
    needsApproval(policy.approval ?? { kind: "none" }, {
      amount,
      currency_code,
    })
  return {
    id: null,
    currency_code,
    amount: amountText(amount, currency_code),
    status: amount === 0n ? "netted" : isAsked ? "pending" : "ready",
  }
}

function answerOf(
  { vendor_id }: PayNowInput,
  plans: readonly VendorPlan[],
  payouts: AdminPayNow["payouts"]
): AdminPayNow {
  const waits = payouts.some(({ status }) => status === "pending")
  return {
    id: null,
    vendor_id,
    state: "done",
    effect:
      payouts.length === 0
        ? "Nothing is paid."
        : waits
          ? "Somebody else has to approve it; then it is sent."
          : "It is sent with the next dispatch.",
    payouts,
    not_paid: plans
      .filter(({ plan }) => !plan.pay)
      .map(({ payee, plan, currency_code }) => ({
        currency_code,
        open: amountText(plan.open, currency_code),
        due: amountText(plan.due, currency_code),
        reason: plan.reason,
        detail: detailOf({ payee, plan }),
        facts: reasonFacts({ payee, plan, currency_code }),
      })),
  }
}

function whyNot(plans: readonly VendorPlan[]): string {
  if (plans.length === 0) return "Nothing is open."
  return plans
    .map(
      ({ payee, plan, currency_code }) =>
        `${currency_code}: ${detailOf({ payee, plan }) ?? plan.reason}`
    )
    .join(" ")
}
