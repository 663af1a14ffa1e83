import { type Draw, fitToWallets, type Short } from "../../../domain/funding"
import { formatMajor } from "../../../domain/money"
import { MasspayEvents } from "../../../types/events"
import type { Sql } from "./db"
import { drawFrom, lockWallets, noteShort } from "./funding"
import { addOutboxEvent } from "./outbox"
import { movePayout } from "./payout-moves"

type Candidate = Draw & {
  payout_id: string
  vendor_id: string
  currency_code: string
  version: number
}

const LOOK_AGAIN_MS = 60_000

/**
 * Keeps of the candidates those that their funding wallets can pay, oldest
 * first, and draws them. The first that does not fit is blocked, which holds
 * back everything younger of its wallet until it was paid. What is taken back
 * draws on no funding wallet. Call it inside the claim, with the payouts locked.
 */
export async function keepFunded<Payout extends Candidate>(
  sql: Sql,
  candidates: readonly Payout[]
): Promise<{ funded: Payout[]; short: Short<Payout>[] }> {
  const takenBack = candidates.filter(({ amount }) => amount < 0n)
  const toPay = candidates.filter(({ amount }) => amount >= 0n)
  const tokens = toPay.flatMap((candidate) => candidate.source_token ?? [])
  const balances = await lockWallets(sql, [...new Set(tokens)])
  const { fits, short } = fitToWallets(toPay, balances)
  const draws = new Map<string, bigint>()
  for (const { source_token, amount } of fits) {
    if (source_token === null || !balances.has(source_token)) continue
    draws.set(source_token, (draws.get(source_token) ?? 0n) + amount)
  }
  for (const each of short) await block(sql, each)
  await drawFrom(sql, draws)
  return { funded: [...fits, ...takenBack], short }
}

async function block(
  sql: Sql,
  { payout, left }: Short<Candidate>
): Promise<void> {
  const { currency_code } = payout
  const has = formatMajor(left < 0n ? 0n : left, currency_code)
  const version = await movePayout(sql, {
    payout_id: payout.payout_id,
    from: "ready",
    to: "blocked",
    event: "blocked_at_claim",
    version: payout.version,
    set: {
      block_reason: "funds",
      block_detail: `The funding wallet has ${has} ${currency_code} left; this payout needs ${formatMajor(payout.amount, currency_code)} ${currency_code}.`,
      next_attempt_in_ms: LOOK_AGAIN_MS,
    },
    cause: "claim",
    detail: "funding_short",
  })
  if (version === null) {
    throw new Error(`Payout ${payout.payout_id} moved although locked`)
  }
  await tellShort(sql, payout.source_token, currency_code)
}

/** Somebody has to fill the wallet; they hear of it once for each shortage. */
export async function tellShort(
  sql: Sql,
  source_token: string | null,
  currency_code: string
): Promise<void> {
  if (source_token === null) return
  const shortage = await noteShort(sql, source_token)
  if (shortage === null) return
  await addOutboxEvent(sql, {
    name: MasspayEvents.FUNDING_SHORT,
    payload: { id: source_token, currency_code },
    cause_key: `funding:${source_token}:short:${shortage}`,
  })
}
