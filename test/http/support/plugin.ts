import type { MedusaContainer } from "@medusajs/framework/types"

import type { Sandbox } from "../../../sandbox"
import { collectPolicy, kernelFrom } from "../../../src/kernel"
import { previewCollect } from "../../../src/modules/masspay/queries/collect-preview"
import type {
  AdminOrderSettlementsResponse,
  AdminPayout,
} from "../../../src/types/http"

type Get = (
  url: string,
  config?: object
) => Promise<{ status: number; data: unknown; headers: unknown }>

type Post = (
  url: string,
  body: object,
  config?: object
) => Promise<{ status: number; data: unknown }>

/** What the runner of the shop gives to call its API with. */
export type Http = { get: Get; post: Post; delete: Get }

type Job = { default: (container: MedusaContainer) => Promise<void> }
const JOBS = [
  "masspay-sweep-orders",
  "masspay-collect-payouts",
  "masspay-dispatch-payouts",
  "masspay-resolve-payouts",
  "masspay-apply-webhooks",
  "masspay-watch",
] as const

/** Runs what the clock would run, until nothing is under way any more: an event may have begun the same work. */
export async function runJobs(container: MedusaContainer): Promise<void> {
  await until("quiet", async () => {
    for (const name of JOBS) await runJob(container, name)
    await restOf(container)
    return isQuiet(container)
  })
}

export async function runJob(
  container: MedusaContainer,
  name: (typeof JOBS)[number] | "masspay-reconcile"
): Promise<void> {
  // Only now: a job file reads the shop's configuration when it is imported.
  const job = (await import(`../../../src/jobs/${name}`)) as Job
  await job.default(container)
}

async function isQuiet(container: MedusaContainer): Promise<boolean> {
  const { books, options } = await kernelFrom(container)
  // Before a payee is linked, and between that and her payout, a subscriber may
  // be at it without a trace in the other two.
  const { rows: open } = await previewCollect(books, {
    policy: collectPolicy(options),
    limit: 100,
    offset: 0,
  })
  if (open.some(({ reason }) => reason === "will_be_paid")) return false
  const busy = await books.rows(
    `select id from masspay_payee where status = 'linking'
     union all
     select p.id
       from masspay_open_entry o
       join masspay_payee p on p.vendor_id = o.vendor_id
      where p.status = 'unlinked' and p.status_reason is null
        and o.available_at <= masspay_now()
     union all
     select id from masspay_payout where status in ('ready', 'sending')`
  )
  return busy.length === 0
}

/** Waits for what was nudged. */
export async function restOf(container: MedusaContainer): Promise<void> {
  const { nudgeDispatch, nudgeOutbox, nudgeWebhooks } =
    await kernelFrom(container)
  await nudgeWebhooks.idle()
  await nudgeDispatch.idle()
  await nudgeOutbox.idle()
}

/** What every wallet of every user holds: `{ "ada@example.com": "12.50 USD" }`. */
export function walletsOf({ control }: Sandbox): Record<string, string> {
  return Object.fromEntries(
    control
      .state()
      .users.map(({ email, wallets }) => [
        email,
        wallets
          .map(({ balance, currency_code }) => `${balance} ${currency_code}`)
          .join(", "),
      ])
  )
}

/** Waits for a condition; says what was awaited when it does not come. */
export async function until<Value>(
  what: string,
  look: () => Promise<Value | null | undefined | false>,
  deadline_ms = 90_000
): Promise<Value> {
  const ends = performance.now() + deadline_ms
  for (;;) {
    const value = await look()
    if (value) return value
    if (performance.now() > ends) throw new Error(`Still waiting for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

type PayoutList = {
  payouts: AdminPayout[]
  count: number
  limit: number
  offset: number
}

/** The admin API, as the dashboard sees it. */
export function openAdmin({ get, post }: Http, headers: object) {
  const read = async <Answer>(path: string): Promise<Answer> => {
    const { data } = await get(`/admin/masspay/${path}`, headers)
    return data as Answer
  }
  return {
    get: read,
    order: (order_id: string) =>
      read<AdminOrderSettlementsResponse>(`orders/${order_id}`),
    payouts: (query = "") => read<PayoutList>(`payouts${query}`),
    /** Status and answer of a request that changes something. */
    post: async (
      path: string,
      body: object
    ): Promise<{ status: number; data: unknown }> => {
      const { status, data } = await post(`/admin/masspay/${path}`, body, {
        ...headers,
        validateStatus: () => true,
      })
      return { status, data }
    },
    /** Status and message of a request that is refused. */
    refusal: async (
      path: string,
      config: object = headers
    ): Promise<{ status: number; message: string }> => {
      const { status, data } = await get(`/admin/masspay/${path}`, {
        ...config,
        validateStatus: () => true,
      })
      return { status, message: (data as { message: string }).message }
    },
  }
}
