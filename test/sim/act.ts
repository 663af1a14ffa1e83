import { ControlError, type PayoutView } from "../../sandbox"
import { internalUserId } from "../../src/domain/ids"
import { setControl } from "../../src/modules/masspay/queries/control"
import {
  databaseNow,
  recordSettlements,
} from "../../src/modules/masspay/queries/settlements"
import {
  requestTakeBack,
  TakeBackRefusedError,
} from "../../src/modules/masspay/queries/take-back"
import { adoptAfterRestore } from "../../src/runners/adopt"
import { collectPayouts } from "../../src/runners/collect"
import type { RunnerDeps } from "../../src/runners/deps"
import { dispatchPayouts } from "../../src/runners/dispatch"
import { resolvePayouts } from "../../src/runners/resolve"
import { aLine, anOrder, cancelled, SETTLE } from "../module/builders"
import { committed } from "../support/direct"
import type { Model, ModelOrder } from "./model"
import type { Job, Shift, Step } from "./plan"
import type { World } from "./world"

const POLICY = { ...SETTLE, commission_basis_points: 0 }
const STALE_TRIES = 50

export type Scene = { world: World; model: Model }

/** Makes one step happen. Returns what came of it, for whoever reads a replay. */
export async function act(scene: Scene, step: Step): Promise<string> {
  const { world, model } = scene
  const { control } = world.sandbox
  switch (step.do) {
    case "order": {
      const order = model.addOrder(step.vendor, step.cents)
      await settle(scene, order)
      return order.id
    }
    case "change":
      return change(scene, step)
    case "work":
      await world.nameDestinations()
      for (const fault of step.faults) world.armFault(fault)
      return work(world, step.shift)
    case "race": {
      await world.nameDestinations()
      for (const fault of step.faults) world.armFault(fault)
      const ends = step.shifts.map((shift) => work(world, shift))
      return (await Promise.all(ends)).join(", ")
    }
    case "flip":
      return flip(scene, step)
    case "lock":
    case "unlock":
    case "withdraw": {
      const token = userOf(world, step.vendor)
      if (token === null) return "nobody"
      return refusable(() => {
        if (step.do === "lock") control.lockUser(token, step.kind)
        else if (step.do === "unlock") control.unlockUser(token)
        else control.withdrawAll(token)
      })
    }
    case "fund":
      control.fund({ currency_code: "USD", amount: step.dollars })
      return "done"
    case "reverse":
      return reverse(world, step)
    case "pass":
      await world.passTime(step.ms)
      return "done"
    case "resume":
      return (await world.resumeOne()) ? "done" : "nobody"
    case "snapshot":
      await world.keepSnapshot()
      model.backUp()
      return "done"
    case "restore":
      if (!world.hasSnapshot) return "nothing"
      await world.restore()
      model.restore()
      return "done"
    case "rescan":
      await rescan(scene)
      return "done"
  }
}

/** What a process does at its jobs, one after the other. */
export async function doJobs(
  deps: RunnerDeps,
  jobs: readonly Job[],
  { policy, tag }: Pick<World, "policy" | "tag">
): Promise<void> {
  for (const job of jobs) {
    switch (job) {
      case "adopt":
        await adoptAfterRestore(deps)
        break
      case "collect":
        await collectPayouts(deps, { policy, tag })
        break
      case "dispatch":
        await dispatchPayouts(deps)
        break
      case "resolve":
        await resolvePayouts(deps)
        break
    }
  }
}

function work(world: World, { jobs, fate }: Shift): Promise<string> {
  return world.inProcess((deps) => doJobs(deps, jobs, world), fate)
}

/** Books what the order owes now, as an event or the sweep would. */
async function settle(
  { world, model }: Scene,
  order: ModelOrder
): Promise<void> {
  model.tell(order)
  const net = (order.cents / 100).toFixed(2)
  const { id: order_id, vendor: vendor_id } = order
  const live = anOrder({
    order_id,
    lines: [aLine({ order_id, ref: `item_${order_id}`, vendor_id, net })],
  })
  const facts = order.cents === 0 ? cancelled(live) : live
  for (let tries = 0; tries < STALE_TRIES; tries += 1) {
    const { outcome } = await recordSettlements(world.db, {
      facts,
      read_at: await databaseNow(world.db),
      policy: POLICY,
      tag: world.tag,
    })
    if (outcome === "recorded") return
  }
  throw new Error(`The facts of ${order_id} stay stale`)
}

