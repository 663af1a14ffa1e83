import { randomBytes } from "node:crypto"

import { type RequestEntry, type Sandbox, startSandbox } from "../../sandbox"
import {
  clientId,
  commitIdOf,
  internalUserId,
  payoutSourceKey,
} from "../../src/domain/ids"
import { loadRequestText } from "../../src/domain/load-request"
import { formatMajor } from "../../src/domain/money"
import { ensureInstallation } from "../../src/modules/masspay/queries/installation"
import { checkInvariants } from "../../src/modules/masspay/queries/invariants"
import { MAIN_OPERATION } from "../../src/modules/masspay/queries/main-operation"
import { newId } from "../../src/modules/masspay/queries/new-id"
import type { Wire } from "../../src/modules/masspay-gateway/types"
import { limitsFor, type RunnerDeps } from "../../src/runners/deps"
import { dispatchPayouts } from "../../src/runners/dispatch"
import { fact, type Log } from "../../src/runners/log"
import { resolvePayouts } from "../../src/runners/resolve"
import { type Books, type BooksServer, openBooks } from "./books"
import { wireTo } from "./wire-to"

/** Of a request: short enough to wait for. Leases and looks follow from it. */
export const DEADLINE_MS = 1_500
/** What a request gets all the same where nobody waits for its end: a busy machine may stand still for a while. */
const PATIENT_MS = 10_000
export const MINUTE_MS = 60_000

/** Books on a real Postgres, a sandbox, and the wire between them. No Medusa. */
export type Shop = {
  books: Books
  sandbox: Sandbox
  wire: Wire
  tag: string
  /** The USD funding wallet. */
  source_token: string
  logs: string[]
  deps(overrides?: Partial<RunnerDeps>): RunnerDeps
  /** Moves the books' clock and the sandbox's. */
  passTime(ms: number): Promise<void>
  /** Goes on with other books of the same shop; they get the time of the sandbox. */
  moveTo(books: Books): Promise<void>
  close(): Promise<void>
}

export async function openShop({
  deadline_ms = DEADLINE_MS,
  wire_ms = Math.max(deadline_ms, PATIENT_MS),
  in_flight = 4,
  funds = "1000000.00",
  server,
}: {
  deadline_ms?: number
  /** When a request ends without an answer. */
  wire_ms?: number
  in_flight?: number
  funds?: string
  /** Of the books; the usual one when absent. */
  server?: BooksServer
} = {}): Promise<Shop> {
  const books = await openBooks({ ...(server && { server }) })
  const sandbox = await startSandbox({ currencies: { USD: funds } })
  const wire = wireTo(sandbox, { deadline_ms: wire_ms, in_flight })
  const { tag } = await ensureInstallation(books.db, { environment: "sandbox" })
  const [wallet] = sandbox.control.state().funding_wallets
  if (!wallet) throw new Error("The sandbox has no funding wallet")
  const logs: string[] = []
  let shift_ms = 0
  const shop: Shop = {
    books,
    sandbox,
    wire,
    tag,
    source_token: wallet.wallet_token,
    logs,
    deps: (overrides = {}) => ({
      books: shop.books.db,
      wire,
      log: keepIn(logs),
      worker: `worker-${randomBytes(3).toString("hex")}`,
      limits: limitsFor({ in_flight, deadline_ms }),
      random: () => 0,
      ...overrides,
    }),
    async passTime(ms) {
      shift_ms += ms
      await shop.books.shiftClock(ms)
      sandbox.control.moveClock({ advance_ms: ms })
    },
    async moveTo(other) {
      shop.books = other
      await other.db.rows(
        `update masspay_test_clock set shift = make_interval(secs => ?)`,
        [shift_ms / 1000]
      )
    },
    async close() {
      await sandbox.stop()
      await shop.books.close()
    },
  }
  return shop
}

function keepIn(lines: string[]): Log {
  const keep =
    (level: string) =>
    (...line: Parameters<typeof fact>) =>
      void lines.push(`${level} ${fact(...line)}`)
  return { info: keep("info"), warn: keep("warn"), error: keep("error") }
}

export type Payee = {
  id: string
  vendor_id: string
  internal_user_id: string
  user_token: string
}

/** A vendor with an active MassPay user. */
export async function aPayee(shop: Shop): Promise<Payee> {
  const id = newId("mspye")
  const vendor_id = `vendor_${id.slice(-8).toLowerCase()}`
  const internal_user_id = internalUserId({ tag: shop.tag, vendor_id })
  const { user_token } = await shop.wire.createUser(
    {
      internal_user_id,
      email: `${vendor_id}@example.com`,
      first_name: "Ada",
      last_name: "Vendor",
      country_code: "US",
    },
    `create-${vendor_id}`
  )
  await shop.books.db.rows(
    `insert into masspay_payee (id, vendor_id, internal_user_id, user_token, status, email)
     values (?, ?, ?, ?, 'active', ?)`,
    [id, vendor_id, internal_user_id, user_token, `${vendor_id}@example.com`]
  )
  return { id, vendor_id, internal_user_id, user_token }
}

