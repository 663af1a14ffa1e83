import type { ServerResponse } from "node:http"
import { createServer, type IncomingMessage, type Server } from "node:http"
import { setImmediate, setTimeout } from "node:timers/promises"

import { type Answer, type Delivery, jsonAnswer } from "./answers"
import { type ApiRequest, handleApiRequest } from "./api"
import type { Control } from "./control"
import { CONTROL_PREFIX, handleControlRequest } from "./control-http"
import { errorBody } from "./errors"
import { parseJson } from "./json"
import {
  FORM_BYTES_MAX,
  handlePaperRequest,
  isPaperPath,
  UPLOAD_BYTES_MAX,
} from "./kyc/pages"
import { isFromOwnPage, isFromThisMachine } from "./loopback"
import { pageAnswer } from "./page"
import type { Runtime } from "./runtime"
import { Timers } from "./timers"

const BODY_BYTES_MAX = 1024 * 1024
/** A body this far over the limit is not even read to its end. */
const BODY_BYTES_READ_MAX = 7 * BODY_BYTES_MAX
/** 10 MB of pictures in base64, and the JSON around them. */
const PHOTOS_BODY_BYTES_MAX = 14 * BODY_BYTES_MAX
const PHOTOS_PATH = /^\/v1\.0\.0\/payout\/user\/[^/]+\/kyc\/id$/
const HEADER_BYTES_MAX = 16 * 1024
const HEADERS_TIMEOUT_MS = 10_000
const REQUEST_TIMEOUT_MS = 30_000
/** Longer than clients keep a connection they do not use, so they close it first. */
const KEEP_ALIVE_MS = 65_000
const TRICKLE_PIECES = 20

type ServerDeps = { runtime: Runtime; control: Control; apiKey: string }

type SandboxServer = {
  server: Server
  /** Resolves when nothing that was asked is being worked on any more. */
  idle: () => Promise<void>
  stop: () => Promise<void>
}

/** A request lies in its socket, is accepted, read and parsed: each takes a turn of the loop at most. */
const TURNS_UNTIL_SEEN = 8

/** Puts the API, the control API and the page behind one HTTP server. */
export function createSandboxServer(deps: ServerDeps): SandboxServer {
  const timers = new Timers()
  let inProgress = 0
  const server = createServer({
    maxHeaderSize: HEADER_BYTES_MAX,
    headersTimeout: HEADERS_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
  })
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    inProgress += 1
    handle({ ...deps, timers, request, response })
      .catch((error: unknown) => {
        // A client that went away, or a sandbox that stops, is nobody's bug.
        if (!timers.isStopped && !request.destroyed) console.error(error)
        response.destroy()
      })
      .finally(() => {
        inProgress -= 1
      })
  })
  return {
    server,
    idle: async () => {
      for (let turns = 0; turns < TURNS_UNTIL_SEEN; turns += 1) {
        await setImmediate()
        while (inProgress > 0) {
          await setTimeout(1)
          turns = 0
        }
      }
    },
    stop: () =>
      new Promise((resolve) => {
        timers.stop()
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
}

type Exchange = ServerDeps & {
  timers: Timers
  request: IncomingMessage
  response: ServerResponse
}

async function handle(exchange: Exchange): Promise<void> {
  const { request, response, runtime, control, apiKey, timers } = exchange
  const { method = "GET" } = request
  const [path = "/", ...rest] = (request.url ?? "/").split("?")
  const query = rest.join("?")
  const body = await readBody(request, bytesMaxOf(path))

  if (!isFromThisMachine(request.headers)) {
    send(response, jsonAnswer(421, errorBody(421)))
    return
  }
  if (path === "/" && method === "GET") {
    send(response, pageAnswer(apiKey))
    return
  }
  if (isPaperPath(path)) {
    const { headers } = request
    const asked = {
      method,
      path,
      contentType: headers["content-type"] ?? "",
      isForeign: !isFromOwnPage(headers),
      body,
    }
    send(response, handlePaperRequest(runtime, asked))
    return
  }
  if (path === CONTROL_PREFIX || path.startsWith(`${CONTROL_PREFIX}/`)) {
    const asked = { method, path, query, body }
    send(response, handleControlRequest(control, asked))
    return
  }

  const { world } = runtime
  const id = world.journal.nextRequestId()
  const asked = toApiRequest(request, { id, method, path, query, body })
  const delivery = await handleApiRequest(world, asked, {
    apiKey,
    wait: (delayMs) => timers.wait(delayMs),
  })
  runtime.changed()
  if (method === "POST" && QUOTE_PATH.test(path) && "answer" in delivery) {
    // How long a quote lives is told from this, so it is of the same clock.
    delivery.answer.headers.date = new Date(world.clock.now()).toUTCString()
  }
  await deliver(delivery, exchange)
}

const QUOTE_PATH = /\/payout\/[^/]+$/

function toApiRequest(
  { headers }: IncomingMessage,
  parts: Pick<ApiRequest, "id" | "method" | "path" | "query" | "body">
): ApiRequest {
  return {
    ...parts,
    json: parts.body ? parseJson(parts.body.toString("utf8")) : undefined,
    authorization: headers.authorization,
    apiKeyHeader: oneHeader(headers.apikey),
    idempotencyKey: oneHeader(headers["idempotency-key"]),
  }
}

function oneHeader(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(", ") : value
}

function bytesMaxOf(path: string): number {
  if (isPaperPath(path)) return UPLOAD_BYTES_MAX + FORM_BYTES_MAX
  return PHOTOS_PATH.test(path) ? PHOTOS_BODY_BYTES_MAX : BODY_BYTES_MAX
}

/**
 * The whole body, or null when it is over the limit. Rejects when the client goes
 * away before its end, so that half a request is never acted on.
 */
async function readBody(
  request: IncomingMessage,
  bytesMax: number
): Promise<Buffer | null> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of request as AsyncIterable<Buffer>) {
    size += piece.length
    if (size <= bytesMax) pieces.push(piece)
    if (size > bytesMax + BODY_BYTES_READ_MAX)
      throw new Error("The body has no end")
  }
  return size > bytesMax ? null : Buffer.concat(pieces)
}

function writeHead(response: ServerResponse, answer: Answer): void {
  response.writeHead(answer.status, {
    ...answer.headers,
    "cache-control": "no-store",
    "content-length": Buffer.byteLength(answer.body),
  })
}

function send(response: ServerResponse, answer: Answer): void {
  writeHead(response, answer)
  response.end(answer.body)
}

async function deliver(
  delivery: Delivery,
  { response, timers }: Exchange
): Promise<void> {
  switch (delivery.kind) {
    case "answer": {
      send(response, delivery.answer)
      return
    }
    case "drop":
      response.destroy()
      return
    case "hang":
      await timers.wait(delivery.durationMs)
      response.destroy()
      return
    case "reset_mid_body": {
      const body = Buffer.from(delivery.answer.body)
      writeHead(response, delivery.answer)
      const half = body.subarray(0, Math.ceil(body.length / 2))
      response.write(half, () => response.destroy())
      return
    }
    case "trickle": {
      const body = Buffer.from(delivery.answer.body)
      const step = Math.ceil(body.length / TRICKLE_PIECES)
      writeHead(response, delivery.answer)
      for (let from = 0; from < body.length; from += step) {
        await timers.wait(delivery.durationMs / TRICKLE_PIECES)
        response.write(body.subarray(from, from + step))
      }
      response.end()
    }
  }
}
