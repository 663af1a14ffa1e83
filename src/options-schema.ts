import { z } from "@medusajs/framework/zod"

import { CLAWBACK_RUNGS, DEFAULT_LADDER } from "./domain/clawback"
import {
  isSchedule,
  isTimezone,
  type Schedule,
} from "./domain/collect-schedule"
import { exponentOf, isKnownCurrency } from "./domain/currency"
import { RELEASE_EVENTS } from "./domain/facts"
import { formatMajor, parseMajor } from "./domain/money"
import { FEE_BEARERS } from "./domain/quotes"
import { SHIPPING_RULES, TAX_RULES } from "./domain/settle-types"
import { Marketplace, MarketplaceChoice } from "./options-marketplace"
import { Notifications } from "./options-notifications"
import { object, oneOf } from "./options-parts"

export const ENVIRONMENTS = ["production", "staging", "sandbox"] as const

const DAY_SECONDS = 86_400
const TOKEN = /^[A-Za-z0-9_-]{1,80}$/
/** The gateway sets these itself, or they change how a request is framed. */
const RESERVED_HEADERS = [
  "accept",
  "accept-encoding",
  "connection",
  "content-length",
  "content-type",
  "host",
  "idempotency-key",
  "transfer-encoding",
  "user-agent",
]

// In every schema below the error text says what is allowed: it is shown as such.

function wholeNumber({ min, max }: { min: number; max: number }) {
  const error = `a whole number from ${min} to ${max}`
  return z
    .number({ error })
    .int({ error })
    .min(min, { error })
    .max(max, { error })
}

const flag = () => z.boolean({ error: "true or false" })

/** A record by currency: codes in any case, kept in upper case, each at most once. */
function byCurrency(
  read: (value: unknown, currency: string) => string | null,
  allowed: (currency: string) => string
) {
  const error = "an object with ISO 4217 currency codes as keys"
  return z
    .record(z.string(), z.unknown(), { error })
    .transform((given, ctx) => {
      const values: Record<string, string> = {}
      for (const [key, value] of Object.entries(given)) {
        const currency = key.toUpperCase()
        const problem = (message: string) => {
          ctx.addIssue({ code: "custom", path: [key], message })
        }
        if (!isKnownCurrency(currency)) {
          problem(`${error}, for example USD`)
          continue
        }
        const text = read(value, currency)
        if (text === null) problem(allowed(currency))
        else if (currency in values) {
          problem(`each currency once, but ${currency} is given twice`)
        } else values[currency] = text
      }
      return values
    })
}

function readMinimum(value: unknown, currency: string): string | null {
  if (typeof value !== "string") return null
  try {
    const minor = parseMajor(value, currency)
    return minor < 0n ? null : formatMajor(minor, currency)
  } catch {
    return null
  }
}

function minimumAllowed(currency: string): string {
  const decimals = exponentOf(currency)
  const example = decimals === 0 ? "25" : `25.${"0".repeat(decimals)}`
  return `a text such as "${example}", not negative, with at most ${decimals} decimals for ${currency}`
}

const Auth = object({
  /** Name of the header that carries the API key. Default "Authorization". Change it only if MassPay tells you to. */
  header: z
    .string({ error: "the name of an HTTP header" })
    .regex(/^[A-Za-z0-9-]{1,64}$/, {
      error: "the name of an HTTP header: letters, digits and -",
    })
    .refine((name) => !RESERVED_HEADERS.includes(name.toLowerCase()), {
      error: "a header that carries only the key, for example Authorization",
    })
    .default("Authorization"),
  /** Word before the key. Default "Bearer"; an empty text sends the bare key. */
  scheme: z
    .string({ error: 'one word, for example "Bearer", or an empty text' })
    .regex(/^[A-Za-z0-9-]{0,32}$/, {
      error: 'one word, for example "Bearer", or an empty text',
    })
    .default("Bearer"),
})

export const WEBHOOK_URL =
  "the public https address of this shop's webhook route, for example https://shop.example/hooks/masspay"

