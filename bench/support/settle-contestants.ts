import type { Pool } from "@medusajs/framework/pg"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import type { OrderFacts } from "../../src/domain/facts"
import { kernelFrom, settlementPolicy } from "../../src/kernel"
import type { Db } from "../../src/modules/masspay/queries/db"
import { recordTogether } from "../../src/modules/masspay/queries/settle-together"
import { databaseNow } from "../../src/modules/masspay/queries/settlements"
import settleCompletedOrder from "../../src/subscribers/order-completed"
import { sweepOrders } from "../../src/sweep/sweep-orders"
import {
  BATCH_SIZE,
  bookPlainly,
  loadOrder,
  loadPlainly,
  type PlainPolicy,
  settlePlainly,
} from "../ref/settle"
import type { PlainOrder } from "../ref/split"
import { measure, type Measured } from "./measure"
import {
  ageOrders,
  type FreshOrder,
  freshOrders,
  type Template,
} from "./orders"
import { BASIS_POINTS, HOLD_DAYS } from "./policy"
import { checkSettled } from "./settled"

/** How many events a busy shop works on at once. */
const AT_ONCE = 8

export type Contestant =
  | "bare"
  | "event"
  | "bare_alone"
  | "event_alone"
  | "plain"
  | "sweep"
  | "plain_booking"
  | "our_booking"

type MeasuredShop = {
  container: MedusaContainer
  /** With time enough for anything. */
  db: Db
  pool: Pool
  templates: readonly Template[]
}

/** What has to be done with orders; what comes before is not measured. */
type Work = (
  shop: MeasuredShop,
  task: { orders: readonly FreshOrder[]; since: Date }
) => Promise<() => Promise<void>>

/** Lets a contestant settle fresh orders, and checks that exactly that happened. */
export async function settleAs(
  shop: MeasuredShop,
  { contestant, orders: count }: { contestant: Contestant; orders: number }
): Promise<Measured> {
  const { container, db } = shop
  const since = new Date()
  const orders = await freshOrders(db, shop.templates, count)
  await db.rows(`analyze`)
  await db.rows(`checkpoint`)
  const work = await WORK[contestant](shop, { orders, since })
  const measured = await measure(db, count, work)
  // Telling others of it is not what is measured.
  const { nudgeOutbox, nudgeDispatch } = await kernelFrom(container)
  await nudgeOutbox.idle()
  await nudgeDispatch.idle()
  if (!READERS.includes(contestant)) await checkSettled(db, orders)
  await ageOrders(db)
  return measured
}

/** They book nothing. */
const READERS: readonly Contestant[] = ["bare", "bare_alone"]

const WORK: Record<Contestant, Work> = {
  bare: (shop, task) => load(shop, task, AT_ONCE),
  bare_alone: (shop, task) => load(shop, task, 1),
  event: (shop, task) => hear(shop, task, AT_ONCE),
  event_alone: (shop, task) => hear(shop, task, 1),

  async plain({ container, pool }, { orders, since }) {
    const query = container.resolve(ContainerRegistrationKeys.QUERY)
    const policy = await plainPolicy(container)
    return async () => {
      const seen = await settlePlainly(query, pool, { ...policy, since })
      if (seen !== orders.length) throw new Error(`It saw ${seen} orders`)
    }
  },

  async sweep({ container }, { orders }) {
    return async () => {
      const report = await sweepOrders(container)
      if (report?.settled !== orders.length || !report.drained) {
        throw new Error(`The sweep says ${JSON.stringify(report)}`)
      }
    }
  },

  async plain_booking({ container, pool }, { since }) {
    const query = container.resolve(ContainerRegistrationKeys.QUERY)
    const policy = await plainPolicy(container)
    const pages: PlainOrder[][] = []
    for (let after = ""; ; after = pages.at(-1)?.at(-1)?.id ?? after) {
      const limit = BATCH_SIZE
      const page = await loadPlainly(query, { since, after, limit })
      pages.push(page)
      if (page.length < limit) break
    }
    return async () => {
      for (const page of pages) await bookPlainly(pool, page, policy)
    }
  },

  async our_booking({ container }, { orders }) {
    const kernel = await kernelFrom(container)
    const adapter = await kernel.adapter()
    const read_at = await databaseNow(kernel.books)
    const pages: OrderFacts[][] = []
    for (let from = 0; from < orders.length; from += BATCH_SIZE) {
      const ids = orders.slice(from, from + BATCH_SIZE).map(({ id }) => id)
      const facts = await adapter.factsForOrders?.(container, ids)
      pages.push([...(facts?.values() ?? [])])
    }
    const policy = settlementPolicy(kernel)
    const { tag } = kernel.installation
    return async () => {
      for (const facts of pages) {
        await recordTogether(kernel.books, { facts, read_at, policy, tag })
      }
    }
  },
}

async function load(
  { container }: MeasuredShop,
  { orders }: { orders: readonly FreshOrder[] },
  at_once: number
): Promise<() => Promise<void>> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  return () =>
    inTurns(orders, at_once, async ({ id }) => {
      await loadOrder(query, id)
    })
}

/** As the event bus calls the subscriber. */
async function hear(
  { container }: MeasuredShop,
  { orders }: { orders: readonly FreshOrder[] },
  at_once: number
): Promise<() => Promise<void>> {
  return () =>
    inTurns(orders, at_once, ({ id }) =>
      settleCompletedOrder({
        event: { name: "order.completed", data: { id } },
        container,
        pluginOptions: {},
      })
    )
}

async function inTurns(
  orders: readonly FreshOrder[],
  at_once: number,
  work: (order: FreshOrder) => Promise<void>
): Promise<void> {
  const queue = [...orders]
  await Promise.all(
    Array.from({ length: at_once }, async () => {
      for (let order = queue.shift(); order; order = queue.shift()) {
        await work(order)
      }
    })
  )
}

async function plainPolicy(container: MedusaContainer): Promise<PlainPolicy> {
  const { installation } = await kernelFrom(container)
  const { tag } = installation
  return { tag, basis_points: BASIS_POINTS, hold_days: HOLD_DAYS }
}
