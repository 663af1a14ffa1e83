import {
  type IncidentDetail,
  type IncidentKind,
  runbookPage,
} from "../domain/incidents"
import type { NotificationKind } from "../domain/notifications"
import { incidentText } from "./incident-texts"

/** What a template may use. Amounts are decimal texts in major units. */
export type NotificationContext = {
  kind: NotificationKind
  vendor: { id: string; name: string | null; first_name: string | null } | null
  payout: { id: string; amount: string; currency_code: string } | null
  /** Papers that MassPay wants; `link` is a secret of that vendor's. */
  papers: {
    title: string
    text: string | null
    link: string | null
    link_host: string | null
  } | null
  currency_code: string | null
  /** Where a vendor is paid directly: never more of an account than its masked end. */
  destination: {
    payer_name: string
    masked_tail: string | null
    currency_code: string
    /** What is wrong with it, in plain words. */
    problem: string | null
  } | null
  /** What an alarm is about: codes, counts and amounts, and the page that says what to do. */
  incident: {
    id: string
    kind: IncidentKind
    detail: IncidentDetail
    opened_at: string
    page: string
  } | null
}

/** Plain text: what looks like a link stands alone in its line. It is escaped where it becomes HTML. */
export type NotificationText = { subject: string; text: string }
export type NotificationTemplate = (
  context: NotificationContext
) => NotificationText

/**
 * What is sent unless the option `notifications.templates` says otherwise.
 * To a vendor they never say more than MassPay has shown; to operators they say
 * where to look.
 */
export const notificationTemplates: Record<
  NotificationKind,
  NotificationTemplate
> = {
  papers_needed: (context) => ({
    subject: "MassPay needs a document from you before you can be paid",
    text: letter(context, [
      context.papers?.title ?? "MassPay wants papers from you.",
      context.papers?.text ? `In MassPay's words: ${context.papers.text}` : "",
      ...(context.papers?.link
        ? [
            "Upload it here. The link is yours alone: please do not pass it on.",
            context.papers.link,
          ]
        : [
            "There is no link that we could send you. Please sign in to the marketplace, or answer this message.",
          ]),
      "As soon as MassPay has accepted it, you are paid without having to do anything else.",
    ]),
  }),
  papers_accepted: (context) => ({
    subject: "MassPay has what it needed",
    text: letter(context, [
      "MassPay asks for nothing more from you. Payouts that waited go on by themselves.",
    ]),
  }),
  payout_paid: (context) => ({
    subject: `You were paid ${amountOf(context)}`,
    text: letter(context, [
      `${amountOf(context)} is in your MassPay wallet.`,
      referenceOf(context),
    ]),
  }),
  payout_failed: (context) => ({
    subject: `Your payout of ${amountOf(context)} did not arrive`,
    text: letter(context, [
      `MassPay did not carry out a payout of ${amountOf(context)} to you. The money is not lost: you are still owed it.`,
      "Please see whether your MassPay account is open and your details there are right. If they are, you need not do anything: we look into it.",
      referenceOf(context),
    ]),
  }),
  account_locked: (context) => ({
    subject: "MassPay has locked your account",
    text: letter(context, [
      "MassPay has locked your account and did not tell us what it needs from you. You cannot be paid until it is open again; nothing that you are owed is lost.",
      "Please sign in to the marketplace and start the identity check there, or answer this message.",
    ]),
  }),
  destination_changed: (context) => ({
    subject: "Where you are paid to was changed",
    text: letter(context, [
      `From now on your payouts${destinationOf(context)}.`,
      "If neither you nor the marketplace at your wish changed this, please answer this message at once: your next payout would go there.",
    ]),
  }),
  destination_problem: (context) => ({
    subject: "You cannot be paid where you chose",
    text: letter(context, [
      context.destination?.problem ??
        "Something is wrong with where you are paid to.",
      `It is about payouts that${destinationOf(context)}. Nothing that you are owed is lost.`,
      "Please sign in to the marketplace and look at where you want to be paid.",
    ]),
  }),
  destination_flagged: (context) => ({
    subject: `${nameOf(context)} cannot be paid directly`,
    text: `${context.destination?.problem ?? "Something is wrong with where the vendor is paid to."} It is about payouts to ${nameOf(context)} that${destinationOf(context)}. They wait until the destination is changed, or an operator uses it again.`,
  }),
  papers_wanted: (context) => ({
    subject: `${nameOf(context)}: MassPay wants papers`,
    text: `${context.papers?.title ?? "MassPay wants papers."} Payouts to ${nameOf(context)} wait for it and go on by themselves.`,
  }),
  payee_locked: (context) => ({
    subject: `${nameOf(context)} is locked at MassPay`,
    text: `MassPay does not let ${nameOf(context)} be paid and did not say which papers are missing. Start an identity check for the vendor, or ask MassPay.`,
  }),
  approval_waiting: (context) => ({
    subject: `A payout of ${amountOf(context)} waits for approval`,
    text: `${nameOf(context)} is paid ${amountOf(context)} once somebody approves it. ${referenceOf(context)}`,
  }),
  payout_parked: (context) => ({
    subject: `A payout of ${amountOf(context)} needs a person`,
    text: `It could not be proven whether ${nameOf(context)} was paid ${amountOf(context)}. Nothing is sent again by itself. ${referenceOf(context)}${whatToDo("payout_parked")}`,
  }),
  payout_cancelled: (context) => ({
    subject: `MassPay cancelled a payout of ${amountOf(context)}`,
    text: `The payout to ${nameOf(context)} is cancelled as MassPay tells it now. That can turn back: its money is kept until it is certain. ${referenceOf(context)}${whatToDo("payout_flipped")}`,
  }),
  payout_paid_after_all: (context) => ({
    subject: `A payout of ${amountOf(context)} is paid after all`,
    text: `MassPay had cancelled the payout to ${nameOf(context)} and shows it as completed now. ${referenceOf(context)}${whatToDo("payout_flipped")}`,
  }),
  payout_adopted: (context) => ({
    subject: "A payment was found that the books did not know",
    text: `MassPay shows a payment to ${nameOf(context)} with this shop's mark. It was taken into the books, and what is due to the vendor was lowered by it. ${referenceOf(context)}${whatToDo("discrepancy")}`,
  }),
  funding_short: ({ currency_code }) => ({
    subject: `The ${currency_code ?? ""} funding wallet is short`,
    text: `Payouts in ${currency_code ?? "this currency"} wait until the funding wallet at MassPay is filled. They go on by themselves, the oldest first.${whatToDo("funding_low")}`,
  }),
  balance_negative: (context) => ({
    subject: `${nameOf(context)} has owed money for long`,
    text: `The balance of ${nameOf(context)}${context.currency_code ? ` in ${context.currency_code}` : ""} has been negative for longer than clawback.alertAfterDays. It is netted with what the vendor earns next, or can be written off.`,
  }),
  incident_opened: (context) => alarm(context, ""),
  incident_reminder: (context) =>
    alarm(
      context,
      `This has been so since ${context.incident?.opened_at ?? "some time"}. Acknowledge the incident in the admin, and no more reminders are sent.`
    ),
}

