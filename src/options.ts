import type { z } from "@medusajs/framework/zod"

import { createLinkVault, type LinkVault } from "./link-vault"
import {
  describeIssues,
  notAllowed,
  OptionsError,
  pathText,
  type Problem,
  valueAt,
  withoutSecrets,
} from "./options-error"
import { ENVIRONMENTS, keysAt, Options, WEBHOOK_URL } from "./options-schema"

export { OptionsError } from "./options-error"

export type MasspayEnvironment = (typeof ENVIRONMENTS)[number]

/** The key of a sandbox that was given none. It opens nothing but a sandbox. */
export const SANDBOX_API_KEY = "masspay-sandbox-key"

/** What a sandbox's links are kept with: they lead to this machine and open nothing else. */
const SANDBOX_ENCRYPTION_KEY = "5a".repeat(32)

const API_VERSION = "v1.0.0"
const HOSTS = {
  production: "api.masspay.io",
  staging: "staging-api.masspay.io",
  sandbox: "127.0.0.1:4010",
} as const
const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]

/** What a shop writes into `plugins[].options`. */
export type MasspayPluginOptions = z.input<typeof Options>

type Parsed = z.output<typeof Options>

/** The options with every default filled in. Holds secrets: hand on a slice. */
export type MasspayOptions = Omit<
  Parsed,
  "apiKey" | "baseUrl" | "webhooks" | "encryptionKey"
> & {
  apiKey: string
  /** As hex, the newest first; none: links are not kept. */
  encryptionKeys: string[]
  /** Ends in the API version, without a slash. */
  baseUrl: string
  webhooks: Exclude<Parsed["webhooks"], undefined>
}

/** What the books and the runners may know: no secrets. */
export type BooksOptions = Pick<
  MasspayOptions,
  | "environment"
  | "marketplace"
  | "settlement"
  | "payouts"
  | "direct"
  | "clawback"
  | "funding"
  | "vendors"
  | "notifications"
  | "limits"
  | "jobs"
  | "retention"
  | "logs"
>

/** What is needed to tell MassPay's messages from others. Holds the secrets. */
export type WebhookOptions = Exclude<MasspayOptions["webhooks"], false>

/** What the gateway needs to reach MassPay. */
export type WireOptions = Pick<
  MasspayOptions,
  "environment" | "baseUrl" | "apiKey" | "auth"
> &
  Pick<MasspayOptions["limits"], "inFlight" | "deadlineMs">

export type OptionsEnv = { NODE_ENV?: string | undefined }

/** Reads the plugin's options as Medusa hands them over. Throws `OptionsError`. */
export function readOptions(raw: unknown): MasspayOptions {
  return parseOptions(raw, { NODE_ENV: process.env.NODE_ENV })
}

/** Pure. Throws one `OptionsError` that lists everything that is wrong. */
export function parseOptions(raw: unknown, env: OptionsEnv): MasspayOptions {
  const given = withoutFrameworkKeys(raw ?? {})
  const parsed = Options.safeParse(given)
  const problems = [
    ...describeIssues(parsed.error?.issues ?? [], given, keysAt),
    ...environmentProblems(given, env),
  ]
  if (!parsed.success || problems.length > 0) {
    throw new OptionsError(
      problems.map(({ path, text }) =>
        withoutSecrets(`${pathText(path)}: ${text}`, given)
      )
    )
  }
  const { environment, apiKey, baseUrl, webhooks, encryptionKey, ...rest } =
    parsed.data
  return {
    ...rest,
    environment,
    apiKey: apiKey ?? SANDBOX_API_KEY,
    baseUrl: apiRoot(baseUrl ?? defaultBaseUrl(environment)),
    webhooks: webhooks ?? false,
    encryptionKeys: encryptionKeysOf(encryptionKey, environment),
  }
}

function encryptionKeysOf(
  given: Parsed["encryptionKey"],
  environment: MasspayEnvironment
): string[] {
  if (given !== undefined) return Array.isArray(given) ? given : [given]
  return environment === "sandbox" ? [SANDBOX_ENCRYPTION_KEY] : []
}

/** What keeps upload links at rest. */
export function linkVault({ encryptionKeys }: MasspayOptions): LinkVault {
  return createLinkVault(encryptionKeys.map((key) => Buffer.from(key, "hex")))
}

export function booksOptions(options: MasspayOptions): BooksOptions {
  const { environment, marketplace, settlement, payouts, direct } = options
  const { clawback, funding, vendors, notifications } = options
  const { limits, jobs, retention, logs } = options
  return {
    environment,
    marketplace,
    settlement,
    payouts,
    direct,
    clawback,
    funding,
    vendors,
    notifications,
    limits,
    jobs,
    retention,
    logs,
  }
}

