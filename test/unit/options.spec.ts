import { inspect } from "node:util"

import { DEFAULT_API_KEY } from "../../sandbox"
import {
  apiRoot,
  booksOptions,
  OptionsError,
  parseOptions,
  readOptions,
  SANDBOX_API_KEY,
  wireOptions,
} from "../../src/options"

const KEY = "canary-key-0123456789"
const SECRET = "canary-secret-0123456789"
const DEVELOPMENT = { NODE_ENV: "development" }

const LIVE = {
  environment: "production",
  apiKey: KEY,
  webhooks: { secrets: [SECRET] },
}

function problemsOf(raw: unknown, env = DEVELOPMENT): readonly string[] {
  try {
    parseOptions(raw, env)
  } catch (error) {
    if (!(error instanceof OptionsError)) throw error
    for (const text of [
      error.message,
      error.stack,
      inspect(error),
      JSON.stringify(error),
    ]) {
      expect(text).not.toContain("canary")
    }
    for (const problem of error.problems)
      expect(error.message).toContain(problem)
    return error.problems
  }
  throw new Error("Expected the options to be refused")
}

/** Options that are fine but for what stands at a path such as "settlement.holdDays". */
function withValueAt(path: string, value: unknown): unknown {
  const nested = path
    .split(".")
    .reduceRight<unknown>((inner, key) => ({ [key]: inner }), value)
  return { ...LIVE, ...(nested as object) }
}