function alarm(
  context: NotificationContext,
  reminder: string
): NotificationText {
  const { incident } = context
  if (!incident) {
    return {
      subject: "MassPay payouts need a look",
      text: "Please see GET /admin/masspay/incidents.",
    }
  }
  const { subject, text } = incidentText(incident, nameOf(context))
  return {
    subject: `${reminder === "" ? "" : "Still: "}${subject}`,
    text: [
      text,
      reminder,
      `What to do: ${runbookPage(incident.kind)}. Incident ${incident.id}.`,
    ]
      .filter((paragraph) => paragraph !== "")
      .join("\n\n"),
  }
}

function whatToDo(kind: IncidentKind): string {
  return `\n\nWhat to do: ${runbookPage(kind)}.`
}

function letter(
  { vendor }: NotificationContext,
  paragraphs: readonly string[]
): string {
  const name = vendor?.first_name ?? vendor?.name
  return [name ? `Hello ${name},` : "Hello,", ...paragraphs]
    .filter((paragraph) => paragraph !== "")
    .join("\n\n")
}

function amountOf({ payout }: NotificationContext): string {
  return payout ? `${payout.amount} ${payout.currency_code}` : "an amount"
}

function destinationOf({ destination }: NotificationContext): string {
  if (!destination) return " go to another destination"
  const { currency_code, payer_name, masked_tail } = destination
  return ` in ${currency_code} go to ${payer_name}${masked_tail ? ` (${masked_tail})` : ""}`
}

function nameOf({ vendor }: NotificationContext): string {
  return vendor?.name ?? vendor?.id ?? "a vendor"
}

function referenceOf({ payout }: NotificationContext): string {
  return payout ? `Payout ${payout.id}.` : ""
}

/** The text as HTML: paragraphs, with what stands alone and is an https address as a link. */
export function htmlOf(text: string): string {
  return text
    .split("\n\n")
    .map((paragraph) =>
      isLink(paragraph)
        ? `<p><a href="${escaped(paragraph)}" rel="noopener noreferrer">${escaped(paragraph)}</a></p>`
        : `<p>${escaped(paragraph).replace(/\n/g, "<br>")}</p>`
    )
    .join("\n")
}

/** https, or this machine's own sandbox. */
function isLink(text: string): boolean {
  return /^(https:\/\/|http:\/\/127\.0\.0\.1[:/])[^\s"'<>]+$/.test(text)
}

function escaped(text: string): string {
  return text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/'/g, "&#39;")
}
