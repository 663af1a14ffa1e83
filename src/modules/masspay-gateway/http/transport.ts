import http from "node:http"
import https from "node:https"

import axios, { type AxiosInstance, type AxiosResponse } from "axios"

import { apiRoot, type WireOptions } from "../../../options"
import { NO_FREE_SLOT } from "../call-result"
import { GatewayError } from "../errors"
import type { Transport, TransportResponse } from "../types"
import { createAgents } from "./agents"
import { classify, type TransportFacts } from "./classify"
import { NoFreeSlotError } from "./gate"
import { createLanes } from "./lanes"
import { addressOf, headersOf, isRead, readRetryAfter } from "./request"
import { userAgent } from "./user-agent"

const ANSWER_BYTES_MAX = 10 * 1024 * 1024
const REQUEST_BYTES_MAX = 1024 * 1024

/** How far one request got. */
type Progress = {
  may_have_left: boolean
  is_abandoned: boolean
  /** Makes sure that no byte leaves any more. */
  abandon: () => void
}

/**
 * One HTTP request per `send`, never repeated, never redirected, never through a
 * proxy. The deadline covers everything from waiting for a free slot of its lane
 * to the last byte of the answer.
 */
export function createTransport(options: WireOptions): Transport {
  const root = apiRoot(options.baseUrl)
  const { gates, slots } = createLanes(options.inFlight)
  const client = createClient(options, slots)

  // Only what runs on this machine may send a payee to this machine.
  const may_link_to_loopback = options.environment === "sandbox"

  return {
    may_link_to_loopback,
    async send(request) {
      const url = addressOf(root, request)
      const headers = headersOf(request)
      const signal = AbortSignal.timeout(options.deadlineMs)
      const progress: Progress = {
        may_have_left: false,
        is_abandoned: false,
        abandon() {
          progress.is_abandoned = true
        },
      }
      const fail = (facts: Partial<TransportFacts>): GatewayError =>
        classify({
          is_write: !isRead(request),
          kept_words: request.kept_words,
          may_have_left: progress.may_have_left,
          not_found_means: request.not_found_means,
          may_link_to_loopback,
          ...facts,
        })

      try {
        const leave = await gates[request.lane ?? "interactive"].enter(signal)
        try {
          const response = await client.request<string>({
            method: request.method,
            url,
            headers,
            data:
              request.body === undefined
                ? undefined
                : Buffer.from(request.body, "utf8"),
            signal,
            transport: watchedTransport(url, {
              progress,
              signal,
              isTooLate: () => request.is_too_late?.() ?? false,
            }),
          })
          return readAnswer(response, { fail, apiKey: options.apiKey })
        } finally {
          leave()
        }
      } catch (error) {
        if (error instanceof GatewayError) throw error
        // From here on no byte can leave any more, so what is known now is final.
        progress.abandon()
        throw fail(failureOf(error, signal))
      }
    },
  }
}

function createClient(
  { auth, apiKey, deadlineMs }: WireOptions,
  sockets: number
): AxiosInstance {
  const client = axios.create({
    ...createAgents({ sockets, limit_ms: deadlineMs }),
    adapter: "http",
    proxy: false,
    maxRedirects: 0,
    maxContentLength: ANSWER_BYTES_MAX,
    maxBodyLength: REQUEST_BYTES_MAX,
    validateStatus: () => true,
    responseType: "text",
    // The bytes as they are: what is sent was frozen, what comes is parsed here.
    transformRequest: [(data: unknown) => data],
    transformResponse: [(data: unknown) => data],
  })
  client.defaults.headers.common = {
    Accept: "application/json",
    "User-Agent": userAgent(),
    [auth.header]: auth.scheme === "" ? apiKey : `${auth.scheme} ${apiKey}`,
  }
  return client
}

/**
 * Node's own client, watched. A request is given a connection only when that is
 * established (see agents.ts), and this is told before anything is written to it.
 */
function watchedTransport(
  url: string,
  {
    progress,
    signal,
    isTooLate,
  }: { progress: Progress; signal: AbortSignal; isTooLate: () => boolean }
) {
  const native = url.startsWith("https:") ? https : http
  return {
    request(
      options: https.RequestOptions,
      onResponse: (response: http.IncomingMessage) => void
    ): http.ClientRequest {
      if (progress.is_abandoned || signal.aborted || isTooLate()) {
        throw new Error("Given up before it began")
      }
      const request = native.request(options, onResponse)
      request.once("socket", () => {
        // A process may have stood still since; what waits for the connection
        // is written right after this, unless it is destroyed here.
        if (isTooLate()) request.destroy(new Error("Given up before it began"))
        else progress.may_have_left = true
      })
      progress.abandon = () => {
        request.on("error", () => undefined).destroy()
      }
      return request
    },
  }
}

function readAnswer(
  response: AxiosResponse<string>,
  {
    fail,
    apiKey,
  }: {
    fail: (facts: Partial<TransportFacts>) => GatewayError
    apiKey: string
  }
): TransportResponse {
  const { status, data: text, headers } = response
  if (status < 200 || status >= 300) {
    throw fail({
      may_have_left: true,
      status,
      body: text.split(apiKey).join("[key]"),
      retry_after_ms: readRetryAfter(headers["retry-after"], new Date()),
    })
  }
  const answered_at = readDate(headers.date)
  const answer = { status, ...(answered_at && { answered_at }) }
  if (text.trim() === "") return { ...answer, body: null }
  try {
    return { ...answer, body: JSON.parse(text) as unknown }
  } catch {
    throw fail({ may_have_left: true, status, failure: "not JSON" })
  }
}

function readDate(value: unknown): Date | undefined {
  const date = new Date(typeof value === "string" ? value : Number.NaN)
  return Number.isNaN(date.getTime()) ? undefined : date
}

/**
 * What went wrong, in a word. The error itself is dropped: that of an HTTP
 * client carries headers, the key among them, and bodies.
 */
function failureOf(
  error: unknown,
  signal: AbortSignal
): Partial<TransportFacts> {
  const failure =
    error instanceof NoFreeSlotError
      ? NO_FREE_SLOT
      : signal.aborted
        ? "deadline"
        : codeOf(error)
  return {
    failure,
    cause: Object.assign(new Error(failure), { code: failure }),
  }
}

function codeOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return "no connection"
  const { code, message } = error as { code?: unknown; message?: unknown }
  if (String(message).startsWith("maxContentLength")) return "answer too large"
  return typeof code === "string" && /^[A-Z][A-Z0-9_]{1,60}$/.test(code)
    ? code
    : "no connection"
}
