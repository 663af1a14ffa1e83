import { TimeIndex } from "../time-index"
import { Timeline } from "../timeline"
import { type Fx, PLAIN_FX } from "./fx"
import { newScript, takeScript } from "./scripts"
import type {
  AttributeSet,
  AttributeSpec,
  AutopayoutRule,
  PayerChange,
  Payout,
  PayoutScript,
  PayoutScriptInput,
  PayoutStep,
  Reversal,
  ScriptUse,
} from "./types"

const MINORS = [
  "source_minor",
  "fee_minor",
  "destination_minor",
  "min_minor",
  "out_minor",
  "returned_minor",
  "reversed_minor",
] as const
type Minor = (typeof MINORS)[number]

/** JSON has no integers of any size: minor units travel as text. */
type StoredPayout = Omit<Payout, Minor> & Record<Minor, string>

export type PayoutSnapshot = {
  payouts: StoredPayout[]
  steps: readonly PayoutStep[]
  last_step: number
  scripts: readonly PayoutScript[]
  last_script: number
  sets: readonly AttributeSet[]
  rules: readonly AutopayoutRule[]
  reversals: (Omit<Reversal, "minor" | "is_failed"> & {
    minor: string
    is_failed?: boolean
  })[]
  fx: Fx
  payer_changes: [string, PayerChange][]
  added_attributes: [string, AttributeSpec[]][]
}

type PayoutAim = Pick<Payout, "token" | "client_transfer_id" | "user_token">

/** Everything about direct payouts, found by the ways the API asks for it. */
export class PayoutBook {
  readonly times = new Timeline<Payout>()
  readonly steps = new TimeIndex<PayoutStep>()
  readonly payerChanges = new Map<string, PayerChange>()
  readonly addedAttributes = new Map<string, AttributeSpec[]>()
  fx: Fx = PLAIN_FX
  private readonly byToken = new Map<string, Payout>()
  private readonly byClientId = new Map<string, Payout[]>()
  private readonly byNumber: Payout[] = []
  private readonly setsByToken = new Map<string, AttributeSet>()
  private readonly setsByUser = new Map<string, AttributeSet[]>()
  private readonly rulesByToken = new Map<string, AutopayoutRule>()
  private readonly reversalsByPayout = new Map<string, Reversal[]>()
  private scriptList: PayoutScript[] = []
  private lastStep = 0
  private lastScript = 0
  private reversalCount = 0

  add(payout: Payout): void {
    this.byToken.set(payout.token, payout)
    this.byNumber.push(payout)
    this.times.add(payout)
    const { client_transfer_id } = payout
    if (client_transfer_id === null) return
    push(this.byClientId, client_transfer_id, payout)
  }

  payout(token: string): Payout | undefined {
    return this.byToken.get(token)
  }

  /** In order of creation. */
  withClientId(clientTransferId: string): readonly Payout[] {
    return this.byClientId.get(clientTransferId) ?? []
  }

  /** In order of creation. */
  all(): readonly Payout[] {
    return this.byNumber
  }

  addStep(step: Omit<PayoutStep, "token" | "number">): PayoutStep {
    this.lastStep += 1
    const number = this.lastStep
    const added = { ...step, token: `step_${number}`, number }
    this.steps.add(added)
    return added
  }

  /** Somebody stepped in: the ordinary course of this payout's life ends. */
  endLifeOf({ token }: Payout): void {
    const over = this.steps
      .all()
      .filter((step) => step.payout_token === token && step.cause === "life")
    for (const step of over) this.steps.remove(step)
  }

  addScript(input: PayoutScriptInput): PayoutScript {
    this.lastScript += 1
    const script = newScript(input, this.lastScript)
    this.scriptList.push(script)
    return script
  }

  scripts(): readonly PayoutScript[] {
    return this.scriptList
  }

  clearScripts(): void {
    this.scriptList = []
  }

  /** Uses up one turn of the first script for this payout that says something of it. */
  script(use: ScriptUse, aim: PayoutAim): PayoutScript | null {
    const taken = takeScript(this.scriptList, use, aim)
    this.scriptList = this.scriptList.filter(({ left }) =>
      Object.values(left).some((turns) => turns > 0)
    )
    return taken
  }

  addSet(set: AttributeSet): void {
    this.setsByToken.set(set.token, set)
    push(this.setsByUser, set.user_token, set)
  }

  set(token: string): AttributeSet | undefined {
    return this.setsByToken.get(token)
  }

  /** In order of creation. */
  setsOf(userToken: string): readonly AttributeSet[] {
    return this.setsByUser.get(userToken) ?? []
  }

  setCount(): number {
    return this.setsByToken.size
  }

  addRule(rule: AutopayoutRule): void {
    this.rulesByToken.set(rule.token, rule)
  }

  removeRule({ token }: AutopayoutRule): void {
    this.rulesByToken.delete(token)
  }

  rulesOf(walletToken: string): AutopayoutRule[] {
    return [...this.rulesByToken.values()].filter(
      ({ wallet_token }) => wallet_token === walletToken
    )
  }

  addReversal(reversal: Reversal): void {
    this.reversalCount += 1
    push(this.reversalsByPayout, reversal.payout_token, reversal)
  }

  reversalsOf(payoutToken: string): readonly Reversal[] {
    return this.reversalsByPayout.get(payoutToken) ?? []
  }

  reversals(): number {
    return this.reversalCount
  }

  snapshot(): PayoutSnapshot {
    return {
      payouts: this.byNumber.map(toStored),
      steps: this.steps.all(),
      last_step: this.lastStep,
      scripts: this.scriptList,
      last_script: this.lastScript,
      sets: [...this.setsByToken.values()],
      rules: [...this.rulesByToken.values()],
      reversals: [...this.reversalsByPayout.values()]
        .flat()
        .map((reversal) => ({ ...reversal, minor: String(reversal.minor) })),
      fx: this.fx,
      payer_changes: [...this.payerChanges],
      added_attributes: [...this.addedAttributes],
    }
  }

  static restore(snapshot: PayoutSnapshot): PayoutBook {
    const book = new PayoutBook()
    for (const payout of snapshot.payouts) book.add(fromStored(payout))
    for (const step of snapshot.steps) book.steps.add(step)
    for (const set of snapshot.sets) book.addSet(set)
    for (const rule of snapshot.rules) book.addRule(rule)
    for (const reversal of snapshot.reversals) {
      const { minor, is_failed = false } = reversal
      book.addReversal({ ...reversal, is_failed, minor: BigInt(minor) })
    }
    for (const [token, change] of snapshot.payer_changes) {
      book.payerChanges.set(token, change)
    }
    for (const [token, specs] of snapshot.added_attributes) {
      book.addedAttributes.set(token, specs)
    }
    book.scriptList = [...snapshot.scripts]
    book.lastStep = snapshot.last_step
    book.lastScript = snapshot.last_script
    book.fx = snapshot.fx
    return book
  }
}

function push<Row>(map: Map<string, Row[]>, key: string, row: Row): void {
  const rows = map.get(key)
  if (rows) rows.push(row)
  else map.set(key, [row])
}

function toStored(payout: Payout): StoredPayout {
  const minors = MINORS.map((name) => [name, String(payout[name])])
  return { ...payout, ...(Object.fromEntries(minors) as Record<Minor, string>) }
}

function fromStored(stored: StoredPayout): Payout {
  const minors = MINORS.map((name) => [name, BigInt(stored[name])])
  return { ...stored, ...(Object.fromEntries(minors) as Record<Minor, bigint>) }
}
