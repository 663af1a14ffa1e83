import { performance } from "node:perf_hooks"

import type { MedusaContainer } from "@medusajs/framework/types"

import {
  GO_LIVE_CHECK_KEYS,
  type GoLiveCheckKey,
  type GoLiveFinding,
  type GoLiveItem,
  goLiveList,
  notChecked,
  summaryOf,
} from "../domain/go-live"
import {
  judgeAddress,
  judgeApiKey,
  judgeClock,
  judgeDirectMinimums,
  judgeEnvironment,
  judgeFunding,
  judgeWalletMinimums,
} from "../domain/go-live-account"
import {
  judgeDispatch,
  judgeEncryptionKey,
  judgeInvariants,
  judgeJobs,
  judgeNotifications,
  judgePayees,
  judgeSharedModules,
  judgeWebhookDelivery,
  judgeWebhookSecret,
} from "../domain/go-live-shop"
import { failureFields } from "../failure"
import { collectPolicy, type Kernel, kernelFrom } from "../kernel"
import { MASSPAY_MODULE } from "../modules/masspay"
import { dispatchStopped } from "../modules/masspay/queries/control"
import type { Db } from "../modules/masspay/queries/db"
import { goLiveStatements } from "../modules/masspay/queries/go-live"
import {
  currenciesInUse,
  directFacts,
  lastWebhookAt,
  payeeFacts,
} from "../modules/masspay/queries/go-live-facts"
import { instancesTogether } from "../modules/masspay/queries/instances"
import {
  checkInvariants,
  type InvariantResult,
} from "../modules/masspay/queries/invariants"
import type { MasspayModuleService } from "../modules/masspay/service"
import { MASSPAY_GATEWAY_MODULE } from "../modules/masspay-gateway"
import type MasspayGatewayService from "../modules/masspay-gateway/service"
import { notifierFrom } from "../notifications/notifier"
import { alarmPolicy } from "../sweep/alarm-policy"
import type { AdminGoLive, AdminGoLiveItem } from "../types/http-go-live"
import { checkWebhook } from "../webhook-check"
import { databaseOffset, fundingFacts, readAccountNow } from "./account"
import { jobFacts } from "./jobs"
import { sharedModules } from "./shared-modules"

const DEADLINE_MS = 10_000
/** Two versions that take over from each other are not two instances. */
const OVERLAP_MS = 3 * 60_000

/**
 * Runs every check at once and returns the whole list, within `deadline_ms`
 * whatever hangs: what did not come to an end counts as failed. Writes nothing;
 * asks MassPay one thing, and posts a self-test to the shop's own public address.
 */
export async function checkGoLive(
  container: MedusaContainer,
  { deadline_ms = DEADLINE_MS }: { deadline_ms?: number } = {}
): Promise<AdminGoLive> {
  const began_ms = performance.now()
  const { options } = container.resolve<MasspayModuleService>(MASSPAY_MODULE)
  const deadline = deadlineOf(deadline_ms)
  try {
    const kernel = kernelFrom(container)
    const checks = checksOf(container, kernel)
    const [findings, statements] = await Promise.all([
      Promise.all(
        GO_LIVE_CHECK_KEYS.map(async (key) => {
          const finding = await deadline.or(
            settled(key, checks[key], kernel),
            notChecked({ code: "too_late", within_ms: deadline_ms })
          )
          return [key, finding] as const
        })
      ),
      deadline.or(
        kernel.then(({ books }) => goLiveStatements(books)).catch(() => null),
        null
      ),
    ])
    const items = goLiveList({
      findings: Object.fromEntries(findings) as Record<
        GoLiveCheckKey,
        GoLiveFinding
      >,
      statements,
    })
    return {
      environment: options.environment,
      checked_at: new Date().toISOString(),
      took_ms: Math.round(performance.now() - began_ms),
      ...summaryOf(items),
      items: items.map(goLiveItemOf),
    }
  } finally {
    deadline.clear()
  }
}

export function goLiveItemOf(item: GoLiveItem): AdminGoLiveItem {
  return {
    ...item,
    details: [...item.details],
    history: item.history.map((one) => ({ ...one, at: one.at.toISOString() })),
  }
}

type Check = () => GoLiveFinding | Promise<GoLiveFinding>

