import { createWebhooks } from "../../../src/modules/masspay-gateway/webhooks"
import { checkWebhook } from "../../../src/webhook-check"
import { signatureFor, WEBHOOK_SECRET } from "../../support/webhooks"

const NOW = new Date("2026-11-25T12:00:00Z")
const webhooks = createWebhooks({
  secrets: [WEBHOOK_SECRET, "older"],
  stale: "hint",
  toleranceSeconds: 300,
})
const body =
  '{"event_type":"user","user_token":"usr_1","email":"jane@example.com"}'
const check = (header: string, of = body) =>
  checkWebhook(webhooks, { header, body: of, at: NOW })
const sign = (seconds: number, secret = WEBHOOK_SECRET) =>
  signatureFor(body, {
    secret,
    timestamp: String(NOW.getTime() / 1000 + seconds),
  })

it("passes its own sample", () => {
  const result = checkWebhook(webhooks, {})
  expect(result).toMatchObject({ is_sample: true, status: 200 })
  expect(result.checks.map(({ name, passed }) => [name, passed])).toEqual([
    ["header", true],
    ["format", true],
    ["signature", true],
    ["time", true],
    ["body", true],
  ])
  expect(result.sample?.header).toMatch(/^t=\d+,s=[0-9a-f]{128}$/)
})

it.each([
  ["no header", "", "header", 401],
  ["another format", "sha512=abc", "format", 400],
  ["another secret", sign(0, "not it"), "signature", 401],
  ["the future", sign(400), "time", 401],
  ["two days ago", sign(-2 * 86_400), "time", 401],
])("says at which step it fails: %s", (_, header, name, status) => {
  const result = check(header)
  expect(result).toMatchObject({ is_sample: false, status, kept: null })
  expect(result.checks.at(-1)).toMatchObject({ name, passed: false })
  expect(result.checks.slice(0, -1).every(({ passed }) => passed)).toBe(true)
})

it("says what would be kept, and nothing else of the body", () => {
  const result = check(sign(0))
  expect(result.kept).toMatchObject({ kind: "user", user_token: "usr_1" })
  expect(JSON.stringify(result)).not.toContain("jane@example.com")
})

it("a body that is not JSON is genuine, and leads to nothing", () => {
  const text = "hello"
  const timestamp = String(NOW.getTime() / 1000)
  const result = check(signatureFor(text, { timestamp }), text)
  expect(result.status).toBe(200)
  expect(result.checks.at(-1)).toMatchObject({ name: "body", passed: false })
})

it("tells no secret and no signature that it worked out", () => {
  const wrong = check(sign(0, "not it"))
  const text = JSON.stringify([wrong, check(sign(400)), check("")])
  expect(text).not.toContain(WEBHOOK_SECRET)
  expect(text).not.toContain(sign(0).slice(-128))
  expect(JSON.stringify(webhooks)).not.toContain(WEBHOOK_SECRET)
})
