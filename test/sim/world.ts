import { type FaultInput, type Sandbox, startSandbox } from "../../sandbox"
import type { ClawbackRung } from "../../src/domain/clawback"
import { DEFAULT_DIRECT } from "../../src/domain/quotes"
import type { CollectPolicy } from "../../src/modules/masspay/queries/collect"
import type { Db } from "../../src/modules/masspay/queries/db"
import { ensureInstallation } from "../../src/modules/masspay/queries/installation"
import type { Wire } from "../../src/modules/masspay-gateway/types"
import { limitsFor, type RunnerDeps } from "../../src/runners/deps"
import { fact, type Log } from "../../src/runners/log"
import { meteredWire } from "../../src/runners/metered-wire"
import {
  createTraffic,
  forRunners,
  type Traffic,
} from "../../src/runners/traffic"
import {
  type Books,
  connectBooks,
  copyBooks,
  dropBooks,
  giveBack,
  openBooks,
} from "../support/books"
import { aDestination, ANY_FEE } from "../support/direct"
import type { Payee, Shop } from "../support/payout-shop"
import { wireTo } from "../support/wire-to"
import { type End, type Fate, Worker } from "../support/worker"

/** Long enough for a local answer on a busy machine, short enough to wait for. */
const DEADLINE_MS = 500
/** How long after a request was given up the sandbox may still be executing it. */
const LATE_EXECUTION_MS = DEADLINE_MS + 250
const DRAIN_DEADLINE_MS = 20_000
const IN_FLIGHT = 3
const DELAY = "delay_then_execute"

const COLLECT: CollectPolicy = {
  minimum: {},
  notify_payee: false,
  source_tokens: {},
}

export type WorldOptions = {
  seed: number
  funds: string
  duplicates: "refuse" | "allow"
  insufficient_funds: "refuse" | "cancel"
  /** How vendors are paid; `mixed`: the first directly, the others into their wallets. */
  method: "wallet" | "direct" | "mixed"
  /** How money comes back that a vendor has too much of. */
  clawback: readonly ClawbackRung[]
  /** Whether the processes keep to the shared rate, the circuit and the retry budget. */
  is_metered: boolean
}

/**
 * A whole shop under the simulation's hand: books on a real Postgres, a
 * sandbox, one clock for both, and workers that may die at any point.
 */
export class World {
  readonly logs: string[] = []
  /** As operators have set it. */
  private direct = DEFAULT_DIRECT
  private shift_ms = 0
  private snapshot: string | null = null
  private workers = 0
  private delays_armed = 0
  private delays_met = 0
  private read_seq = 0
  private readonly requests = new Set<Promise<unknown>>()
  private readonly paused: (() => Promise<void>)[] = []

  private constructor(
    private books: Books,
    readonly sandbox: Sandbox,
    private readonly wire: Wire,
    readonly tag: string,
    private readonly options: WorldOptions
  ) {}

  static async open(options: WorldOptions): Promise<World> {
    const books = await openBooks()
    const sandbox = await startSandbox({
      seed: options.seed,
      currencies: { USD: options.funds },
      settings: {
        duplicate_client_load_id: options.duplicates,
        insufficient_funds: options.insufficient_funds,
        duplicate_client_transfer_id: options.duplicates,
        // Who knows what MassPay calls a quote that is over.
        dead_quote: options.seed % 2 === 0 ? "pending" : "cancelled",
        payout_delivery_seconds: options.seed % 3 === 0 ? 1_800 : 0,
        payout_profile: "any",
      },
    })
    const wire = wireTo(sandbox, {
      deadline_ms: DEADLINE_MS,
      in_flight: IN_FLIGHT,
    })
    const { tag } = await ensureInstallation(books.db, {
      environment: "sandbox",
    })
    return new World(books, sandbox, wire, tag, options)
  }

  get db(): Db {
    return this.books.db
  }

  get policy(): CollectPolicy {
    const { clawback, method } = this.options
    return {
      ...COLLECT,
      clawback,
      method: method === "direct" ? "direct" : "wallet",
    }
  }

  /** Vendors who are paid directly say where to, as soon as they can, also to books that forgot it. */
  async nameDestinations(): Promise<void> {
    const { method } = this.options
    if (method === "wallet") return
    const payees = await this.db.rows<Payee>(
      `select y.id, y.vendor_id, y.internal_user_id, y.user_token
         from masspay_payee y
        where y.user_token is not null and (? = 'direct' or y.vendor_id = 'ven_1')
          and not exists (
            select 1 from masspay_destination d
             where d.payee_id = y.id and d.replaced_at is null
               and d.user_token = y.user_token and d.status = 'ready')`,
      [method]
    )
    for (const payee of payees) await aDestination(this.shop, payee)
  }

  private get shop(): Pick<Shop, "books" | "sandbox"> {
    return { books: this.books, sandbox: this.sandbox }
  }

  /** Operators would rather pay what MassPay asks for than let a vendor wait. */
  acceptAnyFee(): void {
    this.direct = ANY_FEE
  }