/** Every order is settled once more, as the daily sweep does. */
export async function rescan(scene: Scene): Promise<void> {
  const { world, model } = scene
  const began_at = await databaseNow(world.db)
  for (const order of model.orders) await settle(scene, order)
  await setControl(world.db, "watermark:rescan", {
    watermark: began_at.toISOString(),
  })
}

async function change(
  scene: Scene,
  { at, share }: Extract<Step, { do: "change" }>
): Promise<string> {
  const order = pickAt(scene.model.orders, at)
  if (!order) return "nothing"
  order.cents = Math.round(order.first * share)
  await settle(scene, order)
  return `${order.id} is ${order.cents}`
}

function flip(
  { world, model }: Scene,
  { at, in_ms }: Extract<Step, { do: "flip" }>
): string {
  const { control } = world.sandbox
  const paid = [...control.loads().loads, ...committed(world)]
  const load = pickAt(paid, at)
  if (!load) return "nothing"
  if ("payout_token" in load) return flipPayout({ world, model }, load, in_ms)
  const status = load.status === "CANCELLED" ? "COMPLETED" : "CANCELLED"
  const { load_token } = load
  return refusable(() => {
    control.scheduleFlip({ load_token, status, in_ms })
    // Looking makes the sandbox do what is due now.
    control.loads({ limit: 0 })
    if (status === "COMPLETED")
      model.noteRegained(vendorOf(world, load), centsOf(load))
  }, `${load_token} ${status}`)
}

/** A bank returns it, or it arrives after all. */
function flipPayout(
  { world, model }: Scene,
  payout: PayoutView,
  in_ms: number
): string {
  const { control } = world.sandbox
  const { payout_token } = payout
  const status = payout.status === "CANCELLED" ? "COMPLETED" : "CANCELLED"
  return refusable(() => {
    control.schedulePayoutFlip({ payout_token, status, in_ms })
    control.payouts({ limit: 0 })
    if (status === "COMPLETED") {
      const cents = Math.round(Number(payout.source_amount) * 100)
      model.noteRegained(vendorOf(world, payout), cents)
    }
  }, `${payout_token} ${status}`)
}

async function reverse(
  world: World,
  { at }: Extract<Step, { do: "reverse" }>
): Promise<string> {
  const payouts = await world.db.rows<{ id: string }>(
    `select id from masspay_payout where status = 'completed' order by created_at, id`
  )
  const payout = pickAt(payouts, at)
  if (!payout) return "nothing"
  try {
    await world.db.tx((sql) =>
      requestTakeBack(sql, {
        payout_id: payout.id,
        kind: "reverse",
        tag: world.tag,
        actor: "operator",
        cause: null,
      })
    )
    return payout.id
  } catch (error) {
    if (error instanceof TakeBackRefusedError) return error.reason
    throw error
  }
}

/** The vendor's MassPay user; the sandbox is asked, because books may have forgotten her. */
export function userOf(world: World, vendor_id: string): string | null {
  const internal = internalUserId({ tag: world.tag, vendor_id })
  const { users } = world.sandbox.control.state()
  const user = users.find((each) => each.internal_user_id === internal)
  return user?.user_token ?? null
}

export function vendorOf(
  world: World,
  { user_token }: { user_token: string }
): string {
  const { users } = world.sandbox.control.state()
  const user = users.find((each) => each.user_token === user_token)
  const internal = user?.internal_user_id ?? ""
  return internal.slice(internal.indexOf("ven_"))
}

export function centsOf({ amount }: { amount: string }): number {
  return Math.round(Number(amount) * 100)
}

function pickAt<Item>(items: readonly Item[], at: number): Item | undefined {
  return items[Math.floor(at * items.length)]
}

function refusable(work: () => void, done = "done"): string {
  try {
    work()
    return done
  } catch (error) {
    if (error instanceof ControlError) return error.message
    throw error
  }
}
