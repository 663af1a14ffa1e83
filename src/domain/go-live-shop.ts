/** What the checklist says about this shop's side, from facts. Pure; texts are for an operator. */
import type { GoLiveFinding } from "./go-live"

export function judgeWebhookSecret(
  /** `null` where the option webhooks is false. Otherwise what the route would answer a sample. */
  sample: { status: number; failed: readonly string[] } | null
): GoLiveFinding {
  if (!sample) return WITHOUT_WEBHOOKS
  if (sample.status === 200) {
    return {
      state: "passed",
      code: "set",
      seen: "A secret is set, and a sample signed with it is accepted.",
      fix: null,
    }
  }
  return {
    state: "failed",
    code: "sample_refused",
    seen: `A sample that was signed here would be answered with ${sample.status}.`,
    fix: "Look at webhooks.secrets and webhooks.toleranceSeconds, then POST /admin/masspay/webhooks/test.",
    details: sample.failed,
  }
}

const WITHOUT_WEBHOOKS: GoLiveFinding = {
  state: "warning",
  code: "no_webhooks",
  seen: "webhooks is false: what changes at MassPay is noticed by asking, minutes or hours later.",
  fix: "Make a secret in MassPay's dashboard, and set webhooks: { secrets: [ … ] }.",
}

/** What came of the self-test that was posted to the public address. */
export type SelfTestResult =
  /** The shop there proved that it knows the secret. */
  | { got: "proof" }
  /** Something else answered 2xx. */
  | { got: "no_proof"; http_status: number }
  | { got: "refused"; http_status: number }
  /** Never followed. */
  | { got: "redirect"; http_status: number }
  | { got: "no_answer"; failure: string }

export type DeliveryFacts = {
  has_webhooks: boolean
  /** Host of `webhooks.publicUrl`; `null` where it is not set. */
  host: string | null
  /** `null` where nothing was posted. */
  self_test: SelfTestResult | null
  /** When MassPay's last genuine message came. */
  last_received_at: Date | null
}

export function judgeWebhookDelivery({
  has_webhooks,
  host,
  self_test,
  last_received_at,
}: DeliveryFacts): GoLiveFinding {
  if (!has_webhooks) {
    return {
      state: "not_applicable",
      code: "no_webhooks",
      seen: "webhooks is false: the route takes nothing.",
      fix: null,
    }
  }
  const details = [
    last_received_at
      ? `The last message of MassPay's came on ${minuteOf(last_received_at)}.`
      : "No message of MassPay's has come so far.",
  ]
  if (host === null || self_test === null) {
    return {
      state: "warning",
      code: "no_public_url",
      seen: "Not tried: webhooks.publicUrl is not set.",
      fix: "Set webhooks.publicUrl to the address you gave MassPay: https://<your shop>/hooks/masspay",
      details,
    }
  }
  if (self_test.got === "proof") {
    return {
      state: "passed",
      code: "arrived",
      seen: `A signed self-test arrived through ${host} unchanged.`,
      fix: null,
      details,
    }
  }
  return { state: "failed", ...troubleWith(self_test, host), details }
}

function troubleWith(
  result: Exclude<SelfTestResult, { got: "proof" }>,
  host: string
): Pick<GoLiveFinding, "code" | "seen" | "fix"> {
  switch (result.got) {
    case "no_proof":
      return {
        code: "not_this_shop",
        seen: `${host} answered ${result.http_status}, but it is not this shop's webhook route, or one with another secret.`,
        fix: "Look at where webhooks.publicUrl leads, and whether every instance has the same webhooks.secrets.",
      }
    case "refused":
      return {
        code: "refused",
        seen: `${host} answered ${result.http_status} to a self-test that was signed with the first secret.`,
        fix:
          result.http_status === 401 || result.http_status === 400
            ? "A proxy changes the body or drops X-MassPay-Signature, or the instances have different secrets or clocks."
            : "Look at what stands in front of the shop: the route must be reachable without a login.",
      }
    case "redirect":
      return {
        code: "redirect",
        seen: `${host} answered with a redirect (${result.http_status}), which is not followed; MassPay's messages would be lost there too.`,
        fix: "Give MassPay, and webhooks.publicUrl, the address that answers by itself.",
      }
    case "no_answer":
      return {
        code: "no_answer",
        seen: `${host} did not answer (${result.failure}).`,
        fix: "Look at DNS, certificate and firewall. Where this server cannot reach its own public address, try POST /admin/masspay/webhooks/test with a message of MassPay's instead.",
      }
  }
}

