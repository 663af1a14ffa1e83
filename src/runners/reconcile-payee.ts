import { comparePair, type Comparison } from "../domain/compare"
import type { DiscrepancyClass } from "../domain/discrepancies"
import { areBooksKnown } from "../modules/masspay/queries/database-identity"
import {
  type FoundDiscrepancy,
  noteHealed,
} from "../modules/masspay/queries/discrepancies"
import { amountText } from "../modules/masspay/queries/dto"
import {
  forgetAbsences,
  noteAbsence,
} from "../modules/masspay/queries/reconcile-absence"
import {
  type ComparedPair,
  differencesOfUser,
  type PayeeOfUser,
  unknownBefore,
} from "../modules/masspay/queries/reconcile-compare"
import {
  closeUnshown,
  openAndPause,
  payoutOfToken,
} from "../modules/masspay/queries/reconcile-findings"
import { stageListed } from "../modules/masspay/queries/remote-transactions"
import type { PayoutToLookUp } from "../modules/masspay/queries/resolve"
import {
  applyLookup,
  type Lookup,
  type ResolvePolicy,
} from "../modules/masspay/queries/resolve-apply"
import { readPayeeInFull } from "./adopt"
import type { RunnerDeps } from "./deps"
import { tellApplied } from "./resolve-log"

type Different = Extract<Comparison, { is: "different" | "absent" }>
type Finding = { pair: ComparedPair; as: Different; cause_key: string }

export type Inspected = {
  /** Whether her lists were complete and all of it was applied. */
  is_read: boolean
  /** Whether MassPay answered at all. */
  is_answered: boolean
  found: { class: DiscrepancyClass; is_healed: boolean }[]
}

export type InspectOptions = {
  run_id: string
  tag: string
  policy: ResolvePolicy
}

/**
 * Reads all of one user's loads and spendbacks, compares them with the books,
 * lets the ordinary moves apply what they show, and compares again: what is gone
 * was healed, what is left is for a person. Sends nothing. What is not in a list
 * that may be incomplete is not missing.
 */
export async function inspectPayee(
  deps: RunnerDeps,
  payee: PayeeOfUser,
  options: InspectOptions
): Promise<Inspected> {
  return new Inspection(deps, payee, options).run()
}

class Inspection {
  private lookup: Lookup | null = null
  private before: Finding[] = []
  private readonly sendable = new Set<string>()
  private readonly found: Inspected["found"] = []

  constructor(
    private readonly deps: RunnerDeps,
    private readonly payee: PayeeOfUser,
    private readonly options: InspectOptions
  ) {}

  async run(): Promise<Inspected> {
    const { deps, payee, options, found } = this
    // Both are told to a person only where nothing was forgotten here.
    const isForgetful =
      payee.needs_adoption || !(await areBooksKnown(deps.books))
    const is_read = await readPayeeInFull(deps, payee, {
      policy: options.policy,
      forgotten: isForgetful,
      listed: (lookup) => this.see(lookup),
      apply: async (payout, lookup) => {
        await this.apply(payout, lookup)
      },
    })
    // Not answered, or her user is gone: nothing was seen.
    if (this.lookup === null) return { is_read, is_answered: is_read, found }
    await this.record(this.lookup, { is_read, isForgetful })
    await deps.failpoint?.("reconcile.inspected")
    return { is_read, is_answered: true, found }
  }

  private async see(lookup: Lookup): Promise<void> {
    const { books } = this.deps
    const { user_token } = this.payee
    this.lookup = lookup
    await stageListed(books, {
      user_token,
      lookup,
      run_id: this.options.run_id,
    })
    this.before = await this.compare(lookup)
    const unlisted = this.before.filter(({ as }) => as.class === "D02")
    const payouts = await unknownBefore(books, {
      payout_ids: unlisted.flatMap(({ pair }) => pair.payout_id ?? []),
      began_at: lookup.began_at,
    })
    for (const payout of payouts) {
      const to = await this.apply(payout, lookup)
      if (to === "ready") this.sendable.add(payout.payout_id)
    }
  }

  private async compare({ began_at }: Lookup): Promise<Finding[]> {
    const { user_token } = this.payee
    const pairs = await differencesOfUser(this.deps.books, {
      user_token,
      began_at,
    })
    return pairs.flatMap((pair) => {
      const as = comparePair(pair, this.options.tag)
      if (as.is !== "different" && as.is !== "absent") return []
      const subject =
        as.class === "D06" || as.class === "D07"
          ? pair.theirs?.token
          : pair.operation_id
      return [{ pair, as, cause_key: `${as.class}:${subject ?? ""}` }]
    })
  }