describe("options that are refused", () => {
  it.each<[path: string, value: unknown, got: string, allowed: string]>([
    ["environment", "prod", 'got "prod"', '"production", "staging", "sandbox"'],
    ["environment", undefined, "missing", '"production", "staging", "sandbox"'],
    ["environment", null, "got null", '"production", "staging", "sandbox"'],
    ["apiKey", 7, "got a number (not shown)", "the key alone"],
    ["apiKey", "", "got a text (not shown)", "the key alone"],
    [
      "apiKey",
      "Bearer canary-key-0123",
      "got a text (not shown)",
      "without the word Bearer",
    ],
    [
      "apiKey",
      "canary-key\n0123456",
      "got a text (not shown)",
      "without spaces",
    ],
    ["apiKey", undefined, "missing", "process.env.MASSPAY_API_KEY"],
    ["baseUrl", 7, "got 7", "a URL"],
    [
      "baseUrl",
      "nonsense",
      'got "nonsense"',
      "https://api.masspay.io/v1.0.0 for production",
    ],
    [
      "baseUrl",
      "http://api.masspay.io/v1.0.0",
      'got "http://api.masspay.io/v1.0.0"',
      "https://api.masspay.io/v1.0.0",
    ],
    [
      "baseUrl",
      "https://staging-api.masspay.io/v1.0.0",
      'got "https://staging',
      "https://api.masspay.io/v1.0.0",
    ],
    [
      "baseUrl",
      "https://api.masspay.io.evil.example/v1.0.0",
      "got",
      "https://api.masspay.io/v1.0.0",
    ],
    [
      "baseUrl",
      "https://api.masspay.io:8443/v1.0.0",
      "got",
      "https://api.masspay.io/v1.0.0",
    ],
    [
      "baseUrl",
      "https://api.masspay.io/v2",
      "got",
      "https://api.masspay.io/v1.0.0",
    ],
    [
      "baseUrl",
      "https://canary:canary@api.masspay.io/v1.0.0",
      'got "https://…@api',
      "https://api.masspay.io/v1.0.0",
    ],
    [
      "baseUrl",
      "https://api.masspay.io/v1.0.0?key=canary",
      "got",
      "https://api.masspay.io/v1.0.0",
    ],
    [
      "baseUrl",
      "http://127.0.0.1:4010",
      "got",
      "https://api.masspay.io/v1.0.0",
    ],
    [
      "baseUrl",
      "https://169.254.169.254/v1.0.0",
      "got",
      "https://api.masspay.io/v1.0.0",
    ],
    [
      "auth",
      "Bearer canary",
      "got a text (not shown)",
      "an object with header, scheme",
    ],
    ["auth.header", "X Key", 'got "X Key"', "letters, digits and -"],
    [
      "auth.header",
      "Idempotency-Key",
      'got "Idempotency-Key"',
      "a header that carries only the key",
    ],
    ["auth.scheme", "Bearer canary", "got a text (not shown)", "one word"],
    ["webhooks", undefined, "missing", "or false to ask MassPay"],
    ["webhooks", true, "got true", "false, or an object with secrets"],
    [
      "webhooks",
      "canary",
      "got a text (not shown)",
      "false, or an object with secrets",
    ],
    [
      "webhooks.secrets",
      "canary",
      "got a text (not shown)",
      "a list of 1 to 10 secrets",
    ],
    ["webhooks.secrets", [], "got a list", "a list of 1 to 10 secrets"],
    ["webhooks.secrets", undefined, "missing", "a list of 1 to 10 secrets"],
    [
      "marketplace",
      "mercur",
      'got "mercur"',
      '"auto", "medusa-recipe", "mercur2", "product-vendor", "store", "metadata", { model, … }, or { resolve: "./path" }',
    ],
    ["marketplace", 7, "got 7", '"auto", "medusa-recipe"'],
    ["marketplace.model", "metadata", "", '"product-vendor", "store"'],
    ["marketplace.vendor", "my vendor", "", "the name of the vendor model"],
    ["marketplace.people", "", "", "the name of a field of the vendor"],
    ["marketplace.platform", "", "", "the id of a store or sales channel"],
    ["marketplace.resolve", 3, "got 3", "a path or package name"],
    ["settlement", 1, "got 1", "an object with since, releaseOn"],
    ["settlement.since", "31.01.2026", 'got "31.01.2026"', "ISO 8601"],
    ["settlement.since", "2026-02-30", 'got "2026-02-30"', "ISO 8601"],
    [
      "settlement.releaseOn",
      "paid",
      'got "paid"',
      '"captured", "fulfilled", "delivered", "completed"',
    ],
    ["settlement.holdDays", -1, "got -1", "a whole number from 0 to 365"],
    ["settlement.holdDays", 366, "got 366", "a whole number from 0 to 365"],
    ["settlement.holdDays", 1.5, "got 1.5", "a whole number from 0 to 365"],
    ["settlement.holdDays", "7", 'got "7"', "a whole number from 0 to 365"],
    ["settlement.holdDays", NaN, "got NaN", "a whole number from 0 to 365"],
    ["settlement.commission", 10, "got 10", "an object with basisPoints"],
    [
      "settlement.commission.basisPoints",
      10_001,
      "got 10001",
      "a whole number from 0 to 10000",
    ],
    [
      "settlement.commission.basisPoints",
      12.5,
      "got 12.5",
      "a whole number from 0 to 10000",
    ],
    [
      "settlement.shipping",
      "seller",
      'got "seller"',
      '"by_value", "vendor", "platform"',
    ],
    [
      "settlement.commission.fixed.USD",
      0.3,
      "got 0.3",
      'a text such as "25.00", not negative',
    ],
    [
      "settlement.commission.fixed.USD",
      "0.305",
      'got "0.305"',
      "at most 2 decimals for USD",
    ],
    [
      "settlement.commission.vendors",
      500,
      "got 500",
      'an object of rates by vendor id, for example { "vendor id": { basisPoints: 500 } }',
    ],
    [
      "settlement.commission.vendors.ven_1",
      500,
      "got 500",
      "an object with basisPoints, fixed",
    ],
    [
      "settlement.commission.products.prod_1.basisPoints",
      undefined,
      "missing",
      "a whole number from 0 to 10000",
    ],
    [
      "settlement.commission.categories.pcat_1.basisPoints",
      10_001,
      "got 10001",
      "a whole number from 0 to 10000",
    ],
    ["settlement.tax", "none", 'got "none"', '"vendor", "platform"'],
    [
      "payouts.minimum",
      "25",
      'got "25"',
      "an object with ISO 4217 currency codes as keys",
    ],
    ["payouts.minimum.USD", 25, "got 25", 'a text such as "25.00"'],
    [
      "payouts.minimum.USD",
      "25.001",
      'got "25.001"',
      "at most 2 decimals for USD",
    ],
    ["payouts.minimum.USD", "-1", 'got "-1"', "not negative"],
    ["payouts.minimum.USD", "1e2", 'got "1e2"', 'a text such as "25.00"'],
    ["payouts.minimum.JPY", "25.5", 'got "25.5"', "at most 0 decimals for JPY"],
    ["payouts.minimum.XYZ", "25", 'got "25"', "ISO 4217"],
    [
      "payouts.minimum",
      { USD: "1", usd: "2" },
      'got "2"',
      "each currency once",
    ],
    ["payouts.schedule", "weekly", 'got "weekly"', '{ weekly: "monday" }'],
    ["payouts.schedule", { weekly: "mon" }, "got", '{ weekly: "monday" }'],
    ["payouts.schedule", { monthly: 29 }, "got", "1 to 28"],
    ["payouts.schedule", { daily: true }, "got", '"immediate", "daily"'],
    ["payouts.timezone", "Mars/Olympus", 'got "Mars/Olympus"', "IANA"],
    ["payouts.hour", 24, "got 24", "a whole number from 0 to 23"],
    ["payouts.approval", "some", 'got "some"', '"none", "all", or { above'],
    ["payouts.approval", true, "got true", '"none", "all", or { above'],
    ["payouts.approval.above.USD", 1000, "got 1000", 'a text such as "25.00"'],
    ["payouts.approval.above.XYZ", "1", 'got "1"', "ISO 4217"],
    ["payouts.allowReversal", "yes", 'got "yes"', "true or false"],
    ["payouts.notifyPayee", "yes", 'got "yes"', "true or false"],
    [
      "payouts.settleWindowMinutes",
      0,
      "got 0",
      "a whole number from 1 to 10080",
    ],
    [
      "clawback.ladder",
      "void",
      'got "void"',
      'a list of "void", "cancel-scheduled", "reverse", "spendback", "carry"',
    ],
    ["direct.allowReversal", "yes", 'got "yes"', "true or false"],
    ["clawback.ladder", [], "got a list", "a list of"],
    ["clawback.alertAfterDays", 0, "got 0", "a whole number from 1 to 3650"],
    ["notifications.remindAfterHours", 0, "got 0", "a whole number from 1 to"],
    ["funding.lowBalance.USD", 500, "got 500", 'a text such as "25.00"'],
    ["vendors.actorTypes", [], "got a list", "a list of 1 to 10 actor types"],
    ["vendors.actorTypes", "vendor", 'got "vendor"', "a list of 1 to 10"],
    ["clawback.ladder", ["void", "void"], "got a list", "each at most once"],
    ["clawback.ladder", ["carry", "void"], "got a list", '"carry" last'],
    [
      "funding.sourceTokens.USD",
      "a b",
      'got "a b"',
      "the token of a funding wallet",
    ],
    ["funding.sourceTokens.XXXX", "clnt_wlt_1", 'got "clnt_wlt_1"', "ISO 4217"],
    ["limits.inFlight", 0, "got 0", "a whole number from 1 to 64"],
    ["limits.inFlight", 65, "got 65", "a whole number from 1 to 64"],
    ["limits.requestsPerSecond", 0, "got 0", "a whole number from 1 to 10000"],
    [
      "limits.requestsPerSecond",
      10_001,
      "got 10001",
      "a whole number from 1 to 10000",
    ],
    [
      "limits.requestsPerSecond",
      2.5,
      "got 2.5",
      "a whole number from 1 to 10000",
    ],
    ["limits.deadlineMs", 999, "got 999", "a whole number from 1000 to 60000"],
    [
      "limits.deadlineMs",
      60_001,
      "got 60001",
      "a whole number from 1000 to 60000",
    ],
    ["jobs.enabled", 1, "got 1", "true or false"],
    ["jobs.intervals.dispatch", 0, "got 0", "a whole number from 1 to 3600"],
    [
      "jobs.intervals.resolve",
      3601,
      "got 3601",
      "a whole number from 1 to 3600",
    ],
    ["jobs.intervals.sweep", 9, "got 9", "a whole number from 10 to 86400"],
    [
      "jobs.intervals.collect",
      90_000,
      "got 90000",
      "a whole number from 1 to 86400",
    ],
  ])("%s cannot be %p", (path, value, got, allowed) => {
    const problems = problemsOf(withValueAt(path, value))

    expect(problems).toHaveLength(1)
    const key = Object.keys(value ?? {}).includes("usd") ? `${path}.usd` : path
    expect(problems[0]).toMatch(new RegExp(`^${key.replaceAll(".", "\\.")}: `))
    expect(problems[0]).toContain(got)
    expect(problems[0]).toContain(`allowed: `)
    expect(problems[0]).toContain(allowed)
  })

  it.each([
    ["settlement.holdDay", "holdDays"],
    ["settlement.hold_days", "holdDays"],
    ["settlement.realeaseOn", "releaseOn"],
    ["settlement.commission.basispoint", "basisPoints"],
    ["settlement.commission.vendor", "vendors"],
    ["payouts.minimums", "minimum"],
    ["payouts.notifyPayees", "notifyPayee"],
    ["funding.sourceToken", "sourceTokens"],
    ["limits.inflight", "inFlight"],
    ["limits.deadline", "deadlineMs"],
    ["jobs.enable", "enabled"],
    ["jobs.intervals.dipsatch", "dispatch"],
    ["auth.heder", "header"],
    ["settlment", "settlement"],
    ["api_key", "apiKey"],
    ["baseURL", "baseUrl"],
    ["direct.allowReversals", "allowReversal"],
  ])("%s is misspelt: did you mean %s?", (path, meant) => {
    expect(problemsOf(withValueAt(path, KEY))).toEqual([
      expect.stringMatching(
        new RegExp(
          `^${path.replaceAll(".", "\\.")}: is not an option\\. Did you mean "${meant}"\\? Allowed here: `
        )
      ),
    ])
  })

  it("an unknown key that resembles none gets no guess, and its value is not shown", () => {
    expect(problemsOf({ ...LIVE, encryptionThing: SECRET })).toEqual([
      "encryptionThing: is not an option. Allowed here: environment, apiKey, baseUrl, auth, encryptionKey, webhooks, marketplace, settlement, payouts, direct, clawback, funding, vendors, notifications, limits, jobs, retention, logs",
    ])
    expect(
      problemsOf({ ...LIVE, marketplace: { resolve: "./x", options: 1 } })
    ).toEqual([
      "marketplace.options: is not an option. Allowed here: resolve, model, vendor, people, platform",
    ])
    expect(
      problemsOf({ ...LIVE, webhooks: { secrets: [SECRET], secret: SECRET } })
    ).toEqual([
      'webhooks.secret: is not an option. Did you mean "secrets"? Allowed here: secrets, stale, toleranceSeconds, publicUrl',
    ])
  })

  it.each([
    [{}, "model", "missing", '"product-vendor", "store"; or give resolve'],
    [{ vendor: "brand" }, "model", "missing", "or give resolve"],
    [
      { resolve: "./x", model: "store" },
      "model",
      'got "store"',
      "nothing beside resolve",
    ],
    [
      { model: "product-vendor", platform: "store_1" },
      "platform",
      'got "store_1"',
      'only with model: "store"',
    ],
    [
      { model: "store", people: "owners" },
      "people",
      'got "owners"',
      'only with model: "product-vendor"',
    ],
    [
      { model: "store", vendor: "brand" },
      "vendor",
      'got "brand"',
      '"store" or "sales_channel"',
    ],
  ])(
    "the marketplace %p does not go together",
    (marketplace, key, got, allowed) => {
      const problems = problemsOf({ ...LIVE, marketplace })

      expect(problems).toHaveLength(1)
      expect(problems[0]).toMatch(new RegExp(`^marketplace\\.${key}: `))
      expect(problems[0]).toContain(got)
      expect(problems[0]).toContain(allowed)
    }
  )

  it.each([
    "mercur2",
    "product-vendor",
    "store",
    { resolve: "./own-adapter" },
    { model: "product-vendor", vendor: "maker", people: "owners" },
    { model: "store", vendor: "sales_channel", platform: "sc_1" },
  ])("the marketplace %p is taken as it is given", (marketplace) => {
    expect(parseOptions({ ...LIVE, marketplace }, {}).marketplace).toEqual(
      marketplace
    )
  })

  it("are all named at once", () => {
    const problems = problemsOf({
      environment: "staging",
      baseUrl: "https://example.com",
      marketplace: "mercur",
      settlement: {
        holdDay: 1,
        holdDays: -1,
        commission: { basisPoints: 1.5 },
      },
      payouts: {
        minimum: { USD: 1, EUR: "0.001", XXXX: "1" },
      },
      webhooks: { secrets: [SECRET, `${SECRET} `], stale: "maybe" },
    })

    expect(problems.map((problem) => problem.split(":")[0]).sort()).toEqual([
      "apiKey",
      "baseUrl",
      "marketplace",
      "payouts.minimum.EUR",
      "payouts.minimum.USD",
      "payouts.minimum.XXXX",
      "settlement.commission.basisPoints",
      "settlement.holdDay",
      "settlement.holdDays",
      "webhooks.secrets.1",
      "webhooks.stale",
    ])
  })

  it("show no secret, even one that was put in the wrong place", () => {
    const problems = problemsOf({
      ...LIVE,
      marketplace: KEY,
      settlement: { releaseOn: SECRET },
      baseUrl: `https://api.masspay.io/${KEY}`,
    })

    expect(problems).toHaveLength(3)
    expect(problems.join()).toContain("(not shown)")
  })

  it.each([null, undefined, {}])(
    "without any, name what is missing (%p)",
    (raw) => {
      expect(problemsOf(raw)).toEqual([
        'environment: missing; allowed: "production", "staging", "sandbox"',
      ])
    }
  )

  it.each([["a text"], [7], [[]], [true]])(
    "that are no object are refused (%p)",
    (raw) => {
      expect(problemsOf(raw)[0]).toMatch(
        /^options: got .*allowed: an object with environment, /
      )
    }
  )
})

