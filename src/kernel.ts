import { randomBytes } from "node:crypto"
import { hostname } from "node:os"

import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import type { ApprovalPolicy } from "./domain/collect"
import { parseMajor } from "./domain/money"
import type { DirectPolicy } from "./domain/quotes"
import type {
  CommissionRate,
  CommissionRules,
  SettlementPolicy,
} from "./domain/settle-types"
import type { LinkVault } from "./link-vault"
import { adapterFor } from "./marketplaces/registry"
import type { MarketplaceAdapter } from "./marketplaces/types"
import { MASSPAY_MODULE } from "./modules/masspay"
import type { ActionRules } from "./modules/masspay/queries/action-facts"
import type { CollectPolicy } from "./modules/masspay/queries/collect"
import type { Db } from "./modules/masspay/queries/db"
import {
  ensureInstallation,
  type Installation,
} from "./modules/masspay/queries/installation"
import type { MasspayModuleService } from "./modules/masspay/service"
import { MASSPAY_GATEWAY_MODULE } from "./modules/masspay-gateway"
import type { Wire } from "./modules/masspay-gateway/types"
import { type Notifier, notifierFrom } from "./notifications/notifier"
import { type BooksOptions, booksOptions, linkVault } from "./options"
import { applyWebhooks } from "./runners/apply-webhooks"
import { limitsFor, type RunnerDeps } from "./runners/deps"
import { dispatchPayouts } from "./runners/dispatch"
import { type Log, logTo } from "./runners/log"
import { meteredWire } from "./runners/metered-wire"
import { type NotificationPolicy, sendNotifications } from "./runners/notify"
import { createNudge, type Nudge } from "./runners/nudge"
import { type OutboxMessage, publishOutbox } from "./runners/publish-outbox"
import { reconcile, type ReconcileOptions } from "./runners/reconcile"
import type { SourceTokens } from "./runners/refresh-funding"
import { createTraffic, forRunners } from "./runners/traffic"
import { beginOnSignals, type Shutdown } from "./shutdown"
import { telemetryOf } from "./telemetry"
import { countedLog } from "./telemetry/from-log"

/** Books, wire and adapter of this shop, joined. What every runner needs, and what the doors need besides. */
export type Kernel = RunnerDeps & {
  options: BooksOptions
  /** Keeps upload links at rest, which are secrets. */
  links: LinkVault
  /** The process ends only after what runs through it, within a limit. */
  shutdown: Shutdown
  installation: Installation
  /** The way this shop says who sold what. Throws when none, or more than one, fits. */
  adapter(): Promise<MarketplaceAdapter>
  /** Tells the shop what happened, through its event bus, and people through its notifications. */
  tell(): Promise<void>
  /** There may be payouts to send: do not wait for the clock. */
  nudgeDispatch: Nudge
  /** There may be somebody to tell. */
  nudgeMails: Nudge
  /** There may be events to publish. */
  nudgeOutbox: Nudge
  /** Somebody wants the books compared: do not wait for the clock. */
  nudgeReconcile: Nudge
  /** MassPay said something: do not wait for the clock. */
  nudgeWebhooks: Nudge
}

type Joined = Omit<Kernel, "adapter"> & {
  adapterIn: (container: MedusaContainer) => Promise<MarketplaceAdapter>
}

const MINUTE_MS = 60_000

// By books, because a process may hold more than one shop (tests do).
const joined = new WeakMap<Db, Promise<Joined>>()

/**
 * The one place that joins the books, the wire and the adapter. Joined once per
 * process; a failure is not kept, so that the next call tries again.
 *
 * Throws when the tables are missing or belong to another environment.
 */
export async function kernelFrom(container: MedusaContainer): Promise<Kernel> {
  const service = container.resolve<MasspayModuleService>(MASSPAY_MODULE)
  let joining = joined.get(service.db)
  if (!joining) {
    joining = join(container, service)
    joined.set(service.db, joining)
    joining.catch(() => joined.delete(service.db))
  }
  const { adapterIn, ...kernel } = await joining
  return { ...kernel, adapter: () => adapterIn(container) }
}

