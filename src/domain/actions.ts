import type { PayoutMethod, PayoutStatus } from "./payout-status"

/** What an operator can do to a payout. */
export const PAYOUT_ACTIONS = [
  "approve",
  "reject",
  "void",
  "resolve",
  "retry",
  "settle_elsewhere",
  "reverse",
  "cancel",
  "assert_not_executed",
] as const
export type PayoutAction = (typeof PAYOUT_ACTIONS)[number]

/** Why an action is not allowed. Stable codes. */
export const ACTION_REFUSALS = [
  "not_found",
  "wrong_status",
  "wrong_method",
  "own_payout",
  "was_sent",
  "unproven",
  "executed",
  "look_up_first",
  "too_early",
  "on_the_wire",
  "no_user",
  "option_off",
  "direct_option_off",
  "tried_before",
  "no_load",
  "books_unknown",
  "already_proposed",
  "own_proposal",
  "already_answered",
  "request_id_used",
  "no_deficit",
  "deficit_grew",
  "on_its_way",
] as const
export type ActionRefusal = (typeof ACTION_REFUSALS)[number]

/** What is known about a payout when somebody wants to act on it. */
export type ActionFacts = {
  status: PayoutStatus
  method: PayoutMethod
  /** Everybody who caused it, or an entry that it takes. */
  caused_by: readonly string[]
  has_user: boolean
  has_load: boolean
  remote_status: string | null
  /** Whether any request was ever written down for it. */
  was_sent: boolean
  /** Whether any of those has no proof. */
  is_unproven: boolean
  /** Whether any of those was shown to have been executed. */
  is_executed: boolean
  /** Whether every request had time to show, and a look-up began after that. */
  is_looked_up: boolean
  /** Whether every request had time to show. */
  is_visible: boolean
  /** Whether it was tried to take it back in this way. */
  was_reversed: boolean
  was_cancelled: boolean
  /** Whether a second person is awaited. */
  is_proposed: boolean
  /** Whether these books are known to have forgotten nothing. */
  are_books_known: boolean
  /** Option `payouts.allowReversal`. */
  may_reverse: boolean
  /** Option `direct.allowReversal`. */
  may_reverse_direct: boolean
  /** Whether the approval policy asks for two people at this amount. */
  needs_two: boolean
}

export type ActionVerdict =
  | {
      allowed: true
      /** Plain words: what will happen. */
      effect: string
      /** Where the payout goes at once; `null`: it stays. */
      to: PayoutStatus | null
      /** Whether a second person has to confirm first. */
      needs_second: boolean
    }
  | {
      allowed: false
      code: ActionRefusal
      /** Plain words for the operator. */
      message: string
    }

const REFUSALS: Record<ActionRefusal, string> = {
  not_found: "There is no such payout.",
  wrong_status: "The payout's status does not allow this.",
  wrong_method: "This kind of payout does not allow this.",
  own_payout: "Somebody else has to decide about a payout that you caused.",
  was_sent:
    "Something was sent to MassPay for it, so it cannot be given up as if nothing had been.",
  unproven: "What came of a request to MassPay is not proven yet.",
  executed: "MassPay is known to have executed it; the next look-up decides.",
  look_up_first:
    "Look it up first: what was sent for it has to be known from a look-up that began after it had time to show.",
  too_early: "What was sent for it may not show at MassPay yet.",
  on_the_wire: "It is on its way to MassPay at this moment.",
  no_user: "Its vendor has no MassPay user.",
  option_off: "Taking loads back is switched off (payouts.allowReversal).",
  direct_option_off:
    "Reversing direct payouts is switched off (direct.allowReversal).",
  tried_before: "This was tried before; it is tried once.",
  no_load: "MassPay's own record of it is not known.",
  books_unknown:
    "The database was restored or failed over; nothing is decided until MassPay's side was read.",
  already_proposed: "A second person has been asked about this payout already.",
  own_proposal: "Somebody else has to confirm what you proposed.",
  already_answered: "This proposal was answered already.",
  request_id_used:
    "This request_id was used for something else. Use a new one for each action.",
  no_deficit:
    "Nothing is to be written off: what is open in this currency is not negative.",
  deficit_grew:
    "She owes more by now than was proposed. Reject this and propose it anew.",
  on_its_way:
    "A payout of hers in this currency is not ended yet. Wait for it, or give it up: until then nobody knows what she will owe.",
}

export function refused(
  code: ActionRefusal
): Extract<ActionVerdict, { allowed: false }> {
  return { allowed: false, code, message: REFUSALS[code] }
}

type Rule = {
  from: readonly PayoutStatus[]
  methods: readonly PayoutMethod[]
  /** The first that holds is why not. */
  refusals: readonly [
    (facts: ActionFacts, actor: string) => boolean,
    ActionRefusal,
  ][]
  effect: string | ((facts: ActionFacts) => string)
  to: PayoutStatus | null
  needs_second?: (facts: ActionFacts) => boolean
}

const UNSENT = ["pending", "ready", "blocked"] as const
const OUTGOING = ["wallet", "direct"] as const
const ON_WIRE = ["wallet", "direct", "spendback"] as const