describe("the environment", () => {
  it("sandbox refuses to start in production, and says how to do it right", () => {
    const problems = problemsOf(
      { environment: "sandbox" },
      { NODE_ENV: "production" }
    )

    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(
      /^environment: got "sandbox"; allowed: .*NODE_ENV=production.*set environment: "production" and the apiKey.*NODE_ENV=development/
    )
  })

  it.each(["development", "test", undefined])(
    "sandbox needs nothing else with NODE_ENV=%s",
    (NODE_ENV) => {
      expect(
        parseOptions({ environment: "sandbox" }, { NODE_ENV })
      ).toMatchObject({
        apiKey: SANDBOX_API_KEY,
        baseUrl: "http://127.0.0.1:4010/v1.0.0",
        webhooks: false,
      })
    }
  )

  it("sandbox uses the key that the sandbox was made with", () => {
    expect(SANDBOX_API_KEY).toBe(DEFAULT_API_KEY)
  })

  it.each([
    "http://127.0.0.1:5000",
    "http://localhost:5000/v1.0.0/payout/",
    "https://[::1]:5000",
  ])("sandbox may be at %s", (baseUrl) => {
    expect(
      parseOptions({ environment: "sandbox", baseUrl }, DEVELOPMENT).baseUrl
    ).toBe(`${new URL(baseUrl).origin}/v1.0.0`)
  })

  it.each([
    "http://192.168.0.2:4010",
    "http://127.0.0.1.example.com",
    "http://example.com",
    "https://api.masspay.io/v1.0.0",
    "ftp://127.0.0.1",
    "http://127.0.0.1:4010/?x=1",
    "http://127.0.0.1:4010 ",
  ])("sandbox may not be at %s", (baseUrl) => {
    expect(problemsOf({ environment: "sandbox", baseUrl })).toEqual([
      expect.stringMatching(
        /^baseUrl: got .*; allowed: an address of this machine/
      ),
    ])
  })

  it.each([
    ["production", "https://api.masspay.io/v1.0.0"],
    ["staging", "https://staging-api.masspay.io/v1.0.0"],
  ])(
    "%s has its own address, with or without what guides append",
    (environment, root) => {
      const given = { ...LIVE, environment }

      expect(parseOptions(given, DEVELOPMENT).baseUrl).toBe(root)
      for (const baseUrl of [
        root,
        `${root}/`,
        `${root}/payout`,
        `${root}/payout/`,
        new URL(root).origin,
      ]) {
        expect(parseOptions({ ...given, baseUrl }, DEVELOPMENT).baseUrl).toBe(
          root
        )
      }
    }
  )

  it("production works without webhooks when told so in so many words", () => {
    expect(
      parseOptions({ ...LIVE, webhooks: false }, { NODE_ENV: "production" })
        .webhooks
    ).toBe(false)
  })

  it("production takes a key of any length", () => {
    const apiKey = "canary.".repeat(1_000)

    expect(parseOptions({ ...LIVE, apiKey }, DEVELOPMENT).apiKey).toBe(apiKey)
  })
})

