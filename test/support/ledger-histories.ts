import {
  type EntryKind,
  nextStatus,
  PAYOUT_EVENTS,
  type PayoutMethod,
  type PayoutStatus,
} from "../../src/domain/payout-status"
import { newId } from "../../src/modules/masspay/queries/new-id"
import type { Books } from "./books"
import type { Random } from "./random"

/** A payout's timeline as the table of states allows it, and when each step was. */
export type History = {
  method: PayoutMethod
  amount: bigint
  steps: {
    event: string
    from: PayoutStatus | null
    to: PayoutStatus
    at: number
  }[]
}

const FIRST = ["collected", "collected_for_approval", "adopted"] as const

/** A legal walk from a first event on; it may well go in circles, as MassPay's word can. */
export function aHistory(
  random: Random,
  { starts_at, steps_max }: { starts_at: number; steps_max: number }
): History {
  const method = random.chance(0.2) ? "spendback" : "wallet"
  const magnitude = BigInt(random.between(1, 1_000_000))
  const history: History = {
    method,
    amount: method === "spendback" ? -magnitude : magnitude,
    steps: [],
  }
  let from: PayoutStatus | null = null
  let at = starts_at
  const length = random.between(1, steps_max)
  while (history.steps.length < length) {
    const events = (from === null ? FIRST : PAYOUT_EVENTS).filter(
      (event) => nextStatus(from, event) !== null
    )
    if (events.length === 0) break
    const event = random.pick(events)
    const to = nextStatus(from, event)
    if (to === null) break
    history.steps.push({ event, from, to, at })
    from = to
    at += random.between(1, 5_000)
  }
  return history
}

/**
 * What each step does to the balance, told step by step: a second reading of
 * the rule that the statement's SQL has, on purpose without its words.
 */
export function changesOf({
  amount,
  steps,
}: History): { at: number; amount: bigint }[] {
  let holds_entries = true
  let with_vendor = false
  return steps.flatMap(({ to, at }) => {
    if (to === "void" || to === "reversed") holds_entries = false
    const is_now = holds_entries && (to === "completed" || to === "reversing")
    if (is_now === with_vendor) return []
    with_vendor = is_now
    return [{ at, amount: is_now ? -amount : amount }]
  })
}

export type LooseEntry = {
  kind: EntryKind
  amount: bigint
  at: number
}

export function anEntry(random: Random, at: number): LooseEntry {
  const magnitude = BigInt(random.between(1, 1_000_000))
  return {
    kind: random.pick([
      "adjustment",
      "overpayment",
      "settled_elsewhere",
    ] as const),
    amount: random.chance(0.4) ? -magnitude : magnitude,
    at,
  }
}

/** A vendor without a MassPay user. */
export async function aLoosePayee(
  books: Books,
  vendor_id: string
): Promise<string> {
  const id = newId("mspye")
  await books.db.rows(
    `insert into masspay_payee (id, vendor_id, internal_user_id, name)
     values (?, ?, ?, ?)`,
    [id, vendor_id, `user-of-${vendor_id}`, `Shop of ${vendor_id}`]
  )
  return id
}

/** Books entries and timelines with the times that they name. No items: who asks for balances does not look at them. */
export async function writePast(
  books: Books,
  vendor_id: string,
  payee_id: string,
  {
    entries,
    histories,
    currency_code = "USD",
  }: {
    entries: readonly LooseEntry[]
    histories: readonly History[]
    currency_code?: string
  }
): Promise<void> {
  for (const { kind, amount, at } of entries) {
    const id = newId("mslen")
    await books.db.rows(
      `insert into masspay_ledger_entry
         (id, vendor_id, currency_code, amount, kind, source_key, reason,
          available_at, created_at)
       values (?, ?, ?, ?, ?, ?, 'test', masspay_now(), ?)`,
      [id, vendor_id, currency_code, amount.toString(), kind, id, new Date(at)]
    )
  }
  for (const { method, amount, steps } of histories) {
    const id = newId("mspo")
    await books.db.rows(
      `insert into masspay_payout
         (id, payee_id, vendor_id, method, status, amount, currency_code,
          source_key, oldest_entry_at, version)
       values (?, ?, ?, ?, ?, ?, ?, ?, masspay_now(), ?)`,
      [
        id,
        payee_id,
        vendor_id,
        method,
        steps.at(-1)?.to,
        amount.toString(),
        currency_code,
        id,
        steps.length,
      ]
    )
    for (const [index, { event, from, to, at }] of steps.entries()) {
      await books.db.rows(
        `insert into masspay_payout_event
           (id, payout_id, version, from_status, to_status, event, created_at)
         values (?, ?, ?, ?, ?, ?, ?)`,
        [newId("mspev"), id, index + 1, from, to, event, new Date(at)]
      )
    }
  }
}
