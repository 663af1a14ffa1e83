import type { FaultPlan, PlannedTurn } from "./fault-plan"
import type { FaultInput, FaultLayer, FaultQueue, FaultTarget } from "./faults"

/** The faults one request meets: at most one of each layer, an armed one first. */
export class RequestFaults {
  /** Those it has met so far. */
  readonly met: FaultInput[] = []
  private readonly turn: PlannedTurn | null

  constructor(
    private readonly sources: { faults: FaultQueue; plan: FaultPlan | null },
    private readonly target: FaultTarget
  ) {
    this.turn = sources.plan?.draw(target) ?? null
  }

  /** Which request of the plan this is, if of any. */
  get planRequest(): number | null {
    return this.turn?.number ?? null
  }

  take(layer: FaultLayer): FaultInput | null {
    const armed = this.sources.faults.take(layer, this.target)
    const fault = armed ?? this.turn?.take(layer) ?? null
    if (fault) this.met.push(fault)
    return fault
  }
}
