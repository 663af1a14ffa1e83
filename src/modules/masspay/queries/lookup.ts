import type { RemoteStatus } from "../../../domain/decide-next"
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
}

/** Either of the two, in the words of our own tables. */
export type Listed = {
  kind: MainKind
  remote_token: string
  client_id: string
  status: RemoteStatus
  currency_code: string
  /** Minor units as payouts have them: what is taken back is negative. */
  amount: bigint
  /** In the future for what is only scheduled. */
  due_at: Date | null
}

/** Whether "not listed" proves anything about operations of this kind. */
export function isComplete(lookup: Lookup, kind: MainKind): boolean {
  return kind === "load"
    ? lookup.is_complete
    : (lookup.spendbacks?.is_complete ?? false)
}

function listedOf(lookup: Lookup, kind: MainKind): Listed[] {
  return kind === "load"
    ? lookup.loads.map(fromLoad)
    : (lookup.spendbacks?.spendbacks ?? []).map(fromSpendback)
}

export function everythingListed(lookup: Lookup): Listed[] {
  return [...listedOf(lookup, "load"), ...listedOf(lookup, "spendback")]
}

/** What is listed under one of our ids. */
export function listedUnder(
  lookup: Lookup,
  { kind, client_id }: { kind: MainKind; client_id: string }
): Listed[] {
  return kind === "load"
    ? lookup.loads
        .filter((load) => load.client_load_id === client_id)
        .map(fromLoad)
    : (lookup.spendbacks?.spendbacks ?? [])
        .filter((one) => one.client_spendback_id === client_id)
        .map(fromSpendback)
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