/** What is asked more than once is asked once. */
function checksOf(
  container: MedusaContainer,
  kernel: Promise<Kernel>
): Record<GoLiveCheckKey, Check> {
  const { options } = container.resolve<MasspayModuleService>(MASSPAY_MODULE)
  const gateway = container.resolve<MasspayGatewayService>(
    MASSPAY_GATEWAY_MODULE
  )
  const { environment, payouts, funding, jobs, notifications } = options
  const target = { environment, host: new URL(options.baseUrl).host }
  const account = readAccountNow(gateway)
  const currencies = kernel.then(async ({ books }) =>
    withNamed(await currenciesInUse(books), [
      ...Object.keys(payouts.minimum),
      ...Object.keys(funding.sourceTokens ?? {}),
    ])
  )
  // Whoever awaits it is told; until then nobody has to hear of it.
  currencies.catch(() => undefined)

  return {
    environment: () => judgeEnvironment(target),
    api_key: async () => judgeApiKey((await account).facts, target),
    ip_address: async () => judgeAddress((await account).facts),
    clock: async () =>
      judgeClock({
        database: await databaseOffset((await kernel).books),
        masspay: (await account).clock,
      }),
    funding: async () =>
      judgeFunding(
        fundingFacts({
          balances: (await account).balances,
          currencies: await currencies,
          source_tokens: funding.sourceTokens ?? {},
        })
      ),
    webhook_secret: () => judgeWebhookSecret(sampleOf(gateway)),
    webhook_delivery: async () => {
      const { books } = await kernel
      const test = await gateway.webhooks?.selfTest(new Date())
      return judgeWebhookDelivery({
        has_webhooks: gateway.webhooks !== null,
        host: test?.host ?? null,
        self_test: test?.result ?? null,
        last_received_at: await lastWebhookAt(books),
      })
    },
    jobs: async () =>
      judgeJobs({
        enabled_here: jobs.enabled,
        jobs: await jobFacts((await kernel).books, {
          intervals: alarmPolicy(container, options).jobs,
        }),
      }),
    dispatch: async () =>
      judgeDispatch(await dispatchStopped((await kernel).books)),
    notifications: () => {
      const { channel, operators } = notifications
      const notifier = notifierFrom(container)
      return judgeNotifications({
        channel,
        serves:
          channel === false || !notifier ? false : notifier.serves(channel),
        operators: operators.length,
      })
    },
    encryption_key: async () =>
      judgeEncryptionKey({
        has_key: (await kernel).links.has_key,
        is_sandbox: environment === "sandbox",
      }),
    payees: async () => judgePayees(await payeeFacts((await kernel).books)),
    wallet_minimums: async () =>
      judgeWalletMinimums({
        currencies: (await currencies).map(
          ({ currency_code }) => currency_code
        ),
        minimum: collectPolicy(options).minimum,
      }),
    direct_minimums: async () =>
      judgeDirectMinimums({
        facts: await directFacts((await kernel).books, payouts),
        minimum: collectPolicy(options).minimum,
      }),
    invariants: async () => {
      const results = await invariantsOnce((await kernel).books)
      return judgeInvariants(
        results.map(({ id, holds, violations }) => ({
          id,
          holds,
          found: violations.length,
        }))
      )
    },
    shared_modules: async () =>
      judgeSharedModules({
        instances: await instancesTogether((await kernel).books, {
          overlap_ms: OVERLAP_MS,
        }),
        modules: sharedModules(container),
      }),
  }
}

/** Never rejects: a check that breaks is a finding of its own. */
async function settled(
  key: GoLiveCheckKey,
  check: Check,
  kernel: Promise<Kernel>
): Promise<GoLiveFinding> {
  try {
    return await check()
  } catch (error) {
    const fields = failureFields(error)
    kernel.then(
      ({ log }) => log.warn("go_live.check_broke", { item: key, ...fields }),
      () => undefined
    )
    const { code, error: name } = fields
    return notChecked({ code: "broke", what: String(code ?? name ?? "Error") })
  }
}

function sampleOf({
  webhooks,
}: MasspayGatewayService): Parameters<typeof judgeWebhookSecret>[0] {
  if (!webhooks) return null
  const { status, checks } = checkWebhook(webhooks, {})
  return {
    status,
    failed: checks
      .filter(({ passed }) => !passed)
      .map(({ name, detail }) => `${name}: ${detail}`),
  }
}

/** Currencies that an option names are meant to be paid in, though nobody earned in them yet. */
function withNamed(
  used: readonly { currency_code: string; wanted: bigint }[],
  named: readonly string[]
): { currency_code: string; wanted: bigint }[] {
  const known = new Set(used.map(({ currency_code }) => currency_code))
  const more = [...new Set(named)]
    .filter((code) => !known.has(code))
    .map((currency_code) => ({ currency_code, wanted: 0n }))
  return [...used, ...more].sort((a, b) =>
    a.currency_code < b.currency_code ? -1 : 1
  )
}

const underWay = new WeakMap<Db, Promise<InvariantResult[]>>()

/** They read all of the books: however often somebody asks, one reading at a time. */
function invariantsOnce(books: Db): Promise<InvariantResult[]> {
  const running = underWay.get(books)
  if (running) return running
  const started = checkInvariants(books).finally(() => underWay.delete(books))
  underWay.set(books, started)
  return started
}

function deadlineOf(ms: number): {
  /** `work`, or `late` where that takes too long. */
  or<Result>(work: Promise<Result>, late: Result): Promise<Result>
  clear(): void
} {
  let timer: NodeJS.Timeout | undefined
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  return {
    or: (work, late) => Promise.race([work, over.then(() => late)]),
    clear: () => {
      clearTimeout(timer)
    },
  }
}
