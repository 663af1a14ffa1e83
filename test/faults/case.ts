import type { FaultInput } from "../../sandbox"
import { DEFAULT_LADDER } from "../../src/domain/clawback"
import { act, doJobs, type Scene } from "../sim/act"
import { judgeQuiet } from "../sim/judge"
import { Model } from "../sim/model"
import type { Job, Plan, Step } from "../sim/plan"
import { becomeQuiet } from "../sim/quiet"
import { World, type WorldOptions } from "../sim/world"
import type { Fate } from "../support/worker"

export const SECOND_MS = 1_000
export const MINUTE_MS = 60 * SECOND_MS
export const HOUR_MS = 60 * MINUTE_MS

export const POLICIES = ["refuse", "allow"] as const
export type Policy = (typeof POLICIES)[number]

/** What MassPay shows; what moves afterwards is seen when everything has come to rest. */
const PLAIN = ["completed", "accepted"]

/** One thing that is proved, by itself. */
export type Case = {
  /** Also what `--only` takes. */
  name: string
  /** Returns what is wrong. */
  run(): Promise<string[]>
}

/** A shop in which one payout of one vendor meets one fault. */
export class Stage {
  private readonly problems: string[] = []
  private passed_ms = 0

  constructor(private readonly scene: Scene) {}

  get world(): World {
    return this.scene.world
  }

  /** More money is due to the vendor, and a payout of it is made. */
  async collect(cents = 12_34): Promise<void> {
    await this.step({ do: "order", vendor: "ven_1", cents })
    await this.jobs(["collect"])
  }

  /** A process does these jobs, perhaps not to their end. */
  async jobs(jobs: readonly Job[], fate: Fate | null = null): Promise<void> {
    const { world } = this
    const how = await world.inProcess((deps) => doJobs(deps, jobs, world), fate)
    const expected = fate && "dies" in fate ? "died" : "done"
    if (how !== expected) {
      this.problems.push(`the process ${how}, it should have ${expected}`)
    }
  }

  /** Does these jobs while a fault waits, which has to be met by then. */
  async jobsUnder(fault: FaultInput, jobs: readonly Job[]): Promise<void> {
    this.world.armFault(fault)
    await this.jobs(jobs)
    const left = this.world.sandbox.control.faults()
    if (left.length > 0) this.problems.push(`${fault.fault} was not met`)
  }

  async step(step: Step): Promise<string> {
    return act(this.scene, step)
  }

  async pass(ms: number): Promise<void> {
    this.passed_ms += ms
    await this.step({ do: "pass", ms })
  }

  expect(what: string, isSo: boolean): void {
    if (!isSo) this.problems.push(`not so: ${what}`)
  }

  /** The statuses of all payouts, the oldest first. */
  async statuses(): Promise<string[]> {
    const rows = await this.world.db.rows<{ status: string }>(
      `select status from masspay_payout order by created_at, id`
    )
    return rows.map(({ status }) => status)
  }

  /** Look-ups and what they allow, until a payment is plain, or as often as two proofs need. */
  async untilDecided(rounds_max: number): Promise<void> {
    let before: string[] = []
    for (let round = 0; round < rounds_max; round += 1) {
      await this.jobs(["resolve", "dispatch"])
      await this.pass(11 * MINUTE_MS)
      const now = await this.statuses()
      const isPlain = now.every((status) => PLAIN.includes(status))
      if (isPlain && now.join() === before.join()) return
      before = now
    }
  }

  /** How often each client id moved money. */
  executed(): number[] {
    return Object.values(this.world.sandbox.control.audit().executed_loads)
  }

  /** Lets everything come to rest and judges it. */
  async conclude(options: WorldOptions): Promise<string[]> {
    const steps: Plan["steps"] = [{ do: "pass", ms: this.passed_ms }]
    return [
      ...this.problems,
      ...(await becomeQuiet(this.scene)),
      ...(await judgeQuiet(this.scene, { options, steps })),
    ]
  }
}

/** Plays one case in a shop of its own. Throws nothing: an error is a problem. */
export async function inShop(
  {
    duplicates,
    seed = 1,
    method = "wallet",
  }: { duplicates: Policy; seed?: number; method?: WorldOptions["method"] },
  play: (stage: Stage) => Promise<void>
): Promise<string[]> {
  const options: WorldOptions = {
    seed,
    funds: "100000.00",
    duplicates,
    insufficient_funds: "refuse",
    is_metered: false,
    method,
    clawback: DEFAULT_LADDER,
  }
  const world = await World.open(options)
  const stage = new Stage({ world, model: new Model() })
  try {
    await play(stage)
    return await stage.conclude(options)
  } catch (error) {
    return [error instanceof Error ? (error.stack ?? error.message) : "error"]
  } finally {
    await world.close()
  }
}
