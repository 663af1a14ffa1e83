import { createHmac, randomBytes, timingSafeEqual } from "node:crypto"

import axios from "axios"

import type { SelfTestResult } from "../../../domain/go-live-shop"
import type { WebhookOptions } from "../../../options"
import { macOf, SIGNATURE_HEADER } from "./signature"

/** No kind of MassPay's: were it stored by mistake, it would lead to nothing. */
const EVENT_TYPE = "masspay_plugin.self_test"
const NONCE = /^[0-9a-f]{32}$/
const BODY_BYTES_MAX = 200
const ANSWER_BYTES_MAX = 64 * 1024
const DEADLINE_MS = 5_000

export type SelfTest = { host: string; result: SelfTestResult }

/**
 * Of a delivery whose signature was verified: how to answer it if it is a
 * self-test of this plugin's, `null` for everything else.
 *
 * The proof is made in another way than signatures are, so that nobody can have
 * something signed by asking for it.
 */
export function selfTestProof(
  { secrets }: Pick<WebhookOptions, "secrets">,
  body: Buffer
): string | null {
  if (body.length > BODY_BYTES_MAX) return null
  const nonce = nonceIn(body.toString("utf8"))
  const [secret] = secrets
  return nonce === null || secret === undefined ? null : proofOf(secret, nonce)
}

function nonceIn(text: string): string | null {
  try {
    const parsed: unknown = JSON.parse(text)
    if (typeof parsed !== "object" || parsed === null) return null
    const { event_type, nonce } = parsed as Record<string, unknown>
    return event_type === EVENT_TYPE &&
      typeof nonce === "string" &&
      NONCE.test(nonce)
      ? nonce
      : null
  } catch {
    return null
  }
}

function proofOf(secret: string, nonce: string): string {
  return createHmac("sha256", secret)
    .update(`medusa-plugin-masspay self-test ${nonce}`)
    .digest("hex")
}

/**
 * Posts a signed delivery to the public address of the shop's own webhook route,
 * and sees whether a route with the same secret answers. It changes nothing
 * there. One request, never redirected, never through a proxy; never throws.
 */
export async function postSelfTest(
  { publicUrl, secrets }: WebhookOptions,
  now: Date,
  { deadline_ms = DEADLINE_MS }: { deadline_ms?: number } = {}
): Promise<SelfTest | null> {
  const [secret] = secrets
  if (publicUrl === undefined || secret === undefined) return null
  const { host } = new URL(publicUrl)
  const nonce = randomBytes(16).toString("hex")
  const body = Buffer.from(JSON.stringify({ event_type: EVENT_TYPE, nonce }))
  const timestamp = String(Math.floor(now.getTime() / 1000))
  const mac = macOf(secret, timestamp, body).toString("hex")
  const signal = AbortSignal.timeout(deadline_ms)
  try {
    const { status, data } = await axios.request<string>({
      method: "POST",
      url: publicUrl,
      data: body,
      headers: {
        "Content-Type": "application/json",
        [SIGNATURE_HEADER]: `t=${timestamp},s=${mac}`,
      },
      signal,
      adapter: "http",
      proxy: false,
      maxRedirects: 0,
      maxContentLength: ANSWER_BYTES_MAX,
      validateStatus: () => true,
      responseType: "text",
      transformResponse: [(text: unknown) => text],
    })
    return { host, result: resultOf(status, data, { secrets, nonce }) }
  } catch (error) {
    // The error itself is dropped: it carries the request.
    const failure = signal.aborted ? "no answer in time" : codeOf(error)
    return { host, result: { got: "no_answer", failure } }
  }
}

function resultOf(
  http_status: number,
  text: string,
  { secrets, nonce }: { secrets: readonly string[]; nonce: string }
): SelfTestResult {
  if (http_status >= 300 && http_status < 400) {
    return { got: "redirect", http_status }
  }
  if (http_status < 200 || http_status >= 300) {
    return { got: "refused", http_status }
  }
  // While a secret is replaced, another instance may have them in another order.
  return secrets.some((secret) => isProof(text, proofOf(secret, nonce)))
    ? { got: "proof" }
    : { got: "no_proof", http_status }
}

function isProof(text: string, wanted: string): boolean {
  const [, given] = /"self_test":"([0-9a-f]{64})"/.exec(text) ?? []
  return (
    given !== undefined &&
    timingSafeEqual(Buffer.from(given), Buffer.from(wanted))
  )
}

function codeOf(error: unknown): string {
  const code =
    typeof error === "object" && error !== null && "code" in error
      ? error.code
      : undefined
  return typeof code === "string" && /^[A-Z][A-Z0-9_]{1,60}$/.test(code)
    ? code
    : "no connection"
}