  private async apply(
    payout: PayoutToLookUp,
    lookup: Lookup
  ): Promise<string | null> {
    const { books, log } = this.deps
    const applied = await applyLookup(books, {
      payout,
      lookup,
      policy: this.options.policy,
      run_id: this.options.run_id,
    })
    const { payout_id, vendor_id } = payout
    tellApplied(log, { payout_id, vendor_id }, applied)
    return applied.did === "move" ? applied.to : null
  }

  private async record(
    lookup: Lookup,
    { is_read, isForgetful }: { is_read: boolean; isForgetful: boolean }
  ): Promise<void> {
    const { books } = this.deps
    const { user_token, payee_id } = this.payee
    const { run_id } = this.options
    const after = await this.compare(lookup)
    const left = new Set(after.map(({ cause_key }) => cause_key))
    await forgetAbsences(books, { user_token, began_at: lookup.began_at })
    for (const finding of this.before) {
      if (finding.as.class === "D06") {
        await this.recordAdopted(finding, { isForgetful })
      } else if (!left.has(finding.cause_key)) {
        await this.recordHealed(finding)
      }
    }
    for (const finding of after) await this.recordLeft(finding, { is_read })
    if (!is_read) return
    await closeUnshown(books, {
      payee_id,
      user_token,
      shown: after.map(({ cause_key }) => cause_key),
      run_id,
    })
  }

  private async recordHealed({ pair, as, cause_key }: Finding): Promise<void> {
    // Whoever else moved it meanwhile has told of it.
    if (as.is === "absent" && !this.sendable.has(pair.payout_id ?? "")) return
    const action = as.is === "absent" ? "may_be_sent_again" : "truth_applied"
    await noteHealed(this.deps.books, {
      ...this.subjectOf(pair),
      class: as.class,
      cause_key,
      action,
    })
    this.count(as.class, true)
  }

  private async recordAdopted(
    { pair, cause_key }: Finding,
    { isForgetful }: { isForgetful: boolean }
  ): Promise<void> {
    const { books } = this.deps
    const payout_id = await payoutOfToken(books, pair.theirs?.token ?? "")
    const found: FoundDiscrepancy = {
      ...this.subjectOf({ ...pair, payout_id }),
      class: "D06",
      cause_key,
      action: "adopted_and_paused",
    }
    if (isForgetful && payout_id !== null) await noteHealed(books, found)
    else await openAndPause(books, found)
    this.count("D06", isForgetful && payout_id !== null)
  }

  private async recordLeft(
    { pair, as, cause_key }: Finding,
    { is_read }: { is_read: boolean }
  ): Promise<void> {
    const { books } = this.deps
    if (as.is === "absent") {
      // An unknown one is looked up on; two complete runs decide on the others.
      if (as.class === "D02" || !is_read || pair.operation_id === null) return
      const { operation_id } = pair
      await noteAbsence(books, { operation_id, run_id: this.options.run_id })
      return
    }
    // Found by the next run, if it still is one: somebody moved it meanwhile.
    if (as.class === "D01" || as.class === "D06") return
    await openAndPause(books, {
      ...this.subjectOf(pair),
      class: as.class,
      cause_key,
      action: as.action === "truth_applied" ? "flagged" : as.action,
    })
    this.count(as.class, false)
  }

  private count(name: DiscrepancyClass, is_healed: boolean): void {
    this.found.push({ class: name, is_healed })
    const fields = { class: name, payee_id: this.payee.payee_id }
    if (is_healed) this.deps.log.info("recon.healed", fields)
    else this.deps.log.warn("recon.discrepancy", fields)
  }

  private subjectOf(
    pair: ComparedPair
  ): Omit<FoundDiscrepancy, "class" | "cause_key" | "action"> {
    const { ours, theirs } = pair
    const currency_code = ours?.currency_code ?? theirs?.currency_code ?? null
    return {
      payout_id: pair.payout_id,
      payee_id: pair.payee_id ?? this.payee.payee_id,
      vendor_id: pair.vendor_id,
      remote_token: theirs?.token ?? ours?.remote_token ?? null,
      currency_code,
      ours: ours
        ? {
            status: ours.status,
            amount: amountText(ours.amount, ours.currency_code),
            currency_code: ours.currency_code,
            remote_token: ours.remote_token,
            user_token: ours.user_token,
          }
        : {},
      theirs: theirs
        ? {
            status: theirs.status,
            amount:
              theirs.amount === null || theirs.currency_code === null
                ? null
                : amountText(theirs.amount, theirs.currency_code),
            currency_code: theirs.currency_code,
            user_token: theirs.user_token ?? this.payee.user_token,
          }
        : {},
      run_id: this.options.run_id,
    }
  }
}