/** A scheduled job. */
export type JobFacts = {
  name: string
  interval_s: number
  /** How long ago; `null`: never. */
  ago_ms: number | null
}

const MISSED_RUNS = 3
const JOB_GRACE_MS = 60_000

export function judgeJobs({
  enabled_here,
  jobs,
}: {
  /** `jobs.enabled` of this process. */
  enabled_here: boolean
  jobs: readonly JobFacts[]
}): GoLiveFinding {
  const isLate = ({ interval_s, ago_ms }: JobFacts) =>
    ago_ms === null || ago_ms > MISSED_RUNS * interval_s * 1000 + JOB_GRACE_MS
  const late = jobs.filter(isLate)
  const details = jobs.map(
    ({ name, ago_ms, interval_s }) =>
      `${name}: ${ago_ms === null ? "never ran" : `ran ${Math.round(ago_ms / 1000)} s ago`}, every ${interval_s} s`
  )
  if (late.length === 0) {
    return {
      state: "passed",
      code: "running",
      seen: "The jobs run in time.",
      fix: null,
      details,
    }
  }
  return {
    state: "failed",
    code: "overdue",
    seen: `${late.map(({ name }) => name).join(", ")}: not in time${enabled_here ? "" : " (jobs.enabled is false in this process)"}.`,
    fix: "Run at least one process with jobs.enabled, and with Medusa's worker mode shared or worker. A shop that just started needs a few minutes.",
    details,
  }
}

export function judgeDispatch(
  stop: { reason: string; at: string } | null
): GoLiveFinding {
  return stop
    ? {
        state: "failed",
        code: "stopped",
        seen: `Sending is stopped since ${stop.at}: ${stop.reason}.`,
        fix: "Find out why, then resume in the admin or by POST /admin/masspay/dispatch/resume.",
      }
    : {
        state: "passed",
        code: "going",
        seen: "Sending is not stopped.",
        fix: null,
      }
}

export function judgeNotifications({
  channel,
  serves,
  operators,
}: {
  /** Of the options; `false`: nobody is mailed. */
  channel: string | false
  /** `null`: cannot be told without sending something. */
  serves: boolean | null
  /** How many addresses are mailed what an operator should know. */
  operators: number
}): GoLiveFinding {
  if (channel === false) {
    return {
      state: "warning",
      code: "switched_off",
      seen: "notifications.channel is false: no vendor is mailed when MassPay wants papers of her.",
      fix: "Set a channel, or tell vendors in another way.",
    }
  }
  if (serves === false) {
    return {
      state: "failed",
      code: "no_provider",
      seen: `No provider of the Notification module serves the channel "${channel}".`,
      fix: "Configure a notification provider for that channel, or set notifications.channel to one that is served.",
    }
  }
  if (serves === null) {
    return {
      state: "warning",
      code: "not_known",
      seen: `Whether a provider serves the channel "${channel}" cannot be told without sending something.`,
      fix: "Resend a notification in the admin, and see whether it arrives.",
    }
  }
  if (operators === 0) {
    return {
      state: "warning",
      code: "no_operators",
      seen: `The channel "${channel}" is served, but no operator is mailed: notifications.operators is empty.`,
      fix: "Set notifications.operators to the addresses of whoever has to act at night.",
    }
  }
  return {
    state: "passed",
    code: "served",
    seen: `The channel "${channel}" is served, and ${operators} operator address${operators === 1 ? "" : "es"} will be mailed. Whether mails arrive, only a mail shows.`,
    fix: null,
  }
}

export function judgeEncryptionKey({
  has_key,
  is_sandbox,
}: {
  has_key: boolean
  is_sandbox: boolean
}): GoLiveFinding {
  if (has_key) {
    return {
      state: "passed",
      code: is_sandbox ? "sandbox_key" : "set",
      seen: is_sandbox
        ? "Links are kept, with the sandbox's fixed key where none is set."
        : "A key is set: upload links can be shown and mailed again.",
      fix: null,
    }
  }
  return {
    state: "failed",
    code: "missing",
    seen: "encryptionKey is not set: upload links of vendors are not kept, and a vendor cannot be sent hers again.",
    fix: "Set encryptionKey to 32 random bytes: openssl rand -base64 32",
  }
}