const isOwn: Rule["refusals"][number] = [
  ({ caused_by }, actor) => caused_by.includes(actor),
  "own_payout",
]
/** What one person does must not make void, or worse, what two are deciding. */
const isProposed: Rule["refusals"][number] = [
  ({ is_proposed }) => is_proposed,
  "already_proposed",
]
/** What was sent for it may have been executed: only a look-up says that it was not. */
const NOT_EXECUTED: Rule["refusals"] = [
  [({ is_executed }) => is_executed, "executed"],
  [({ is_unproven }) => is_unproven, "unproven"],
  [({ was_sent, is_looked_up }) => was_sent && !is_looked_up, "look_up_first"],
]
const isForgetful: Rule["refusals"][number] = [
  ({ are_books_known }) => !are_books_known,
  "books_unknown",
]

/** One rule for each action: from where, why not, and what happens. */
const RULES: Record<PayoutAction, Rule> = {
  approve: {
    from: ["pending"],
    methods: ON_WIRE,
    refusals: [isProposed, isOwn],
    effect: "It is sent with the next dispatch.",
    to: "ready",
  },
  reject: {
    from: ["pending"],
    methods: ON_WIRE,
    // What was sent before the policy asked for an approval came back unexecuted.
    refusals: [isProposed, ...NOT_EXECUTED],
    effect: "It is given up; its entries are open again.",
    to: "void",
  },
  void: {
    from: UNSENT,
    methods: ON_WIRE,
    refusals: [isProposed, [({ was_sent }) => was_sent, "was_sent"]],
    effect: "It is given up; its entries are open again.",
    to: "void",
  },
  resolve: {
    from: [
      ...UNSENT,
      "unknown",
      "accepted",
      "completed",
      "cancelled",
      "needs_review",
      "reversing",
      "reversed",
      "void",
    ],
    methods: ON_WIRE,
    refusals: [[({ has_user }) => !has_user, "no_user"]],
    effect:
      "MassPay is asked what became of it, and the answer is applied. One that is blocked stays blocked unless MassPay has it.",
    to: null,
  },
  retry: {
    from: ["blocked"],
    methods: OUTGOING,
    refusals: [
      isProposed,
      [({ has_user }) => !has_user, "no_user"],
      [({ is_visible }) => !is_visible, "too_early"],
    ],
    effect:
      "MassPay is asked about it; if it was not executed, it is sent again.",
    to: null,
  },
  settle_elsewhere: {
    from: UNSENT,
    methods: OUTGOING,
    refusals: [isProposed, isForgetful, ...NOT_EXECUTED],
    effect:
      "It is given up and its amount is booked as paid by other means. MassPay pays nothing for it.",
    to: "void",
    needs_second: ({ needs_two }) => needs_two,
  },
  reverse: {
    from: ["completed"],
    methods: OUTGOING,
    refusals: [
      [
        ({ method, may_reverse }) => method === "wallet" && !may_reverse,
        "option_off",
      ],
      [
        ({ method, may_reverse_direct }) =>
          method === "direct" && !may_reverse_direct,
        "direct_option_off",
      ],
      isForgetful,
      [({ was_reversed }) => was_reversed, "tried_before"],
      [({ has_load }) => !has_load, "no_load"],
    ],
    effect: ({ method }) =>
      method === "direct"
        ? "MassPay is asked, once, to call the whole payout back from where it went. If it cannot be had back, nothing changes; MassPay's fee stays paid. Once it is back, what it paid is due again, and is paid with her next payout unless she is paused."
        : "MassPay is asked to take the whole amount back out of her wallet. If she has spent it, nothing changes. Once it is back, what it paid is due again, and is paid with her next payout unless she is paused.",
    to: "reversing",
  },
  cancel: {
    from: ["accepted"],
    methods: OUTGOING,
    refusals: [
      isForgetful,
      [
        ({ method, remote_status }) =>
          method === "wallet" && remote_status !== "SCHEDULED",
        "wrong_status",
      ],
      [({ was_cancelled }) => was_cancelled, "tried_before"],
      [({ has_load }) => !has_load, "no_load"],
    ],
    effect: "MassPay is asked to cancel it before it is executed.",
    to: "accepted",
  },
  assert_not_executed: {
    from: ["needs_review"],
    methods: ON_WIRE,
    refusals: [
      isProposed,
      isForgetful,
      [({ is_executed }) => is_executed, "executed"],
      [({ is_visible }) => !is_visible, "too_early"],
    ],
    effect:
      "A second person is asked to confirm that MassPay did not execute it.",
    to: null,
    needs_second: () => true,
  },
}

/**
 * Whether an operator may do this now, and what it would do. The same answer is
 * shown beforehand and decides when it is done.
 */
export function decideAction(
  action: PayoutAction,
  facts: ActionFacts,
  actor: string
): ActionVerdict {
  const rule = RULES[action]
  if (facts.status === "sending") return refused("on_the_wire")
  if (!rule.methods.includes(facts.method)) return refused("wrong_method")
  if (!rule.from.includes(facts.status)) return refused("wrong_status")
  for (const [holds, code] of rule.refusals) {
    if (holds(facts, actor)) return refused(code)
  }
  return {
    allowed: true,
    effect: typeof rule.effect === "string" ? rule.effect : rule.effect(facts),
    to: rule.to,
    needs_second: rule.needs_second?.(facts) ?? false,
  }
}
