/** What the checklist says about MassPay's side, from facts. Pure; texts are for an operator. */
import type { GoLiveFinding } from "./go-live"
import { formatMajor } from "./money"

export type AccountFacts =
  | { did: "answered" }
  /** 401 or 403. */
  | { did: "refused"; http_status: number }
  /** Nothing that says anything about the key. `code` is that of the error. */
  | { did: "unanswered"; code: string; http_status: number | null }

export type MasspayTarget = {
  environment: "production" | "staging" | "sandbox"
  /** Of the base URL. */
  host: string
}

export function judgeEnvironment({
  environment,
  host,
}: MasspayTarget): GoLiveFinding {
  switch (environment) {
    case "production":
      return {
        state: "passed",
        code: "production",
        seen: `environment is "production", at ${host}.`,
        fix: null,
      }
    case "staging":
      return {
        state: "warning",
        code: "staging",
        seen: `environment is "staging", at ${host}: nobody is paid for real.`,
        fix: 'To pay for real, set environment: "production" and the apiKey MassPay issued for it, with an empty database.',
      }
    case "sandbox":
      return {
        state: "failed",
        code: "sandbox",
        seen: `environment is "sandbox", at ${host}: a program for development, which pays nobody.`,
        fix: 'Set environment: "production" (or "staging", to rehearse) and the apiKey MassPay issued for it, with an empty database.',
      }
  }
}

const UNREACHED_FIX =
  "Look at MassPay's status page, and at this server's DNS, firewall and proxy; then run the checklist again."

/** A 401 is the answer to a wrong key. A 403 is not, as far as MassPay documents it. */
export function judgeApiKey(
  account: AccountFacts,
  { environment, host }: MasspayTarget
): GoLiveFinding {
  if (account.did === "answered") {
    return {
      state: "passed",
      code: "accepted",
      seen: `${host} accepts the key, so it is one for ${environment}.`,
      fix: null,
    }
  }
  if (account.did === "unanswered") {
    return {
      state: "failed",
      code: "no_answer",
      seen: `${host} gave no answer that says anything about the key (${reasonOf(account)}).`,
      fix: UNREACHED_FIX,
    }
  }
  if (account.http_status === 403) {
    return {
      state: "warning",
      code: "forbidden",
      seen: `${host} answered 403, which says nothing certain about the key: a wrong one is answered with 401.`,
      fix: "Make the server's address right first (see Server address). If it stays so, ask MassPay whether the key may read the account's balance.",
    }
  }
  return {
    state: "failed",
    code: "refused",
    seen: `${host} answered ${account.http_status}: it does not know the key.`,
    fix: `Set apiKey to the key MassPay issued for ${environment}, without the word Bearer. Keys of staging and of production are not the same.`,
  }
}

export function judgeAddress(account: AccountFacts): GoLiveFinding {
  if (account.did === "answered") {
    return {
      state: "passed",
      code: "accepted",
      seen: "MassPay answered a request from this server's address. Other servers of this shop may have others.",
      fix: null,
    }
  }
  if (account.did === "unanswered") {
    return {
      state: "warning",
      code: "no_answer",
      seen: `Not known: MassPay gave no answer (${reasonOf(account)}). A firewall in front of MassPay may also drop what it does not know.`,
      fix: UNREACHED_FIX,
    }
  }
  if (account.http_status === 403) {
    return {
      state: "failed",
      code: "forbidden",
      seen: "MassPay answered 403: as a rule this server's address is not on the allow-list. It can also mean that the key may not read the account's balance.",
      fix: "Add the outgoing address of every server of this shop to the allow-list in MassPay's dashboard, or ask the account manager.",
    }
  }
  return {
    state: "warning",
    code: "key_refused",
    seen: `MassPay answered ${account.http_status} from this address, so it was reached; whether the address is on an allow-list shows only with a key that works.`,
    fix: "Make the key right first (see API key).",
  }
}

function reasonOf({
  code,
  http_status,
}: Extract<AccountFacts, { did: "unanswered" }>): string {
  return http_status === null ? code : `HTTP ${http_status}, ${code}`
}

/** How far another clock is ahead of this server's, and how exactly that is known. */
export type ClockOffset = { ahead_ms: number; give_or_take_ms: number }