export function wireOptions(options: MasspayOptions): WireOptions {
  const { environment, baseUrl, apiKey, auth, limits } = options
  const { inFlight, deadlineMs } = limits
  return { environment, baseUrl, apiKey, auth, inFlight, deadlineMs }
}

/**
 * The address below which `/payout/…` lies: without a final slash or `/payout`,
 * which MassPay's own guides write as part of it, and with the API version.
 */
export function apiRoot(baseUrl: string): string {
  const url = new URL(baseUrl)
  const path = url.pathname.replace(/\/+$/, "").replace(/\/payout$/, "")
  return `${url.origin}${path === "" ? `/${API_VERSION}` : path}`
}

function defaultBaseUrl(environment: MasspayEnvironment): string {
  const scheme = environment === "sandbox" ? "http" : "https"
  return `${scheme}://${HOSTS[environment]}/${API_VERSION}`
}

/** Medusa adds `database` to the options of every module; it is not ours to judge. */
function withoutFrameworkKeys(raw: unknown): unknown {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) return raw
  return Object.fromEntries(
    Object.entries(raw).filter(([key]) => key !== "database")
  )
}

/** What depends on more than one option. Judges only what is well formed by itself. */
function environmentProblems(raw: unknown, env: OptionsEnv): Problem[] {
  const environment = ENVIRONMENTS.find(
    (name) => name === valueAt(raw, ["environment"])
  )
  if (environment === undefined) return []
  const baseUrl = valueAt(raw, ["baseUrl"])
  const problems: Problem[] = []
  const add = (key: string, allowed: string) =>
    problems.push({
      path: [key],
      text: notAllowed(valueAt(raw, [key]), [key], allowed),
    })

  if (typeof baseUrl === "string") {
    const allowed = problemWithBaseUrl(baseUrl, environment)
    if (allowed !== null) add("baseUrl", allowed)
  }
  const publicUrl = valueAt(raw, ["webhooks", "publicUrl"])
  if (
    typeof publicUrl === "string" &&
    !isPublicWebhookUrl(publicUrl, environment)
  ) {
    const path = ["webhooks", "publicUrl"]
    problems.push({ path, text: notAllowed(publicUrl, path, WEBHOOK_URL) })
  }
  if (environment === "sandbox") {
    if (env.NODE_ENV === "production") {
      add(
        "environment",
        'with NODE_ENV=production only "production" and "staging", since the sandbox pays nobody. To run a shop for real, set environment: "production" and the apiKey MassPay issued; to try the sandbox, start with NODE_ENV=development'
      )
    }
    return problems
  }
  if (valueAt(raw, ["apiKey"]) === undefined) {
    add(
      "apiKey",
      `the key MassPay issued for ${environment}, for example process.env.MASSPAY_API_KEY`
    )
  }
  if (valueAt(raw, ["webhooks"]) === undefined) {
    add(
      "webhooks",
      "{ secrets: [process.env.MASSPAY_WEBHOOK_SECRET] } with the secret of MassPay's dashboard, or false to ask MassPay alone"
    )
  }
  return problems
}

/**
 * Whether a self-test may be posted there: https, a public name, nothing but the
 * webhook route. A sandbox's shop may also be on this machine.
 */
function isPublicWebhookUrl(
  text: string,
  environment: MasspayEnvironment
): boolean {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || /[\s\\]/.test(text)) return false
  if (url.username || url.password || url.search || url.hash) return false
  if (!url.pathname.endsWith("/hooks/masspay")) return false
  if (environment === "sandbox" && LOOPBACK.includes(url.hostname)) return true
  // Neither an address nor a name of this machine or network: MassPay could not reach it.
  return (
    url.protocol === "https:" &&
    /\.[a-z][a-z0-9-]*$/i.test(url.hostname) &&
    !/(^|\.)(localhost|local|internal|masspay\.io)$/i.test(url.hostname)
  )
}

/** What is allowed instead, or null when the address is fine. */
function problemWithBaseUrl(
  baseUrl: string,
  environment: MasspayEnvironment
): string | null {
  const isSandbox = environment === "sandbox"
  const allowed = isSandbox
    ? `an address of this machine (${LOOPBACK.join(", ")}), for example ${defaultBaseUrl("sandbox")}`
    : `${defaultBaseUrl(environment)} for ${environment}`
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : null
  if (!url || /[\s\\]/.test(baseUrl)) return allowed
  if (url.username || url.password || url.search || url.hash) return allowed
  const isRightHost = isSandbox
    ? ["http:", "https:"].includes(url.protocol) &&
      LOOPBACK.includes(url.hostname)
    : url.origin === `https://${HOSTS[environment]}` &&
      /\/v\d+\.\d+\.\d+$/.test(apiRoot(baseUrl))
  return isRightHost ? null : allowed
}