export type TestPayout = { id: string; client_id: string; payee: Payee }

/** A ready wallet payout of one fresh entry. */
export async function aPayout(
  shop: Shop,
  {
    payee,
    amount = 12_34n,
    debt_age_ms = 0,
    needs_lookup = false,
  }: {
    payee?: Payee
    amount?: bigint
    debt_age_ms?: number
    needs_lookup?: boolean
  } = {}
): Promise<TestPayout> {
  const owner = payee ?? (await aPayee(shop))
  const id = newId("mspo")
  const entry_id = newId("mslen")
  const source_key = payoutSourceKey([{ source_key: entry_id, amount }], 0)
  const client_id = clientId({
    tag: shop.tag,
    source_key,
    kind: "load",
    n: 1,
  })
  const request_text = loadRequestText({
    client_load_id: client_id,
    source_token: shop.source_token,
    amount,
    currency_code: "USD",
    notify_user: false,
    notes: "Payout",
    metadata: { vendor_id: owner.vendor_id },
  })
  await shop.books.db.tx(async (sql) => {
    await sql.rows(
      `insert into masspay_ledger_entry
         (id, vendor_id, currency_code, amount, kind, source_key, reason, available_at)
       values (?, ?, 'USD', ?, 'adjustment', ?, 'test', masspay_now())`,
      [entry_id, owner.vendor_id, amount.toString(), entry_id]
    )
    await sql.rows(
      `insert into masspay_payout
         (id, payee_id, vendor_id, method, status, amount, currency_code,
          source_key, user_token, source_token, needs_lookup, oldest_entry_at)
       values (?, ?, ?, 'wallet', 'ready', ?, 'USD', ?, ?, ?, ?,
               masspay_now() - ? * interval '1 millisecond')`,
      [
        id,
        owner.id,
        owner.vendor_id,
        amount.toString(),
        source_key,
        owner.user_token,
        shop.source_token,
        needs_lookup,
        debt_age_ms,
      ]
    )
    await sql.rows(
      `insert into masspay_payout_item (id, payout_id, entry_id, amount)
       values (?, ?, ?, ?)`,
      [newId("mspit"), id, entry_id, amount.toString()]
    )
    await sql.rows(
      `insert into masspay_operation (id, payout_id, kind, client_id, request_text)
       values (?, ?, 'load', ?, ?)`,
      [newId("msop"), id, client_id, request_text]
    )
    await sql.rows(
      `insert into masspay_payout_event (id, payout_id, version, to_status, event)
       values (?, ?, 1, 'ready', 'collected')`,
      [newId("mspev"), id]
    )
  })
  return { id, client_id, payee: owner }
}

export type PayoutRow = {
  status: string
  block_reason: string | null
  review_reason: string | null
  version: number
  needs_lookup: boolean
  key_seq: number
  key_burnt: boolean
  rotations: number
  ambiguous_count: number
  items_released: boolean
}

export async function readPayout(shop: Shop, id: string): Promise<PayoutRow> {
  const [row] = await shop.books.db.rows<PayoutRow>(
    `select p.status, p.block_reason, p.review_reason, p.version,
            p.needs_lookup, o.key_seq, o.key_burnt, p.rotations,
            p.ambiguous_count, p.items_released
       from masspay_payout p
       join masspay_operation o on ${MAIN_OPERATION}
      where p.id = ?`,
    [id]
  )
  if (!row) throw new Error(`There is no payout ${id}`)
  return row
}

export type AttemptRow = {
  attempt_no: number
  outcome: string | null
  proof: string | null
  idempotency_key: string
}

export function attemptsOf(shop: Shop, id: string): Promise<AttemptRow[]> {
  return shop.books.db.rows<AttemptRow>(
    `select a.attempt_no, a.outcome, a.proof, a.idempotency_key
       from masspay_attempt a
       join masspay_operation o on o.id = a.operation_id
       join masspay_payout p on ${MAIN_OPERATION}
      where p.id = ? order by a.attempt_no`,
    [id]
  )
}

export async function timelineOf(shop: Shop, id: string): Promise<string[]> {
  const rows = await shop.books.db.rows<{ to_status: string; event: string }>(
    `select to_status, event from masspay_payout_event
      where payout_id = ? order by version`,
    [id]
  )
  return rows.map((row) => `${row.event}>${row.to_status}`)
}

/** Every load request that reached the sandbox, whatever became of it. */
export function sentLoads(shop: Shop): RequestEntry[] {
  return requests(shop).filter(
    (entry) => entry.method === "POST" && entry.path.includes("/load/")
  )
}

export function requests(shop: Shop): RequestEntry[] {
  return shop.sandbox.control
    .journal()
    .entries.filter((entry): entry is RequestEntry => entry.kind === "request")
}

