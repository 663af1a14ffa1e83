import type { AddressInfo } from "node:net"

import { Alarm } from "./alarm"
import { Control } from "./control"
import { hostInUrl, isLoopbackHost, LOOPBACK_HOSTS } from "./loopback"
import { isKnownCurrency, parseAmount } from "./money"
import { loadWorld, Saver } from "./persist"
import { Runtime } from "./runtime"
import { createSandboxServer } from "./server"
import {
  DEFAULT_SETTINGS,
  problemWithSettings,
  type Settings,
} from "./settings"
import type { WebhookControl } from "./webhooks/control"
import { Sender } from "./webhooks/sender"
import { type WebhookOptions, wire, type Wiring } from "./wiring"
import type { Beginning } from "./world"

export type { AuditReport } from "./audit"
export type { ClockState } from "./clock"
export type { Control } from "./control"
export type {
  ClockInput,
  FlipInput,
  LoadPage,
  MoneyInput,
  Page,
  SpendbackPage,
  StateView,
} from "./control-types"
export type {
  AttributeInput,
  FxInput,
  PayerChangeInput,
  PayoutFlipInput,
  PayoutStatusInput,
} from "./control-payout-inputs"
export type { PayoutPage } from "./control-payouts"
export { ControlError } from "./errors"
export {
  DEFAULT_PLAN_KINDS,
  type FaultPlanInput,
  type FaultPlanState,
} from "./fault-plan"
export {
  FAULT_NAMES,
  type ArmedFault,
  type FaultInput,
  type FaultName,
} from "./faults"
export type {
  JournalEntry,
  JournalPage,
  MovementEntry,
  MovementReason,
  NoteEntry,
  PayoutEntry,
  RequestEntry,
  WebhookEntry,
} from "./journal"
export {
  KYC_STATUSES,
  type KycProvider,
  type KycSession,
  type KycStatus,
} from "./kyc/papers"
export type { PayoutAudit } from "./payouts/audit"
export type { Fx } from "./payouts/fx"
export type { PayoutCommit } from "./payouts/tally"
export {
  type Cancellation,
  type CommitOutcome,
  PAYOUT_STATUSES,
  type PayoutScript,
  type PayoutScriptInput,
  type PayoutStatus,
  type QuoteWord,
  type ScriptStep,
} from "./payouts/types"
export type { PayoutStepView, PayoutView } from "./payouts/views"
export { DEFAULT_SETTINGS, type Settings } from "./settings"
export type { IfSpent, LoadStatus, LockKind, UserStatus } from "./store"
export type {
  Flip,
  KycSessionView,
  LoadView,
  SpendbackView,
  UserView,
  WalletView,
} from "./views"

export { type EventContent, FAKE_TIN } from "./webhooks/bodies"
export type { WebhookConfig, WebhookControl } from "./webhooks/control"
export type { WebhookState } from "./webhooks/state"
export {
  type ArmedWebhookFault,
  WEBHOOK_FAULT_NAMES,
  type WebhookFaultInput,
  type WebhookFaultName,
} from "./webhooks/faults"
export type { WebhookPlanInput, WebhookPlanState } from "./webhooks/plan"
export type { SignedDelivery } from "./webhooks/sign"
export {
  type DeliveryToSign,
  SIGNATURE_HEADER,
  type SignatureEncoding,
  signDelivery,
  type SignedRequest,
  type TimestampUnit,
} from "./webhooks/signature"
export type {
  DeliveryAttempt,
  DeliveryKind,
  DeliveryState,
} from "./webhooks/types"
export type { DeliveryView } from "./webhooks/view"
export { DEFAULT_WEBHOOK_SECRET, type WebhookOptions } from "./wiring"

/** The key of a sandbox that was given none. It opens nothing but a sandbox. */
export const DEFAULT_API_KEY = "masspay-sandbox-key"
export const DEFAULT_HOST = "127.0.0.1"
export const DEFAULT_CURRENCIES: Readonly<Record<string, string>> = {
  USD: "1000000.00",
  EUR: "1000000.00",
}

export type SandboxOptions = {
  /** Default 0: any free port. */
  port?: number
  /** A loopback name; nothing else is accepted. Default 127.0.0.1. */
  host?: string
  apiKey?: string
  /** The same seed gives the same tokens. Default: random tokens. */
  seed?: number
  /** What each funding wallet starts with, in major units. Replaces the default. */
  currencies?: Readonly<Record<string, number | string>>
  /** Where the world is kept between runs. What it holds wins over the options. */
  dataFile?: string
  /** Where the virtual clock starts. Default: the machine's time. */
  startAt?: Date
  /** The virtual clock then moves only when it is told to. Default false. */
  isClockFrozen?: boolean
  settings?: Partial<Settings>
  /** Whom to tell what happens. Left out: nobody, until `webhooks.configure` is called. */
  webhooks?: WebhookOptions
  /**
   * Of the journal, keep the latest so many entries, and for a while up to as many
   * again: for runs of millions of requests. Not with a data file, whose books are
   * checked from the first entry on. Default: the journal forgets nothing.
   */
  journalLimit?: number
}

