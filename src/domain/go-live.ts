/** What has to be right before a shop pays for real, and what a person has to vouch for. */

export const GO_LIVE_STATES = [
  "passed",
  "failed",
  "warning",
  "attest_needed",
  "not_applicable",
] as const
export type GoLiveState = (typeof GO_LIVE_STATES)[number]

type ItemText = {
  title: string
  /** What was looked at, or what is vouched for. */
  checked: string
}

/** Checked by itself. The order is that of the list. */
const CHECKS = {
  environment: {
    title: "Environment",
    checked: "Which MassPay the options talk to",
  },
  api_key: {
    title: "API key",
    checked: "MassPay's account balance was read with the key of the options",
  },
  ip_address: {
    title: "Server address",
    checked: "Whether MassPay refuses requests from this server's address",
  },
  clock: {
    title: "Clocks",
    checked:
      "This server's clock against the database's, and against the Date header of MassPay's answer",
  },
  funding: {
    title: "Funding wallets",
    checked:
      "For each currency that vendors are paid in: one funding wallet at MassPay, and what it holds",
  },
  webhook_secret: {
    title: "Webhook secret",
    checked:
      "A sample was signed with the first secret and checked as the webhook route would",
  },
  webhook_delivery: {
    title: "Webhook delivery",
    checked:
      "A signed self-test was posted to the public address of the webhook route; it changes nothing",
  },
  jobs: {
    title: "Scheduled jobs",
    checked: "When each scheduled job last ran to its end, in any process",
  },
  dispatch: {
    title: "Sending",
    checked: "Whether sending is stopped",
  },
  notifications: {
    title: "Notifications",
    checked: "Whether a provider serves the channel of the options",
  },
  encryption_key: {
    title: "Encryption key",
    checked: "Whether there is a key to keep upload links with",
  },
  payees: {
    title: "Vendors",
    checked:
      "How many vendors have an active MassPay account, and what others lack",
  },
  wallet_minimums: {
    title: "Minimums, wallet",
    checked:
      "payouts.minimum against the currencies that vendors are paid in, method wallet",
  },
  direct_minimums: {
    title: "Minimums, direct",
    checked: "Limits of the routes of direct payouts",
  },
  invariants: {
    title: "Books",
    checked: "Every invariant of the books, now",
  },
  shared_modules: {
    title: "Several instances",
    checked:
      "Workflow engine, event bus, locking and cache, where more than one instance was seen",
  },
} as const satisfies Record<string, ItemText>
export type GoLiveCheckKey = keyof typeof CHECKS

/** Nothing here can be asked of a machine: a person says that it is so, and why. */
const ATTESTATIONS = {
  kyb: {
    title: "KYB finished",
    checked:
      "MassPay has verified the business, and the account manager has issued the production key",
  },
  sandbox_rehearsal: {
    title: "Rehearsal",
    checked:
      "Orders, refunds, papers and webhooks were rehearsed from end to end against staging or the sandbox",
  },
  ip_allowlist: {
    title: "Address allow-list",
    checked:
      "The addresses this shop calls MassPay from are fixed and on MassPay's allow-list, or it was decided to do without",
  },
  reconciliation_plan: {
    title: "Reconciliation plan",
    checked:
      "It is settled who looks at reconciliation and alerts, how often, and what she does about a discrepancy",
  },
} as const satisfies Record<string, ItemText>
export type GoLiveAttestationKey = keyof typeof ATTESTATIONS

export type GoLiveKey = GoLiveCheckKey | GoLiveAttestationKey

export const GO_LIVE_CHECK_KEYS = Object.keys(CHECKS) as GoLiveCheckKey[]
export const GO_LIVE_ATTESTATION_KEYS = Object.keys(
  ATTESTATIONS
) as GoLiveAttestationKey[]

export function isGoLiveCheck(key: string): key is GoLiveCheckKey {
  return GO_LIVE_CHECK_KEYS.some((known) => known === key)
}

export function isGoLiveAttestation(key: string): key is GoLiveAttestationKey {
  return GO_LIVE_ATTESTATION_KEYS.some((known) => known === key)
}

