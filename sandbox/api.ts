import {
  answerAfterExecuting,
  answerInsteadOfExecuting,
  deliverThrough,
  deliverWithoutExecuting,
  type Delivery,
  jsonTextAnswer,
} from "./answers"
import { type Credentials, isAuthorized } from "./auth"
import { settleDue } from "./due"
import { ApiError, errorBody, invalid } from "./errors"
import type { FaultInput } from "./faults"
import type { OperationContext, OperationResult } from "./handlers/context"
import { bodyDigest, type SavedAnswer } from "./idempotency"
import { isJsonObject, type JsonObject } from "./json"
import { RequestFaults } from "./request-faults"
import { type RouteMatch, Router } from "./router"
import { type Route, ROUTES } from "./routes"
import type { World } from "./world"

const KEY_MAX = 255
const METHODS_WITH_BODY = ["POST", "PUT", "PATCH"]

export type ApiRequest = Credentials & {
  id: string
  method: string
  path: string
  query: string
  idempotencyKey: string | undefined
  /** Null when it was larger than the sandbox reads. */
  body: Buffer | null
  /** The body parsed, or undefined when it is not JSON. */
  json: unknown
}

/** What the API decided, whatever then becomes of the answer. */
type Decision = SavedAnswer & {
  executed: boolean
  replayed: boolean
  loadToken: string | null
  spendbackToken: string | null
  payoutToken: string | null
  allow?: string
}

type ApiDeps = {
  apiKey: string
  /** Resolves after so much real time, or rejects when the sandbox stops. */
  wait: (delayMs: number) => Promise<void>
}

const router = new Router(ROUTES)

/**
 * Takes a request through everything that stands between a client and the books:
 * edge faults, authentication, routing, the idempotency key, core faults, the
 * operation, and back. Writes one line to the journal, before the answer leaves.
 */
export async function handleApiRequest(
  world: World,
  request: ApiRequest,
  deps: ApiDeps
): Promise<Delivery> {
  settleDue(world)
  const match = router.match(request.method, request.path)
  const operation = match.kind === "found" ? match.route.name : null
  const target = { method: request.method, path: request.path, operation }
  const faults = new RequestFaults(world, target)
  const edge = faults.take("edge")

  const stopped = deliverWithoutExecuting(edge)
  if (stopped) {
    const outcome = { match, delivery: stopped, decision: null, faults }
    record(world, request, outcome)
    return stopped
  }

  const decision = await decide(world, request, { ...deps, match, faults })
  const answer = jsonTextAnswer(decision.status, decision.body)
  if (decision.allow !== undefined) answer.headers.allow = decision.allow
  const delivery = deliverThrough(edge, answer)
  record(world, request, { match, delivery, decision, faults })
  return delivery
}

type DecideDeps = ApiDeps & {
  match: RouteMatch
  faults: RequestFaults
}

async function decide(
  world: World,
  request: ApiRequest,
  deps: DecideDeps
): Promise<Decision> {
  const { settings, keys } = world
  const isKnown = isAuthorized(request, {
    apiKey: deps.apiKey,
    acceptsApiKeyHeader: settings.accept_api_key_header,
  })
  if (!isKnown) return plain(401)
  if (request.body === null) return plain(413)
  if (deps.match.kind === "unknown") return plain(404)
  if (deps.match.kind === "wrong_method") {
    return { ...plain(405), allow: deps.match.allowed.join(", ") }
  }

  const key = request.idempotencyKey
  if (key === undefined) {
    return (await execute(world, request, deps)).decision
  }
  if (key === "" || key.length > KEY_MAX) {
    return plain(400, [`Idempotency-Key must have 1 to ${KEY_MAX} characters`])
  }
  const { method, path, query, body } = request
  // There is one credential: two spellings of it must not open two drawers.
  const credential = deps.apiKey
  const choice = keys.begin({ key, credential, method, path, query, body })
  if (choice.do === "replay") {
    return {
      ...choice.answer,
      executed: false,
      replayed: true,
      loadToken: null,
      spendbackToken: null,
      payoutToken: null,
    }
  }
  if (choice.do === "refuse") {
    return choice.reason === "in_flight"
      ? plain(409, ["A request with this Idempotency-Key is in progress"])
      : plain(settings.idempotency_mismatch_status, [
          "This Idempotency-Key was used with different parameters",
        ])
  }
  const { decision, isSaved } = await execute(world, request, deps)
  if (isSaved) {
    keys.save(choice.id, { status: decision.status, body: decision.body })
  } else keys.forget(choice.id)
  return decision
}