export type PayeeFacts = {
  total: number
  active: number
  /** Not active, by status. */
  others: Readonly<Record<string, number>>
  /** Not active, although something of theirs is open. */
  waiting: number
  /** How many active ones lack each field that a payout needs; names only. */
  missing: Readonly<Record<string, number>>
  /** Active ones that lack any. */
  incomplete: number
  /** Active ones whose profile was not read yet. */
  unread: number
}

export function judgePayees(facts: PayeeFacts): GoLiveFinding {
  const { total, active, others, waiting, missing, incomplete, unread } = facts
  if (total === 0) {
    return {
      state: "warning",
      code: "none",
      seen: "No vendor is known yet.",
      fix: "A vendor is known with her first order, or by linking all vendors: POST /admin/masspay/payees/bulk-link.",
    }
  }
  const details = [
    ...countLines(others, "still"),
    ...countLines(missing, "without"),
    ...(unread > 0 ? [`${unread} with a profile that was not read yet`] : []),
    ...(waiting > 0 ? [`${waiting} not active, with money waiting`] : []),
  ]
  const seen = `${active} of ${total} vendors are active at MassPay, ${incomplete} of them with an incomplete profile.`
  const fix =
    "See Vendors in the admin: link who is not linked, and let vendors fill in what is missing."
  if (active === 0) {
    return { state: "failed", code: "none_active", seen, fix, details }
  }
  if (active < total || incomplete > 0 || unread > 0) {
    return { state: "warning", code: "some_incomplete", seen, fix, details }
  }
  return { state: "passed", code: "complete", seen, fix: null, details }
}

/** "2026-01-31 09:15 UTC". */
function minuteOf(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`
}

function countLines(
  counts: Readonly<Record<string, number>>,
  word: string
): string[] {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([name, count]) =>
        `${count} ${word} ${name.replace(/\d+$/, "").replace(/_/g, " ")}`
    )
}

export function judgeInvariants(
  results: readonly { id: string; holds: boolean; found: number }[]
): GoLiveFinding {
  const broken = results.filter(({ holds }) => !holds)
  if (broken.length === 0) {
    return {
      state: "passed",
      code: "hold",
      seen: `All ${results.length} invariants hold.`,
      fix: null,
    }
  }
  return {
    state: "failed",
    code: "broken",
    seen: `${broken.map(({ id }) => id).join(", ")}: the books do not add up.`,
    fix: "Do not pay before it is known why. POST /admin/masspay/invariants shows the rows.",
    details: broken.map(
      ({ id, found }) => `${id}: ${found} ${found === 1 ? "row" : "rows"}`
    ),
  }
}

export type SharedModule = {
  name: string
  /** `shared`: by Redis or Postgres. `unknown`: neither that nor one of Medusa's in memory. */
  kind: "shared" | "in_memory" | "unknown"
}

export function judgeSharedModules({
  instances,
  modules,
}: {
  /** How many were seen at the same time, lately. */
  instances: number
  modules: readonly SharedModule[]
}): GoLiveFinding {
  const details = modules.map(({ name, kind }) => `${name}: ${WORDS[kind]}`)
  const alone = modules.filter(({ kind }) => kind === "in_memory")
  const unsure = modules.filter(({ kind }) => kind === "unknown")
  if (alone.length === 0 && unsure.length === 0) {
    return {
      state: "passed",
      code: "shared",
      seen: "All of them are shared by every instance.",
      fix: null,
      details,
    }
  }
  if (instances <= 1) {
    return {
      state: "not_applicable",
      code: "one_instance",
      seen: "No second instance was seen at the same time within a day.",
      fix: null,
      details,
    }
  }
  const fix =
    "Configure Medusa's Redis modules: workflow-engine-redis, event-bus-redis, locking-redis, caching-redis. Without them each instance has its own jobs, events, locks and cache."
  if (alone.length > 0) {
    return {
      state: "failed",
      code: "not_shared",
      seen: `${instances} instances were seen, and in memory is: ${namesOf(alone)}.`,
      fix,
      details,
    }
  }
  return {
    state: "warning",
    code: "not_known",
    seen: `${instances} instances were seen; whether they share these is not known: ${namesOf(unsure)}.`,
    fix: "Make sure that these modules work across processes.",
    details,
  }
}

const WORDS = {
  shared: "shared by all instances",
  in_memory: "in memory",
  unknown: "not known",
} as const

function namesOf(modules: readonly SharedModule[]): string {
  return modules.map(({ name }) => name).join(", ")
}
