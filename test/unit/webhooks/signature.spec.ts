import {
  instantOf,
  parseSignatureHeader,
  verifyWebhook,
} from "../../../src/modules/masspay-gateway/webhooks/signature"
import { tryForgeries } from "../../support/forgeries"
import { signatureFor, WEBHOOK_SECRET } from "../../support/webhooks"

const NOW = new Date("2026-11-25T12:00:00Z")
const SECONDS = NOW.getTime() / 1000
const BODY = Buffer.from('{"event_type":"load"}')
const OPTIONS = {
  secrets: [WEBHOOK_SECRET],
  stale: "hint" as "hint" | "reject",
  toleranceSeconds: 300,
}

const verify = (
  headers: string[],
  { options = OPTIONS, body = BODY, now = NOW } = {}
) => verifyWebhook(options, { headers, body, now })

const at = (timestamp: string | number, options = OPTIONS) =>
  verify([signatureFor(BODY, { timestamp: String(timestamp) })], { options })

describe("a genuine delivery", () => {
  it.each(["hex", "base64", "base64url"] as const)("in %s", (encoding) => {
    const header = signatureFor(BODY, { timestamp: String(SECONDS), encoding })
    expect(verify([header])).toMatchObject({
      verdict: "genuine",
      is_stale: false,
      signed_at: NOW,
    })
  })

  it("has one name, however its header is written", () => {
    const timestamp = String(SECONDS)
    const hex = signatureFor(BODY, { timestamp })
    const names = [
      hex,
      hex.slice(0, 14) + hex.slice(14).toUpperCase(),
      `  ${hex.replace(",", " , ")}  `,
      signatureFor(BODY, { timestamp, encoding: "base64" }),
      signatureFor(BODY, { timestamp, encoding: "base64url" }),
    ].map((header) => {
      const verdict = verify([header])
      return verdict.verdict === "genuine" ? verdict.mac.toString("hex") : null
    })
    expect(new Set(names)).toEqual(new Set([hex.slice(hex.indexOf("s=") + 2)]))
  })

  it("may be signed with any of the secrets", () => {
    const header = signatureFor(BODY, { timestamp: String(SECONDS) })
    const secrets = ["other", "another", WEBHOOK_SECRET]
    for (const order of [secrets, [...secrets].reverse()]) {
      const options = { ...OPTIONS, secrets: order }
      expect(verify([header], { options }).verdict).toBe("genuine")
    }
    const options = { ...OPTIONS, secrets: ["other"] }
    expect(verify([header], { options })).toEqual({
      verdict: "refused",
      why: "signature",
    })
  })

  it.each([
    ["seconds", SECONDS],
    ["milliseconds", SECONDS * 1000],
    ["ISO 8601", "2026-11-25T12:00:00Z"],
    ["ISO 8601 with an offset", "2026-11-25T13:00:00.000+01:00"],
  ])("tells its time in %s", (_, timestamp) => {
    expect(at(timestamp)).toMatchObject({ verdict: "genuine", signed_at: NOW })
  })
})

describe("its age", () => {
  it.each([
    [-301, "future"],
    [-300, "fresh"],
    [0, "fresh"],
    [300, "fresh"],
    [301, "stale"],
    [86_400, "stale"],
    [86_401, "too_old"],
  ] as const)("%d s is %s", (age, expected) => {
    const verdict = at(SECONDS - age)
    if (expected === "fresh" || expected === "stale") {
      expect(verdict).toMatchObject({
        verdict: "genuine",
        is_stale: expected === "stale",
      })
    } else {
      expect(verdict).toEqual({ verdict: "refused", why: expected })
    }
  })

  it("is no excuse with stale: reject", () => {
    const options = { ...OPTIONS, stale: "reject" as const }
    expect(at(SECONDS - 300, options).verdict).toBe("genuine")
    expect(at(SECONDS - 301, options)).toMatchObject({ why: "too_old" })
    expect(at("yesterday", options)).toMatchObject({ why: "too_old" })
  })

  it("is old where it cannot be told", () => {
    for (const timestamp of [
      "yesterday",
      "2026-11-25",
      "12:00",
      "9".repeat(40),
    ]) {
      expect(instantOf(timestamp)).toBeNull()
      expect(at(timestamp)).toMatchObject({
        verdict: "genuine",
        is_stale: true,
      })
    }
    expect(at("9".repeat(15))).toMatchObject({ why: "future" })
  })

  it("is judged after the signature", () => {
    const header = signatureFor(BODY, { secret: "x", timestamp: "1" })
    expect(verify([header])).toMatchObject({ why: "signature" })
  })
})

describe("what is no signature", () => {
  const good = signatureFor(BODY, { timestamp: String(SECONDS) })

  it("none is refused, several are malformed, even equal ones", () => {
    expect(verify([])).toEqual({ verdict: "refused", why: "unsigned" })
    expect(verify([good, good])).toEqual({ verdict: "malformed" })
    expect(verify([`${good}, ${good}`])).toEqual({ verdict: "malformed" })
  })

  it.each([
    "",
    "t=1",
    `s=${"0".repeat(128)}`,
    `t=1,s=${"0".repeat(127)}`,
    `t=1,s=${"0".repeat(129)}`,
    `t=1,s=${"g".repeat(128)}`,
    `t=1,t=1,s=${"0".repeat(128)}`,
    `t=1,s=${"0".repeat(128)},s=${"0".repeat(128)}`,
    `t=1,s=${"0".repeat(128)},v=1`,
    `s=${"0".repeat(128)},t=1`,
    `t=${"1".repeat(41)},s=${"0".repeat(128)}`,
    `t=1|2,s=${"0".repeat(128)}`,
    `t=1,s=${"A".repeat(85)}`,
    `t=1,s=${"A".repeat(86)}===`,
  ])("%s", (header) => {
    expect(parseSignatureHeader(header)).toBeNull()
    expect(verify([header])).toEqual({ verdict: "malformed" })
  })

  it("another body, timestamp or MAC", () => {
    const other = Buffer.from('{"event_type":"load" }')
    expect(verify([good], { body: other })).toMatchObject({ why: "signature" })
    const later = good.replace(`t=${SECONDS}`, `t=${SECONDS + 1}`)
    expect(verify([later])).toMatchObject({ why: "signature" })
    const zero = `t=${SECONDS},s=${"0".repeat(128)}`
    expect(verify([zero])).toMatchObject({ why: "signature" })
  })

  it("a hundred thousand mutations: none is taken, none throws, none is slow", () => {
    const found = tryForgeries({ count: 100_000, seed: 1 })
    expect(found).toMatchObject({ accepted: 0, crashed: 0, slow: 0 })
    expect(found.tried).toBe(100_000)
  })
})
