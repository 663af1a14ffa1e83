import { existsSync, readFileSync } from "node:fs"
import path from "node:path"

import {
  INCIDENT_KINDS,
  type IncidentKind,
  runbookPage,
} from "../../src/domain/incidents"
import {
  setControl,
  stopDispatch,
} from "../../src/modules/masspay/queries/control"
import { openDiscrepancy } from "../../src/modules/masspay/queries/discrepancies"
import { noteJobRun } from "../../src/modules/masspay/queries/job-runs"
import { addOutboxEvent } from "../../src/modules/masspay/queries/outbox"
import { noteVerdicts } from "../../src/modules/masspay/queries/webhook-verdicts"
import { type AlarmPolicy, raiseAlarms } from "../../src/sweep/watch-alarms"
import { MasspayEvents } from "../../src/types/events"
import { connectBooks } from "../support/books"
import { aPayout, MINUTE_MS, openShop, type Shop } from "../support/payout-shop"
import { Post, tell } from "../support/post"

const REMIND_MS = 30 * MINUTE_MS
const JOB = "masspay-collect-payouts" as const

const POLICY: AlarmPolicy = {
  funding: { minimum: {}, low_balance: { USD: 500_00n } },
  webhooks_on: true,
  jobs: { [JOB]: 60 },
  remind_every_ms: REMIND_MS,
}

let shop: Shop
let post: Post

beforeEach(async () => {
  shop = await openShop()
  post = new Post()
})
afterEach(async () => {
  await shop.close()
})

const db = () => shop.books.db

/** The job that the watch waits for has just run, and the books were compared, unless a test is about that. */
async function look({ is_job_well = true, is_compared = true } = {}) {
  if (is_job_well) await noteJobRun(db(), { job: JOB, what: "finished" })
  if (is_compared) await compare()
  const report = await raiseAlarms(shop.deps(), POLICY)
  expect(report.failed).toBe(0)
  await tell(shop.books, post)
  return report
}

/** The books were compared with MassPay's history to its end just now. */
const compare = () =>
  db().rows(
    `insert into masspay_reconciliation_run
       (id, kind, from_date, to_date, status, phase, finished_at)
     select 'msrec_' || gen_random_uuid(), 'sweep', '2026-01-01', '2026-01-02',
            'complete', 'finish', masspay_now()`
  )

const open = async () =>
  (
    await db().rows<{ kind: string }>(
      `select kind from masspay_incident where state = 'open' order by kind`
    )
  ).map(({ kind }) => kind)

/** The guards of the table are for the plugin; a test may put a payout anywhere. */
async function put(id: string, set: string): Promise<void> {
  await db().rows(`alter table masspay_payout disable trigger user`)
  await db().rows(`update masspay_payout set ${set} where id = ?`, [id])
  await db().rows(`alter table masspay_payout enable trigger user`)
}

const step = (id: string, version: number, to: string, event: string) =>
  db().rows(
    `insert into masspay_payout_event (id, payout_id, version, from_status, to_status, event)
     values (?, ?, ?, 'ready', ?, ?)`,
    [`mspev_${id}_${version}`, id, version, to, event]
  )

const wallet = async (balance: bigint) => {
  await setControl(db(), "funding:USD", {
    token: shop.source_token,
    balance: balance.toString(),
    as_of: new Date().toISOString(),
  })
  await setControl(db(), `wallet:${shop.source_token}`, {
    balance: balance.toString(),
    as_of: new Date().toISOString(),
    drawn: "0",
    short_since: null,
    short_seq: 0,
  })
}

type Case = {
  kind: IncidentKind
  /** Brings the cause about, and returns what ends it. */
  begin: () => Promise<() => Promise<unknown>>
  /** Operators were told by the event of it already, in the running shop. */
  is_told_by_event?: true
  is_job_well?: false
  is_compared?: false
}

