import type { GoLiveFinding } from "../../../src/domain/go-live"
import {
  type AccountFacts,
  type DirectFacts,
  judgeAddress,
  judgeApiKey,
  judgeClock,
  judgeDirectMinimums,
  judgeEnvironment,
  judgeFunding,
  judgeWalletMinimums,
} from "../../../src/domain/go-live-account"
import {
  judgeDispatch,
  judgeEncryptionKey,
  judgeInvariants,
  judgeJobs,
  judgeNotifications,
  judgePayees,
  judgeSharedModules,
  judgeWebhookDelivery,
  judgeWebhookSecret,
} from "../../../src/domain/go-live-shop"

const verdict = ({ state, code }: GoLiveFinding) => `${state} ${code}`
const TARGET = { environment: "production", host: "api.masspay.io" } as const
const HOUR_MS = 3_600_000

/** Whatever is not passed says how to make it right, but where nothing is to be done. */
function noted(finding: GoLiveFinding): GoLiveFinding {
  const { state, fix, seen } = finding
  expect(seen).toMatch(/\.$/)
  expect(fix === null).toBe(state === "passed" || state === "not_applicable")
  return finding
}

describe("environment", () => {
  it.each([
    ["production", "passed production"],
    ["staging", "warning staging"],
    ["sandbox", "failed sandbox"],
  ] as const)("%s is %s", (environment, expected) => {
    const finding = noted(judgeEnvironment({ environment, host: "h" }))
    expect(verdict(finding)).toBe(expected)
  })
})

describe("a wrong key and a refused address", () => {
  const cases: [string, AccountFacts, string, string][] = [
    ["answered", { did: "answered" }, "passed accepted", "passed accepted"],
    [
      "401",
      { did: "refused", http_status: 401 },
      "failed refused",
      // Reached, but an allow-list may be asked after the key.
      "warning key_refused",
    ],
    [
      "403",
      { did: "refused", http_status: 403 },
      // Never called wrong for what may be the address.
      "warning forbidden",
      "failed forbidden",
    ],
    [
      "no connection",
      { did: "unanswered", code: "masspay.unreachable", http_status: null },
      "failed no_answer",
      "warning no_answer",
    ],
    [
      "503",
      { did: "unanswered", code: "masspay.unavailable", http_status: 503 },
      "failed no_answer",
      "warning no_answer",
    ],
  ]
  it.each(cases)("%s", (_, account, key, address) => {
    expect(verdict(noted(judgeApiKey(account, TARGET)))).toBe(key)
    expect(verdict(noted(judgeAddress(account)))).toBe(address)
  })
})

describe("clocks", () => {
  const sure = (ahead_ms: number) => ({ ahead_ms, give_or_take_ms: 0 })
  it.each([
    ["together", sure(0), sure(400), "passed together"],
    ["database behind", sure(-6_000), sure(0), "warning apart"],
    ["MassPay ahead", sure(0), sure(31_000), "failed far_apart"],
    ["MassPay silent", sure(0), null, "warning masspay_unknown"],
    ["far, and MassPay silent", sure(40_000), null, "failed far_apart"],
    // A slow answer is no wrong clock.
    [
      "slow",
      { ahead_ms: 6_000, give_or_take_ms: 4_000 },
      sure(0),
      "passed together",
    ],
  ])("%s", (_, database, masspay, expected) => {
    expect(verdict(noted(judgeClock({ database, masspay })))).toBe(expected)
  })
})

describe("funding", () => {
  const usd = (
    balance: bigint | null,
    { wanted = 0n, wallets = balance === null ? 0 : 1 } = {}
  ) => ({
    currency_code: "USD",
    wallets,
    wallet: balance === null ? null : { token: "wlt_1", balance },
    wanted,
  })
  it.each([
    ["not read", null, "failed not_read"],
    ["no currency", [], "warning no_currency"],
    ["no wallet", [usd(null)], "failed no_wallet"],
    [
      "two wallets, none named",
      [usd(null, { wallets: 2 })],
      "failed no_wallet",
    ],
    ["empty", [usd(0n)], "failed empty"],
    ["a cent short", [usd(99n, { wanted: 100n })], "warning short"],
    ["just enough", [usd(100n, { wanted: 100n })], "passed funded"],
    [
      "more than a double holds",
      [usd(9007199254740993n, { wanted: 9007199254740993n })],
      "passed funded",
    ],
    [
      "one of two without a wallet",
      [{ ...usd(null), currency_code: "EUR" }, usd(100n)],
      "failed no_wallet",
    ],
  ])("%s", (_, currencies, expected) => {
    expect(verdict(noted(judgeFunding(currencies)))).toBe(expected)
  })

  it("names the wallet, what it holds and what is due, by currency", () => {
    expect(
      judgeFunding([usd(9007199254740993n, { wanted: 5n })]).details
    ).toEqual(["USD: 90071992547409.93 in wlt_1, 0.05 due now"])
  })
})

