import {
  attestationOf,
  GO_LIVE_ATTESTATION_KEYS,
  GO_LIVE_CHECK_KEYS,
  type GoLiveCheckKey,
  type GoLiveFinding,
  type GoLiveKey,
  goLiveList,
  type GoLiveStatement,
  isGoLiveAttestation,
  isGoLiveCheck,
  notChecked,
  summaryOf,
} from "../../../src/domain/go-live"
import { linesOf } from "./go-live-builders"

const PASSED = {
  state: "passed",
  code: "fine",
  seen: "Fine.",
  fix: null,
} as const
const findings = Object.fromEntries(
  GO_LIVE_CHECK_KEYS.map((key) => [key, PASSED])
) as Record<GoLiveCheckKey, GoLiveFinding>
const said = (did: GoLiveStatement["did"], note: string): GoLiveStatement => ({
  did,
  actor: "user_1",
  note,
  at: new Date("2026-11-02T23:59:00Z"),
})

it.each<[GoLiveKey, string, string]>([
  ["environment", "Environment", "Which MassPay the options talk to"],
  [
    "api_key",
    "API key",
    "MassPay's account balance was read with the key of the options",
  ],
  [
    "ip_address",
    "Server address",
    "Whether MassPay refuses requests from this server's address",
  ],
  [
    "clock",
    "Clocks",
    "This server's clock against the database's, and against the Date header of MassPay's answer",
  ],
  [
    "funding",
    "Funding wallets",
    "For each currency that vendors are paid in: one funding wallet at MassPay, and what it holds",
  ],
  [
    "webhook_secret",
    "Webhook secret",
    "A sample was signed with the first secret and checked as the webhook route would",
  ],
  [
    "webhook_delivery",
    "Webhook delivery",
    "A signed self-test was posted to the public address of the webhook route; it changes nothing",
  ],
  [
    "jobs",
    "Scheduled jobs",
    "When each scheduled job last ran to its end, in any process",
  ],
  ["dispatch", "Sending", "Whether sending is stopped"],
  [
    "notifications",
    "Notifications",
    "Whether a provider serves the channel of the options",
  ],
  [
    "encryption_key",
    "Encryption key",
    "Whether there is a key to keep upload links with",
  ],
  [
    "payees",
    "Vendors",
    "How many vendors have an active MassPay account, and what others lack",
  ],
  [
    "wallet_minimums",
    "Minimums, wallet",
    "payouts.minimum against the currencies that vendors are paid in, method wallet",
  ],
  [
    "direct_minimums",
    "Minimums, direct",
    "Limits of the routes of direct payouts",
  ],
  ["invariants", "Books", "Every invariant of the books, now"],
  [
    "shared_modules",
    "Several instances",
    "Workflow engine, event bus, locking and cache, where more than one instance was seen",
  ],
  [
    "kyb",
    "KYB finished",
    "MassPay has verified the business, and the account manager has issued the production key",
  ],
  [
    "sandbox_rehearsal",
    "Rehearsal",
    "Orders, refunds, papers and webhooks were rehearsed from end to end against staging or the sandbox",
  ],
  [
    "ip_allowlist",
    "Address allow-list",
    "The addresses this shop calls MassPay from are fixed and on MassPay's allow-list, or it was decided to do without",
  ],
  [
    "reconciliation_plan",
    "Reconciliation plan",
    "It is settled who looks at reconciliation and alerts, how often, and what she does about a discrepancy",
  ],
])(
  "%s tells a person what was looked at, or what she vouches for",
  (key, title, checked) => {
    const items = goLiveList({ findings, statements: {} })
    expect(items.find((item) => item.key === key)).toMatchObject({
      title,
      checked,
    })
  }
)

it("a check is judged by what was found, and nobody vouches for it", () => {
  const details = ["USD: none"]
  const [first] = goLiveList({
    findings: {
      ...findings,
      environment: { ...PASSED, state: "failed", code: "sandbox", details },
    },
    statements: {},
  })
  expect(first).toMatchObject({
    kind: "check",
    state: "failed",
    code: "sandbox",
    details,
    history: [],
  })
})

it("a check without details has none", () => {
  const [first] = goLiveList({ findings, statements: {} })
  expect(first?.details).toEqual([])
})

const HOW = "When it is so, attest it with a note that says how you know."
it.each<[string, GoLiveStatement[] | null, string, string, string[]]>([
  [
    "vouched for",
    [said("attested", "The letter came."), said("withdrawn", "Too early.")],
    "passed",
    "attested",
    ["Attested on 2026-11-02: The letter came.", "Nothing to do."],
  ],
  [
    "withdrawn",
    [said("withdrawn", "Too early."), said("attested", "The letter came.")],
    "attest_needed",
    "withdrawn",
    ["Withdrawn on 2026-11-02: Too early.", HOW],
  ],
  [
    "not vouched for",
    [],
    "attest_needed",
    "never_attested",
    ["Nobody has vouched for it yet.", HOW],
  ],
  [
    "not read",
    null,
    "failed",
    "not_read",
    [
      "The attestations could not be read from the books in time.",
      "Look at the database, then run the checklist again.",
    ],
  ],
])("an attestation that was %s", (_, history, state, code, text) => {
  const item = attestationOf("kyb", history)
  expect(item).toMatchObject({ key: "kyb", kind: "attestation", state, code })
  expect(linesOf({ ...PASSED, ...item, state: "passed" })).toEqual(text)
  expect(item.history).toEqual(history ?? [])
})

it.each([
  [
    notChecked({ code: "too_late", within_ms: 10_000 }),
    "check_too_late",
    "Not known: the check did not end within 10 s.",
  ],
  [
    notChecked({ code: "broke", what: "TypeError" }),
    "check_broke",
    "Not known: the check itself failed (TypeError).",
  ],
])("a check that came to nothing says why, %#", (finding, code, seen) => {
  expect(finding.code).toBe(code)
  expect(linesOf(finding)).toEqual([
    seen,
    "Run the checklist again. If it stays so, look at the database's load and at the log.",
  ])
})

it("every state is counted by itself", () => {
  const states = [
    "failed",
    "warning",
    "warning",
    "passed",
    "passed",
    "passed",
  ] as const
  expect(summaryOf(states.map((state) => ({ state })))).toEqual({
    is_ready: false,
    counts: {
      passed: 3,
      failed: 1,
      warning: 2,
      attest_needed: 0,
      not_applicable: 0,
    },
  })
})

it("what does not apply stands in nobody's way", () => {
  expect(summaryOf([{ state: "not_applicable" }])).toMatchObject({
    is_ready: true,
    counts: { not_applicable: 1 },
  })
})

it("a person vouches for no check, and no machine checks an attestation", () => {
  expect(GO_LIVE_CHECK_KEYS.every(isGoLiveCheck)).toBe(true)
  expect(GO_LIVE_CHECK_KEYS.some(isGoLiveAttestation)).toBe(false)
  expect(GO_LIVE_ATTESTATION_KEYS.every(isGoLiveAttestation)).toBe(true)
  expect(GO_LIVE_ATTESTATION_KEYS.some(isGoLiveCheck)).toBe(false)
})