async function join(
  container: MedusaContainer,
  service: MasspayModuleService
): Promise<Joined> {
  const options = booksOptions(service.options)
  const { shutdown } = service
  const { signal } = shutdown
  beginOnSignals(shutdown)
  const telemetry = telemetryOf(service.db)
  const plain = logTo(
    container.resolve(ContainerRegistrationKeys.LOGGER),
    options.logs
  )
  const log = telemetry ? countedLog(plain, telemetry) : plain
  const eventBus = container.resolve(Modules.EVENT_BUS)
  const wire = container.resolve<Wire>(MASSPAY_GATEWAY_MODULE)
  const worker = workerId()
  const links = linkVault(service.options)
  // An operator has to know before a vendor asks where her link is.
  if (!links.has_key) {
    log.warn("kyc.links_not_kept", { missing_option: "encryptionKey" })
  }
  const traffic = createTraffic({
    books: service.db,
    log,
    worker,
    signal,
    max_requests_per_second: options.limits.requestsPerSecond,
    deadline_ms: options.limits.deadlineMs,
  })
  const watched = telemetry ? { telemetry } : {}
  const deps: RunnerDeps = {
    books: service.db,
    wire: meteredWire(wire, traffic, watched),
    log,
    ...watched,
    worker,
    links,
    signal,
    limits: limitsFor({
      in_flight: options.limits.inFlight,
      deadline_ms: options.limits.deadlineMs,
    }),
    approval: approvalPolicy(options.payouts),
    direct: directPolicy(options.direct),
    traffic: forRunners(traffic, wire),
  }
  const publish = async (messages: OutboxMessage[]): Promise<void> => {
    await eventBus.emit(
      messages.map(({ id, name, payload }) => ({
        name,
        // The same in every repeat: receivers tell repeats by it.
        data: { ...payload, event_id: id },
      }))
    )
  }
  const notifications = {
    ...options.notifications,
    from: options.notifications.from ?? null,
  }
  const notifier = notifierFrom(container)
  warnOfSilence(notifier, { log, notifications })
  const nudgeMails = createNudge(
    () =>
      sendNotifications({
        books: deps.books,
        log,
        signal,
        links,
        notifier,
        notifications,
      }),
    { log, name: "notifications" }
  )
  // A provider that is slow must not keep payouts waiting.
  const tell = async (): Promise<void> => {
    try {
      await publishOutbox({ books: deps.books, publish, log })
    } finally {
      nudgeMails()
    }
  }
  const nudgeOutbox = createNudge(
    tell,
    // Two commits of its own, for one event as for a hundred.
    { log, name: "outbox", gather_ms: 200 }
  )
  return {
    ...deps,
    links,
    options,
    shutdown,
    installation: await ensureInstallation(deps.books, {
      environment: options.environment,
    }),
    adapterIn: once((scope: MedusaContainer) =>
      adapterFor(scope, options.marketplace)
    ),
    tell,
    nudgeMails,
    nudgeOutbox,
    nudgeWebhooks: createNudge(
      async () => {
        await applyWebhooks(deps, webhookPolicy(options))
        nudgeOutbox()
      },
      { log, name: "webhooks" }
    ),
    nudgeReconcile: createNudge(
      async () => {
        await reconcile(deps, reconcilePolicy(options))
        nudgeOutbox()
      },
      { log, name: "reconcile" }
    ),
    nudgeDispatch: createNudge(
      async () => {
        await shutdown.run(() => dispatchPayouts(deps))
        // What was just paid is news.
        nudgeOutbox()
      },
      { log, name: "dispatch" }
    ),
  }
}

/** What the options say about applying what MassPay's messages lead to. */
export function webhookPolicy({ payouts, funding }: BooksOptions): {
  policy: { settle_window_ms: number }
  source_tokens: SourceTokens
} {
  return {
    policy: { settle_window_ms: payouts.settleWindowMinutes * MINUTE_MS },
    source_tokens: funding.sourceTokens ?? {},
  }
}

/** What the options say about comparing the books with MassPay. */
export function reconcilePolicy({
  payouts,
  jobs: { intervals },
}: BooksOptions): ReconcileOptions {
  return {
    policy: { settle_window_ms: payouts.settleWindowMinutes * MINUTE_MS },
    every: {
      sweep: { every_ms: intervals.reconcile * 1000 },
      sweep_long: { every_ms: intervals.reconcileLong * 1000 },
      deep: { every_ms: intervals.reconcileDeep * 1000 },
    },
  }
}

