import type { Page, Request } from "playwright-core"

import type {
  AdminPayout,
  AdminPayoutAction,
  AdminPayoutListResponse,
} from "../../../src/types/http"
import type { MasspayOverview } from "../../../src/types/http-overview"

/** Answers of the server that the demo's own shop does not come to give. */

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

export const STACK = {
  type: "unknown_error",
  message:
    "TypeError: x is undefined\n    at pay (/srv/plugin/dispatch.js:10:5)",
  stack: "TypeError: x is undefined\n    at pay (/srv/plugin/dispatch.js:10:5)",
}

function minutesAgo(minutes: number): string {
  return new Date(Date.now() - minutes * MINUTE_MS).toISOString()
}

export function payoutOf(overrides: Partial<AdminPayout> = {}): AdminPayout {
  return {
    id: "mspo_1",
    vendor_id: "ven_1",
    vendor_name: "Werkstatt Lindenhof",
    method: "wallet",
    status: "pending",
    block_reason: null,
    detail: null,
    amount: "120.50",
    currency_code: "USD",
    created_at: minutesAgo(90),
    updated_at: minutesAgo(90),
    completed_at: null,
    ...overrides,
  }
}

export function pageOf(
  payouts: AdminPayout[],
  overrides: Partial<AdminPayoutListResponse> = {}
): AdminPayoutListResponse {
  return { payouts, count: payouts.length, limit: 20, offset: 0, ...overrides }
}

export function actionOf(
  payout: AdminPayout,
  overrides: Partial<AdminPayoutAction> = {}
): { action: AdminPayoutAction } {
  return {
    action: {
      id: null,
      request_id: "r",
      action: "approve",
      payout_id: payout.id,
      state: "preview",
      effect: "It is sent with the next dispatch.",
      from: payout.status,
      to: "ready",
      amount: payout.amount,
      currency_code: payout.currency_code,
      ...overrides,
    },
  }
}

export function overviewOf(
  overrides: Partial<MasspayOverview> = {}
): MasspayOverview {
  const days = Array.from({ length: 30 }, (_, day) =>
    new Date(Date.UTC(2026, 0, 1) + day * DAY_MS).toISOString().slice(0, 10)
  )
  return {
    as_of: minutesAgo(0),
    environment: "sandbox",
    needs_attention: [
      {
        kind: "payouts_to_review",
        count: 1,
        oldest_at: minutesAgo(90),
        link: '/masspay/payouts?status=["needs_review"]',
      },
      {
        kind: "payouts_to_approve",
        count: 3,
        oldest_at: minutesAgo(300),
        link: '/masspay/payouts?status=["pending"]',
      },
      {
        kind: "webhooks_dead",
        count: 1,
        oldest_at: minutesAgo(4000),
        link: null,
      },
    ],
    funding: [
      {
        currency_code: "USD",
        balance: "48210.55",
        as_of: minutesAgo(2),
        upcoming: "12500.00",
        low_balance: "500.00",
        is_low: false,
      },
      {
        currency_code: "EUR",
        balance: "900.00",
        as_of: minutesAgo(2),
        upcoming: "1250.10",
        low_balance: null,
        is_low: true,
      },
    ],
    totals: [
      {
        status: "completed",
        currency_code: "USD",
        count: 120,
        amount: "48210.00",
      },
      { status: "pending", currency_code: "USD", count: 3, amount: "4800.00" },
    ],
    per_day: days.map((date, day) => ({
      date,
      currency_code: "USD",
      paid: `${day * 10}.50`,
      due: `${300 - day * 7}.00`,
      held: day % 5 === 0 ? "120.00" : "0.00",
    })),
    jobs: [
      {
        name: "masspay-dispatch-payouts",
        interval_seconds: 10,
        last_run_at: minutesAgo(0),
        next_run_at: new Date(Date.now() + MINUTE_MS).toISOString(),
        is_overdue: false,
      },
      {
        name: "masspay-watch",
        interval_seconds: 60,
        last_run_at: null,
        next_run_at: null,
        is_overdue: true,
      },
    ],
    dispatch: { stopped: false, reason: null, actor: null, stopped_at: null },
    circuit: { state: "closed", reason: null, opened_at: null },
    ...overrides,
  }
}

/** Every answer to it is this, whatever the method. */
export async function answer(
  page: Page,
  path: RegExp,
  reply: (request: Request) => { status?: number; json: unknown } | "lost"
): Promise<void> {
  await page.route(
    (url) => path.test(url.pathname + url.search),
    async (route) => {
      const given = reply(route.request())
      if (given === "lost") await route.abort("connectionreset")
      else await route.fulfill(given)
    }
  )
}

/** What was really asked for, without dry runs. */
export function watchPosts(page: Page, path: RegExp): Request[] {
  const posts: Request[] = []
  page.on("request", (request) => {
    const { pathname, search } = new URL(request.url())
    const isReal = request.method() === "POST" && !search.includes("dry_run")
    if (isReal && path.test(pathname)) posts.push(request)
  })
  return posts
}

export function requestIdOf(request: Request | undefined): string {
  const body = (request?.postDataJSON() ?? {}) as { request_id?: string }
  return body.request_id ?? ""
}

/** How much of the page moved by itself since it was opened; 0 is nothing. */
export async function watchShifts(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const shifts = { sum: 0 }
    Object.assign(globalThis, { masspayShifts: shifts })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { value, hadRecentInput } = entry as unknown as {
          value: number
          hadRecentInput: boolean
        }
        if (!hadRecentInput) shifts.sum += value
      }
    }).observe({ type: "layout-shift", buffered: true })
  })
  return () =>
    page.evaluate(
      () =>
        (globalThis as unknown as { masspayShifts: { sum: number } })
          .masspayShifts.sum
    )
}
