import { destinationWords } from "../domain/destinations"
import { runbookPage } from "../domain/incidents"
import { kycTitle } from "../domain/kyc-texts"
import {
  NOTIFICATION_ATTEMPTS_MAX,
  notificationDelay,
  type NotificationKind,
  reasonToSkip,
} from "../domain/notifications"
import type { LinkVault } from "../link-vault"
import type { Db } from "../modules/masspay/queries/db"
import {
  type ClaimedNotification,
  claimNotifications,
  concludeNotification,
  type NotificationConclusion,
  type NotificationFacts,
  notificationFacts,
} from "../modules/masspay/queries/notifications"
import type { Delivery, Message, Notifier } from "../notifications/notifier"
import {
  htmlOf,
  type NotificationContext,
  type NotificationTemplate,
  notificationTemplates,
} from "../notifications/templates"
import type { Log } from "./log"

/** How the shop tells people. */
export type NotificationPolicy = {
  /** Medusa's name of the channel that mails leave by; `false`: none leave. */
  channel: string | false
  from: string | null
  /** Addresses of operators. */
  operators: readonly string[]
  templates: Partial<Record<NotificationKind, NotificationTemplate | undefined>>
}

export type NotifyDeps = {
  books: Db
  log: Log
  links?: LinkVault | undefined
  notifier: Notifier | null
  notifications: NotificationPolicy
  signal?: AbortSignal
  /** Tests shorten it. */
  deliver_within_ms?: number
  /** Tests end it between sending and noting. */
  failpoint?: (name: "notification.sent") => void | Promise<void>
}

const BATCH_SIZE = 5
const BATCHES_PER_RUN_MAX = 80
/** A provider that does not answer is given up; its key keeps the mail from leaving twice. */
const DELIVER_WITHIN_MS = 30_000
/** For a batch, one after the other. */
const LEASE_MS = 5 * 60_000
const FEED = "feed"

/**
 * Tells whom it concerns what happened, once for each cause, and only what is
 * still so. Nothing about money waits for it. A process that ends between
 * sending and noting it leaves the key with Medusa, which the next one finds.
 * Returns how many left.
 */
export async function sendNotifications(deps: NotifyDeps): Promise<number> {
  let sent = 0
  for (let batch = 0; batch < BATCHES_PER_RUN_MAX; batch += 1) {
    if (deps.signal?.aborted) break
    const claimed = await claimNotifications(deps.books, {
      limit: BATCH_SIZE,
      lease_ms: LEASE_MS,
    })
    for (const one of claimed) {
      const conclusion = await tell(deps, one)
      await deps.failpoint?.("notification.sent")
      await concludeNotification(deps.books, one, conclusion)
      if (conclusion.state === "sent") sent += 1
      else logConclusion(deps.log, one, conclusion)
    }
    if (claimed.length < BATCH_SIZE) break
  }
  return sent
}

/** Never throws: trouble with one is its own. */
async function tell(
  deps: NotifyDeps,
  one: ClaimedNotification
): Promise<NotificationConclusion> {
  try {
    const facts = await notificationFacts(deps.books, one)
    const skip = reasonToSkip(one.kind, facts)
    if (skip !== null) return { state: "skipped", detail: skip }
    const channel = one.way === "feed" ? FEED : deps.notifications.channel
    if (channel === false) return { state: "skipped", detail: "mails_off" }
    if (!deps.notifier || deps.notifier.serves(channel) === false) {
      return { state: "no_channel", detail: channel }
    }
    const to = recipients(deps, one, facts)
    if (to.length === 0) return { state: "no_channel", detail: "no_address" }
    return await deliverAll(
      deps,
      deps.notifier,
      messages(deps, one, { facts, channel, to })
    )
  } catch (error) {
    // A provider's message may hold the address, or all of the mail.
    deps.log.warn("notification.not_sent", {
      notification_id: one.id,
      kind: one.kind,
      error: error instanceof Error ? error.name : typeof error,
    })
    return one.attempts >= NOTIFICATION_ATTEMPTS_MAX
      ? { state: "failed", detail: "not_delivered" }
      : {
          state: "pending",
          detail: "not_delivered",
          retry_in_ms: notificationDelay(one.attempts),
        }
  }
}

