import { readFaultPlan } from "./control-fault-inputs"
import {
  FaultPlan,
  type FaultPlanInput,
  type FaultPlanState,
} from "./fault-plan"
import type { ArmedFault, FaultInput } from "./faults"
import type { Runtime } from "./runtime"

/** The part of the control that makes requests to the payout API go wrong. */
export class FaultControl {
  constructor(protected readonly runtime: Runtime) {}

  armFault(input: FaultInput): ArmedFault {
    const fault = this.runtime.world.faults.arm(input)
    this.runtime.changed()
    return { ...fault }
  }

  faults(): ArmedFault[] {
    return this.runtime.world.faults.list().map((fault) => ({ ...fault }))
  }

  /** No request meets a fault any more, be it an armed or a planned one. */
  clearFaults(): void {
    this.runtime.world.faults.clear()
    this.clearFaultPlan()
  }

  /**
   * From now on each matching request to the payout API meets a fault or none, as
   * drawn from the seed. Takes the place of a plan there was, and counts from 1.
   */
  planFaults(input: FaultPlanInput): FaultPlanState {
    const plan = new FaultPlan(readFaultPlan({ ...input }))
    this.runtime.world.plan = plan
    this.runtime.changed()
    return plan.state()
  }

  faultPlan(): FaultPlanState | null {
    return this.runtime.world.plan?.state() ?? null
  }

  /** Returns the plan as it was when it ended. */
  clearFaultPlan(): FaultPlanState | null {
    const ended = this.faultPlan()
    this.runtime.world.plan = null
    this.runtime.changed()
    return ended
  }
}
