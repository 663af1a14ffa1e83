import {
  GO_LIVE_ATTESTATION_KEYS,
  GO_LIVE_CHECK_KEYS,
  type GoLiveCheckKey,
  type GoLiveFinding,
  goLiveList,
  notChecked,
  summaryOf,
} from "../../../src/domain/go-live"

const PASSED: GoLiveFinding = {
  state: "passed",
  code: "fine",
  seen: "Fine.",
  fix: null,
}
const findings = (
  odd: Partial<Record<GoLiveCheckKey, GoLiveFinding>> = {}
): Record<GoLiveCheckKey, GoLiveFinding> => ({
  ...(Object.fromEntries(
    GO_LIVE_CHECK_KEYS.map((key) => [key, PASSED])
  ) as Record<GoLiveCheckKey, GoLiveFinding>),
  ...odd,
})
const attested = (note: string, at = new Date("2026-11-01T10:00:00Z")) => ({
  did: "attested" as const,
  actor: "user_1",
  note,
  at,
})
const allAttested = Object.fromEntries(
  GO_LIVE_ATTESTATION_KEYS.map((key) => [key, [attested("Seen.")]])
)

it("every key stands in the list once, checks first", () => {
  const keys = goLiveList({ findings: findings(), statements: {} }).map(
    ({ key }) => key
  )
  expect(keys).toEqual([...GO_LIVE_CHECK_KEYS, ...GO_LIVE_ATTESTATION_KEYS])
  expect(new Set(keys).size).toBe(keys.length)
})

it("the keys are the ones that hosts and translations know", () => {
  expect([...GO_LIVE_CHECK_KEYS, ...GO_LIVE_ATTESTATION_KEYS]).toEqual([
    "environment",
    "api_key",
    "ip_address",
    "clock",
    "funding",
    "webhook_secret",
    "webhook_delivery",
    "jobs",
    "dispatch",
    "notifications",
    "encryption_key",
    "payees",
    "wallet_minimums",
    "direct_minimums",
    "invariants",
    "shared_modules",
    "kyb",
    "sandbox_rehearsal",
    "ip_allowlist",
    "reconciliation_plan",
  ])
})

it("what nobody vouched for waits, whatever the checks say", () => {
  const items = goLiveList({ findings: findings(), statements: {} })
  expect(summaryOf(items)).toMatchObject({
    is_ready: false,
    counts: { attest_needed: GO_LIVE_ATTESTATION_KEYS.length, failed: 0 },
  })
})

it("the newest statement holds: a withdrawal undoes what came before it", () => {
  const [kyb] = goLiveList({
    findings: findings(),
    statements: {
      kyb: [
        {
          did: "withdrawn",
          actor: "user_2",
          note: "The licence ran out.",
          at: new Date("2026-11-02T10:00:00Z"),
        },
        attested("The letter came."),
      ],
    },
  }).filter(({ key }) => key === "kyb")
  expect(kyb).toMatchObject({
    state: "attest_needed",
    code: "withdrawn",
    seen: "Withdrawn on 2026-11-02: The licence ran out.",
  })
  expect(kyb?.history).toHaveLength(2)
})

it("ready: everything passed and vouched for; warnings do not stand in the way, one failure does", () => {
  const of = (odd: Partial<Record<GoLiveCheckKey, GoLiveFinding>>) =>
    summaryOf(goLiveList({ findings: findings(odd), statements: allAttested }))
      .is_ready
  expect(of({})).toBe(true)
  expect(of({ payees: { ...PASSED, state: "warning" } })).toBe(true)
  expect(of({ payees: { ...PASSED, state: "failed" } })).toBe(false)
})

it("attestations that could not be read count as failed, not as missing", () => {
  const items = goLiveList({ findings: findings(), statements: null })
  expect(summaryOf(items).counts).toMatchObject({
    failed: GO_LIVE_ATTESTATION_KEYS.length,
    attest_needed: 0,
  })
})

it.each([
  notChecked({ code: "too_late", within_ms: 10_000 }),
  notChecked({ code: "broke", what: "TypeError" }),
])("a check that came to nothing is failed: $code", (finding) => {
  expect(finding.state).toBe("failed")
  expect(finding.fix).not.toBeNull()
})