const secretError = "a text without spaces, as MassPay shows it"
const Webhooks = object({
  /** Secrets that MassPay signs with. More than one while a secret is being replaced. */
  secrets: z
    .array(
      z
        .string({ error: secretError })
        .regex(/^[\x21-\x7e]+$/, { error: secretError }),
      { error: "a list of 1 to 10 secrets" }
    )
    .min(1, { error: "a list of 1 to 10 secrets" })
    .max(10, { error: "a list of 1 to 10 secrets" }),
  /** What a correctly signed but old message is worth. Default "hint": go and look; "reject" answers 401. */
  stale: oneOf(["hint", "reject"]).default("hint"),
  /** Seconds after which a message counts as old. Default 300. */
  toleranceSeconds: wholeNumber({ min: 1, max: DAY_SECONDS }).default(300),
  /** The address you gave MassPay, https://<your shop>/hooks/masspay. Default: none. The go-live checklist posts a signed self-test there, which changes nothing. */
  publicUrl: z.string({ error: WEBHOOK_URL }).optional(),
})

const basisPoints = () => wholeNumber({ min: 0, max: 10_000 })
const amountByCurrency = () => byCurrency(readMinimum, minimumAllowed)

const Rate = object({
  /** Your share, in hundredths of a percent. It stands in for the less specific rate as a whole. */
  basisPoints: basisPoints(),
  /** Besides, for each piece, by currency in major units. Default: nothing. */
  fixed: amountByCurrency().prefault({}),
})

/** Rates by id. Which ids exist is the shop's affair. */
const ratesById = (what: string) =>
  z.record(z.string().min(1), Rate, {
    error: `an object of rates by ${what}, for example { "${what}": { basisPoints: 500 } }`,
  })

const Commission = object({
  /** Your share of what a vendor sells, in hundredths of a percent. Default 0; 1250 keeps 12.5 %. Never on shipping or tax. */
  basisPoints: basisPoints().default(0),
  /** Besides, an amount for each piece, by currency in major units, for example { USD: "0.30" }. Default: nothing. */
  fixed: amountByCurrency().prefault({}),
  /** Rates of single vendors, by id. The most specific rate counts, as a whole: product, category, vendor, default. */
  vendors: ratesById("vendor id").prefault({}),
  /** Rates by product category id, of the categories a product is in itself. Of several, the first listed here counts. */
  categories: ratesById("category id").prefault({}),
  /** Rates of single products, by id. What a marketplace takes by commission lines of its own (Mercur) comes before all of these. */
  products: ratesById("product id").prefault({}),
})

const sinceError =
  'a day or a time in ISO 8601, for example "2026-01-31" or "2026-01-31T00:00:00Z"'

const Settlement = object({
  /** Orders placed before are left alone: their vendors were paid in another way. Default: when the plugin's tables were made. Set it back to take over older orders nobody has paid. */
  since: z
    .union([z.iso.date(), z.iso.datetime({ offset: true })], {
      error: sinceError,
    })
    .transform((text) => new Date(text))
    .optional(),
  /** The moment that makes an order's money due. Default "completed". Choose an earlier one to pay sooner. */
  releaseOn: oneOf(RELEASE_EVENTS).default("completed"),
  /** Days between that moment and the payout. Default 0. Set it to your return period to avoid clawbacks. */
  holdDays: wholeNumber({ min: 0, max: 365 }).default(0),
  /** What you keep of a sale. Frozen for each line with its first booking: a change is for new sales. */
  commission: Commission.prefault({}),
  /** Who gets what customers pay for shipping. A vendor's own method is hers, but with "platform". What nobody owns: "by_value" (default) divides it among the vendors by the value of their goods, "vendor" leaves it with you. */
  shipping: oneOf(SHIPPING_RULES).default("by_value"),
  /** Who remits tax, and so receives it. Default "vendor". */
  tax: oneOf(TAX_RULES).default("vendor"),
})

