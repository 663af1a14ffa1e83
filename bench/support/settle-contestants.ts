import type { Pool } from "@medusajs/framework/pg"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { kernelFrom } from "../../src/kernel"
import type { Db } from "../../src/modules/masspay/queries/db"
import settleCompletedOrder from "../../src/subscribers/order-completed"
import { sweepOrders } from "../../src/sweep/sweep-orders"
import { loadOrder, settlePlainly } from "../ref/settle"
import { measure, type Measured } from "./measure"
import {
  ageOrders,
  freshOrders,
  type FreshOrder,
  type Template,
} from "./orders"
import { BASIS_POINTS, HOLD_DAYS } from "./policy"
import { checkSettled } from "./settled"

/** How many events a shop works on at once. */
const AT_ONCE = 8

export const CONTESTANTS = ["bare", "event", "plain", "sweep"] as const
export type Contestant = (typeof CONTESTANTS)[number]

type MeasuredShop = {
  container: MedusaContainer
  /** With time enough for anything. */
  db: Db
  pool: Pool
  templates: readonly Template[]
}

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
  const measured = await measure(db, count, () =>
    WORK[contestant](shop, { orders, since })
  )
  const { nudgeOutbox, nudgeDispatch } = await kernelFrom(container)
  await nudgeOutbox.idle()
  await nudgeDispatch.idle()
  if (contestant !== "bare") await checkSettled(db, orders)
  await ageOrders(db)
  return measured
}

type Task = { orders: readonly FreshOrder[]; since: Date }

const WORK: Record<
  Contestant,
  (shop: MeasuredShop, task: Task) => Promise<void>
> = {
  async bare({ container }, { orders }) {
    const query = container.resolve(ContainerRegistrationKeys.QUERY)
    await atOnce(orders, async ({ id }) => {
      await loadOrder(query, id)
    })
  },
  async event({ container }, { orders }) {
    await atOnce(orders, ({ id }) =>
      settleCompletedOrder({
        event: { name: "order.completed", data: { id } },
        container,
        pluginOptions: {},
      })
    )
  },
  async plain({ container, pool }, { orders, since }) {
    const query = container.resolve(ContainerRegistrationKeys.QUERY)
    const { installation } = await kernelFrom(container)
    const seen = await settlePlainly(query, pool, {
      since,
      tag: installation.tag,
      basis_points: BASIS_POINTS,
      hold_days: HOLD_DAYS,
    })
    if (seen !== orders.length) throw new Error(`It saw ${seen} orders`)
  },
  async sweep({ container }, { orders }) {
    const report = await sweepOrders(container)
    if (report?.settled !== orders.length || !report.drained) {
      throw new Error(`The sweep says ${JSON.stringify(report)}`)
    }
  },
}

async function atOnce<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>
): Promise<void> {
  const queue = [...items]
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (;;) {
        const item = queue.shift()
        if (!item) return
        await work(item)
      }
    })
  )
}
