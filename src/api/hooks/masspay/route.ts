import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { kernelFrom } from "../../../kernel"
import { MASSPAY_MODULE } from "../../../modules/masspay"
import type { Db } from "../../../modules/masspay/queries/db"
import { noteVerdicts } from "../../../modules/masspay/queries/webhook-verdicts"
import type { MasspayModuleService } from "../../../modules/masspay/service"
import { MASSPAY_GATEWAY_MODULE } from "../../../modules/masspay-gateway"
import type MasspayGatewayService from "../../../modules/masspay-gateway/service"
import {
  type ReceivedWebhook,
  SIGNATURE_HEADER,
} from "../../../modules/masspay-gateway/webhooks"
import { errorFields, type Log, logTo } from "../../../runners/log"
import { type Telemetry, telemetryOf } from "../../../telemetry"
import { createIntake, createTally, type Intake, type TakenIn } from "./intake"
import { readRawBody } from "./raw-body"
import { createVerdictCount } from "./verdict-count"

const BODY_BYTES_MAX = 256 * 1024
const BODY_WITHIN_MS = 10_000
const RETRY_AFTER_SECONDS = 30
/** A nudge only cuts waiting; the job comes every few seconds anyway. */
const NUDGE_EVERY_MS = 1_000

/**
 * @oas [post] /hooks/masspay
 * operationId: PostHooksMasspay
 * summary: Receive a Webhook
 * description: Signed messages from MassPay. The signature (`X-MassPay-Signature`, HMAC-SHA512 over timestamp, `|` and the raw body) is verified before anything is parsed; then the fields of an allow-list are stored once per signed delivery. What a message claims is never applied, it only makes the plugin ask MassPay. Exists only where the option `webhooks` has secrets.
 * requestBody:
 *   content:
 *     application/json:
 *       schema:
 *         type: object
 * tags:
 *   - MassPay Webhooks
 * responses:
 *   "200":
 *     description: Stored, or stored before.
 *   "400":
 *     description: The signature header is not one timestamp and one signature.
 *   "401":
 *     description: Not signed by MassPay, or not in time. Nothing more is said.
 *   "404":
 *     description: This shop takes no webhooks.
 *   "413":
 *     description: More than 256 KB.
 *   "503":
 *     description: It could not be stored; to be sent again after `Retry-After`.
 */
export const POST = async (
  req: MedusaRequest,
  res: MedusaResponse
): Promise<void> => {
  const door = doorOf(req.scope)
  if (!door) {
    answer(res, 404)
    return
  }
  const raw = await readRawBody(req, {
    limit_bytes: BODY_BYTES_MAX,
    within_ms: BODY_WITHIN_MS,
  })
  if (raw.got !== "body") {
    door.tally(raw.got)
    // The rest of it is not waited for.
    res.setHeader("connection", "close")
    answer(res, raw.got === "too_much" ? 413 : 400)
    return
  }
  const received = door.receive({
    headers: signaturesOf(req.rawHeaders),
    body: raw.body,
    now: new Date(),
  })
  if (received.verdict === "self_test") {
    door.tally(received.verdict)
    res.status(200).json({ received: true, self_test: received.proof })
    return
  }
  if (received.verdict !== "genuine") {
    door.tally(received.verdict === "refused" ? received.why : "malformed")
    door.count("rejected")
    answer(res, received.verdict === "malformed" ? 400 : 401)
    return
  }
  const { event, mac, signed_at, is_stale } = received
  door.count("genuine")
  const taken = await door.intake({ ...event, mac, signed_at, is_stale })
  door.tally(is_stale ? `stale_${verdictOf(taken)}` : verdictOf(taken))
  if (taken.did === "stored" || taken.did === "known") {
    if (taken.did === "stored") door.nudge(req.scope)
    answer(res, 200)
    return
  }
  if (taken.did === "failed") {
    door.log.error("webhook.not_stored", errorFields(taken.error))
  }
  res.setHeader("retry-after", String(RETRY_AFTER_SECONDS))
  answer(res, 503)
}

function verdictOf(taken: TakenIn): string {
  return taken.did === "shed" ? `shed_${taken.why}` : taken.did
}

/** The same few bytes for everything: an answer tells nothing but its status. */
function answer(res: MedusaResponse, status: number): void {
  res.status(status).json({ received: status === 200 })
}

/** All of them, as they came: Node joins repeated headers into one. */
function signaturesOf(rawHeaders: readonly string[]): string[] {
  return rawHeaders.filter(
    (_, at) =>
      at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === SIGNATURE_HEADER
  )
}

/** What one shop of this process receives with. */
type Door = {
  log: Log
  intake: Intake
  tally: (verdict: string) => void
  /** For the alarm that too many are refused. */
  count: ReturnType<typeof createVerdictCount>
  receive(delivery: {
    headers: readonly string[]
    body: Buffer
    now: Date
  }): ReceivedWebhook
  nudge(scope: MedusaContainer): void
}

// By books, because a process may hold more than one shop (tests do).
const doors = new WeakMap<Db, Door>()

/** `null` where the shop takes no webhooks. Asks nothing of the database. */
function doorOf(scope: MedusaContainer): Door | null {
  const { webhooks } = scope.resolve<MasspayGatewayService>(
    MASSPAY_GATEWAY_MODULE
  )
  if (!webhooks) return null
  const { db, options } = scope.resolve<MasspayModuleService>(MASSPAY_MODULE)
  const known = doors.get(db)
  if (known) return known
  const log = logTo(
    scope.resolve(ContainerRegistrationKeys.LOGGER),
    options.logs
  )
  const door: Door = {
    log,
    intake: createIntake(db),
    tally: countedTally(log, telemetryOf(db)),
    count: createVerdictCount((counted) => noteVerdicts(db, counted)),
    receive: (delivery) => webhooks.receive(delivery),
    nudge: nudgeSeldom(log),
  }
  doors.set(db, door)
  return door
}

function countedTally(log: Log, telemetry: Telemetry | null): Door["tally"] {
  const tally = createTally(log)
  return (verdict) => {
    tally(verdict)
    telemetry?.count("masspay.webhook.deliveries", { verdict })
  }
}

/** After the answer: joining the books and the wire may need the database. */
function nudgeSeldom(log: Log): Door["nudge"] {
  let isWaiting = false
  return (scope) => {
    if (isWaiting) return
    isWaiting = true
    setTimeout(() => {
      isWaiting = false
      kernelFrom(scope).then(
        ({ nudgeWebhooks }) => nudgeWebhooks(),
        (error: unknown) => log.warn("webhook.not_nudged", errorFields(error))
      )
    }, NUDGE_EVERY_MS).unref()
  }
}
