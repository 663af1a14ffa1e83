import type { Plan } from "./plan"
import { play } from "./run-seed"

const TRIES_MAX = 80

/** Leaves out steps, first many and then single ones, as long as something still goes wrong. */
export async function shrink(plan: Plan): Promise<Plan> {
  let smallest = plan
  let tries = 0
  for (
    let size = Math.ceil(plan.steps.length / 4);
    size >= 1;
    size = size === 1 ? 0 : Math.ceil(size / 2)
  ) {
    for (let from = 0; from < smallest.steps.length;) {
      if ((tries += 1) > TRIES_MAX) return smallest
      const steps = smallest.steps.filter(
        (_, index) => index < from || index >= from + size
      )
      const { problems } = await play({ ...smallest, steps })
      if (problems.length > 0) smallest = { ...smallest, steps }
      else from += size
    }
  }
  return smallest
}