  get hasSnapshot(): boolean {
    return this.snapshot !== null
  }

  armFault(input: FaultInput): void {
    const delay_ms = input.fault === DELAY ? LATE_EXECUTION_MS : undefined
    if (delay_ms !== undefined) this.delays_armed += 1
    this.sandbox.control.armFault({ ...input, ...(delay_ms && { delay_ms }) })
  }

  /** Faults that no request has met yet are gone. */
  clearFaults(): void {
    const { control } = this.sandbox
    const armed = control.faults().filter(({ fault }) => fault === DELAY)
    this.delays_armed -= armed.length
    control.clearFaults()
  }

  /** Runs `work` in a process of its own, which may not live to its end. */
  async inProcess(
    work: (deps: RunnerDeps) => Promise<unknown>,
    fate: Fate | null = null
  ): Promise<End["how"]> {
    const worker = new Worker(
      () => this.books.db,
      this.wire,
      fate,
      (request) => void this.track(request)
    )
    this.workers += 1
    const name = `worker-${this.workers}`
    const traffic = this.options.is_metered
      ? this.trafficOf(worker, name)
      : null
    const deps: RunnerDeps = {
      books: worker.db,
      wire: traffic ? meteredWire(worker.wire, traffic) : worker.wire,
      ...(traffic && { traffic: forRunners(traffic, worker.wire) }),
      log: this.log,
      worker: name,
      limits: limitsFor({ in_flight: IN_FLIGHT, deadline_ms: DEADLINE_MS }),
      direct: this.direct,
      failpoint: worker.failpoint,
      random: () => 0,
      monotonic_ms: this.monotonic_ms,
    }
    const end = await worker.run(() => work(deps))
    if (end.how === "paused") this.paused.push(end.resume)
    return end.how
  }

  /** The process that was stopped first goes on to its end. */
  async resumeOne(): Promise<boolean> {
    const resume = this.paused.shift()
    await resume?.()
    return resume !== undefined
  }

  /** Moves the books' clock and MassPay's, once what is on the wire has arrived. */
  async passTime(ms: number): Promise<void> {
    await this.drain()
    this.shift_ms += ms
    await this.books.shiftClock(ms)
    this.sandbox.control.moveClock({ advance_ms: ms })
  }

  async keepSnapshot(): Promise<void> {
    await this.drain()
    if (this.snapshot) await dropBooks(this.snapshot)
    const { database } = this.books
    await this.books.knex.destroy()
    this.snapshot = await copyBooks(database)
    this.books = connectBooks(database)
  }

  /** What was committed since the snapshot is gone, and nothing at MassPay is. */
  async restore(): Promise<void> {
    if (!this.snapshot) return
    await this.drain()
    const lost = this.books.database
    await this.books.knex.destroy()
    this.books = connectBooks(this.snapshot)
    this.snapshot = null
    await this.books.db.rows(
      `update masspay_test_clock set shift = make_interval(secs => ?)`,
      [this.shift_ms / 1000]
    )
    await dropBooks(lost)
  }

  async close(): Promise<void> {
    await this.drain()
    await this.sandbox.stop()
    await giveBack(this.books)
    if (this.snapshot) await dropBooks(this.snapshot)
  }

  /** A stopped process does not notice how time goes by; its clock does. */
  private readonly monotonic_ms = (): number =>
    performance.now() + this.shift_ms

  private trafficOf({ db }: Worker, worker: string): Traffic {
    return createTraffic({
      books: db,
      log: this.log,
      worker,
      max_requests_per_second: 1_000,
      deadline_ms: DEADLINE_MS,
      max_wait_ms: 20,
      monotonic_ms: this.monotonic_ms,
    })
  }

  /** Every request has been answered or given up, and the sandbox is done with it. */
  private async drain(): Promise<void> {
    while (this.requests.size > 0) await Promise.all(this.requests)
    const deadline = performance.now() + DRAIN_DEADLINE_MS
    while (this.executesLater()) {
      if (performance.now() > deadline) {
        throw new Error("The sandbox did not end its requests")
      }
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }

  /** A request that a delay keeps from being executed is in no journal yet. */
  private executesLater(): boolean {
    const { control } = this.sandbox
    const { entries, last_seq } = control.journal({ after: this.read_seq })
    this.read_seq = last_seq
    this.delays_met += entries.filter(
      (entry) => entry.kind === "request" && entry.faults.includes(DELAY)
    ).length
    const armed = control.faults().filter(({ fault }) => fault === DELAY).length
    return this.delays_armed - armed > this.delays_met
  }

  private async track(request: Promise<unknown>): Promise<void> {
    this.requests.add(request)
    await request
    this.requests.delete(request)
  }

  private readonly log: Log = {
    info: (...line) => void this.logs.push(`info ${fact(...line)}`),
    warn: (...line) => void this.logs.push(`warn ${fact(...line)}`),
    error: (...line) => void this.logs.push(`error ${fact(...line)}`),
  }
}