describe("notifications", () => {
  it.each([
    [{ channel: true }, "notifications.channel", '"email", or false'],
    [{ operators: "ops@example.com" }, "notifications.operators", "a list"],
    [{ operators: ["ops"] }, "notifications.operators.0", "an e-mail address"],
    [{ from: "Shop <a@b>" }, "notifications.from", "an e-mail address"],
    [
      { templates: { papers_needed: "hello" } },
      "notifications.templates.papers_needed",
      "a function that returns { subject, text }",
    ],
    [
      { templates: { paper_needed: () => ({}) } },
      "notifications.templates.paper_needed",
      "papers_needed",
    ],
  ])("%j is refused with what is allowed", (notifications, key, allowed) => {
    const [problem] = problemsOf({ ...LIVE, notifications })
    expect(problem).toContain(`${key}: `)
    expect(problem).toContain(allowed)
  })

  it("a shop's own words, and no mails at all, are accepted", () => {
    const papers_needed = () => ({ subject: "Hallo", text: "Bitte" })
    const { notifications } = parseOptions(
      {
        ...LIVE,
        notifications: {
          channel: false,
          from: "shop@example.com",
          operators: ["ops@example.com"],
          templates: { papers_needed },
        },
      },
      DEVELOPMENT
    )
    expect(notifications.channel).toBe(false)
    expect(notifications.templates.papers_needed).toBe(papers_needed)
  })
})

