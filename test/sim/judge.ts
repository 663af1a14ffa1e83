import { checkInvariants } from "../../src/modules/masspay/queries/invariants"
import { directSins, outDirectly } from "../support/direct"
import type { Scene } from "./act"
import { centsOf, vendorOf } from "./act"
import { type Plan, VENDORS } from "./plan"

/** What a vendor's loads that were not cancelled add up to, less what was spent back, in cents. */
function paidTo({ world }: Scene): Map<string, number> {
  const { control } = world.sandbox
  const paid = new Map<string, number>()
  const add = (of: { user_token: string }, cents: number): void => {
    const vendor = vendorOf(world, of)
    paid.set(vendor, (paid.get(vendor) ?? 0) + cents)
  }
  for (const load of control.loads().loads) {
    if (load.status !== "CANCELLED") add(load, centsOf(load))
  }
  for (const spendback of control.spendbacks().spendbacks) {
    if (spendback.status === "success") add(spendback, -centsOf(spendback))
  }
  for (const payout of outDirectly(world)) add(payout, payout.cents)
  return paid
}

/** What must hold at every moment, whatever is under way. */
export function judgeNow(scene: Scene): string[] {
  const { repeats } = scene.world.sandbox.control.audit()
  const problems = [
    ...repeats.map((repeat) => `executed twice: ${repeat}`),
    ...directSins(scene.world),
  ]
  for (const [vendor, cents] of paidTo(scene)) {
    const most = scene.model.mostPaid(vendor)
    if (cents > most) {
      problems.push(`${vendor} was paid ${cents}, at most ${most} was ever due`)
    }
  }
  return problems
}

/** What must hold when nothing moves any more. */
export async function judgeQuiet(scene: Scene, plan: Plan): Promise<string[]> {
  const { world } = scene
  const audit = world.sandbox.control.audit()
  const broken = (await checkInvariants(world.db)).filter(
    (invariant) => !invariant.holds
  )
  return [
    ...judgeNow(scene),
    ...audit.problems,
    ...(audit.reads_with_idempotency_key > 0 ? ["a read carried a key"] : []),
    ...broken.map(
      ({ id, violations }) => `${id}: ${JSON.stringify(violations.slice(0, 3))}`
    ),
    ...(await judgeSums(scene)),
    ...(await judgeLoads(scene)),
    ...(await judgeStatuses(scene, plan)),
  ]
}

/** Every cent that is due is with her, or open, or in a payout that a person has to decide. */
async function judgeSums(scene: Scene): Promise<string[]> {
  const { world, model } = scene
  const rows = await world.db.rows<{
    vendor_id: string
    booked: number
    open: number
    held: number
  }>(
    `select e.vendor_id,
            coalesce(sum(e.amount) filter (where e.kind <> 'overpayment'), 0)::float8 as booked,
            (select coalesce(sum(o.amount), 0) from masspay_open_entry o
              where o.vendor_id = e.vendor_id)::float8 as open,
            (select coalesce(sum(i.amount), 0)
               from masspay_payout_item i join masspay_payout p on p.id = i.payout_id
              where p.vendor_id = e.vendor_id and i.released_at is null
                and p.status not in ('completed', 'accepted', 'netted'))::float8 as held
       from masspay_ledger_entry e group by e.vendor_id`
  )
  const paid = paidTo(scene)
  return VENDORS.flatMap((vendor) => {
    const { booked, open, held } = rows.find(
      (row) => row.vendor_id === vendor
    ) ?? { booked: 0, open: 0, held: 0 }
    const due = model.due(vendor)
    const has = paid.get(vendor) ?? 0
    const sum = { vendor, due, booked, paid: has, open, held }
    const told = JSON.stringify(sum)
    return [
      ...(booked === due ? [] : [`entries lost or added: ${told}`]),
      ...(due === has + open + held ? [] : [`money lost or doubled: ${told}`]),
      ...(open > 0 ? [`money left unpaid: ${told}`] : []),
    ]
  })
}

/** Each load, payout and spendback that MassPay holds is one completed payout with its amount and user, and back. */
async function judgeLoads({ world }: Scene): Promise<string[]> {
  const { control } = world.sandbox
  const rows = await world.db.rows<{
    client_id: string
    amount: string
    user_token: string
    remote_token: string | null
  }>(
    `select o.client_id, p.amount::text as amount, p.user_token, o.remote_token
       from masspay_payout p join masspay_operation o
         on o.payout_id = p.id and o.kind in ('load', 'commit', 'spendback')
      where p.status in ('completed', 'accepted')`
  )
  const books = rows.map((row) =>
    [row.client_id, row.amount, row.user_token, row.remote_token].join(" ")
  )
  const loads = control
    .loads()
    .loads.filter((load) => load.status !== "CANCELLED")
    .map((load) => [
      load.client_load_id,
      centsOf(load),
      load.user_token,
      load.load_token,
    ])
  const spendbacks = control
    .spendbacks()
    .spendbacks.filter(({ status }) => status === "success")
    .map((spendback) => [
      spendback.client_spendback_id,
      -centsOf(spendback),
      spendback.user_token,
      spendback.spendback_token,
    ])
  const payouts = outDirectly(world).map(
    ({ commit_id, cents, user_token, payout_token }) => [
      commit_id,
      cents,
      user_token,
      payout_token,
    ]
  )
  const masspay = [...loads, ...payouts, ...spendbacks].map((parts) =>
    parts.join(" ")
  )
  return [
    ...masspay
      .filter((one) => !books.includes(one))
      .map((one) => `only MassPay has ${one}`),
    ...books
      .filter((one) => !masspay.includes(one))
      .map((one) => `only the books have ${one}`),
  ]
}

async function judgeStatuses({ world }: Scene, plan: Plan): Promise<string[]> {
  const rows = await world.db.rows<{
    id: string
    status: string
    review_reason: string | null
    block_reason: string | null
  }>(
    `select id, status, review_reason, block_reason from masspay_payout
      where status not in ('completed', 'void', 'netted', 'reversed')`
  )
  return rows.flatMap(({ id, status, review_reason, block_reason }) =>
    status === "needs_review" && isUndecidable(review_reason, plan)
      ? []
      : [`${id} is ${status} (${review_reason ?? block_reason ?? ""})`]
  )
}

const HOUR_MS = 60 * 60_000
/** Their answer is saved under the key, which is then no use. */
const BURNING = [
  "execute_then_500",
  "500_without_executing",
  "legacy_error",
  "200_cancelled",
]

/** Whether the rules give a payout of this plan to a person. */
function isUndecidable(
  reason: string | null,
  { steps, options }: Plan
): boolean {
  const fates = steps.flatMap((step) => {
    if (step.do === "work") return step.shift.fate ?? []
    return step.do === "race"
      ? step.shifts.flatMap(({ fate }) => fate ?? [])
      : []
  }).length
  const faults = steps.flatMap((step) =>
    "faults" in step ? step.faults.map(({ fault }) => fault) : []
  )
  const passed_ms = steps.reduce(
    (sum, step) => sum + (step.do === "pass" ? step.ms : 0),
    0
  )
  const count = (...names: string[]): number =>
    faults.filter((fault) => names.includes(fault)).length
  switch (reason) {
    case "unknown_too_long":
      return passed_ms >= 72 * HOUR_MS
    case "too_many_rotations":
      // A commit is never repeated, so each that was lost is a rotation.
      return options.method === "wallet"
        ? count(...BURNING) >= 2
        : faults.length + fates >= 2
    case "config_refused_repeatedly":
      return count("400_reject", "legacy_error") >= 3
    default:
      return false
  }
}
