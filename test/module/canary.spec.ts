import { execFile } from "node:child_process"
import path from "node:path"

import { FAKE_TIN } from "../../sandbox"
import { kindsIn } from "../support/canary/kinds"
import { WEBHOOK_SECRET } from "../support/webhooks"

const ROOT = path.join(__dirname, "../..")

describe("the search of every suite for personal data and secrets", () => {
  it("fails a suite that leaks and names place and kind, never the value", async () => {
    const { code, output } = await runLeaks()

    expect(code).not.toBe(0)
    for (const place of [
      "e-mail in log payee.linked",
      "link in GET /vendor/masspay/payouts/:id",
      "API key in masspay_control.value",
    ]) {
      expect(output).toContain(`test/leaks/leaky.spec.ts leaks: ${place}`)
    }
    const told = output.split("\n").filter((line) => line.includes("leaks:"))
    expect(told.join("\n")).not.toMatch(/ada@|a1b2c3d4|sandbox-key/)
  })

  it.each([
    ["e-mail", "to=ada@example.com"],
    ["link", "see https://magic.veriff.me/v0123456789abcdef"],
    ["link", "http://127.0.0.1:40100/upload/0123456789abcdef0123456789abcdef"],
    ["API key", "Bearer masspay-sandbox-key"],
    ["webhook secret", WEBHOOK_SECRET],
    ["encryption key", "5a".repeat(32)],
    ["tax number", `{"TIN":"${FAKE_TIN}"}`],
    ["address", "1 Canary Street"],
    ["pickup code", "code pickup-canary-7781"],
    ["login token", "eyJhbGciOiJIUzI1NiJ9.eyJhY3RvciI6InUifQ.c2lnbmF0dXJl"],
  ])("recognises a canary of kind %s", (kind, text) => {
    expect(kindsIn(text)).toEqual([kind])
  })

  it("takes ids, hosts and amounts for none", () => {
    const text = `payout.sent payout_id=mspo_01M8J6PSN419WHRTQ51FFXBJYN host=l.maspay.io amount=12.34 https://shop.example/app`
    expect(kindsIn(text)).toEqual([])
  })
})

function runLeaks(): Promise<{ code: number; output: string }> {
  const jest = path.join(ROOT, "node_modules/.bin/jest")
  const env = { ...process.env, TEST_TYPE: "leaks", SPEC_BUNDLES: "" }
  return new Promise((resolve) => {
    execFile(jest, ["--forceExit"], { cwd: ROOT, env }, (error, out, err) => {
      const code = typeof error?.code === "number" ? error.code : 0
      resolve({ code: error ? code || 1 : 0, output: out + err })
    })
  })
}