const CLOCK_WARN_MS = 5_000
/** A tenth of what a webhook's signature may be old. */
const CLOCK_FAIL_MS = 30_000

export function judgeClock({
  database,
  masspay,
}: {
  database: ClockOffset
  /** `null` where MassPay did not say. */
  masspay: ClockOffset | null
}): GoLiveFinding {
  const offsets = [database, ...(masspay ? [masspay] : [])]
  // What lies within the uncertainty is not held against anybody.
  const worst = Math.max(
    ...offsets.map(({ ahead_ms, give_or_take_ms }) =>
      Math.max(0, Math.abs(ahead_ms) - give_or_take_ms)
    )
  )
  const details = [
    `Postgres: ${offsetText(database)}`,
    `MassPay: ${masspay ? offsetText(masspay) : "not known, no answer with a date"}`,
  ]
  const seen = `The clocks differ by ${secondsText(worst)} at least.`
  const fix =
    "Let every server take its time from NTP. Webhooks are judged by this server's clock, everything else by the database's."
  if (worst >= CLOCK_FAIL_MS) {
    return { state: "failed", code: "far_apart", seen, fix, details }
  }
  if (worst >= CLOCK_WARN_MS) {
    return { state: "warning", code: "apart", seen, fix, details }
  }
  if (!masspay) {
    return {
      state: "warning",
      code: "masspay_unknown",
      seen: "This server and the database agree; MassPay's clock is not known.",
      fix: "It is read with the API key's check: make that right first.",
      details,
    }
  }
  return {
    state: "passed",
    code: "together",
    seen: "This server, the database and MassPay agree.",
    fix: null,
    details,
  }
}

function offsetText({ ahead_ms, give_or_take_ms }: ClockOffset): string {
  return `${secondsText(Math.abs(ahead_ms))} ${ahead_ms < 0 ? "behind" : "ahead"}, give or take ${secondsText(give_or_take_ms)}`
}

function secondsText(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}

/** One currency that vendors are paid in. */
export type FundingFacts = {
  currency_code: string
  /** How many wallets MassPay lists for it. */
  wallets: number
  /** The one to draw from; `null` when there is none, or several and nobody said which. Minor units. */
  wallet: { token: string; balance: bigint } | null
  /** What is due and not with MassPay yet; minor units. */
  wanted: bigint
}

/** `currencies` is `null` where MassPay did not say what it holds. */
export function judgeFunding(
  currencies: readonly FundingFacts[] | null
): GoLiveFinding {
  if (!currencies) {
    return {
      state: "failed",
      code: "not_read",
      seen: "MassPay did not say what the funding wallets hold.",
      fix: "Make the API key right first.",
    }
  }
  if (currencies.length === 0) {
    return {
      state: "warning",
      code: "no_currency",
      seen: "No currency is known yet: no vendor has earned anything, and no option names one.",
      fix: "Run the checklist again after the first order, or name the currencies in payouts.minimum.",
    }
  }
  const details = currencies.map(fundingLine)
  const without = currencies.filter(({ wallet }) => wallet === null)
  if (without.length > 0) {
    return {
      state: "failed",
      code: "no_wallet",
      seen: `No funding wallet to draw from in ${codesOf(without)}.`,
      fix: "Ask MassPay for a funding wallet in that currency. Where there are several, name one in funding.sourceTokens.",
      details,
    }
  }
  const empty = currencies.filter(
    ({ wallet }) => wallet !== null && wallet.balance <= 0n
  )
  if (empty.length > 0) {
    return {
      state: "failed",
      code: "empty",
      seen: `Nothing in the funding wallet of ${codesOf(empty)}.`,
      fix: "Fill the wallet in MassPay's dashboard.",
      details,
    }
  }
  const short = currencies.filter(
    ({ wallet, wanted }) => wallet !== null && wallet.balance < wanted
  )
  if (short.length > 0) {
    return {
      state: "warning",
      code: "short",
      seen: `Less in the funding wallet of ${codesOf(short)} than is due now. The oldest payouts are sent first, the others wait.`,
      fix: "Fill the wallet in MassPay's dashboard.",
      details,
    }
  }
  return {
    state: "passed",
    code: "funded",
    seen: `A funding wallet with enough for what is due now in ${codesOf(currencies)}.`,
    fix: null,
    details,
  }
}