const CASES: Case[] = [
  {
    kind: "payout_parked",
    is_told_by_event: true,
    begin: async () => {
      const { id } = await aPayout(shop)
      await put(id, `status = 'needs_review', review_reason = 'limits'`)
      return () => put(id, `status = 'completed'`)
    },
  },
  {
    kind: "payout_flipped",
    is_told_by_event: true,
    begin: async () => {
      const { id } = await aPayout(shop)
      await step(id, 2, "completed", "completed")
      await step(id, 3, "cancelled", "found_cancelled")
      await put(id, `status = 'cancelled', version = 3`)
      return () => put(id, `status = 'completed'`)
    },
  },
  {
    kind: "payout_flipped",
    is_told_by_event: true,
    begin: async () => {
      const { id, payee } = await aPayout(shop)
      await put(id, `status = 'completed', items_released = true`)
      const owes = (sign: number) =>
        db().rows(
          `insert into masspay_ledger_entry
             (id, vendor_id, currency_code, amount, kind, source_key, reason, available_at)
           values (?, ?, 'USD', ?, 'adjustment', ?, 'test', masspay_now())`,
          [
            `mslen_${sign}${id}`,
            payee.vendor_id,
            sign * 20_00,
            `test:${sign}:${id}`,
          ]
        )
      await owes(-1)
      return () => owes(1)
    },
  },
  {
    kind: "payout_unknown",
    begin: async () => {
      const { id } = await aPayout(shop)
      await put(
        id,
        `status = 'unknown', unknown_since = masspay_now() - interval '121 minutes'`
      )
      return () => put(id, `status = 'completed'`)
    },
  },
  {
    kind: "payout_waiting",
    begin: async () => {
      const { id } = await aPayout(shop)
      await shop.passTime(16 * MINUTE_MS)
      return () => put(id, `status = 'accepted'`)
    },
  },
  {
    kind: "funding_low",
    begin: async () => {
      await wallet(499_99n)
      return () => wallet(500_00n)
    },
  },
  {
    kind: "webhooks_silent",
    begin: async () => {
      for (let n = 0; n < 5; n += 1) {
        const { id } = await aPayout(shop)
        await put(
          id,
          `status = 'completed', completed_at = masspay_now() - interval '1 hour'`
        )
      }
      return () =>
        db().rows(
          `insert into masspay_webhook_event
             (id, dedupe_key, body_sha256, kind, is_stale, state, object_key, finished_at)
           values ('mswhk_1', ?, 'x', 'load', false, 'applied', 'loads:x', masspay_now())`,
          ["0".repeat(128)]
        )
    },
  },
  {
    kind: "webhooks_rejected",
    begin: async () => {
      await noteVerdicts(db(), { genuine: 94, rejected: 5 })
      return () => noteVerdicts(db(), { genuine: 100, rejected: 0 })
    },
  },
  {
    kind: "job_overdue",
    is_job_well: false,
    begin: async () => {
      await noteJobRun(db(), { job: JOB, what: "finished" })
      await shop.passTime(11 * MINUTE_MS)
      return () => noteJobRun(db(), { job: JOB, what: "finished" })
    },
  },
  {
    kind: "invariant_broken",
    begin: async () => {
      const results = (holds: boolean) =>
        setControl(db(), "invariants", {
          checked_at: new Date().toISOString(),
          results: [{ id: "I5", holds, violations: holds ? 0 : 2 }],
        })
      await results(false)
      return () => results(true)
    },
  },
  {
    kind: "dispatch_stopped",
    begin: async () => {
      await stopDispatch(db(), { reason: "a look first", actor: "user_1" })
      return () => setControl(db(), "dispatch_stop", { stopped: false })
    },
  },
  {
    kind: "circuit_open",
    begin: async () => {
      await db().rows(
        `insert into masspay_control (key, value) values ('circuit', jsonb_build_object(
           'state', 'open', 'reason', 'failures',
           'opened_at', masspay_now() - interval '11 minutes'))`
      )
      return () => setControl(db(), "circuit", { state: "closed" })
    },
  },
  {
    kind: "reconcile_overdue",
    is_compared: false,
    begin: async () => {
      await compare()
      await look({ is_compared: false })
      await shop.passTime(121 * MINUTE_MS)
      return compare
    },
  },
  {
    kind: "restore_waiting",
    begin: async () => {
      const identity = (state: string) =>
        db().rows(
          `update masspay_control set value = value || jsonb_build_object(
             'state', ?::text, 'noticed_at', masspay_now())
            where key = 'database_identity'`,
          [state]
        )
      await identity("changed")
      return () => identity("known")
    },
  },
]

