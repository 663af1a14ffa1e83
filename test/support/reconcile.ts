import type { Wire } from "../../src/modules/masspay-gateway/types"
import { wireOver } from "../../src/modules/masspay-gateway/wire"
import {
  reconcile,
  type ReconcileOptions,
  type ReconcileReport,
} from "../../src/runners/reconcile"
import type { Payee, Shop, TestPayout } from "./payout-shop"

export type ListRow = Record<string, unknown>

/** What the sandbox answers to reads, as `change` would have it; `kind` is what was asked for. */
export function rewriting(
  { wire }: Pick<Shop, "wire">,
  change: (
    rows: ListRow[],
    asked: {
      kind: "history" | "loads" | "spendbacks"
      query: Record<string, string>
    }
  ) => ListRow[] | Promise<ListRow[]>
): Wire {
  const { transport } = wire
  return wireOver({
    may_link_to_loopback: true,
    async send(request) {
      const response = await transport.send(request)
      const [first, second] = request.path
      const kind =
        first === "user" && second === "history"
          ? "history"
          : first === "load"
            ? "loads"
            : first === "spendback"
              ? "spendbacks"
              : null
      if (request.method !== "GET" || kind === null) return response
      const query = request.query ?? {}
      const body = await change(response.body as ListRow[], { kind, query })
      return { ...response, body }
    },
  })
}

/** As if MassPay had never heard of these tokens. */
export function hiding(shop: Shop, tokens: readonly string[]): Wire {
  const isShown = (row: ListRow) =>
    ![row.token, row.load_token, row.spendback_token].some((token) =>
      tokens.includes(String(token))
    )
  return rewriting(shop, (rows) => rows.filter(isShown))
}

/** A load that these books did not send. */
export async function aStrangeLoad(
  shop: Shop,
  payee: Pick<Payee, "user_token">,
  { id, amount = 12.34 }: { id: string; amount?: number }
): Promise<string> {
  const response = await fetch(
    `${shop.sandbox.url}/v1.0.0/payout/load/${payee.user_token}`,
    {
      method: "POST",
      headers: {
        authorization: `Bearer ${shop.sandbox.apiKey}`,
        "content-type": "application/json",
        "idempotency-key": `${id}-${String(Math.random())}`,
      },
      body: JSON.stringify({
        client_load_id: id,
        source_token: shop.source_token,
        amount,
        source_currency_code: "USD",
        notify_user: false,
      }),
    }
  )
  if (response.status !== 201) throw new Error(await response.text())
  const { load_token } = (await response.json()) as { load_token: string }
  return load_token
}

export function tokenOf(shop: Shop, { client_id }: TestPayout): string {
  const load = shop.sandbox.control
    .loads()
    .loads.find((one) => one.client_load_id === client_id)
  if (!load) throw new Error(`There is no load ${client_id}`)
  return load.load_token
}

/** Begins one run of a kind, whatever is due, and goes on with it until it ends. */
export async function reconcileNow(
  shop: Shop,
  kind: "sweep" | "sweep_long" | "deep",
  {
    deps = {},
    options = {},
  }: {
    deps?: Parameters<Shop["deps"]>[0]
    options?: ReconcileOptions
  } = {}
): Promise<ReconcileReport> {
  // Times of one millisecond are one time to the books.
  await shop.passTime(1_000)
  await shop.books.db.rows(
    `update masspay_control set lease_owner = null, lease_until = null
      where key like 'lease:reconcile%'`
  )
  return reconcile(shop.deps(deps), {
    every: { [kind]: { every_ms: 0 } },
    ...options,
  })
}

export type DiscrepancyRow = {
  class: string
  state: string
  severity: string
  action: string
  payout_id: string | null
  vendor_id: string | null
  remote_token: string | null
  run_id: string | null
  ours: Record<string, unknown>
  theirs: Record<string, unknown>
}

export function discrepancies(shop: Shop): Promise<DiscrepancyRow[]> {
  return shop.books.db.rows<DiscrepancyRow>(
    `select class, state, severity, action, payout_id, vendor_id, remote_token,
            run_id, ours, theirs
       from masspay_discrepancy order by class, first_seen_at, id`
  )
}

export type RunRow = {
  id: string
  kind: string
  status: string
  phase: string
  problem: string | null
  pages: number
  rows: number
  payees: number
  requests: number
  counts: Record<string, { found: number; healed: number }>
}

export function runs(shop: Shop): Promise<RunRow[]> {
  return shop.books.db.rows<RunRow>(
    `select id, kind, status, phase, problem, pages, rows, payees, requests, counts
       from masspay_reconciliation_run order by started_at, id`
  )
}