function fundingLine({
  currency_code,
  wallets,
  wallet,
  wanted,
}: FundingFacts): string {
  const due = `${formatMajor(wanted, currency_code)} due now`
  if (!wallet) {
    return wallets === 0
      ? `${currency_code}: no wallet, ${due}`
      : `${currency_code}: ${wallets} wallets and none chosen, ${due}`
  }
  return `${currency_code}: ${formatMajor(wallet.balance, currency_code)} in ${wallet.token}, ${due}`
}

function codesOf(rows: readonly { currency_code: string }[]): string {
  return rows.map(({ currency_code }) => currency_code).join(", ")
}

/** Currencies that vendors are paid in against the smallest payout by currency, minor units. */
export function judgeWalletMinimums({
  currencies,
  minimum,
}: {
  currencies: readonly string[]
  minimum: Readonly<Record<string, bigint>>
}): GoLiveFinding {
  if (currencies.length === 0) {
    return {
      state: "warning",
      code: "no_currency",
      seen: "No currency is known yet.",
      fix: "Run the checklist again after the first order, or name the currencies in payouts.minimum.",
    }
  }
  const details = currencies.map((currency_code) => {
    const amount = minimum[currency_code]
    return amount === undefined
      ? `${currency_code}: none`
      : `${currency_code}: ${formatMajor(amount, currency_code)}`
  })
  const without = currencies.filter((code) => (minimum[code] ?? 0n) === 0n)
  if (without.length > 0) {
    return {
      state: "warning",
      code: "without_minimum",
      seen: `No smallest payout in ${without.join(", ")}: sums of any size are sent, also those below what MassPay takes.`,
      fix: "Ask MassPay for the smallest load in each currency, and set payouts.minimum to it or above.",
      details,
    }
  }
  return {
    state: "passed",
    code: "set",
    seen: `A smallest payout is set in ${currencies.join(", ")}. That it is not below MassPay's own, only MassPay can say.`,
    fix: null,
    details,
  }
}

/** Vendors who are paid directly, and where they chose to be paid, by the currency of their money. */
export type DirectFacts = {
  /** How vendors are paid who have no method of their own. */
  method: "wallet" | "direct"
  vendors: number
  destinations: readonly {
    currency_code: string
    count: number
    /** Of those: where MassPay names no smallest payout. */
    unbounded: number
  }[]
}

/**
 * What keeps direct payouts from being too small: MassPay's own limits of each
 * destination, which every payout keeps to, and the smallest payout by currency,
 * minor units.
 */
export function judgeDirectMinimums({
  facts,
  minimum,
}: {
  facts: DirectFacts
  minimum: Readonly<Record<string, bigint>>
}): GoLiveFinding {
  const { method, vendors, destinations } = facts
  if (method === "wallet" && vendors === 0) {
    return {
      state: "not_applicable",
      code: "no_direct_payouts",
      seen: "Vendors are paid into their MassPay wallets; no payout goes direct.",
      fix: null,
    }
  }
  if (destinations.length === 0) {
    return {
      state: "warning",
      code: "no_destination",
      seen: "Vendors are paid directly, and none of them has chosen where to.",
      fix: "Run the checklist again when the first of them has chosen: MassPay's limits come with the destination.",
    }
  }
  const details = destinations.map(
    ({ currency_code, count, unbounded }) =>
      `${currency_code}: ${count} chosen, ${unbounded} without a smallest payout of MassPay's`
  )
  const without = destinations.filter(
    ({ currency_code, unbounded }) =>
      unbounded > 0 && (minimum[currency_code] ?? 0n) === 0n
  )
  if (without.length > 0) {
    return {
      state: "warning",
      code: "without_minimum",
      seen: `Neither MassPay nor payouts.minimum names a smallest payout for some destinations in ${codesOf(without)}: sums of any size are sent there.`,
      fix: "Ask MassPay for the smallest payout there, and set payouts.minimum to it or above.",
      details,
    }
  }
  return {
    state: "passed",
    code: "bounded",
    seen: `Every destination in ${codesOf(destinations)} has a smallest payout, MassPay's or that of payouts.minimum; smaller sums wait.`,
    fix: null,
    details,
  }
}