/** `isSaved` is false only for a request that is invalid in itself. */
async function execute(
  world: World,
  request: ApiRequest,
  deps: DecideDeps
): Promise<{ decision: Decision; isSaved: boolean }> {
  const core = deps.faults.take("core")
  const delayMs =
    core?.fault === "delay_then_execute" ? (core.delay_ms ?? 0) : 0
  const waitMs = world.settings.latency_ms + delayMs
  if (waitMs > 0) await deps.wait(waitMs)

  const instead = answerInsteadOfExecuting(core)
  if (instead) {
    return { decision: refusal(instead.status, instead.body), isSaved: true }
  }
  try {
    const result = run(world, request, { match: deps.match, core })
    const answer = answerAfterExecuting(core, {
      status: result.status,
      body: JSON.stringify(result.body),
    })
    const decision = {
      ...answer,
      executed: result.executed,
      replayed: false,
      loadToken: result.load_token ?? null,
      spendbackToken: result.spendback_token ?? null,
      payoutToken: result.payout_token ?? null,
    }
    return { decision, isSaved: true }
  } catch (error) {
    if (error instanceof ApiError) {
      const isSaved = error.outcome === "refused"
      return { decision: refusal(error.status, error.body), isSaved }
    }
    console.error("masspay-sandbox: a bug in the sandbox", error)
    return { decision: plain(500), isSaved: true }
  }
}

function run(
  world: World,
  request: ApiRequest,
  { match, core }: { match: RouteMatch; core: FaultInput | null }
): OperationResult {
  if (match.kind !== "found") throw new Error("Only a route can be run")
  if (!match.route.operation) {
    throw new ApiError(
      404,
      "invalid",
      errorBody(404, {
        details: [
          "MassPay has this operation, but this version of the sandbox does not implement it yet",
        ],
      })
    )
  }
  const context: OperationContext = {
    world,
    requestId: request.id,
    params: match.params,
    query: new URLSearchParams(request.query),
    body: readBody(request, match.route),
    items: Array.isArray(request.json) ? (request.json as unknown[]) : [],
    mustFail: core?.fault === "200_cancelled",
    listLagMs: core?.fault === "list_lag" ? (core.lag_ms ?? 0) : 0,
    listMaxRows: core?.fault === "list_cap" ? (core.max_rows ?? null) : null,
  }
  return match.route.operation(context)
}

/** Some calls are PUTs and PATCHes without a body. */
function readBody(request: ApiRequest, route: Route): JsonObject {
  const { method, body, json } = request
  if (!METHODS_WITH_BODY.includes(method)) return {}
  if (body?.length === 0 && route.mayBeEmpty) return {}
  if (route.takesList) {
    if (Array.isArray(json)) return {}
    throw invalid(["The body must be a JSON array"])
  }
  if (!isJsonObject(json)) throw invalid(["The body must be a JSON object"])
  return json
}

function plain(status: number, details?: string[]): Decision {
  return refusal(status, errorBody(status, details ? { details } : {}))
}

function refusal(status: number, body: object): Decision {
  return {
    status,
    body: JSON.stringify(body),
    executed: false,
    replayed: false,
    loadToken: null,
    spendbackToken: null,
    payoutToken: null,
  }
}

function record(
  world: World,
  request: ApiRequest,
  outcome: {
    match: RouteMatch
    delivery: Delivery
    decision: Decision | null
    faults: RequestFaults
  }
): void {
  const { match, delivery, decision, faults } = outcome
  const { body, json } = request
  const fields = isJsonObject(json) ? json : {}
  world.journal.append({
    kind: "request",
    request_id: request.id,
    method: request.method,
    path: request.path,
    query: request.query,
    idempotency_key: request.idempotencyKey ?? null,
    body_sha256: body && bodyDigest(body),
    client_load_id: textOrNull(fields.client_load_id),
    client_spendback_id: textOrNull(fields.client_spendback_id),
    user_token:
      (match.kind === "found" ? match.params.user_token : null) ?? null,
    load_token: decision?.loadToken ?? null,
    spendback_token: decision?.spendbackToken ?? null,
    client_transfer_id: textOrNull(fields.client_transfer_id),
    payout_token: decision?.payoutToken ?? payoutIn(match),
    status: delivery.kind === "answer" ? delivery.answer.status : null,
    decided_status: decision?.status ?? null,
    executed: decision?.executed ?? false,
    replayed: decision?.replayed ?? false,
    faults: faults.met.map((fault) => fault.fault),
    plan_request: faults.planRequest,
  })
}

function payoutIn(match: RouteMatch): string | null {
  return (match.kind === "found" && match.params.payout_token) || null
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null
}
