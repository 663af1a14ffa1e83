import {
  type ClawbackStep,
  decideClawback,
  DEFAULT_LADDER,
} from "../../../domain/clawback"
import { clawbackTarget } from "./clawback-facts"
import {
  type CollectedPayout,
  collectLocked,
  type CollectPolicy,
} from "./collect"
import { areBooksKnown } from "./database-identity"
import type { Db, Sql } from "./db"
import { createSpendback } from "./spendback"
import { requestTakeBack } from "./take-back"
import { voidUnsent } from "./void-unsent"

/** What the timeline says of a payout that was given up, or asked back, for this. */
const CAUSE = "clawback"

export type Debtor = { vendor_id: string; currency_code: string }

export type PayeeWallet = { token: string; balance: bigint }

export type ClawedBack = {
  step: ClawbackStep
  user_token: string | null
  /** Payouts that were made: remade ones, or the spendback. */
  payouts: CollectedPayout[]
}

/**
 * Vendors with something open below zero that nobody has looked at since it was
 * booked, or within `again_after_ms`; the longest ago first.
 */
export async function debtorsToCheck(
  sql: Sql,
  {
    vendor_id = null,
    again_after_ms,
    limit,
  }: { vendor_id?: string | null; again_after_ms: number; limit: number }
): Promise<Debtor[]> {
  return sql.rows<Debtor>(
    `select d.vendor_id, d.currency_code
       from (select o.vendor_id, o.currency_code, max(e.created_at) as booked_at
               from masspay_open_entry o
               join masspay_ledger_entry e on e.id = o.entry_id
              where o.amount < 0
                and o.vendor_id = coalesce(?::text, o.vendor_id)
              group by o.vendor_id, o.currency_code) d
       join masspay_payee p on p.vendor_id = d.vendor_id
      where p.clawback_as_of is null
         or p.clawback_as_of <= d.booked_at
         or p.clawback_as_of
              <= (select masspay_now()) - ? * interval '1 millisecond'
      order by p.clawback_as_of nulls first, d.vendor_id, d.currency_code
      limit ?`,
    [vendor_id, again_after_ms, limit]
  )
}

/**
 * Decides the next step towards taking back what a vendor has too much of, and
 * writes it, in one transaction under the lock of her payee. Sends nothing:
 * dispatch does. `wallet` is what MassPay says her wallet holds, where it was
 * asked; without it a step that needs to know says so.
 */
export async function clawBackOne(
  db: Db,
  {
    debtor,
    wallet,
    policy,
    tag,
  }: {
    debtor: Debtor
    wallet?: PayeeWallet | null
    policy: CollectPolicy
    tag: string
  }
): Promise<ClawedBack> {
  return db.tx(async (sql) => {
    // First of all locks, so that no restore is noticed or ended meanwhile.
    const target = (await areBooksKnown(sql))
      ? await clawbackTarget(sql, debtor)
      : null
    if (!target) {
      return { step: { do: "nothing" }, user_token: null, payouts: [] }
    }
    const { payee_id, user_token, facts } = target
    const step = decideClawback(
      {
        ...facts,
        ...(wallet !== undefined && { wallet: wallet?.balance ?? null }),
      },
      policy.clawback ?? DEFAULT_LADDER
    )
    const payouts = await write(sql, {
      step,
      debtor,
      payee_id,
      wallet: wallet ?? null,
      policy,
      tag,
    })
    if (step.do !== "read_wallet") await noteChecked(sql, payee_id)
    return { step, user_token, payouts }
  })
}

async function write(
  sql: Sql,
  {
    step,
    debtor,
    payee_id,
    wallet,
    policy,
    tag,
  }: {
    step: ClawbackStep
    debtor: Debtor
    payee_id: string
    wallet: PayeeWallet | null
    policy: CollectPolicy
    tag: string
  }
): Promise<CollectedPayout[]> {
  const { vendor_id, currency_code } = debtor
  switch (step.do) {
    case "remake":
      await voidUnsent(sql, {
        of: { payee_id, currency_code },
        event: "remade",
        detail: CAUSE,
      })
      return collectLocked(sql, { vendor: vendor_id, policy, tag })
    case "cancel":
    case "reverse":
      await requestTakeBack(sql, {
        payout_id: step.payout_id,
        kind: step.do,
        tag,
        actor: "system",
        cause: CAUSE,
      })
      return []
    case "spend_back": {
      if (!wallet) throw new Error("A spendback needs a wallet to debit")
      const { payout_id, amount } = await createSpendback(sql, {
        ...debtor,
        entry_ids: step.entry_ids,
        wallet_token: wallet.token,
        ...(policy.approval && { approval: policy.approval }),
        tag,
      })
      return [{ id: payout_id, ...debtor, amount, method: "spendback" }]
    }
    case "nothing":
    case "wait":
    case "read_wallet":
    case "carry":
      return []
  }
}

/** When the decision was taken; what is booked later is looked at again. */
async function noteChecked(sql: Sql, payee_id: string): Promise<void> {
  await sql.rows(
    `update masspay_payee set clawback_as_of = masspay_now() where id = ?`,
    [payee_id]
  )
}