const APPROVALS = '"none", "all", or { above: { USD: "1000.00" } }'
const Above = object({
  /** By currency, in major units: payouts above wait for an operator. A currency without an amount needs none. */
  above: byCurrency(readMinimum, minimumAllowed),
})

const schedule = () =>
  z.custom<Schedule>(isSchedule, {
    error:
      '"immediate", "daily", { weekly: "monday" }, or { monthly: 15 } with a day from 1 to 28',
  })

const timezoneError =
  'the IANA name of a time zone, for example "Europe/Berlin" or "UTC"'

const share = (standard: number) => {
  const error = "a share between 0 and 1, for example 0.05 for 5 %"
  return z
    .number({ error })
    .min(0, { error })
    .max(1, { error })
    .default(standard)
}

const Bounds = object({
  /** Largest fee of MassPay's, as a share of the payout. Default 0.1. A quote above is not committed. */
  feeShare: share(0.1),
  /** How far the quoted exchange rate may lie from the one that the vendor was shown, as a share. Default 0.05. */
  rateDrift: share(0.05),
})

const Direct = object({
  /** Who pays MassPay's fee for a direct payout. Default "platform": on top of the payout. "vendor": out of it. */
  feesBorneBy: oneOf(FEE_BEARERS).default("platform"),
  bounds: Bounds.prefault({}),
  /** Whether operators may ask MassPay to reverse a completed direct payout, whole. Default false: not every bank gives money back, the fee is not returned, and MassPay documents little of it. */
  allowReversal: flag().default(false),
})

const Payouts = object({
  /** How vendors are paid. Default "wallet": into their MassPay wallets. "direct": to their bank, card or cash desk. A vendor may have her own. */
  method: oneOf(["wallet", "direct"]).default("wallet"),
  /** When vendors are paid what is due by then. Default "immediate". A vendor may have her own. */
  schedule: schedule().default("immediate"),
  /** Time zone of the schedule's days. Default "UTC". Days on which its clocks change are days like others. */
  timezone: z
    .string({ error: timezoneError })
    .refine(isTimezone, { error: timezoneError })
    .default("UTC"),
  /** Hour of the day at which a schedule pays, by that zone's clocks. Default 0. */
  hour: wholeNumber({ min: 0, max: 23 }).default(0),
  /** Smallest payout by currency, in major units, for example { USD: "25.00" }. Default: none. Smaller sums wait. */
  minimum: byCurrency(readMinimum, minimumAllowed).prefault({}),
  /** Which payouts wait until an operator, other than whoever caused them, approves them. Default "none". */
  approval: z
    .union([z.enum(["none", "all"]), Above], { error: APPROVALS })
    .default("none"),
  /** Whether operators may ask MassPay to take a whole load back out of a wallet; for direct payouts see direct.allowReversal. Default false: a vendor may have counted on it. */
  allowReversal: flag().default(false),
  /** Whether MassPay writes to the payee about each payout. Default false. */
  notifyPayee: flag().default(false),
  /** Minutes a cancelled payout keeps its money before it may be paid anew. Default 60. Statuses can flip back; raise it if they do late. */
  settleWindowMinutes: wholeNumber({ min: 1, max: 10_080 }).default(60),
})

const ladderError = `a list of ${CLAWBACK_RUNGS.map((rung) => JSON.stringify(rung)).join(", ")}, each at most once, "carry" last`
const Clawback = object({
  /** How money comes back that a vendor has too much of, in this order. Default: void, cancel-scheduled, carry. "reverse" and "spendback" take it out of her wallet. */
  ladder: z
    .array(z.enum(CLAWBACK_RUNGS, { error: ladderError }), {
      error: ladderError,
    })
    .min(1, { error: ladderError })
    .refine(
      (rungs) =>
        new Set(rungs).size === rungs.length &&
        rungs.slice(0, -1).every((rung) => rung !== "carry"),
      { error: ladderError }
    )
    .default([...DEFAULT_LADDER]),
  /** Days a vendor may owe before operators are told, once for each time that she comes to owe. Default 30. */
  alertAfterDays: wholeNumber({ min: 1, max: 3650 }).default(30),
})

