import type { RemoteStatus } from "../../../domain/decide-next"
import { commitIdOf } from "../../../domain/ids"
import { isQuotedAmount } from "../../../domain/quotes"
import type { MainKind } from "./main-operation"

/** A load as MassPay lists it for the user this payout was made for. */
export type ListedLoad = {
  load_token: string
  client_load_id: string
  status: RemoteStatus
  currency_code: string
  amount: bigint
  time_of_load: Date | null
}

/** The same of a spendback. MassPay has its amount positive. */
export type ListedSpendback = {
  spendback_token: string
  client_spendback_id: string
  status: RemoteStatus
  currency_code: string
  amount: bigint
  time_of_spendback: Date | null
}

/** A direct payout, quoted or committed, as MassPay lists it. */
export type ListedPayout = {
  payout_token: string
  client_transfer_id: string | null
  /** `PENDING`: not committed. */
  status: RemoteStatus | "PENDING"
  currency_code: string
  source_amount: bigint
  fee: bigint | null
  estimated_availability: Date | null
  status_reason: string | null
  trace_code: string | null
}

/** What one look-up showed. `began_at` is the books' time before the first GET left. */
export type Lookup = {
  began_at: Date
  loads: readonly ListedLoad[]
  /** Whether "not in the list of loads" proves anything. */
  is_complete: boolean
  /** Absent where it was not asked for, or not answered: then it shows nothing. */
  spendbacks?: {
    spendbacks: readonly ListedSpendback[]
    is_complete: boolean
  }
  /** The same of direct payouts. */
  payouts?: {
    payouts: readonly ListedPayout[]
    is_complete: boolean
  }
}

/** Any of the three, in the words of our own tables. */
export type Listed = {
  kind: MainKind
  remote_token: string
  /** Of our operation. */
  client_id: string
  status: RemoteStatus
  currency_code: string
  /** Minor units as payouts have them: what is taken back is negative. */
  amount: bigint
  /** In the future for what is only scheduled. */
  due_at: Date | null
  /** Only of a direct payout. */
  quote?: ListedQuote
}

/** Which of its quotes was committed, and what MassPay says of it besides. */
export type ListedQuote = {
  client_id: string
  fee: bigint | null
  estimated_availability: Date | null
  status_reason: string | null
  trace_code: string | null
}

/** Whether "not listed" proves anything about operations of this kind. */
export function isComplete(lookup: Lookup, kind: MainKind): boolean {
  switch (kind) {
    case "load":
      return lookup.is_complete
    case "commit":
      return lookup.payouts?.is_complete ?? false
    case "spendback":
      return lookup.spendbacks?.is_complete ?? false
  }
}

function listedOf(lookup: Lookup, kind: MainKind): Listed[] {
  switch (kind) {
    case "load":
      return lookup.loads.map(fromLoad)
    case "commit":
      return (lookup.payouts?.payouts ?? []).flatMap(
        (payout) => fromPayout(payout) ?? []
      )
    case "spendback":
      return (lookup.spendbacks?.spendbacks ?? []).map(fromSpendback)
  }
}

export function everythingListed(lookup: Lookup): Listed[] {
  return [
    ...listedOf(lookup, "load"),
    ...listedOf(lookup, "commit"),
    ...listedOf(lookup, "spendback"),
  ]
}

/** What is listed under one of our ids. */
export function listedUnder(
  lookup: Lookup,
  { kind, client_id }: { kind: MainKind; client_id: string }
): Listed[] {
  return listedOf(lookup, kind).filter((one) => one.client_id === client_id)
}

function fromLoad(load: ListedLoad): Listed {
  const { status, currency_code, amount } = load
  return {
    kind: "load",
    remote_token: load.load_token,
    client_id: load.client_load_id,
    status,
    currency_code,
    amount,
    due_at: load.time_of_load,
  }
}

function fromSpendback(spendback: ListedSpendback): Listed {
  const { status, currency_code, amount } = spendback
  return {
    kind: "spendback",
    remote_token: spendback.spendback_token,
    client_id: spendback.client_spendback_id,
    status,
    currency_code,
    amount: -amount,
    due_at: spendback.time_of_spendback,
  }
}

/**
 * A quote that nobody committed is nothing that happened, and what carries no id
 * of ours is the payee's own doing.
 */
function fromPayout(payout: ListedPayout): Listed | null {
  const { status, client_transfer_id, currency_code, ...rest } = payout
  const client_id = commitIdOf(client_transfer_id ?? "")
  if (status === "PENDING" || client_transfer_id === null || !client_id) {
    return null
  }
  const { fee, estimated_availability, status_reason, trace_code } = rest
  return {
    kind: "commit",
    remote_token: payout.payout_token,
    client_id,
    status,
    currency_code,
    amount: payout.source_amount,
    due_at: null,
    quote: {
      client_id: client_transfer_id,
      fee,
      estimated_availability,
      status_reason,
      trace_code,
    },
  }
}

/** What was found as the amount that was asked for, whoever bore the fee; else as it is. */
export function withoutFee(found: Listed, amount: bigint): Listed {
  if (!found.quote) return found
  const { fee } = found.quote
  return isQuotedAmount(amount, { source_amount: found.amount, fee })
    ? { ...found, amount }
    : found
}
