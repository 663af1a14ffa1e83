import type { IncomingMessage } from "node:http"

export type RawBody =
  | { got: "body"; body: Buffer }
  /** More than the limit. What comes after it is thrown away. */
  | { got: "too_much" }
  /** Ended before its end, or took too long. */
  | { got: "nothing" }

/**
 * The bytes of a request, before anybody parses them, whatever its content type
 * says. Never holds more than `limit_bytes` in memory and never waits longer than
 * `within_ms`. Never rejects.
 */
export function readRawBody(
  request: IncomingMessage,
  { limit_bytes, within_ms }: { limit_bytes: number; within_ms: number }
): Promise<RawBody> {
  const announced = Number(request.headers["content-length"] ?? 0)
  if (announced > limit_bytes) return Promise.resolve({ got: "too_much" })
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let size = 0
    const timer = setTimeout(() => end({ got: "nothing" }), within_ms)
    const onData = (chunk: Buffer) => {
      size += chunk.length
      if (size > limit_bytes) end({ got: "too_much" })
      else chunks.push(chunk)
    }
    const onEnd = () => end({ got: "body", body: Buffer.concat(chunks, size) })
    // A request that is aborted closes without an end.
    const onBroken = () => end({ got: "nothing" })
    const end = (result: RawBody) => {
      clearTimeout(timer)
      request.off("data", onData)
      request.off("end", onEnd)
      request.off("close", onBroken)
      // One listener stays: without any, a late error would end the process.
      request.on("error", () => undefined)
      resolve(result)
    }
    request.on("data", onData)
    request.on("end", onEnd)
    request.on("close", onBroken)
    request.on("error", onBroken)
  })
}