const Funding = object({
  /** Funding wallet by currency. Default: the one wallet MassPay lists for the currency. Needed where there are several. */
  sourceTokens: byCurrency(
    (value) => (typeof value === "string" && TOKEN.test(value) ? value : null),
    () => "the token of a funding wallet, for example clnt_wlt_…"
  ).optional(),
  /** Operators are told when a funding wallet holds less, by currency in major units, for example { USD: "500.00" }. Default: when it does not last for the next 24 hours of payouts. */
  lowBalance: amountByCurrency().prefault({}),
})

const actorTypesError =
  'a list of 1 to 10 actor types, for example ["vendor", "seller"]'
const Vendors = object({
  /** Who may ask the vendor API, by Medusa's actor type. Default ["vendor", "seller"]. Name what your vendors sign in as. */
  actorTypes: z
    .array(
      z
        .string({ error: actorTypesError })
        .regex(/^[A-Za-z0-9_-]{1,40}$/, { error: actorTypesError }),
      { error: actorTypesError }
    )
    .min(1, { error: actorTypesError })
    .max(10, { error: actorTypesError })
    .default(["vendor", "seller"]),
})

const Limits = object({
  /** Loads on their way at the same time, per process. Default 8. Look-ups, and requests somebody waits for, have a quarter as many of their own each. */
  inFlight: wholeNumber({ min: 1, max: 64 }).default(8),
  /** Requests per second that all processes may send together. Default 10. What MassPay allows you; after a 429 fewer are sent by themselves. */
  requestsPerSecond: wholeNumber({ min: 1, max: 10_000 }).default(10),
  /** Milliseconds a request may take in all, from connecting to the last byte. Default 15000. */
  deadlineMs: wholeNumber({ min: 1000, max: 60_000 }).default(15_000),
})

const Intervals = object({
  /** Seconds between two looks for payouts to send. Default 10. */
  dispatch: wholeNumber({ min: 1, max: 3600 }).default(10),
  /** Seconds between two looks at payouts whose outcome is not known yet. Default 60. */
  resolve: wholeNumber({ min: 1, max: 3600 }).default(60),
  /** Seconds between two sweeps for orders that no event announced. Default 300. */
  sweep: wholeNumber({ min: 10, max: DAY_SECONDS }).default(300),
  /** Seconds between two looks for vendors whose money is due. Default 60. */
  collect: wholeNumber({ min: 1, max: DAY_SECONDS }).default(60),
  /** Seconds between two looks at webhooks that wait. Default 5. Each one that comes is looked at by itself as well. */
  webhooks: wholeNumber({ min: 1, max: 3600 }).default(5),
  /** Seconds between two comparisons with MassPay's history of the last days. Default 1800. */
  reconcile: wholeNumber({ min: 60, max: DAY_SECONDS }).default(1800),
  /** Seconds between two that reach back 35 days: a bank can return money late. Default 86400. */
  reconcileLong: wholeNumber({ min: 600, max: 7 * DAY_SECONDS }).default(
    DAY_SECONDS
  ),
  /** Seconds between two readings of everything of each vendor who was paid within 90 days. Default 86400. */
  reconcileDeep: wholeNumber({ min: 600, max: 7 * DAY_SECONDS }).default(
    DAY_SECONDS
  ),
})

const Jobs = object({
  /** Whether this process's scheduled jobs do anything. Default true. Turn off to pause all payouts from here. */
  enabled: flag().default(true),
  intervals: Intervals.prefault({}),
})

const Retention = object({
  /** Days a webhook is kept after it came. Default 90. Its key has to outlive the time in which its delivery may come again. */
  webhookDays: wholeNumber({ min: 7, max: 3650 }).default(90),
  /** Days an alarm is kept after its cause was over. Default 365. One that is open is kept. */
  incidentDays: wholeNumber({ min: 30, max: 3650 }).default(365),
})

const Logs = object({
  /** How a line is written. Default "text": `payout.result payout_id=…`; "json" writes one JSON object. */
  format: oneOf(["text", "json"]).default("text"),
})

