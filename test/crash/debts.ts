import { collectDue } from "../../src/modules/masspay/queries/collect"
import { newId } from "../../src/modules/masspay/queries/new-id"
import { adoptAfterRestore } from "../../src/runners/adopt"
import { dispatchPayouts } from "../../src/runners/dispatch"
import { resolvePayouts } from "../../src/runners/resolve"
import { aDirectPayee, ANY_FEE } from "../support/direct"
import {
  aPayee,
  MINUTE_MS,
  type Payee,
  requests,
  type Shop,
} from "../support/payout-shop"
import type { Random } from "../support/random"

const STEP_MS = 20 * MINUTE_MS
const STEPS_MAX = 60
const DAY_AND_MORE_MS = 25 * 60 * MINUTE_MS
const PAYOUTS_MAX = 1_000
/** None of these takes the key's answer away: the rules always find out. */
const ON_THE_WIRE = [
  "execute_then_drop",
  "drop_before_execute",
  "reset_mid_body",
] as const

/** A load, a quote, a commit. */
const SENDING = [
  { method: "POST", path: "/load/" },
  { method: "POST", path: "/payout/usr_" },
  { method: "PUT", path: "/payout/usr_" },
] as const

type Entry = { vendor_id: string; source_key: string; amount: number }

/** What the shop owes, kept outside of the books, which may forget. */
export class Debts {
  private readonly entries: Entry[] = []

  private constructor(
    readonly shop: Shop,
    readonly payees: readonly Payee[],
    readonly random: Random
  ) {}

  static async open(
    shop: Shop,
    { vendors, random }: { vendors: number; random: Random }
  ): Promise<Debts> {
    const payees: Payee[] = []
    for (let vendor = 0; vendor < vendors; vendor += 1) {
      // Every other one is paid directly, to a bank.
      payees.push(await (vendor % 2 === 0 ? aPayee(shop) : aDirectPayee(shop)))
    }
    return new Debts(shop, payees, random)
  }

  /** One to three entries for every vendor. */
  async owe(): Promise<void> {
    const fresh = this.payees.flatMap(({ vendor_id }) =>
      Array.from({ length: this.random.between(1, 3) }, (_, n) => ({
        vendor_id,
        source_key: `order:${this.entries.length}:${vendor_id}:${n}`,
        // More than a bank takes at least.
        amount: this.random.between(20_00, 70_00),
      }))
    )
    this.entries.push(...fresh)
    await this.book(fresh)
  }

  /** Books again what the books forgot, as the order sweep would. Returns how many. */
  oweAgain(): Promise<number> {
    return this.book(this.entries)
  }

  /** What she was ever to get, in cents. */
  due({ vendor_id }: Payee): number {
    return this.entries
      .filter((entry) => entry.vendor_id === vendor_id)
      .reduce((sum, { amount }) => sum + amount, 0)
  }

  private async book(entries: readonly Entry[]): Promise<number> {
    const booked = await this.shop.books.db.rows(
      `insert into masspay_ledger_entry
         (id, vendor_id, currency_code, amount, kind, source_key, reason, available_at)
       select id, vendor_id, 'USD', amount, 'adjustment', source_key, 'test', masspay_now()
         from unnest(?::text[], ?::text[], ?::text[], ?::bigint[])
              as owed (id, vendor_id, source_key, amount)
       on conflict do nothing returning id`,
      [
        entries.map(() => newId("mslen")),
        entries.map((entry) => entry.vendor_id),
        entries.map((entry) => entry.source_key),
        entries.map((entry) => entry.amount),
      ]
    )
    return booked.length
  }
}

/** Makes payouts of all that is open. */
export async function collect({ shop }: Debts): Promise<number> {
  const { payouts, failed } = await collectDue(shop.books.db, {
    policy: {
      minimum: {},
      notify_payee: false,
      source_tokens: { USD: shop.source_token },
    },
    tag: shop.tag,
    limit: PAYOUTS_MAX,
  })
  for (const { error } of failed) throw error
  return payouts.length
}

/** Debts, their payouts, and what the network does to one of them; some time passes. */
export async function payWave(debts: Debts): Promise<void> {
  const { shop, random } = debts
  await debts.owe()
  if (random.chance(0.3)) await debts.owe()
  await collect(debts)
  armFault(debts)
  await dispatchPayouts(shop.deps({ direct: ANY_FEE }))
  await shop.passTime(random.between(0, 30) * MINUTE_MS)
  if (random.chance(0.5)) await resolvePayouts(shop.deps())
}

export function armFault({ shop, random, payees }: Debts): void {
  shop.sandbox.control.armFault({
    fault: random.pick(ON_THE_WIRE),
    ...random.pick(SENDING),
    skip: random.between(0, Math.floor(payees.length / 2)),
  })
}

/**
 * The jobs run, in any order, until nothing moves; then again a day later,
 * when they must send nothing. Returns what is wrong.
 */
export async function becomeQuiet(debts: Debts): Promise<string[]> {
  const { shop } = debts
  shop.sandbox.control.clearFaults()
  let moving = ""
  for (let step = 0; step < STEPS_MAX; step += 1) {
    await doJobs(debts)
    moving = await whatMoves(shop)
    if (moving === "") break
    await shop.passTime(STEP_MS)
  }
  if (moving !== "") return [`never quiet: ${moving}`]

  const sent = writes(shop)
  await shop.passTime(DAY_AND_MORE_MS)
  for (let time = 0; time < 2; time += 1) await doJobs(debts)
  const more = writes(shop) - sent
  return more === 0 ? [] : [`a second run sent ${more} requests more`]
}

async function doJobs(debts: Debts): Promise<void> {
  const { shop, random } = debts
  const jobs = [
    // One job in the plugin too: whether the books are older comes first.
    async () => {
      await adoptAfterRestore(shop.deps())
      await resolvePayouts(shop.deps())
    },
    () => collect(debts),
    () => dispatchPayouts(shop.deps({ direct: ANY_FEE })),
  ]
  while (jobs.length > 0) {
    const [job] = jobs.splice(random.between(0, jobs.length - 1), 1)
    await job?.()
  }
}

function writes(shop: Shop): number {
  return requests(shop).filter(({ method }) => method !== "GET").length
}

/** Whatever the jobs still have to do something about, in words. */
async function whatMoves({ books }: Shop): Promise<string> {
  const rows = await books.db.rows<{ what: string }>(
    `select status || ' ' || count(*) as what from masspay_payout
      where status not in ('completed', 'void', 'netted', 'reversed', 'needs_review')
      group by status
     union all
     select 'open ' || sum(amount) from masspay_open_entry
      group by vendor_id having sum(amount) > 0
     union all
     select 'database ' || (value->>'state') from masspay_control
      where key = 'database_identity' and value->>'state' <> 'known'
     union all
     select 'to read ' || count(*) from masspay_payee
      where needs_adoption having count(*) > 0`
  )
  return rows.map(({ what }) => what).join(", ")
}
