import type { IncidentDetail, IncidentKind } from "../domain/incidents"
import type { NotificationText } from "./templates"

type Say = (detail: Detail, vendor: string) => NotificationText

/** Reads what an incident knows; what is missing is said in words. */
type Detail = (key: string, otherwise?: string) => string

const TEXTS: Record<IncidentKind, Say> = {
  payout_parked: (about, vendor) => ({
    subject: `A payout of ${amount(about)} needs a person`,
    text: `It could not be proven whether ${vendor} was paid ${amount(about)}. Nothing is sent again by itself.`,
  }),
  payout_flipped: (about, vendor) =>
    about("now") === "paid_after_release"
      ? {
          subject: `A payout of ${amount(about)} was paid after it was given up`,
          text: `MassPay had cancelled a payout of ${amount(about)} to ${vendor}, its money was released, and MassPay shows it as paid now. The vendor has too much until it is netted.`,
        }
      : {
          subject: `A paid payout of ${amount(about)} is cancelled`,
          text: `MassPay said that ${vendor} had been paid ${amount(about)}, and says now that the payout is cancelled. Its money is kept until that is certain.`,
        },
  payout_unknown: (about) => ({
    subject: `${about("count", "Some")} payouts have had no proven outcome for two hours`,
    text: `MassPay was asked again and again and did not say what became of them; the oldest has waited since ${about("oldest_at")}. Nothing is sent a second time.`,
  }),
  payout_waiting: (about) => ({
    subject: `${about("count", "Some")} payouts wait although nothing keeps them`,
    text: `They are ready, their vendors may be paid and the wallet can pay them; the oldest has been ready since ${about("oldest_at")}.`,
  }),
  funding_low: (about) => ({
    subject: `The ${about("currency_code")} funding wallet does not last`,
    text: `It holds ${about("balance")} ${about("currency_code")} as far as we know; within a day ${about("upcoming")} ${about("currency_code")} are to be paid out of it${limitOf(about)}. ${about("why") === "short" ? "Payouts wait for it already." : "Fill it before payouts have to wait."}`,
  }),
  webhooks_silent: (about) => ({
    subject: "MassPay's webhooks have stopped coming",
    text: `MassPay carried out ${about("payouts", "several")} payouts and no message about anything has come since ${about("last_at", "the start")}. Payouts go on; their news comes later.`,
  }),
  webhooks_rejected: (about) => ({
    subject: "Webhooks are being refused",
    text: `Within two hours ${about("rejected", "several")} messages were not signed with a secret of yours, and ${about("genuine", "0")} were. Either MassPay signs with another secret, or somebody else sends them. Nothing of them was believed.`,
  }),
  job_overdue: (about) => ({
    subject: `The job ${about("job", "of payouts")} does not run`,
    text: `It last ran to its end at ${about("last_run_at", "no time that is known")} and should have run several times since.`,
  }),
  reconcile_overdue: (about) => ({
    subject: "The books were not compared with MassPay for two hours",
    text: `The last complete comparison with MassPay's history ended at ${about("last_at", "no time that is known")}. Differences stay unnoticed meanwhile.`,
  }),
  invariant_broken: (about) => ({
    subject: `The payout books are wrong: ${about("invariant", "an invariant")} does not hold`,
    text: `At least ${about("violations", "one")} rows contradict each other. ${about("dispatch_stopped") === "true" ? "Sending is stopped in every process until an operator resumes it." : "Sending goes on: no payment depends on it."}`,
  }),
  dispatch_stopped: (about) => ({
    subject: "Payouts are stopped",
    text: `Nothing has been sent since ${about("since")}. It stays so until an operator resumes it.`,
  }),
  circuit_open: (about) => ({
    subject:
      about("reason") === "auth"
        ? "MassPay refuses our API key"
        : "MassPay does not work",
    text: `Nothing has been sent since ${about("since")}. Payouts wait and go on by themselves once MassPay answers${about("reason") === "auth" ? " with this key" : ""} again.`,
  }),
  restore_waiting: (about) => ({
    subject: "The database is another one: payouts wait",
    text: `Since ${about("since")} these are other books than before: a restore, a failover or a copy. Everything that MassPay knows is read before anything is sent; ${about("payees", "some")} vendors are left.`,
  }),
  discrepancy: (about) => ({
    subject: `MassPay and the books differ: ${about("class", "a discrepancy")}`,
    text: `A comparison found what cannot be put right by itself${about("payout_id", "") === "" ? "" : `, about payout ${about("payout_id")}`}. It stays open until somebody has resolved it.`,
  }),
}

/** What an alarm says, in plain words. */
export function incidentText(
  { kind, detail }: { kind: IncidentKind; detail: IncidentDetail },
  vendor: string
): NotificationText {
  return TEXTS[kind]((key, otherwise = "an unknown time") => {
    const value = detail[key]
    return value === undefined || value === null ? otherwise : String(value)
  }, vendor)
}

function amount(about: Detail): string {
  const value = about("amount", "")
  return value === ""
    ? "an unknown amount"
    : `${value} ${about("currency_code", "")}`
}

function limitOf(about: Detail): string {
  const limit = about("low_balance", "")
  return limit === ""
    ? ""
    : `, and funding.lowBalance is ${limit} ${about("currency_code")}`
}