export type Sandbox = {
  /** Without a path: the API is at `${url}/v1.0.0`, the page at `${url}/`. */
  url: string
  port: number
  apiKey: string
  control: Control
  /** The same as `control.webhooks`. */
  webhooks: WebhookControl
  /**
   * Resolves when every request that has reached the sandbox was dealt with, those
   * of clients that are gone by now included. Whoever moves the clock after a
   * client's death waits for it: else what it sent in time arrives much later.
   */
  idle: () => Promise<void>
  /** Ends every connection and saves. Safe to call twice. */
  stop: () => Promise<void>
}

/**
 * Starts a local MassPay. Rejects, with nothing left open, when an option makes no
 * sense, the port is taken or the data file cannot be trusted.
 */
export async function startSandbox(
  options: SandboxOptions = {}
): Promise<Sandbox> {
  const { port = 0, host = DEFAULT_HOST, dataFile } = options
  const { apiKey = DEFAULT_API_KEY } = options
  if (!isLoopbackHost(host)) {
    throw new RangeError(
      `The sandbox binds to ${LOOPBACK_HOSTS.join(", ")} only, not to ${host}`
    )
  }
  if (!/^[\x21-\x7e]+$/.test(apiKey)) {
    throw new RangeError("The API key must be printable ASCII without spaces")
  }
  const wiring = wire(options.webhooks)
  const beginning = readBeginning(options, wiring)
  const restored =
    dataFile === undefined ? null : await loadWorld(dataFile, beginning)
  const saver: Saver | null =
    dataFile === undefined ? null : new Saver(dataFile, () => runtime.world)
  const runtime = new Runtime(beginning, restored, () => {
    saver?.touch()
    sender.wake()
    alarm.set()
  })
  const sender = new Sender(runtime, {
    onChange: () => saver?.touch(),
    onLook: () => alarm.set(),
  })
  const alarm = new Alarm(runtime, () => {
    runtime.worldNow()
    sender.wake()
  })
  const control = new Control(runtime)
  const { server, idle, stop } = createSandboxServer({
    runtime,
    control,
    apiKey,
  })
  // A file that cannot be written is better known now than when stopping.
  runtime.changed()
  await saver?.flush()

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject)
    server.listen({ port, host }, resolve)
  })
  const address = server.address() as AddressInfo
  wiring.origin = `http://${hostInUrl(host)}:${address.port}`
  let stopping: Promise<void> | null = null
  return {
    url: wiring.origin,
    port: address.port,
    apiKey,
    control,
    webhooks: control.webhooks,
    idle,
    stop: () => {
      alarm.stop()
      sender.stop()
      return (stopping ??= stop().then(() => saver?.flush()))
    },
  }
}

function readBeginning(options: SandboxOptions, wiring: Wiring): Beginning {
  const { seed = null, startAt, isClockFrozen = false, settings = {} } = options
  const { journalLimit = null, dataFile } = options
  const problem = problemWithSettings(settings)
  if (problem) throw new RangeError(problem)
  if (seed !== null && !Number.isSafeInteger(seed)) {
    throw new RangeError("The seed must be a whole number")
  }
  if (startAt && Number.isNaN(startAt.getTime())) {
    throw new RangeError("startAt is not a valid date")
  }
  if (journalLimit !== null && !isUsableLimit(journalLimit, dataFile)) {
    throw new RangeError(
      "journalLimit must be a whole number above 0, and not come with a dataFile"
    )
  }
  const currencies = Object.entries(options.currencies ?? DEFAULT_CURRENCIES)
  return {
    seed,
    startMs: startAt?.getTime() ?? null,
    isClockFrozen,
    funding: new Map(
      currencies.map(([code, amount]) => [code, readFunding(code, amount)])
    ),
    settings: { ...DEFAULT_SETTINGS, ...settings },
    journalLimit,
    wiring,
  }
}

function isUsableLimit(limit: number, dataFile: string | undefined): boolean {
  return Number.isSafeInteger(limit) && limit > 0 && dataFile === undefined
}

/** Unlike a load, a funding wallet may well start with nothing. */
function readFunding(code: string, amount: number | string): bigint {
  if (!isKnownCurrency(code)) {
    throw new RangeError(`"${code}" is not an ISO 4217 code the sandbox knows`)
  }
  if (/^0+(\.0+)?$/.test(String(amount))) return 0n
  const parsed = parseAmount(amount, code)
  if (parsed.problem !== undefined) {
    throw new RangeError(`The amount of ${code} ${parsed.problem}`)
  }
  return parsed.minor
}
