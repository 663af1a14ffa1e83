import { request } from "node:http"

import { signatureFor } from "../../support/webhooks"

export type Answer = {
  status: number
  headers: Record<string, unknown>
  text: string
}

type Odd = {
  /** One header for each, as they stand. Default: one that fits. */
  signatures?: string[]
  content_type?: string
  /** Announced, whatever is sent. */
  content_length?: number
  /** Breaks the connection off after the body. */
  is_cut?: boolean
}

/** Posts bytes to the webhook route as no client library would. Rejects when there is no answer. */
export function post(
  url: string,
  body: string | Buffer,
  { signatures, content_type, content_length, is_cut = false }: Odd = {}
): Promise<Answer> {
  const sent = request(`${url}/hooks/masspay`, {
    method: "POST",
    headers: {
      "content-type": content_type ?? "application/json",
      "content-length": content_length ?? Buffer.byteLength(body),
      // An array is sent as so many headers.
      "x-masspay-signature": signatures ?? [signatureFor(body)],
    },
  })
  return new Promise((resolve, reject) => {
    sent.on("error", reject)
    sent.on("response", (response) => {
      let text = ""
      response.on("data", (chunk: Buffer) => (text += chunk.toString()))
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text,
        })
      )
    })
    if (is_cut) sent.write(body, () => sent.destroy(new Error("cut off")))
    else sent.end(body)
  })
}

export const postEvent = (
  url: string,
  event: object,
  odd?: Odd
): Promise<Answer> => post(url, JSON.stringify(event), odd)
