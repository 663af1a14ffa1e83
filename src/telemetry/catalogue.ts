/**
 * Everything this plugin measures, by the names under which a shop's exporter
 * sees it. `docs/metrics.md` says the same in words; a spec compares the two.
 *
 * Attributes are words from short lists and currency codes: never an id, an
 * e-mail, a name or a token, of which there are as many as vendors. Ids of ours
 * stand on spans alone.
 */
type Described = {
  unit: string
  attributes: readonly string[]
  description: string
}

export const COUNTERS = {
  "masspay.payout.attempts": {
    unit: "{attempt}",
    attributes: ["kind", "outcome", "status"],
    description: "Requests that move money, by what is known of them",
  },
  "masspay.payout.parked": {
    unit: "{payout}",
    attributes: [],
    description: "Payouts handed to a person",
  },
  "masspay.payout.key_rotations": {
    unit: "{rotation}",
    attributes: [],
    description: "Idempotency keys that were replaced",
  },
  "masspay.payout.flips": {
    unit: "{flip}",
    attributes: ["to"],
    description: "Ended payouts about which MassPay changed its word",
  },
  "masspay.discrepancies": {
    unit: "{discrepancy}",
    attributes: ["class"],
    description: "Differences that a reconciliation found",
  },
  "masspay.webhook.deliveries": {
    unit: "{delivery}",
    attributes: ["verdict"],
    description: "Deliveries to the webhook route, by what became of them",
  },
} as const satisfies Record<string, Described>
export type CounterName = keyof typeof COUNTERS

export const HISTOGRAMS = {
  "masspay.provider.request.duration": {
    unit: "s",
    attributes: ["lane", "method", "result"],
    description: "Requests to MassPay, from first to last",
  },
  "masspay.payout.completion.duration": {
    unit: "s",
    attributes: ["by"],
    description: "From a payout's first claim to the proof that it is paid",
  },
} as const satisfies Record<string, Described>
export type HistogramName = keyof typeof HISTOGRAMS

/** Read from the books when an exporter asks. */
export const GAUGES = {
  "masspay.payouts": {
    unit: "{payout}",
    attributes: ["status"],
    description: "Payouts that have not ended",
  },
  "masspay.payouts.oldest_age": {
    unit: "s",
    attributes: ["status"],
    description: "Age of the oldest payout that has not ended",
  },
  "masspay.in_transit": {
    unit: "{major_unit}",
    attributes: ["currency_code"],
    description: "Money taken by payouts whose outcome is not proven",
  },
  "masspay.funding.balance": {
    unit: "{major_unit}",
    attributes: ["currency_code"],
    description: "Funding wallets, as last read from MassPay",
  },
  "masspay.keys.aging": {
    unit: "{key}",
    attributes: [],
    description: "Unproven attempts whose key is older than 20 h",
  },
  "masspay.keys.oldest_age": {
    unit: "s",
    attributes: [],
    description: "Age of the oldest of those keys",
  },
  "masspay.backlog": {
    unit: "{row}",
    attributes: ["queue"],
    description: "What waits to be published, looked into or sent",
  },
  "masspay.backlog.oldest_age": {
    unit: "s",
    attributes: ["queue"],
    description: "Age of the oldest of what waits",
  },
} as const satisfies Record<string, Described>
export type GaugeName = keyof typeof GAUGES

export const SPANS = {
  "masspay.dispatch": {
    attributes: [],
    description: "One run of the dispatcher",
  },
  "masspay.dispatch.payout": {
    attributes: [
      "masspay.payout_id",
      "masspay.vendor_id",
      "masspay.attempt_no",
      "masspay.kind",
      "masspay.outcome",
      "masspay.status",
    ],
    description: "One claimed payout, from its slot to what was written",
  },
  "masspay.resolve": {
    attributes: [],
    description: "One run of the resolver",
  },
  "masspay.look_up": {
    attributes: ["masspay.payouts"],
    description: "One payee's loads, and what they mean for her payouts",
  },
  "masspay.apply_webhooks": {
    attributes: [],
    description: "One run over what webhooks named",
  },
  "masspay.reconcile": {
    attributes: [],
    description: "One run over the comparisons that are due or under way",
  },
  "masspay.request": {
    attributes: [
      "http.request.method",
      "http.response.status_code",
      "masspay.lane",
      "masspay.result",
    ],
    description: "One request to MassPay",
  },
} as const satisfies Record<string, Omit<Described, "unit">>
export type SpanName = keyof typeof SPANS

/** The attributes that this metric or span may carry; nothing else is recorded. */
export type AttributesOf<One extends { attributes: readonly string[] }> =
  Partial<Record<One["attributes"][number], string | number>>