/** Where nobody would hear of anything, an operator hears of that, at the start. */
function warnOfSilence(
  notifier: Notifier | null,
  { log, notifications }: { log: Log; notifications: NotificationPolicy }
): void {
  const { channel } = notifications
  if (channel === false) return
  if (notifier !== null && notifier.serves(channel) !== false) return
  log.warn("notifications.no_channel", {
    channel,
    detail:
      "No provider of Medusa's Notification module serves this channel: vendors get no mails. What was not sent stands in the admin. Configure a provider, or set notifications.channel.",
  })
}

/** How the options say vendors' shares are computed. */
export function settlementPolicy({
  options: { settlement },
  installation,
}: Pick<Kernel, "options" | "installation">): SettlementPolicy {
  return {
    since: settlement.since ?? installation.installed_at,
    release_on: settlement.releaseOn,
    hold_days: settlement.holdDays,
    commission_basis_points: settlement.commission.basisPoints,
    commission: commissionRules(settlement.commission),
    shipping: settlement.shipping,
    tax: settlement.tax,
  }
}

function commissionRules({
  fixed,
  vendors,
  categories,
  products,
}: BooksOptions["settlement"]["commission"]): CommissionRules {
  const rates = (byId: typeof vendors): Record<string, CommissionRate> =>
    Object.fromEntries(
      Object.entries(byId).map(([id, { basisPoints, fixed }]) => [
        id,
        { basis_points: basisPoints, fixed: minorByCurrency(fixed) },
      ])
    )
  return {
    fixed: minorByCurrency(fixed),
    vendors: rates(vendors),
    categories: rates(categories),
    products: rates(products),
  }
}

function minorByCurrency(
  amounts: Record<string, string>
): Record<string, bigint> {
  return Object.fromEntries(
    Object.entries(amounts).map(([currency_code, amount]) => [
      currency_code,
      parseMajor(amount, currency_code),
    ])
  )
}

/** What the options say about which sums become payouts. */
export function collectPolicy({
  payouts,
  clawback,
  funding,
}: BooksOptions): CollectPolicy {
  const minimum: CollectPolicy["minimum"] = {}
  for (const [currency_code, amount] of Object.entries(payouts.minimum)) {
    minimum[currency_code] = parseMajor(amount, currency_code)
  }
  return {
    minimum,
    method: payouts.method,
    schedule: payouts.schedule,
    clock: { timezone: payouts.timezone, hour: payouts.hour },
    approval: approvalPolicy(payouts),
    notify_payee: payouts.notifyPayee,
    clawback: clawback.ladder,
    source_tokens: funding.sourceTokens ?? {},
  }
}

/** How direct payouts are quoted, and which quotes are not committed. */
function directPolicy({
  feesBorneBy,
  bounds,
  allowReversal,
}: BooksOptions["direct"]): DirectPolicy {
  return {
    fees_borne_by: feesBorneBy,
    bounds: {
      fee_basis_points: Math.round(bounds.feeShare * 10_000),
      rate_basis_points: Math.round(bounds.rateDrift * 10_000),
    },
    may_reverse: allowReversal,
  }
}

/** Which payouts wait for an operator, and which actions need two. */
function approvalPolicy({ approval }: BooksOptions["payouts"]): ApprovalPolicy {
  if (typeof approval === "string") return { kind: approval }
  const amounts: Record<string, bigint> = {}
  for (const [currency_code, amount] of Object.entries(approval.above)) {
    amounts[currency_code] = parseMajor(amount, currency_code)
  }
  return { kind: "above", amounts }
}

/** What the options let operators do. */
export function actionRules({ payouts, direct }: BooksOptions): ActionRules {
  return {
    approval: approvalPolicy(payouts),
    may_reverse: payouts.allowReversal,
    may_reverse_direct: direct.allowReversal,
  }
}

/** Keeps the first success; a failure is forgotten. */
function once<Input, Result>(
  work: (input: Input) => Promise<Result>
): (input: Input) => Promise<Result> {
  let known: Promise<Result> | null = null
  return async (input) => {
    known ??= work(input)
    try {
      return await known
    } catch (error) {
      known = null
      throw error
    }
  }
}

function workerId(): string {
  return `${hostname()}-${process.pid}-${randomBytes(4).toString("hex")}`
}