describe("options that are accepted", () => {
  it("have every default filled in", () => {
    expect(parseOptions(LIVE, DEVELOPMENT)).toEqual({
      environment: "production",
      apiKey: KEY,
      baseUrl: "https://api.masspay.io/v1.0.0",
      encryptionKeys: [],
      auth: { header: "Authorization", scheme: "Bearer" },
      webhooks: { secrets: [SECRET], stale: "hint", toleranceSeconds: 300 },
      marketplace: "auto",
      settlement: {
        releaseOn: "completed",
        holdDays: 0,
        commission: {
          basisPoints: 0,
          fixed: {},
          vendors: {},
          categories: {},
          products: {},
        },
        shipping: "by_value",
        tax: "vendor",
      },
      notifications: {
        channel: "email",
        operators: [],
        remindAfterHours: 24,
        templates: {},
      },
      payouts: {
        method: "wallet",
        approval: "none",
        allowReversal: false,
        schedule: "immediate",
        timezone: "UTC",
        hour: 0,
        minimum: {},
        notifyPayee: false,
        settleWindowMinutes: 60,
      },
      direct: {
        feesBorneBy: "platform",
        bounds: { feeShare: 0.1, rateDrift: 0.05 },
        allowReversal: false,
      },
      clawback: {
        ladder: ["void", "cancel-scheduled", "carry"],
        alertAfterDays: 30,
      },
      vendors: { actorTypes: ["vendor", "seller"] },
      funding: { lowBalance: {} },
      limits: { inFlight: 8, requestsPerSecond: 10, deadlineMs: 15_000 },
      jobs: {
        enabled: true,
        intervals: {
          dispatch: 10,
          resolve: 60,
          sweep: 300,
          collect: 60,
          webhooks: 5,
          reconcile: 1800,
          reconcileLong: 86_400,
          reconcileDeep: 86_400,
        },
      },
      retention: { webhookDays: 90, incidentDays: 365 },
      logs: { format: "text" },
    })
  })

  it.each(["daily", { weekly: "sunday" }, { monthly: 28 }] as const)(
    "pay vendors %j",
    (schedule) => {
      const { payouts } = parseOptions(
        { ...LIVE, payouts: { schedule, timezone: "Europe/Berlin", hour: 6 } },
        DEVELOPMENT
      )
      expect(payouts).toMatchObject({
        schedule,
        timezone: "Europe/Berlin",
        hour: 6,
      })
    }
  )

  it.each(["none", "all", { above: { USD: "1000.00" } }] as const)(
    "let %j wait for an approval",
    (approval) => {
      const { payouts } = parseOptions(
        { ...LIVE, payouts: { approval } },
        DEVELOPMENT
      )
      expect(payouts.approval).toEqual(approval)
    }
  )

  it("write amounts and currencies in one way", () => {
    const { payouts, funding } = parseOptions(
      {
        ...LIVE,
        payouts: { minimum: { usd: "25", JPY: "2500", Kwd: "1.5", EUR: "0" } },
        funding: { sourceTokens: { eur: "clnt_wlt_1" } },
      },
      DEVELOPMENT
    )

    expect(payouts.minimum).toEqual({
      USD: "25.00",
      JPY: "2500",
      KWD: "1.500",
      EUR: "0.00",
    })
    expect(funding.sourceTokens).toEqual({ EUR: "clnt_wlt_1" })
  })

  it("name commissions by vendor, category and product", () => {
    const { settlement } = parseOptions(
      {
        ...LIVE,
        settlement: {
          shipping: "vendor",
          commission: {
            basisPoints: 1000,
            fixed: { usd: "0.3" },
            vendors: { ven_1: { basisPoints: 500 } },
            products: { prod_1: { basisPoints: 0, fixed: { JPY: "25" } } },
          },
        },
      },
      DEVELOPMENT
    )

    expect(settlement.shipping).toBe("vendor")
    expect(settlement.commission).toEqual({
      basisPoints: 1000,
      fixed: { USD: "0.30" },
      vendors: { ven_1: { basisPoints: 500, fixed: {} } },
      categories: {},
      products: { prod_1: { basisPoints: 0, fixed: { JPY: "25" } } },
    })
    const unknown = {
      ...LIVE,
      settlement: {
        commission: { vendors: { ven_1: { basisPoints: 1, fixd: {} } } },
      },
    }
    expect(problemsOf(unknown)).toEqual([
      'settlement.commission.vendors.ven_1.fixd: is not an option. Did you mean "fixed"? Allowed here: basisPoints, fixed',
    ])
  })

  it("are taken with what Medusa adds for its own use, which is left out", () => {
    const options = parseOptions(
      { ...LIVE, database: { clientUrl: "postgres://canary" } },
      DEVELOPMENT
    )

    expect(options).not.toHaveProperty("database")
  })

  it("are cut so that the books see no secret and the wire sees no rules", () => {
    const options = parseOptions(LIVE, DEVELOPMENT)

    expect(JSON.stringify(booksOptions(options))).not.toContain("canary")
    expect(Object.keys(booksOptions(options)).sort()).toEqual([
      "clawback",
      "direct",
      "environment",
      "funding",
      "jobs",
      "limits",
      "logs",
      "marketplace",
      "notifications",
      "payouts",
      "retention",
      "settlement",
      "vendors",
    ])
    expect(wireOptions(options)).toEqual({
      environment: "production",
      baseUrl: "https://api.masspay.io/v1.0.0",
      apiKey: KEY,
      auth: { header: "Authorization", scheme: "Bearer" },
      inFlight: 8,
      deadlineMs: 15_000,
    })
  })

  it("read NODE_ENV from the process", () => {
    const before = process.env.NODE_ENV
    process.env.NODE_ENV = "production"
    try {
      expect(() => readOptions({ environment: "sandbox" })).toThrow(
        OptionsError
      )
    } finally {
      process.env.NODE_ENV = before
    }
    expect(readOptions({ environment: "sandbox" }).environment).toBe("sandbox")
  })
})

