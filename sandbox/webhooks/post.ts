import { lookup } from "node:dns"
import { Agent, request } from "node:http"
import type { LookupFunction } from "node:net"

import type { SignedRequest } from "./signature"

const ANSWER_CHARACTERS_MAX = 300
const ANSWER_BYTES_MAX = 64 * 1024

export type PostResult = {
  status: number | null
  /** The beginning of the answer, or what went wrong. */
  answer: string
}

function isLoopbackAddress(address: string): boolean {
  return address === "::1" || address.startsWith("127.")
}

/** A name that means this machine may still be made to mean another. */
const loopbackOnly: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, found) => {
    const own = found.filter(({ address }) => isLoopbackAddress(address))
    const [first] = own
    if (error || !first) {
      const problem =
        error ?? new Error(`${hostname} is an address of another machine`)
      callback(problem, "", 4)
    } else if (options.all) callback(null, own)
    else callback(null, first.address, first.family)
  })
}

/**
 * Connections to one receiver. An agent of its own, so that neither a proxy nor the
 * settings of the process it runs in have a say in where a delivery goes.
 */
export class Post {
  private readonly agent = new Agent({ keepAlive: true })

  /** Never rejects, follows no redirect and is over when its deadline is. */
  send(
    url: string,
    { headers, body }: SignedRequest,
    deadlineMs: number
  ): Promise<PostResult> {
    return new Promise((resolve) => {
      const signal = AbortSignal.timeout(deadlineMs)
      const fail = (error: Error): void =>
        resolve({
          status: null,
          answer: signal.aborted
            ? `no answer within ${deadlineMs} ms`
            : error.message,
        })
      const sent = request(url, {
        method: "POST",
        agent: this.agent,
        lookup: loopbackOnly,
        signal,
        headers: { ...headers, "content-length": Buffer.byteLength(body) },
      })
      sent.on("error", fail)
      sent.on("response", (response) => {
        const pieces: Buffer[] = []
        let size = 0
        const finish = (): void =>
          resolve({
            status: response.statusCode ?? null,
            answer: Buffer.concat(pieces)
              .toString("utf8")
              .slice(0, ANSWER_CHARACTERS_MAX),
          })
        response.on("error", fail)
        response.on("data", (piece: Buffer) => {
          size += piece.length
          if (size <= ANSWER_BYTES_MAX) {
            pieces.push(piece)
            return
          }
          finish()
          response.destroy()
        })
        response.on("end", finish)
      })
      sent.end(body)
    })
  }

  close(): void {
    this.agent.destroy()
  }
}
