import {
  type MasspayOptions,
  type MasspayPluginOptions,
  parseOptions,
} from "../../src/options"
import { settingsOf } from "../../src/settings"

const API_KEY = "canary-key-0123456789"
const WEBHOOK_SECRETS = ["canary-secret-new-01", "canary-secret-old-02"]
const ENCRYPTION_KEYS = ["c0".repeat(32), "ffab".repeat(16)]

/** A production shop that uses every option that holds a secret. */
function optionsOf(overrides: Partial<MasspayPluginOptions> = {}) {
  return parseOptions(
    {
      environment: "production",
      apiKey: API_KEY,
      webhooks: { secrets: WEBHOOK_SECRETS, stale: "reject" },
      encryptionKey: ENCRYPTION_KEYS,
      ...overrides,
    },
    { NODE_ENV: "production" }
  )
}

function settingAt(options: MasspayOptions, path: string) {
  return settingsOf(options).find((setting) => setting.path === path)
}

describe("settingsOf", () => {
  it("says no secret, whole or in part", () => {
    const text = JSON.stringify(settingsOf(optionsOf()))

    for (const value of [API_KEY, ...WEBHOOK_SECRETS, ...ENCRYPTION_KEYS]) {
      expect(text).not.toContain(value)
      // Four of its characters would already help whoever guesses the rest.
      expect(text).not.toContain(value.slice(-8))
      expect(text).not.toContain(value.slice(0, 8))
    }
  })

  it("says of each secret that it is set", () => {
    const secrets = settingsOf(optionsOf()).filter(({ is_secret }) => is_secret)

    expect(secrets.map(({ path, value }) => [path, value])).toEqual([
      ["apiKey", "set"],
      ["encryptionKey", "set"],
      ["webhooks.secrets", "set"],
    ])
  })

  it("says of a sandbox's built-in key that none is set", () => {
    const options = parseOptions({ environment: "sandbox" }, {})

    expect(settingAt(options, "apiKey")?.value).toBe("not_set")
    expect(settingAt(options, "webhooks")).toMatchObject({ value: false })
    expect(settingAt(options, "webhooks.secrets")).toBeUndefined()
  })

  it("shows nothing that is neither named nor free of secrets by contract", () => {
    const options = Object.assign(optionsOf(), {
      laterSecret: "canary-of-a-later-version",
    })

    expect(JSON.stringify(settingsOf(options))).not.toContain("canary")
  })

  it("shows what holds, and which of it is the default", () => {
    const options = optionsOf({
      payouts: { schedule: { weekly: "monday" }, minimum: { usd: "25" } },
      settlement: { commission: { vendors: { ven_1: { basisPoints: 500 } } } },
      notifications: { templates: { payout_paid: () => null as never } },
    })

    expect(settingAt(options, "payouts.schedule.weekly")).toMatchObject({
      value: "monday",
      is_default: false,
    })
    expect(settingAt(options, "payouts.minimum.USD")?.value).toBe("25.00")
    expect(settingAt(options, "payouts.hour")).toEqual({
      path: "payouts.hour",
      value: 0,
      is_secret: false,
      is_default: true,
    })
    expect(
      settingAt(options, "settlement.commission.vendors.ven_1.basisPoints")
        ?.value
    ).toBe(500)
    expect(
      settingAt(options, "notifications.templates.payout_paid")?.value
    ).toBe("set")
    expect(settingAt(options, "clawback.ladder")).toMatchObject({
      value: ["void", "cancel-scheduled", "carry"],
      is_default: true,
    })
    expect(settingAt(options, "webhooks.stale")).toMatchObject({
      value: "reject",
      is_default: false,
    })
    expect(settingAt(options, "webhooks.toleranceSeconds")).toMatchObject({
      value: 300,
      is_default: true,
    })
    expect(settingAt(options, "payouts.approval")?.value).toBe("none")
    expect(settingAt(options, "funding.sourceTokens")?.value ?? null).toBeNull()
  })

  it("names every option once", () => {
    const paths = settingsOf(optionsOf()).map(({ path }) => path)

    expect(new Set(paths).size).toBe(paths.length)
    expect(paths).toEqual(
      expect.arrayContaining([
        "environment",
        "baseUrl",
        "auth.header",
        "limits.deadlineMs",
        "jobs.intervals.dispatch",
        "retention.webhookDays",
      ])
    )
  })
})