describe("apiRoot", () => {
  it("never yields an address that would double the path", () => {
    for (const path of [
      "/v1.0.0/payout",
      "/v1.0.0/payout/",
      "/v1.0.0//",
      "/",
      "",
    ]) {
      expect(apiRoot(`http://127.0.0.1:4010${path}`)).toBe(
        "http://127.0.0.1:4010/v1.0.0"
      )
    }
  })
})

describe("encryptionKey", () => {
  const HEX = "0123456789abcdef".repeat(4)
  const BASE64 = Buffer.from(HEX, "hex").toString("base64")
  const OTHER = "fedcba9876543210".repeat(4)
  const keysOf = (encryptionKey?: unknown, environment = "production") =>
    parseOptions(
      {
        ...LIVE,
        environment,
        ...(encryptionKey !== undefined && { encryptionKey }),
      },
      DEVELOPMENT
    ).encryptionKeys

  it.each([
    ["hex", HEX],
    ["upper-case hex", HEX.toUpperCase()],
    ["base64", BASE64],
    ["base64 without its padding", BASE64.replace("=", "")],
  ])("is taken as %s", (_, text) => {
    expect(keysOf(text)).toEqual([HEX])
  })

  it("is a list while it is replaced, the newest first", () => {
    expect(keysOf([OTHER, BASE64])).toEqual([OTHER, HEX])
  })

  it("is none where none is given, and fixed for a sandbox", () => {
    expect(keysOf()).toEqual([])
    expect(keysOf(undefined, "sandbox")).toHaveLength(1)
    expect(keysOf(HEX, "sandbox")).toEqual([HEX])
  })

  it.each([
    ["a password", "correct horse battery staple"],
    ["too short", HEX.slice(2)],
    ["too long", `${HEX}00`],
    ["16 bytes", Buffer.alloc(16, 7).toString("base64")],
    ["nothing", ""],
    ["an empty list", []],
    ["six keys", Array.from({ length: 6 }, () => HEX)],
    ["a number", 7],
    ["a list with a wrong one", [HEX, "canary-secret-key"]],
  ])("is refused as %s, and not shown", (_, encryptionKey) => {
    const [problem, ...others] = problemsOf({ ...LIVE, encryptionKey })

    expect(others).toEqual([])
    expect(problem).toMatch(/^encryptionKey.*32 random bytes in base64 or hex/)
    for (const secret of [HEX.slice(0, 20), "battery", "canary"]) {
      expect(problem).not.toContain(secret)
    }
  })
})

