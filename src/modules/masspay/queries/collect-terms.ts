import type { ClawbackRung } from "../../../domain/clawback"
import type {
  ApprovalPolicy,
  CollectDestination,
  CollectTerms,
} from "../../../domain/collect"
import {
  lastMoment,
  momentWords,
  nextMoment,
  parseSchedule,
  type Schedule,
  type ScheduleClock,
  SCHEDULES,
  type ScheduleText,
  scheduleText,
  scheduleWords,
} from "../../../domain/collect-schedule"
import type { DestinationStatus } from "../../../domain/destinations"
import type { PayeeStatus } from "../../../domain/payout-status"
import { type FundingState, fundingStates } from "./control"
import type { Sql } from "./db"
import { type VendorHolds, vendorHolds } from "./hold-facts"

export type CollectPolicy = {
  /** Smallest payout by upper-case currency code, in minor units. */
  minimum: Record<string, bigint>
  /** How vendors are paid who have no method of their own. Default: into their wallets. */
  method?: "wallet" | "direct"
  /** When vendors are paid who have no schedule of their own. Default: at once. */
  schedule?: Schedule
  /** Where and when in the day. Default: midnight in UTC. */
  clock?: ScheduleClock
  /** Which payouts wait for an operator. Default: none. */
  approval?: ApprovalPolicy
  /** Whether MassPay writes to the payee about a load. */
  notify_payee: boolean
  /** How money that vendors have too much of comes back. Default: `DEFAULT_LADDER`. */
  clawback?: readonly ClawbackRung[]
  /** Funding wallet by upper-case currency code, where the account has several. */
  source_tokens: Record<string, string>
}

export type PayeeFacts = {
  id: string
  vendor_id: string
  name: string | null
  status: PayeeStatus
  status_detail: string | null
  /** What the shop's record of her lacks, where that keeps her from being linked. */
  missing_contact: string[] | null
  is_paused: boolean
  pause_reason: string | null
  user_token: string | null
  needs_adoption: boolean
  /** `null`: as the policy says. */
  schedule: ScheduleText | null
  /** Minor units by upper-case currency code; `null` and others: as the policy says. */
  minimum: Record<string, string> | null
  repeated_cancels: number
  /** `null`: as the policy says. */
  method: "wallet" | "direct" | null
  /** In use, and of the user she has now, by currency; amounts in minor units. */
  destinations: Record<
    string,
    { status: DestinationStatus; min: string | null; max: string | null }
  > | null
}

/** What a person may set aside for once. */
export type Waiver = { schedule: boolean; minimum: boolean }

const MIDNIGHT: ScheduleClock = { timezone: "UTC", hour: 0 }

export function clockOf({ clock = MIDNIGHT }: CollectPolicy): ScheduleClock {
  return clock
}

export function defaultSchedule({ schedule }: CollectPolicy): ScheduleText {
  return scheduleText(schedule ?? "immediate")
}

/** The last moment of every schedule there is, for a statement that reads vendors of all of them; `null`: any. */
export function lastMoments(
  policy: CollectPolicy,
  now: Date
): { schedule: ScheduleText; at: Date | null }[] {
  return SCHEDULES.map((schedule) => ({
    schedule: scheduleText(schedule),
    at:
      schedule === "immediate"
        ? null
        : lastMoment(schedule, clockOf(policy), now),
  }))
}

type Moments = CollectTerms["schedule"]

function momentsOf(
  text: ScheduleText,
  policy: CollectPolicy,
  now: Date
): Moments {
  const schedule = parseSchedule(text)
  if (!schedule) throw new Error(`masspay_payee: ${text} is no schedule`)
  if (schedule === "immediate") return null
  const clock = clockOf(policy)
  const next = nextMoment(schedule, clock, now)
  return {
    last: lastMoment(schedule, clock, now),
    next,
    words: `${momentWords(next, clock)}; she is paid ${scheduleWords(schedule)}`,
  }
}

/** What collect goes by, for vendors whose terms were read. */
export type Terms = {
  of(
    payee: PayeeFacts,
    currency_code: string
  ): CollectTerms & { source_token: string | null }
  /** What became due by then is paid, minus debts that came later. */
  lastMoment(payee: PayeeFacts): Date
  hasReserve(payee: PayeeFacts): boolean
}

/** Reads what the terms of these vendors depend on besides their own rows. */
export async function readTerms(
  sql: Sql,
  {
    vendor_ids,
    policy,
    now,
    waive = { schedule: false, minimum: false },
  }: {
    vendor_ids: readonly string[]
    policy: CollectPolicy
    now: Date
    waive?: Waiver
  }
): Promise<Terms> {
  const funding = await fundingStates(sql)
  const holds = await vendorHolds(sql, vendor_ids, {
    standard: defaultSchedule(policy),
    moments: waive.schedule ? [] : lastMoments(policy, now),
  })
  const known = new Map<ScheduleText, Moments>()
  const momentsFor = (payee: PayeeFacts): Moments => {
    if (waive.schedule) return null
    const text = payee.schedule ?? defaultSchedule(policy)
    const moments = known.get(text) ?? momentsOf(text, policy, now)
    known.set(text, moments)
    return moments
  }
  return {
    of: (payee, currency_code) => {
      const source_token = walletOf(
        policy.source_tokens[currency_code],
        funding.get(currency_code)
      )
      return {
        currency_code,
        payee: {
          // An active user whose token we lack cannot be paid.
          status: payee.user_token === null ? "unlinked" : payee.status,
          is_paused: payee.is_paused,
          is_being_read: payee.needs_adoption,
        },
        ...holdsOf(holds.get(payee.vendor_id), currency_code),
        has_funding_wallet: source_token !== null,
        method: payee.method ?? policy.method ?? "wallet",
        destination: destinationOf(payee, currency_code),
        minimum: waive.minimum ? 0n : minimumOf(payee, policy, currency_code),
        repeated_cancels: payee.repeated_cancels,
        schedule: momentsFor(payee),
        now,
        source_token,
      }
    },
    lastMoment: (payee) => momentsFor(payee)?.last ?? now,
    hasReserve: ({ vendor_id }) =>
      (holds.get(vendor_id)?.reserves.size ?? 0) > 0,
  }
}

function holdsOf(
  holds: VendorHolds | undefined,
  currency_code: string
): Pick<CollectTerms, "hold" | "reserve"> {
  return {
    hold: holds?.hold ?? null,
    reserve: holds?.reserves.get(currency_code) ?? 0n,
  }
}

function destinationOf(
  { destinations }: PayeeFacts,
  currency_code: string
): CollectDestination | null {
  const found = destinations?.[currency_code]
  if (!found) return null
  const { status, min, max } = found
  return {
    status,
    min: min === null ? null : BigInt(min),
    max: max === null ? null : BigInt(max),
  }
}

function minimumOf(
  { minimum }: PayeeFacts,
  policy: CollectPolicy,
  currency_code: string
): bigint {
  const own = minimum?.[currency_code]
  if (own !== undefined) return BigInt(own)
  return policy.minimum[currency_code] ?? 0n
}

/**
 * A payout keeps its wallet for ever, so one that MassPay is known not to list
 * under that name is none.
 */
function walletOf(
  named: string | undefined,
  known: FundingState | undefined
): string | null {
  if (named === undefined) return known?.token ?? null
  return known === undefined || known.token === named ? named : null
}
