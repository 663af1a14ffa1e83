import { createHmac } from "node:crypto"
import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from "node:http"
import type { AddressInfo } from "node:net"

export type Received = {
  body: string
  signature: string
  json: Record<string, unknown>
}

export type Receiver = {
  url: string
  received: Received[]
  close: () => Promise<void>
}

type Respond = (response: ServerResponse, nth: number) => void

const open: Receiver[] = []

/** A shop that takes deliveries in, and answers them as it is told. */
export async function aReceiver(
  respond: Respond = (response) => void response.end("ok")
): Promise<Receiver> {
  const received: Received[] = []
  const server = createServer(
    (request: IncomingMessage, response: ServerResponse) => {
      const pieces: Buffer[] = []
      request.on("data", (piece: Buffer) => pieces.push(piece))
      request.on("end", () => {
        const body = Buffer.concat(pieces).toString("utf8")
        const signature = String(request.headers["x-masspay-signature"])
        const json = JSON.parse(body) as Record<string, unknown>
        received.push({ body, signature, json })
        respond(response, received.length)
      })
    }
  )
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  const receiver = {
    url: `http://127.0.0.1:${port}/hooks/masspay`,
    received,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
  open.push(receiver)
  return receiver
}

export async function closeReceivers(): Promise<void> {
  await Promise.all(open.splice(0).map((receiver) => receiver.close()))
}

/** Checks a signature as its documentation says, with nothing of the sandbox's. */
export function isSigned(
  { body, signature }: { body: string; signature: string },
  secret: string,
  encoding: "hex" | "base64" = "hex"
): boolean {
  const [, moment, value] = /^t=([^,]+),s=(.+)$/.exec(signature) ?? []
  const mac = createHmac("sha512", secret)
  return value === mac.update(`${moment}|${body}`).digest(encoding)
}
