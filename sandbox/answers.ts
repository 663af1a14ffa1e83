import { errorBody } from "./errors"
import type { FaultInput, FaultName } from "./faults"
import type { SavedAnswer } from "./idempotency"
import { isJsonObject, parseJson } from "./json"

/** What is sent back over a connection that works. */
export type Answer = {
  status: number
  headers: Record<string, string>
  body: string
}

/** What happens to the connection in the end. */
export type Delivery =
  | { kind: "answer"; answer: Answer }
  | { kind: "drop" }
  | { kind: "hang"; durationMs: number }
  | { kind: "reset_mid_body"; answer: Answer }
  | { kind: "trickle"; answer: Answer; durationMs: number }

/** How long a trickling answer takes unless the fault says otherwise. */
const TRICKLE_MS = 5_000
/** How long a request that is never answered holds its connection by default. */
const HANG_MS = 60_000
const RETRY_AFTER_SECONDS = 1

export function jsonAnswer(status: number, body: unknown): Answer {
  return jsonTextAnswer(status, JSON.stringify(body))
}

export function jsonTextAnswer(status: number, body: string): Answer {
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8" },
    body,
  }
}

const GATEWAY_TITLES = {
  200: "Welcome",
  502: "502 Bad Gateway",
  503: "503 Service Temporarily Unavailable",
  504: "504 Gateway Time-out",
}

function gatewayPage(status: keyof typeof GATEWAY_TITLES): Delivery {
  const title = GATEWAY_TITLES[status]
  const answer = {
    status,
    headers: { "content-type": "text/html" },
    body: `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>gateway</center>\r\n</body>\r\n</html>\r\n`,
  }
  return { kind: "answer", answer }
}

function throttled(retryAfterSeconds: number | undefined): Delivery {
  const answer = jsonAnswer(429, errorBody(429))
  if (retryAfterSeconds !== undefined) {
    answer.headers["retry-after"] = String(retryAfterSeconds)
  }
  return { kind: "answer", answer }
}

function hang({ delay_ms = HANG_MS }: FaultInput): Delivery {
  return { kind: "hang", durationMs: delay_ms }
}

/** JSON that ends in the middle, with a length that says it is complete. */
function cutInHalf({ body }: Answer): string {
  return body.slice(0, Math.ceil(body.length / 2))
}

type ByFault<Effect> = Partial<Record<FaultName, Effect>>

const STOPPED: ByFault<(fault: FaultInput) => Delivery> = {
  drop_before_execute: () => ({ kind: "drop" }),
  timeout_before_execute: hang,
  "429": (fault) => throttled(fault.retry_after_seconds),
  "429_retry_after": ({ retry_after_seconds = RETRY_AFTER_SECONDS }) =>
    throttled(retry_after_seconds),
  "401": () => ({ kind: "answer", answer: jsonAnswer(401, errorBody(401)) }),
  "403": () => ({ kind: "answer", answer: jsonAnswer(403, errorBody(403)) }),
  "502_html": () => gatewayPage(502),
  "503_html": () => gatewayPage(503),
  "504_html": () => gatewayPage(504),
}

/** How an edge fault stops a request, or null when it lets it through to the API. */
export function deliverWithoutExecuting(
  fault: FaultInput | null
): Delivery | null {
  return (fault && STOPPED[fault.fault]?.(fault)) ?? null
}

const ALTERED: ByFault<(answer: Answer, fault: FaultInput) => Delivery> = {
  execute_then_drop: () => ({ kind: "drop" }),
  execute_then_hang: (_, fault) => hang(fault),
  "502_html_after_execute": () => gatewayPage(502),
  "503_html_after_execute": () => gatewayPage(503),
  "504_html_after_execute": () => gatewayPage(504),
  "200_html": () => gatewayPage(200),
  "200_garbage": (answer) => ({
    kind: "answer",
    answer: jsonTextAnswer(200, cutInHalf(answer)),
  }),
  truncated_json: (answer) => ({
    kind: "answer",
    answer: { ...answer, body: cutInHalf(answer) },
  }),
  reset_mid_body: (answer) => ({ kind: "reset_mid_body", answer }),
  slow_trickle: (answer, { delay_ms = TRICKLE_MS }) => ({
    kind: "trickle",
    answer,
    durationMs: delay_ms,
  }),
}

/** What an edge fault makes of the API's own answer on its way back. */
export function deliverThrough(
  fault: FaultInput | null,
  answer: Answer
): Delivery {
  const altered = fault && ALTERED[fault.fault]?.(answer, fault)
  return altered ?? { kind: "answer", answer }
}

const REFUSED: ByFault<{ status: number; body: object }> = {
  "500_without_executing": { status: 500, body: errorBody(500) },
  "400_reject": {
    status: 400,
    body: errorBody(400, { details: ["Rejected by a scripted fault"] }),
  },
  legacy_error: {
    status: 400,
    body: {
      Exception: "BadRequestException",
      Errors: ["Rejected by a scripted fault"],
    },
  },
}

/** What the API itself answers instead of executing, or null when it executes. */
export function answerInsteadOfExecuting(
  fault: FaultInput | null
): { status: number; body: object } | null {
  return (fault && REFUSED[fault.fault]) ?? null
}

/** What the API itself answers after it executed successfully. */
export function answerAfterExecuting(
  fault: FaultInput | null,
  answer: SavedAnswer
): SavedAnswer {
  if (fault?.fault === "execute_then_500") {
    return { status: 500, body: JSON.stringify(errorBody(500)) }
  }
  if (fault?.fault === "200_wrong_schema") {
    return { status: 200, body: withoutItsFields(answer.body) }
  }
  return answer
}

/** The same kind of JSON with nothing in it that the contract promises. */
function withoutItsFields(body: string): string {
  const hollow = { ok: true }
  return JSON.stringify(isJsonObject(parseJson(body)) ? hollow : [hollow])
}
