import { assertOnly, choice, optionalText, whole } from "../control-rules"
import { ControlError } from "../errors"
import type { JsonObject } from "../json"
import type { WebhookConfig } from "./control"
import { WEBHOOK_FAULT_NAMES, type WebhookFaultInput } from "./faults"
import type { WebhookPlanOrder } from "./plan"

const TIMES_MAX = 1_000_000
const COPIES_MAX = 100
const SECONDS_MAX = 365 * 86_400
const DELAY_MS_MAX = 60_000
const SHUFFLE_MAX = 100_000

/** The parameters of a fault, and which faults take them. */
const PARAMETERS = [
  {
    field: "copies",
    faults: ["repeat", "resign", "forge", "tamper"],
    max: COPIES_MAX,
  },
  { field: "seconds", faults: ["stale", "delay"], max: SECONDS_MAX },
  { field: "delay_ms", faults: ["delay"], max: DELAY_MS_MAX },
  { field: "places", faults: ["reorder"], max: SHUFFLE_MAX },
] as const

export function readWebhookFault(body: JsonObject): WebhookFaultInput {
  const fault = choice(body.fault, "fault", WEBHOOK_FAULT_NAMES)
  const parameters = PARAMETERS.filter(({ faults }) =>
    faults.some((name) => name === fault)
  )
  assertOnly(body, [
    "fault",
    "times",
    "event_type",
    ...parameters.map(({ field }) => field),
  ])
  const input: WebhookFaultInput = { fault }
  if (body.times !== undefined) {
    input.times = whole(body.times, { field: "times", min: 1, max: TIMES_MAX })
  }
  const event_type = optionalText(body, "event_type")
  if (event_type !== undefined) input.event_type = event_type
  for (const { field, max } of parameters) {
    if (body[field] === undefined) continue
    input[field] = whole(body[field], { field, min: 0, max })
  }
  return input
}

/** A plan with everything that was left out filled in. */
export function readWebhookPlan(body: JsonObject): WebhookPlanOrder {
  assertOnly(body, [
    "seed",
    "lose_rate",
    "copies_max",
    "resign_rate",
    "forge_rate",
    "stale_rate",
    "stale_seconds",
    "delay_seconds_max",
    "delay_ms_max",
    "shuffle",
  ])
  const number = (
    field: string,
    fallback: number,
    limits: { min?: number; max: number }
  ): number => whole(body[field] ?? fallback, { field, min: 0, ...limits })
  return {
    seed: whole(body.seed, {
      field: "seed",
      min: 0,
      max: Number.MAX_SAFE_INTEGER,
    }),
    lose_rate: readRate(body, "lose_rate", 0),
    copies_max: number("copies_max", 1, { min: 1, max: COPIES_MAX }),
    resign_rate: readRate(body, "resign_rate", 0.5),
    forge_rate: readRate(body, "forge_rate", 0),
    stale_rate: readRate(body, "stale_rate", 0),
    stale_seconds: number("stale_seconds", 3_600, { max: SECONDS_MAX }),
    delay_seconds_max: number("delay_seconds_max", 0, { max: SECONDS_MAX }),
    delay_ms_max: number("delay_ms_max", 0, { max: DELAY_MS_MAX }),
    shuffle: number("shuffle", 0, { max: SHUFFLE_MAX }),
  }
}

function readRate(body: JsonObject, field: string, fallback: number): number {
  const rate = body[field] ?? fallback
  if (typeof rate === "number" && rate >= 0 && rate <= 1) return rate
  throw new ControlError(400, `${field} must be a number from 0 to 1`)
}

export function readWebhookConfig(body: JsonObject): WebhookConfig {
  assertOnly(body, ["url", "secrets"])
  const { url, secrets } = body
  const config: WebhookConfig = {}
  if (url !== undefined) {
    if (url !== null && typeof url !== "string") {
      throw new ControlError(400, "url must be a text or null")
    }
    config.url = url
  }
  if (secrets !== undefined) {
    const texts = Array.isArray(secrets) ? (secrets as unknown[]) : [null]
    if (!texts.every((secret) => typeof secret === "string")) {
      throw new ControlError(400, "secrets must be a list of texts")
    }
    config.secrets = texts
  }
  return config
}

export function readRedelivery(body: JsonObject): { is_identical?: boolean } {
  assertOnly(body, ["is_identical"])
  const { is_identical } = body
  if (is_identical === undefined) return {}
  if (typeof is_identical === "boolean") return { is_identical }
  throw new ControlError(400, "is_identical must be true or false")
}

const TAKEN = 1_000

export function readTaking(body: JsonObject): { limit: number } {
  assertOnly(body, ["limit"])
  const { limit = TAKEN } = body
  return { limit: whole(limit, { field: "limit", min: 1, max: 100_000 }) }
}