it.each([
  [[], {}, "warning no_currency"],
  [["USD"], {}, "warning without_minimum"],
  [["USD"], { USD: 0n }, "warning without_minimum"],
  [["EUR", "USD"], { USD: 500n }, "warning without_minimum"],
  [["JPY", "USD"], { USD: 500n, JPY: 100n }, "passed set"],
] as const)("minimums of %j with %o", (currencies, minimum, expected) => {
  const finding = noted(judgeWalletMinimums({ currencies, minimum }))
  expect(verdict(finding)).toBe(expected)
})

it.each<[string, DirectFacts, Record<string, bigint>, string]>([
  [
    "nobody is paid so",
    { method: "wallet", vendors: 0, destinations: [] },
    {},
    "not_applicable no_direct_payouts",
  ],
  [
    "there is no vendor yet",
    { method: "direct", vendors: 0, destinations: [] },
    {},
    "warning no_destination",
  ],
  [
    "nobody chose where to",
    { method: "wallet", vendors: 2, destinations: [] },
    { USD: 500n },
    "warning no_destination",
  ],
  ["MassPay bounds all", paidIn("USD", 0), {}, "passed bounded"],
  ["nobody bounds one", paidIn("USD", 1), {}, "warning without_minimum"],
  [
    "the shop bounds what MassPay does not",
    paidIn("USD", 1),
    { USD: 1n },
    "passed bounded",
  ],
  [
    "the shop's bound is none",
    paidIn("USD", 1),
    { USD: 0n },
    "warning without_minimum",
  ],
  [
    "the shop bounds another currency",
    paidIn("USD", 1),
    { EUR: 500n },
    "warning without_minimum",
  ],
])("direct payouts where %s", (_what, facts, minimum, expected) => {
  const finding = noted(judgeDirectMinimums({ facts, minimum }))
  expect(verdict(finding)).toBe(expected)
})

/** Three vendors, and so many of their destinations without a smallest payout. */
function paidIn(currency_code: string, unbounded: number): DirectFacts {
  return {
    method: "wallet",
    vendors: 3,
    destinations: [{ currency_code, count: 3, unbounded }],
  }
}

it.each([
  [null, "warning no_webhooks"],
  [{ status: 200, failed: [] }, "passed set"],
  [{ status: 401, failed: ["time: in the future"] }, "failed sample_refused"],
])("a webhook sample %j", (sample, expected) => {
  expect(verdict(noted(judgeWebhookSecret(sample)))).toBe(expected)
})

describe("a webhook through the public address", () => {
  const facts = {
    has_webhooks: true,
    host: "shop.example",
    self_test: { got: "proof" },
    last_received_at: null,
  } as const
  it.each([
    ["webhooks off", { has_webhooks: false }, "not_applicable no_webhooks"],
    ["no address", { host: null, self_test: null }, "warning no_public_url"],
    ["arrived", {}, "passed arrived"],
    [
      "answered by something else",
      { self_test: { got: "no_proof", http_status: 200 } },
      "failed not_this_shop",
    ],
    [
      "refused",
      { self_test: { got: "refused", http_status: 401 } },
      "failed refused",
    ],
    [
      "behind a login",
      { self_test: { got: "refused", http_status: 403 } },
      "failed refused",
    ],
    [
      "redirected",
      { self_test: { got: "redirect", http_status: 301 } },
      "failed redirect",
    ],
    [
      "no answer",
      { self_test: { got: "no_answer", failure: "ENOTFOUND" } },
      "failed no_answer",
    ],
  ] as const)("%s", (_, odd, expected) => {
    expect(verdict(noted(judgeWebhookDelivery({ ...facts, ...odd })))).toBe(
      expected
    )
  })
})

