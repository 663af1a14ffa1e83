import {
  type AttributeInput,
  type FxInput,
  type PayerChangeInput,
  type PayoutFlipInput,
  type PayoutStatusInput,
  readAttributeInput,
  readFx,
  readPayerChange,
  readPayoutFlip,
  readPayoutScript,
  readPayoutStatus,
} from "./control-payout-inputs"
import type { Page } from "./control-types"
import { UserControl } from "./control-users"
import { ControlError } from "./errors"
import { isDestination } from "./payouts/catalog"
import type { Fx } from "./payouts/fx"
import { changeStatus } from "./payouts/status"
import type {
  PayerChange,
  PayoutScript,
  PayoutScriptInput,
} from "./payouts/types"
import {
  type PayoutStepView,
  type PayoutView,
  viewPayout,
  viewStep,
} from "./payouts/views"

export type PayoutPage = { payouts: PayoutView[]; payout_count: number }

const OBSTACLES = {
  not_committed: "A quote has no status until it is committed",
  source_wallet_short: "The source wallet does not hold the amount any more",
} as const

/** The part of the control that decides what becomes of direct payouts. */
export class PayoutControl extends UserControl {
  /** Direct payouts and quotes in order of creation. */
  payouts({ after = 0, limit }: Page = {}): PayoutPage {
    const world = this.runtime.worldNow()
    const all = world.payouts.all()
    const end = limit === undefined ? undefined : after + limit
    return {
      payouts: all.slice(after, end).map((payout) => viewPayout(world, payout)),
      payout_count: all.length,
    }
  }

  /** Changes a payout's status now, and moves the money that goes with it. */
  setPayoutStatus(payoutToken: string, input: PayoutStatusInput): PayoutView {
    const world = this.runtime.worldNow()
    const { trace_code, ...change } = readPayoutStatus({ ...input })
    const payout = world.payouts.payout(payoutToken)
    if (!payout) {
      throw new ControlError(404, `There is no payout ${payoutToken}`)
    }
    const obstacle = changeStatus(world, payout, change)
    if (obstacle !== null) throw new ControlError(409, OBSTACLES[obstacle])
    world.payouts.endLifeOf(payout)
    if (trace_code !== undefined) payout.trace_code = trace_code
    this.runtime.changed()
    return viewPayout(world, payout)
  }

  /**
   * Changes a payout's status when the virtual clock gets there, be the payout there
   * already or not. A note in the journal says when it could not be done.
   */
  schedulePayoutFlip(input: PayoutFlipInput): PayoutStepView {
    const { payouts, clock } = this.runtime.worldNow()
    const flip = readPayoutFlip({ ...input })
    const { payout_token = null, client_transfer_id = null } = flip
    if (payout_token !== null && !payouts.payout(payout_token)) {
      throw new ControlError(404, `There is no payout ${payout_token}`)
    }
    const step = payouts.addStep({
      payout_token,
      client_transfer_id,
      status: flip.status,
      status_reason: flip.status_reason ?? null,
      cause: "script",
      time_ms: clock.now() + flip.in_ms,
    })
    this.runtime.changed()
    return viewStep(step)
  }

  /** What is still to come, the next first: flips, cancellations, ordinary life. */
  payoutSteps(): PayoutStepView[] {
    return this.runtime.worldNow().payouts.steps.all().map(viewStep)
  }

  /** Says beforehand what quotes, commits, lives and cancellations come to. */
  scriptPayouts(input: PayoutScriptInput): PayoutScript {
    const script = this.runtime
      .worldNow()
      .payouts.addScript(readPayoutScript({ ...input }))
    this.runtime.changed()
    return { ...script, left: { ...script.left } }
  }

  payoutScripts(): PayoutScript[] {
    const { payouts } = this.runtime.worldNow()
    return payouts
      .scripts()
      .map((script) => ({ ...script, left: { ...script.left } }))
  }

  clearPayoutScripts(): void {
    this.runtime.worldNow().payouts.clearScripts()
    this.runtime.changed()
  }

  fx(): Fx {
    return { ...this.runtime.world.payouts.fx }
  }

  /** Bends the table of rates; what is left out stays as it is. */
  setFx(input: FxInput): Fx {
    const { payouts } = this.runtime.worldNow()
    payouts.fx = readFx({ ...input }, payouts.fx)
    this.runtime.changed()
    return this.fx()
  }

  /** Makes a payer dearer, stricter, or takes it away. */
  changePayer(
    destinationToken: string,
    input: PayerChangeInput
  ): PayerChange & { destination_token: string } {
    const { payouts } = this.runtime.worldNow()
    const change = readPayerChange({ ...input })
    this.assertDestination(destinationToken)
    const changed = {
      ...payouts.payerChanges.get(destinationToken),
      ...change,
    }
    payouts.payerChanges.set(destinationToken, changed)
    this.runtime.changed()
    return { destination_token: destinationToken, ...changed }
  }

  /** From now on this payer wants to know one thing more. */
  requireAttribute(
    destinationToken: string,
    input: AttributeInput
  ): { destination_token: string; type: string } {
    const { payouts } = this.runtime.worldNow()
    const spec = {
      ...readAttributeInput({ ...input }),
      input_type: "text" as const,
    }
    this.assertDestination(destinationToken)
    const added = payouts.addedAttributes.get(destinationToken) ?? []
    payouts.addedAttributes.set(destinationToken, [...added, spec])
    this.runtime.changed()
    return { destination_token: destinationToken, type: spec.type }
  }

  private assertDestination(token: string): void {
    if (isDestination(token)) return
    throw new ControlError(404, `There is no destination ${token}`)
  }
}