describe("the public address of the webhook route", () => {
  const given =
    (publicUrl: string, environment: string = "production") =>
    () =>
      parseOptions(
        {
          environment,
          apiKey: "masspay-key-1",
          webhooks: { secrets: ["whsec-1"], publicUrl },
        },
        { NODE_ENV: "test" }
      )

  it.each([
    ["https://shop.example/hooks/masspay", "production"],
    ["https://api.shop.example:8443/shop/hooks/masspay", "staging"],
    ["http://127.0.0.1:9000/hooks/masspay", "sandbox"],
    ["https://shop.example/hooks/masspay", "sandbox"],
  ])("%s is taken in %s", (publicUrl, environment) => {
    expect(given(publicUrl, environment)().webhooks).toMatchObject({
      publicUrl,
    })
  })

  it.each([
    "http://shop.example/hooks/masspay",
    "https://shop.example/",
    "https://shop.example/hooks/masspay?to=x",
    "https://shop.example/hooks/masspay#x",
    "https://me:secret@shop.example/hooks/masspay",
    "https://127.0.0.1/hooks/masspay",
    "https://10.0.0.7/hooks/masspay",
    "https://169.254.169.254/hooks/masspay",
    "https://[::1]/hooks/masspay",
    "https://2130706433/hooks/masspay",
    "https://localhost/hooks/masspay",
    "https://shop/hooks/masspay",
    "https://shop.internal/hooks/masspay",
    "https://api.masspay.io/hooks/masspay",
    "ftp://shop.example/hooks/masspay",
    "shop.example/hooks/masspay",
  ])("%s is refused", (publicUrl) => {
    expect(given(publicUrl)).toThrow("webhooks.publicUrl: ")
  })

  it("plain http is for this machine alone, also in the sandbox", () => {
    expect(given("http://shop.example/hooks/masspay", "sandbox")).toThrow(
      "webhooks.publicUrl: "
    )
  })
})
