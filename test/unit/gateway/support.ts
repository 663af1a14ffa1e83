import http from "node:http"
import type net from "node:net"
import { type AddressInfo } from "node:net"

import { GatewayError } from "../../../src/modules/masspay-gateway/errors"
import type { WireOptions } from "../../../src/options"

export const KEY = "canary-api-key.0123456789abcdef"

export function wireOptionsFor(
  baseUrl: string,
  overrides: Partial<WireOptions> = {}
): WireOptions {
  return {
    environment: "sandbox",
    baseUrl,
    apiKey: KEY,
    auth: { header: "Authorization", scheme: "Bearer" },
    deadlineMs: 5_000,
    inFlight: 8,
    ...overrides,
  }
}

export type SeenRequest = {
  method: string
  url: string
  headers: http.IncomingHttpHeaders
  body: string
  /** Which connection it came on, counted from 1. */
  connection: number
}

export type FakeServer = {
  url: string
  seen: SeenRequest[]
  connections: () => number
  sockets: Set<net.Socket>
  stop: () => Promise<void>
}

export type Answer = (
  response: http.ServerResponse,
  request: SeenRequest
) => void

/** A server on a free port that answers every request, once it has been read, with `answer`. */
export async function startServer(answer: Answer): Promise<FakeServer> {
  const seen: SeenRequest[] = []
  const numbers = new Map<net.Socket, number>()
  const sockets = new Set<net.Socket>()
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on("data", (chunk: Buffer) => chunks.push(chunk))
    request.on("end", () => {
      const one = {
        method: request.method ?? "",
        url: request.url ?? "",
        headers: request.headers,
        body: Buffer.concat(chunks).toString("utf8"),
        connection: numbers.get(request.socket) ?? 0,
      }
      seen.push(one)
      answer(response, one)
    })
  })
  server.on("connection", (socket: net.Socket) => {
    numbers.set(socket, numbers.size + 1)
    sockets.add(socket)
    socket.on("close", () => sockets.delete(socket))
    socket.on("error", () => undefined)
  })
  const url = await listen(server)
  return {
    url,
    seen,
    sockets,
    connections: () => numbers.size,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
}

export async function listen(server: net.Server): Promise<string> {
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve)
  })
  const { port } = server.address() as AddressInfo
  return `http://127.0.0.1:${port}`
}

export function json(status: number, body: unknown): Answer {
  return (response) => {
    response.writeHead(status, { "Content-Type": "application/json" })
    response.end(typeof body === "string" ? body : JSON.stringify(body))
  }
}

/** The `GatewayError` a call fails with; anything else fails the test. */
export async function gatewayErrorOf(
  call: Promise<unknown>
): Promise<GatewayError> {
  try {
    await call
  } catch (error) {
    if (error instanceof GatewayError) return error
    throw error
  }
  throw new Error("Expected the call to fail, but it succeeded")
}

export async function until(
  what: string,
  condition: () => boolean
): Promise<void> {
  const deadline = Date.now() + 60_000
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}`)
    await new Promise((resolve) => setImmediate(resolve))
  }
}
