import http from "node:http"
import https from "node:https"
import type { Duplex } from "node:stream"

/** Below the idle time-outs common for servers, so that we close a connection first. */
const IDLE_MS = 4_000

type Created = (error: Error | null, stream: Duplex) => void

/**
 * Hands a connection out only once it is established, which for TLS includes
 * that the certificate has been checked. So a request that has no connection
 * yet has certainly not sent a byte, whatever it failed of.
 */
function whenReady(
  socket: Duplex | null | undefined,
  { event, limit_ms }: { event: string; limit_ms: number },
  created: Created
): void {
  if (!socket) throw new Error("The agent made no connection")
  const onReady = () => {
    settle()
    created(null, socket)
  }
  const onFailure = (error?: Error) => {
    settle()
    // Later errors of a connection nobody was given have nobody to go to.
    socket.on("error", () => undefined)
    socket.destroy()
    created(error ?? failure("ECONNRESET"), socket)
  }
  const onClose = () => {
    onFailure()
  }
  const timer = setTimeout(() => {
    onFailure(failure("ETIMEDOUT"))
  }, limit_ms)
  const settle = () => {
    clearTimeout(timer)
    socket.off(event, onReady).off("error", onFailure).off("close", onClose)
  }
  socket.once(event, onReady).once("error", onFailure).once("close", onClose)
}

function failure(code: string): Error {
  return Object.assign(new Error(code), { code })
}

class ReadyHttpAgent extends http.Agent {
  constructor(
    options: http.AgentOptions,
    private readonly limit_ms: number
  ) {
    super(options)
  }

  override createConnection(
    options: http.ClientRequestArgs,
    created: Created
  ): undefined {
    const socket = super.createConnection(options)
    whenReady(socket, { event: "connect", limit_ms: this.limit_ms }, created)
  }
}

class ReadyHttpsAgent extends https.Agent {
  constructor(
    options: https.AgentOptions,
    private readonly limit_ms: number
  ) {
    super(options)
  }

  override createConnection(
    options: https.RequestOptions,
    created: Created
  ): undefined {
    const socket = super.createConnection(options)
    const event = "secureConnect"
    whenReady(socket, { event, limit_ms: this.limit_ms }, created)
  }
}

/** Keep-alive agents for one base URL; `limit_ms` bounds establishing a connection. */
export function createAgents(limits: { sockets: number; limit_ms: number }): {
  httpAgent: http.Agent
  httpsAgent: https.Agent
} {
  const options = {
    keepAlive: true,
    timeout: IDLE_MS,
    maxFreeSockets: limits.sockets,
    scheduling: "lifo" as const,
  }
  return {
    httpAgent: new ReadyHttpAgent(options, limits.limit_ms),
    httpsAgent: new ReadyHttpsAgent(options, limits.limit_ms),
  }
}