describe.each(CASES)(
  "$kind",
  ({
    kind,
    begin,
    is_told_by_event,
    is_job_well = true,
    is_compared = true,
  }) => {
    it("opens once for many machines, reminds once for each interval, and closes by itself", async () => {
      const others = [1, 2].map(() => connectBooks(shop.books.database))
      await look({ is_compared })
      expect(await open()).toEqual([])
      const end = await begin()
      if (is_job_well) await noteJobRun(db(), { job: JOB, what: "finished" })

      const atOnce = () =>
        Promise.all(
          [shop.books, ...others].map(({ db: books }) =>
            raiseAlarms(shop.deps({ books }), POLICY)
          )
        )
      const sum = (reports: Awaited<ReturnType<typeof atOnce>>) =>
        reports.reduce((n, { opened, reminded }) => n + opened + reminded, 0)
      expect(sum(await atOnce())).toBe(1)
      await look({ is_job_well, is_compared })
      expect(await open()).toEqual([kind])
      expect(post.mails).toHaveLength(is_told_by_event ? 0 : 1)
      expect(post.bell).toEqual(post.mails)

      await shop.passTime(REMIND_MS - MINUTE_MS)
      await look({ is_job_well, is_compared })
      expect(post.mails).toHaveLength(is_told_by_event ? 0 : 1)
      await shop.passTime(2 * MINUTE_MS)
      if (is_job_well) await noteJobRun(db(), { job: JOB, what: "finished" })
      expect(sum(await atOnce())).toBe(1)
      await look({ is_job_well, is_compared })
      expect(post.mails).toHaveLength(is_told_by_event ? 1 : 2)
      expect(post.mails.at(-1)).toMatch(/^Still: /)
      for (const { content } of post.sent.filter(({ content }) => content)) {
        expect(content?.text).toContain(runbookPage(kind))
      }

      await end()
      await look({ is_compared })
      await shop.passTime(16 * MINUTE_MS)
      await look({ is_compared })
      expect(await open()).toEqual([])
      const told = post.sent.length
      await shop.passTime(2 * REMIND_MS)
      await look({ is_compared })
      expect(post.sent).toHaveLength(told)
      const names = await db().rows<{ name: string }>(
        `select name from masspay_outbox_event where name like '%incident%'
          order by created_at, name`
      )
      expect(names.map(({ name }) => name)).toEqual([
        "masspay.incident.opened",
        "masspay.incident.closed",
      ])
      await Promise.all(others.map((books) => books.close()))
    })
  }
)

it("is silent while everything is as it should be", async () => {
  await wallet(1_000_000_00n)
  await aPayout(shop)
  await noteVerdicts(db(), { genuine: 100, rejected: 5 })
  await look()

  expect(await open()).toEqual([])
  expect(post.sent).toEqual([])
})