/** What one check came to. Texts are for an operator: ids, counts and amounts, never a secret or a person. */
export type GoLiveFinding = {
  state: Exclude<GoLiveState, "attest_needed">
  /** Stable: what was found, for programs and translations. */
  code: string
  seen: string
  /** `null` where there is nothing to do. */
  fix: string | null
  /** One line for each currency, job, field or module concerned. */
  details?: readonly string[]
}

/** One step of an attestation's history. */
export type GoLiveStatement = {
  did: "attested" | "withdrawn"
  actor: string
  note: string
  at: Date
}

export type GoLiveItem = ItemText & {
  key: GoLiveKey
  kind: "check" | "attestation"
  state: GoLiveState
  code: string
  seen: string
  fix: string | null
  details: readonly string[]
  /** Of an attestation, the newest first. */
  history: readonly GoLiveStatement[]
}

/** Every item there is, once, in the order of the list. */
export function goLiveList({
  findings,
  statements,
}: {
  findings: Readonly<Record<GoLiveCheckKey, GoLiveFinding>>
  /** Of each attestation, the newest first; `null` where they could not be read. */
  statements: Readonly<
    Partial<Record<GoLiveAttestationKey, readonly GoLiveStatement[]>>
  > | null
}): GoLiveItem[] {
  return [
    ...GO_LIVE_CHECK_KEYS.map((key): GoLiveItem => ({
      key,
      kind: "check",
      ...CHECKS[key],
      details: [],
      ...findings[key],
      history: [],
    })),
    ...GO_LIVE_ATTESTATION_KEYS.map((key) =>
      attestationOf(key, statements && (statements[key] ?? []))
    ),
  ]
}

/** One attested item, from its history, the newest first. */
export function attestationOf(
  key: GoLiveAttestationKey,
  history: readonly GoLiveStatement[] | null
): GoLiveItem {
  const item = {
    key,
    kind: "attestation",
    ...ATTESTATIONS[key],
    details: [],
    history: history ?? [],
  } as const
  if (!history) {
    return { ...item, state: "failed", ...UNREADABLE }
  }
  const [last] = history
  if (last?.did === "attested") {
    const day = last.at.toISOString().slice(0, 10)
    return {
      ...item,
      state: "passed",
      code: "attested",
      seen: `Attested on ${day}: ${last.note}`,
      fix: null,
    }
  }
  return {
    ...item,
    state: "attest_needed",
    code: last ? "withdrawn" : "never_attested",
    seen: last
      ? `Withdrawn on ${last.at.toISOString().slice(0, 10)}: ${last.note}`
      : "Nobody has vouched for it yet.",
    fix: "When it is so, attest it with a note that says how you know.",
  }
}

const UNREADABLE = {
  code: "not_read",
  seen: "The attestations could not be read from the books in time.",
  fix: "Look at the database, then run the checklist again.",
}

export type GoLiveSummary = {
  /** Nothing failed, and nothing waits for an attestation. Warnings are for a person to weigh. */
  is_ready: boolean
  counts: Record<GoLiveState, number>
}

export function summaryOf(
  items: readonly Pick<GoLiveItem, "state">[]
): GoLiveSummary {
  const counts: GoLiveSummary["counts"] = {
    passed: 0,
    failed: 0,
    warning: 0,
    attest_needed: 0,
    not_applicable: 0,
  }
  for (const { state } of items) counts[state] += 1
  return {
    is_ready: counts.failed === 0 && counts.attest_needed === 0,
    counts,
  }
}

/** A check that did not come to an end says so; it is never taken for passed. */
export function notChecked(
  why: { code: "too_late"; within_ms: number } | { code: "broke"; what: string }
): GoLiveFinding {
  return {
    state: "failed",
    code: `check_${why.code}`,
    seen:
      why.code === "too_late"
        ? `Not known: the check did not end within ${why.within_ms / 1000} s.`
        : `Not known: the check itself failed (${why.what}).`,
    fix: "Run the checklist again. If it stays so, look at the database's load and at the log.",
  }
}