/** The bell has nobody's address. */
function recipients(
  { notifications }: NotifyDeps,
  { way, audience }: ClaimedNotification,
  { vendor }: NotificationFacts
): readonly string[] {
  if (way === "feed") return [""]
  if (audience === "operators") return notifications.operators
  return vendor?.email ? [vendor.email] : []
}

function messages(
  { notifications, links }: NotifyDeps,
  one: ClaimedNotification,
  {
    facts,
    channel,
    to,
  }: { facts: NotificationFacts; channel: string; to: readonly string[] }
): Message[] {
  const template =
    notifications.templates[one.kind] ?? notificationTemplates[one.kind]
  const context = contextOf(one, facts, links)
  const { subject, text } = template(context)
  const isFeed = one.way === "feed"
  const { papers: _papers, ...data } = context
  return to.map((address, index) => ({
    // As many keys as there are addresses, the same ones at every try.
    key: index === 0 ? one.cause_key : `${one.cause_key}:${index}`,
    channel,
    to: address,
    from: isFeed ? null : notifications.from,
    template: isFeed ? "admin-ui" : `masspay-${one.kind}`,
    data: isFeed ? { title: subject, description: text } : { ...data, subject },
    content: isFeed ? null : { subject, text, html: htmlOf(text) },
    subject_id: one.subject_id,
  }))
}

/** The link is opened for the vendor whose it is, and for her alone. */
function contextOf(
  { kind, subject_id, audience, currency_code }: ClaimedNotification,
  { vendor, amount, paper, incident, destination }: NotificationFacts,
  links: LinkVault | undefined
): NotificationContext {
  const link =
    kind === "papers_needed" && audience === "vendor" && vendor
      ? paper?.link_sealed && links?.open(paper.link_sealed, vendor.id)
      : null
  return {
    kind,
    vendor: vendor && {
      id: vendor.id,
      name: oneLine(vendor.name),
      first_name: oneLine(vendor.first_name),
    },
    payout: amount && {
      id: subject_id,
      amount: amount.value,
      currency_code: amount.currency_code,
    },
    papers: paper && {
      title: kycTitle(paper.kind),
      text: oneLine(paper.text),
      link: link || null,
      link_host: paper.link_host,
    },
    currency_code: currency_code ?? amount?.currency_code ?? null,
    destination: destination && {
      payer_name: oneLine(destination.payer_name) ?? "",
      masked_tail: destination.masked_tail,
      currency_code: destination.currency_code,
      problem: destinationWords(destination.status_reason),
    },
    incident: incident && {
      id: incident.id,
      kind: incident.kind,
      detail: incident.detail,
      opened_at: new Date(incident.opened_at).toISOString(),
      page: runbookPage(incident.kind),
    },
  }
}

/** What others wrote opens no paragraph and no header of its own. */
function oneLine(text: string | null): string | null {
  return text && text.replace(/[\s\p{Cc}\p{Cf}]+/gu, " ").trim()
}

/** All or nothing is not to be had: what left stays so, and its key keeps it from leaving again. */
async function deliverAll(
  { deliver_within_ms = DELIVER_WITHIN_MS }: NotifyDeps,
  notifier: Notifier,
  all: readonly Message[]
): Promise<NotificationConclusion> {
  const outcomes: Delivery[] = []
  for (const message of all) {
    outcomes.push(await within(deliver_within_ms, notifier.deliver(message)))
  }
  if (outcomes.includes("no_channel")) {
    return { state: "no_channel", detail: all[0]?.channel ?? "" }
  }
  return outcomes.includes("unclear")
    ? { state: "unclear", detail: "earlier_try_unknown" }
    : { state: "sent" }
}

async function within<Result>(
  limit_ms: number,
  work: Promise<Result>
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error("The provider did not answer in time"))
    }, limit_ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

function logConclusion(
  log: Log,
  { id, kind, way }: ClaimedNotification,
  conclusion: NotificationConclusion
): void {
  // That mails cannot leave was said at the start; the rows say which did not.
  if (conclusion.state !== "unclear" && conclusion.state !== "failed") return
  log.warn("notification.not_sent", {
    notification_id: id,
    kind,
    way,
    state: conclusion.state,
    detail: "detail" in conclusion ? conclusion.detail : undefined,
  })
}