const apiKeyError =
  "the key alone, as MassPay issued it, without spaces and without the word Bearer"

const encryptionKeyError =
  "32 random bytes in base64 or hex, for example from openssl rand -base64 32, or a list of 1 to 5 such, the newest first"
const encryptionKey = z
  .string({ error: encryptionKeyError })
  .transform((text, ctx) => {
    const key = keyBytes(text)
    if (key !== null) return key
    ctx.addIssue({ code: "custom", message: encryptionKeyError })
    return z.NEVER
  })

/** As hex, or null: a shorter text would be a password, and no key. */
function keyBytes(text: string): string | null {
  if (/^[0-9a-f]{64}$/i.test(text)) return text.toLowerCase()
  if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(text)) return null
  const bytes = Buffer.from(text, "base64")
  return bytes.length === 32 ? bytes.toString("hex") : null
}

export const Options = object({
  /** Which MassPay to talk to. No default. "sandbox" is the local one, for development. */
  environment: oneOf(ENVIRONMENTS),
  /** The key MassPay issued. Required but for the sandbox. Take it from an environment variable. */
  apiKey: z
    .string({ error: apiKeyError })
    .regex(/^[\x21-\x7e]+$/, { error: apiKeyError })
    .optional(),
  /** Where MassPay answers. Default: by environment. Set it for a sandbox on another port. */
  baseUrl: z.string({ error: "a URL" }).optional(),
  auth: Auth.prefault({}),
  /** Keeps upload links of payees at rest: 32 bytes in base64 or hex. A list while a key is being replaced, the newest first. Without one, links are not kept. The sandbox has a fixed one. */
  encryptionKey: z
    .union(
      [
        encryptionKey,
        z
          .array(encryptionKey)
          .min(1, { error: encryptionKeyError })
          .max(5, { error: encryptionKeyError }),
      ],
      { error: encryptionKeyError }
    )
    .optional(),
  /** Signed messages from MassPay. Required but for the sandbox; `false` relies on asking MassPay alone. */
  webhooks: z
    .union([z.literal(false), Webhooks], {
      error: "false, or an object with secrets, stale, toleranceSeconds",
    })
    .optional(),
  /** How this shop records who sold what. Default "auto": detected at the start. */
  marketplace: MarketplaceChoice.default("auto"),
  settlement: Settlement.prefault({}),
  payouts: Payouts.prefault({}),
  direct: Direct.prefault({}),
  clawback: Clawback.prefault({}),
  funding: Funding.prefault({}),
  vendors: Vendors.prefault({}),
  notifications: Notifications.prefault({}),
  limits: Limits.prefault({}),
  jobs: Jobs.prefault({}),
  retention: Retention.prefault({}),
  logs: Logs.prefault({}),
})

/** By path; for a union, its object. */
const OBJECTS: Record<string, { shape: object }> = {
  "": Options,
  auth: Auth,
  webhooks: Webhooks,
  marketplace: Marketplace,
  settlement: Settlement,
  "settlement.commission": Commission,
  payouts: Payouts,
  "payouts.approval": Above,
  direct: Direct,
  "direct.bounds": Bounds,
  clawback: Clawback,
  funding: Funding,
  vendors: Vendors,
  notifications: Notifications,
  "notifications.templates": Notifications.shape.templates.unwrap(),
  limits: Limits,
  jobs: Jobs,
  "jobs.intervals": Intervals,
  retention: Retention,
  logs: Logs,
}

/** Whose keys are ids of the shop's. */
const BY_ID = ["vendors", "categories", "products"].map(
  (name) => `settlement.commission.${name}`
)

/** The names allowed in the object at a path; none where no object belongs. */
export function keysAt(path: readonly PropertyKey[]): readonly string[] {
  const isRate = path.length === 4 && BY_ID.includes(path.slice(0, 3).join("."))
  const found = isRate ? Rate : OBJECTS[path.join(".")]
  return Object.keys(found?.shape ?? {})
}