/** Dispatches and resolves, an hour apart at most, until nothing moves. */
export async function untilQuiet(
  shop: Shop,
  { step_ms = 20 * MINUTE_MS, steps = 12 } = {}
): Promise<void> {
  for (let step = 0; step < steps; step += 1) {
    await dispatchPayouts(shop.deps())
    await resolvePayouts(shop.deps())
    await dispatchPayouts(shop.deps())
    const [left] = await shop.books.db.rows<{ count: number }>(
      `select count(*)::int as count from masspay_payout
        where status in ('ready', 'sending', 'unknown')`
    )
    if (left?.count === 0) return
    await shop.passTime(step_ms)
  }
}

/**
 * The oracle: what the sandbox's journal says against what the books say. Every
 * load that was ever executed and not cancelled belongs to one completed
 * payout with its amount and user, and the other way round. Every spendback
 * that succeeded does, too.
 */
export async function expectBooksToAgree(shop: Shop): Promise<void> {
  const { control } = shop.sandbox
  const audit = control.audit()
  expect(audit.problems).toEqual([])
  expect(audit.reads_with_idempotency_key).toBe(0)
  expect(Object.values(audit.executed_loads).filter((n) => n > 1)).toEqual([])

  expect(Object.values(audit.executed_spendbacks).filter((n) => n > 1)).toEqual(
    []
  )
  await expectSpendbacksToAgree(shop)
  await expectDirectToAgree(shop)

  const paid = await shop.books.db.rows<{
    client_id: string
    amount: string
    user_token: string
    load_token: string
  }>(
    `select o.client_id, p.amount::text as amount, p.user_token,
            o.remote_token as load_token
       from masspay_payout p
       join masspay_operation o on o.payout_id = p.id and o.kind = 'load'
      where p.status in ('completed', 'reversing') order by o.client_id`
  )
  const loads = control
    .loads()
    .loads.filter((load) => load.status !== "CANCELLED")
    .map((load) => ({
      client_id: load.client_load_id,
      amount: load.amount,
      user_token: load.user_token,
      load_token: load.load_token,
    }))
    .sort((a, b) => (a.client_id < b.client_id ? -1 : 1))
  expect(
    paid.map((row) => ({
      ...row,
      amount: formatMajor(BigInt(row.amount), "USD"),
    }))
  ).toEqual(loads)

  const stuck = await shop.books.db.rows(
    `select id, status from masspay_payout where status = 'sending'`
  )
  expect(stuck).toEqual([])
  const broken = (await checkInvariants(shop.books.db)).filter(
    (invariant) => !invariant.holds
  )
  expect(broken).toEqual([])
}

/** No quote is committed twice or late, no debt by two, and what is out is what is booked. */
async function expectDirectToAgree(shop: Shop): Promise<void> {
  const { payouts } = shop.sandbox.control.payouts()
  const ours = payouts.flatMap((payout) => {
    const commit_id = commitIdOf(payout.client_transfer_id ?? "")
    return commit_id && payout.committed_at !== null
      ? [{ ...payout, commit_id }]
      : []
  })
  const out = ours
    .filter(({ status }) => !["CANCELLED", "ERROR"].includes(status))
    .filter((one) => one.reversed_amount !== one.destination_amount)
    .map(({ commit_id, payout_token, user_token }) => ({
      commit_id,
      payout_token,
      user_token,
    }))
  expect(new Set(out.map(({ commit_id }) => commit_id)).size).toBe(out.length)
  for (const { committed_at, expiration } of ours) {
    expect(Date.parse(committed_at ?? "")).toBeLessThan(Date.parse(expiration))
  }
  const booked = await shop.books.db.rows<(typeof out)[number]>(
    `select o.client_id as commit_id, o.remote_token as payout_token, p.user_token
       from masspay_payout p
       join masspay_operation o on o.payout_id = p.id and o.kind = 'commit'
      where p.status in ('completed', 'accepted') or p.counted`
  )
  const byId = (a: { commit_id: string }, b: { commit_id: string }) =>
    a.commit_id < b.commit_id ? -1 : 1
  expect(booked.sort(byId)).toEqual(out.sort(byId))
}

async function expectSpendbacksToAgree(shop: Shop): Promise<void> {
  const rows = await shop.books.db.rows<{
    client_id: string
    amount: string
    user_token: string
  }>(
    `select o.client_id, (-p.amount)::text as amount, p.user_token
       from masspay_payout p
       join masspay_operation o on o.payout_id = p.id and o.kind = 'spendback'
      where p.status = 'completed' order by o.client_id`
  )
  const taken = shop.sandbox.control
    .spendbacks()
    .spendbacks.filter(({ status }) => status === "success")
    .map((spendback) => ({
      client_id: spendback.client_spendback_id,
      amount: spendback.amount,
      user_token: spendback.user_token,
    }))
    .sort((a, b) => (a.client_id < b.client_id ? -1 : 1))
  expect(
    rows.map((row) => ({
      ...row,
      amount: formatMajor(BigInt(row.amount), "USD"),
    }))
  ).toEqual(taken)
}