describe("jobs", () => {
  const job = (ago_ms: number | null, interval_s = 60) => ({
    name: "watch",
    interval_s,
    ago_ms,
  })
  it.each([
    ["in time", [job(59_000)], "passed running"],
    ["a run missed", [job(200_000)], "passed running"],
    ["three runs missed", [job(241_000)], "failed overdue"],
    ["never", [job(null)], "failed overdue"],
    ["one of two", [job(0), job(HOUR_MS)], "failed overdue"],
    ["seldom by option", [job(HOUR_MS, 86_400)], "passed running"],
  ])("%s", (_, jobs, expected) => {
    expect(verdict(noted(judgeJobs({ enabled_here: true, jobs })))).toBe(
      expected
    )
  })
})

it("a stop is a failure that names its reason", () => {
  const stop = { reason: "Invariant I1 does not hold", at: "2026-11-28" }
  expect(verdict(noted(judgeDispatch(null)))).toBe("passed going")
  const finding = noted(judgeDispatch(stop))
  expect(verdict(finding)).toBe("failed stopped")
  expect(finding.seen).toContain(stop.reason)
})

it.each([
  [false, false, 0, "warning switched_off"],
  ["email", false, 1, "failed no_provider"],
  ["email", null, 1, "warning not_known"],
  ["email", true, 0, "warning no_operators"],
  ["email", true, 2, "passed served"],
] as const)(
  "notifications %j %j %j",
  (channel, serves, operators, expected) => {
    const finding = noted(judgeNotifications({ channel, serves, operators }))
    expect(verdict(finding)).toBe(expected)
  }
)

it.each([
  [true, true, "passed sandbox_key"],
  [true, false, "passed set"],
  [false, false, "failed missing"],
])("encryption key %j, sandbox %j", (has_key, is_sandbox, expected) => {
  expect(verdict(noted(judgeEncryptionKey({ has_key, is_sandbox })))).toBe(
    expected
  )
})

describe("vendors", () => {
  const all = {
    total: 3,
    active: 3,
    others: {},
    waiting: 0,
    missing: {},
    incomplete: 0,
    unread: 0,
  }
  it.each([
    ["none", { total: 0, active: 0 }, "warning none"],
    [
      "none active",
      { active: 0, others: { unlinked: 3 } },
      "failed none_active",
    ],
    [
      "some not active",
      { active: 2, others: { locked: 1 } },
      "warning some_incomplete",
    ],
    [
      "incomplete",
      { incomplete: 1, missing: { city: 1 } },
      "warning some_incomplete",
    ],
    ["unread", { unread: 1 }, "warning some_incomplete"],
    ["complete", {}, "passed complete"],
  ])("%s", (_, odd, expected) => {
    expect(verdict(noted(judgePayees({ ...all, ...odd })))).toBe(expected)
  })

  it("are counted, with the names of what they lack", () => {
    const { details } = judgePayees({
      ...all,
      active: 2,
      others: { locked: 1 },
      waiting: 1,
      missing: { date_of_birth: 1, city: 2 },
      incomplete: 2,
    })
    expect(details).toEqual([
      "1 still locked",
      "2 without city",
      "1 without date of birth",
      "1 not active, with money waiting",
    ])
  })
})

it("one broken invariant is enough", () => {
  const fine = { id: "I1", holds: true, found: 0 }
  expect(verdict(noted(judgeInvariants([fine])))).toBe("passed hold")
  const broken = { id: "I3", holds: false, found: 7 }
  expect(noted(judgeInvariants([fine, broken]))).toMatchObject({
    state: "failed",
    code: "broken",
    details: ["I3: 7 rows"],
  })
})

describe("several instances", () => {
  const one = (kind: "shared" | "in_memory" | "unknown") => ({
    name: `a ${kind} one`,
    kind,
  })
  it.each([
    [1, [one("in_memory")], "not_applicable one_instance"],
    [0, [one("unknown")], "not_applicable one_instance"],
    [1, [one("shared")], "passed shared"],
    [2, [one("shared"), one("in_memory")], "failed not_shared"],
    [2, [one("shared"), one("unknown")], "warning not_known"],
    [2, [one("unknown"), one("in_memory")], "failed not_shared"],
    [2, [one("shared")], "passed shared"],
  ])("%d of them, %j", (instances, modules, expected) => {
    expect(verdict(noted(judgeSharedModules({ instances, modules })))).toBe(
      expected
    )
  })
})