describe("a wallet that is low and then short", () => {
  const short = async () => {
    await db().rows(
      `update masspay_control
          set value = value || jsonb_build_object('short_since', masspay_now())
        where key = ?`,
      [`wallet:${shop.source_token}`]
    )
    await addOutboxEvent(db(), {
      name: MasspayEvents.FUNDING_SHORT,
      payload: { id: shop.source_token, currency_code: "USD" },
      cause_key: `funding:${shop.source_token}:short:1`,
    })
    await tell(shop.books, post)
  }

  it("is one mail when the watch sees it first", async () => {
    await wallet(499_99n)
    await look()
    await short()
    await look()

    expect(post.mails).toEqual(["The USD funding wallet does not last"])
    expect(post.bell).toEqual(post.mails)
  })

  it("is one mail when a payout meets it first", async () => {
    await wallet(499_99n)
    await short()
    await look()

    expect(post.mails).toEqual(["The USD funding wallet is short"])
    expect(await open()).toEqual(["funding_low"])
    await shop.passTime(REMIND_MS + MINUTE_MS)
    await look()
    expect(post.mails).toHaveLength(2)
  })

  it("is told once more when whoever acknowledged the low one did not fill it", async () => {
    await wallet(499_99n)
    await look()
    await db().rows(
      `update masspay_incident set acknowledged_at = masspay_now(),
              acknowledged_by = 'user_1', acknowledge_note = 'on its way'`
    )
    await short()

    expect(post.mails).toEqual([
      "The USD funding wallet does not last",
      "The USD funding wallet is short",
    ])
  })
})

it("a discrepancy about a payout that has told of itself is no second mail", async () => {
  const { id, payee } = await aPayout(shop)
  await put(id, `status = 'needs_review'`)
  await addOutboxEvent(db(), {
    name: MasspayEvents.PAYOUT_NEEDS_REVIEW,
    payload: { id, vendor_id: payee.vendor_id },
    cause_key: `payout:${id}:2`,
  })
  await tell(shop.books, post)
  const found = { ours: {}, theirs: {}, action: "flagged" } as const
  await openDiscrepancy(db(), {
    ...found,
    class: "D08",
    cause_key: "D08:1",
    payout_id: id,
    vendor_id: payee.vendor_id,
  })
  await openDiscrepancy(db(), {
    ...found,
    class: "D11",
    severity: "high",
    cause_key: "D11:1",
  })
  await look()

  expect(post.mails).toEqual([
    "A payout of 12.34 USD needs a person",
    "MassPay and the books differ: D11",
  ])
  // What the watch did not open it does not close.
  expect(await open()).toEqual(["discrepancy", "discrepancy", "payout_parked"])
})

it("a shop that was off for a night waits for its jobs anew, and raises nothing", async () => {
  const ran = async () => {
    for (const job of [
      JOB,
      "masspay-watch",
      "masspay-dispatch-payouts",
    ] as const) {
      await noteJobRun(db(), { job, what: "finished" })
    }
  }
  await aPayout(shop)
  await look()
  await ran()
  await shop.passTime(8 * 60 * MINUTE_MS)
  await look({ is_job_well: false })
  expect(await open()).toEqual([])

  await ran()
  await look({ is_job_well: false })
  expect(await open()).toEqual([])

  // From then on it is late again when it is.
  await shop.passTime(4 * MINUTE_MS)
  await ran()
  await shop.passTime(4 * MINUTE_MS)
  await ran()
  await shop.passTime(4 * MINUTE_MS)
  await ran()
  await shop.passTime(4 * MINUTE_MS)
  await ran()
  await look()
  expect(await open()).toEqual(["payout_waiting"])
})

describe.each(INCIDENT_KINDS)("the page of %s", (kind) => {
  it("says what it means, what to look at and what to do", () => {
    const file = path.join(__dirname, "../..", runbookPage(kind))
    expect(existsSync(file)).toBe(true)
    const page = readFileSync(file, "utf8")
    const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, text]) => text)
    expect(headings).toEqual(["What it means", "What to look at", "What to do"])
    const parts = page.split(/^## .+$/m).slice(1)
    for (const part of parts) expect(part.trim().length).toBeGreaterThan(80)
    // Something of this plugin that an operator can ask or read.
    expect(page).toMatch(/`(GET|POST) \/admin\/masspay\/|masspay_[a-z_]+`/)
  })
})
