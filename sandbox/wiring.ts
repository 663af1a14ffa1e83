import { isLoopbackHost, LOOPBACK_HOSTS } from "./loopback"

/** The secret of a sandbox that was given none. */
export const DEFAULT_WEBHOOK_SECRET = "masspay-sandbox-webhook-secret"

const SECRETS_MAX = 10
const QUEUE_LIMIT = 10_000
const QUEUE_LIMIT_MAX = 1_000_000

export type WebhookOptions = {
  /**
   * Where deliveries are posted: http, on this machine. Null or left out: nowhere,
   * they wait to be taken with `webhooks.take()`.
   */
  url?: string | null
  /** Deliveries are signed with the first; the others are for the receiver to know. */
  secrets?: readonly string[]
  /** How many deliveries may wait; what comes on top is dropped. Default 10000. */
  queueLimit?: number
}

/** What belongs to the process and not to the world: a reset leaves it as it is. */
export type Wiring = {
  /** Of the sandbox's own pages, without a slash at the end. */
  origin: string
  /** Without it nothing is told to anybody, and no event is kept. */
  hasWebhooks: boolean
  webhookUrl: string | null
  /** At least one. */
  webhookSecrets: readonly string[]
  queueLimit: number
}

/** Throws a RangeError for what makes no sense. */
export function wire(webhooks: WebhookOptions | undefined): Wiring {
  const { url = null, secrets = [DEFAULT_WEBHOOK_SECRET] } = webhooks ?? {}
  const { queueLimit = QUEUE_LIMIT } = webhooks ?? {}
  const problem =
    (url !== null && problemWithUrl(url)) || problemWithSecrets(secrets)
  if (problem) throw new RangeError(problem)
  const isUsable = Number.isInteger(queueLimit) && queueLimit > 0
  if (!isUsable || queueLimit > QUEUE_LIMIT_MAX) {
    throw new RangeError(
      `queueLimit must be a whole number from 1 to ${QUEUE_LIMIT_MAX}`
    )
  }
  return {
    origin: "",
    hasWebhooks: webhooks !== undefined,
    webhookUrl: url,
    webhookSecrets: [...secrets],
    queueLimit,
  }
}

/** A sentence, or null: only this machine is ever called. */
export function problemWithUrl(text: string): string | null {
  const names = LOOPBACK_HOSTS.join(", ")
  const url = URL.canParse(text) ? new URL(text) : null
  const host = url?.hostname.replace(/^\[|\]$/g, "") ?? ""
  if (url?.protocol !== "http:" || !isLoopbackHost(host)) {
    return `The webhook URL must begin with http:// and one of ${names}`
  }
  if (url.username !== "" || url.password !== "") {
    return "The webhook URL must not hold a name or a password"
  }
  return null
}

export function problemWithSecrets(secrets: readonly string[]): string | null {
  if (secrets.length === 0 || secrets.length > SECRETS_MAX) {
    return `There must be 1 to ${SECRETS_MAX} webhook secrets`
  }
  return secrets.includes("") ? "A webhook secret must not be empty" : null
}
