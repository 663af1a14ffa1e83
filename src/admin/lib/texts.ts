import type { useTranslation } from "react-i18next"

import type {
  AdminActionRequest,
  AdminPayoutActionsResponse,
  HeldReason,
  NotPaidReason,
  PayoutAction,
  ReasonFacts,
} from "../../types/http"

export type Translate = ReturnType<typeof useTranslation>["t"]

type Group =
  | "blockReason"
  | "blockReasonShort"
  | "detail"
  | "entryKind"
  | "entryReason"
  | "event"
  | "heldReason"
  | "method"
  | "notPaidReason"
  | "notice"
  | "operationKind"
  | "orderReason"
  | "outcome"
  | "proof"
  | "settlementState"

const CODE = /^[a-z0-9_]+$/i

/**
 * A code's text. A code that has none yet, from a newer server for example, is
 * shown in words of its own; a sentence is shown as it is.
 */
export function describe(t: Translate, group: Group, text: string): string {
  const code = text.replace(/^masspay\./, "")
  if (!CODE.test(code)) {
    return text
  }
  return t(`masspay.${group}.${code}`, { defaultValue: humanize(code) })
}

/** A payout's status; with its method, as much as that status proves of it. */
export function statusLabel(
  t: Translate,
  status: string,
  method?: string
): string {
  return CODE.test(status)
    ? t(statusKeys("label", status, method), { defaultValue: humanize(status) })
    : status
}

/** What the status means, or `null` for a status that this version does not know. */
export function statusMeaning(
  t: Translate,
  status: string,
  method?: string
): string | null {
  const known = CODE.test(status)
    ? t(statusKeys("meaning", status, method), { defaultValue: "" })
    : ""
  return known || null
}

/** The first of them that has a text is taken. */
function statusKeys(
  part: "label" | "meaning",
  status: string,
  method?: string
): string[] {
  const general = `masspay.status.${status}.${part}`
  return method === undefined
    ? [general]
    : [`masspay.statusOf.${method}.${status}.${part}`, general]
}

type Stopped = { block_reason: string | null; detail: string | null }

/** Why a payout does not go on, in one line, or `null` when nothing is in its way. */
export function payoutWhy(
  t: Translate,
  { block_reason, detail }: Stopped
): string | null {
  const parts = [
    block_reason && describe(t, "blockReason", block_reason),
    detail && describe(t, "detail", detail),
  ]
  return parts.filter(Boolean).join(" ") || null
}

/** Why a settlement is not paid; its codes come from two lists. */
export function settlementReason(t: Translate, code: string): string {
  const held = CODE.test(code)
    ? t(`masspay.heldReason.${code}`, { defaultValue: "" })
    : ""
  return held || describe(t, "notPaidReason", code)
}

/** For these the server's detail says no more than the reason, its facts and what stands beside it. */
const SAID_BY_REASON: readonly string[] = [
  "above_maximum",
  "being_read",
  "below_minimum",
  "canceled",
  "deactivated",
  "destination_gone",
  "destination_returned",
  "hold",
  "kyc",
  "negative",
  "no_destination",
  "no_funding_wallet",
  "not_captured",
  "not_due",
  "not_scheduled",
  "nothing_due",
  "partially_captured",
  "paused",
  "repeated_cancel",
  "unallocated_refund",
] satisfies (HeldReason | NotPaidReason)[]

export type Reasoned = {
  reason: HeldReason | NotPaidReason | null
  detail: string | null
  facts: ReasonFacts
  currency_code: string
}

/**
 * What there is to say besides the reason, in the reader's language: what the
 * facts say, else the server's sentence where it adds to the reason, else nothing.
 */
export function reasonDetail(
  t: Translate,
  { reason, detail, facts, currency_code }: Reasoned,
  write: {
    money: (amount: string, currency_code: string) => string
    time: (date: string) => string
  }
): string | null {
  const { minimum, maximum, reserve, hold, missing, note } = facts
  const amounts = Object.entries({ minimum, maximum, reserve }).flatMap(
    ([name, amount]) =>
      amount === undefined
        ? []
        : [
            t(`masspay.reasonFacts.${name}`, {
              amount: write.money(amount, currency_code),
            }),
          ]
  )
  const said = [
    ...amounts,
    hold && holdSentence(t, hold, write.time),
    missing &&
      t("masspay.reasonFacts.missing", {
        fields: missing.map((field) => fieldName(t, field)).join(", "),
      }),
    note,
  ].filter((sentence) => sentence !== undefined)
  if (said.length > 0) return said.join(" ")
  return reason && SAID_BY_REASON.includes(reason) ? null : detail
}

function holdSentence(
  t: Translate,
  { kind, reason, until }: NonNullable<ReasonFacts["hold"]>,
  time: (date: string) => string
): string {
  const what = {
    kind: t(`masspay.holds.kind.${kind}`, { defaultValue: humanize(kind) }),
    reason,
  }
  return until === null
    ? t("masspay.reasonFacts.hold", what)
    : t("masspay.reasonFacts.holdUntil", { ...what, until: time(until) })
}

function fieldName(t: Translate, field: string): string {
  return t(`masspay.payee.field.${field}`, { defaultValue: humanize(field) })
}

/** "not_captured" as "Not captured". */
export function humanize(code: string): string {
  const words = code.replace(/[_.-]+/g, " ").trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** What an action would do. A newer server's action speaks for itself. */
export function actionEffect(
  t: Translate,
  { action, effect }: { action: PayoutAction; effect: string | null }
): string {
  return t(`masspay.payout.actions.effect.${action}`, {
    defaultValue: effect ?? "",
  })
}

export function actionName(t: Translate, action: PayoutAction): string {
  return t(`masspay.payout.actions.name.${action}`, {
    defaultValue: humanize(action),
  })
}

type WhyNot = AdminPayoutActionsResponse["actions"][number]["why_not"]

export function refusalText(t: Translate, why_not: WhyNot): string {
  return why_not
    ? t(`masspay.payout.actions.refusal.${why_not.code}`, {
        defaultValue: why_not.message,
      })
    : ""
}

/** What comes of a proposal once it is confirmed. */
export function proposedEffect(
  t: Translate,
  { action, outcome, effect }: AdminActionRequest
): string {
  if (outcome === "ready") return t("masspay.payout.actions.outcomeReady")
  if (outcome === "void") return t("masspay.payout.actions.outcomeVoid")
  return t(`masspay.payout.actions.effect.${action}`, { defaultValue: effect })
}
