import type { Db, Sql } from "../../src/modules/masspay/queries/db"
import type { Wire } from "../../src/modules/masspay-gateway/types"
import type { FailpointName } from "../../src/runners/deps"

/**
 * Where a worker is to end as if its process had been killed: at a named point,
 * or before or after one of its calls of the database. `pauses` at a named
 * point instead, and goes on when it is told to.
 */
export type Fate =
  | { dies: FailpointName; hit: number }
  | { dies: "before_call" | "after_call"; hit: number }
  | { pauses: FailpointName; hit: number }

class Killed extends Error {}

const NEVER = new Promise<never>(() => undefined)

/** How a worker's run ended. A paused one goes on until `resume`'s promise is over. */
export type End =
  | { how: "done" }
  | { how: "died" }
  | { how: "paused"; resume: () => Promise<void> }

/**
 * A process that may be killed or stopped, inside this one. After its death
 * nothing it began is heard of again: its open transaction is rolled back, what
 * it committed stays, a request that left arrives.
 */
export class Worker {
  readonly db: Db
  readonly wire: Wire
  private isDead = false
  private hits = 0
  private pause: Promise<void> | null = null
  private readonly calls = new Set<Promise<unknown>>()
  private readonly death: Promise<never>
  private kill: (reason: Killed) => void = () => undefined
  private stop: (resume: () => void) => void = () => undefined
  private readonly stopped: Promise<() => void>

  constructor(
    books: () => Db,
    wire: Wire,
    private readonly fate: Fate | null,
    /** Requests go on when their sender is dead; whoever moves the clock waits for them. */
    private readonly onRequest: (request: Promise<unknown>) => void
  ) {
    this.death = new Promise<never>((_, reject) => {
      this.kill = reject
    })
    this.death.catch(() => undefined)
    this.stopped = new Promise((resolve) => {
      this.stop = resolve
    })
    this.db = this.mortalDb(books)
    this.wire = this.mortalWire(wire)
  }

  readonly failpoint = async (name: FailpointName): Promise<void> => {
    await this.pass(name)
  }

  /** Runs to its end, its death or its pause. */
  async run(work: () => Promise<unknown>): Promise<End> {
    const whole = work().then(
      (): End => ({ how: "done" }),
      (error: unknown): End => {
        if (this.isDead) return { how: "died" }
        throw error
      }
    )
    const died = this.death.catch((): End => ({ how: "died" }))
    const paused = this.stopped.then((go): End => ({
      how: "paused",
      resume: async () => {
        go()
        await Promise.race([whole, died])
      },
    }))
    // A pause that nobody resumes must not leave a rejection behind.
    whole.catch(() => undefined)
    const end = await Promise.race([whole, died, paused])
    // What the database was asked by then, it still does.
    while (this.calls.size > 0) await Promise.all(this.calls)
    return end
  }

  private async pass(where: string): Promise<void> {
    if (this.isDead) await NEVER
    const { fate } = this
    if (!fate) return
    if (where !== ("dies" in fate ? fate.dies : fate.pauses)) return
    this.hits += 1
    if (this.hits !== fate.hit) return
    if ("pauses" in fate) {
      this.pause = new Promise<void>((resolve) => {
        this.stop(resolve)
      })
      await this.pause
      return
    }
    this.isDead = true
    this.kill(new Killed())
    await NEVER
  }

  private mortalDb(books: () => Db): Db {
    return {
      rows: (text, params) => this.call(() => books().rows(text, params)),
      tx: (work) =>
        this.call(() =>
          books().tx((sql) =>
            Promise.race([work(this.mortalSql(sql)), this.death])
          )
        ),
    }
  }

  /** Nothing more is asked inside the transaction of a dead worker. */
  private mortalSql(sql: Sql): Sql {
    return {
      rows: async (text, params) => {
        if (this.isDead) await NEVER
        return sql.rows(text, params)
      },
    }
  }

  private async call<Result>(work: () => Promise<Result>): Promise<Result> {
    // All of a stopped process stands still, but for what is under way.
    await this.pause
    await this.pass("before_call")
    try {
      const result = await this.underWay(work())
      await this.pass("after_call")
      return result
    } catch (error) {
      if (this.isDead) await NEVER
      throw error
    }
  }

  private async underWay<Result>(call: Promise<Result>): Promise<Result> {
    const settled = call.catch(() => undefined)
    this.calls.add(settled)
    try {
      return await call
    } finally {
      this.calls.delete(settled)
    }
  }

  private mortalWire(wire: Wire): Wire {
    const ask = async <Result>(request: () => Promise<Result>) => {
      if (this.isDead) await NEVER
      await this.pause
      const asked = request()
      this.onRequest(asked.catch(() => undefined))
      try {
        const answer = await asked
        if (this.isDead) await NEVER
        return answer
      } catch (error) {
        if (this.isDead) await NEVER
        throw error
      }
    }
    return {
      transport: { send: (request) => ask(() => wire.transport.send(request)) },
      getFundingBalances: () => ask(() => wire.getFundingBalances()),
      lookupUser: (query) => ask(() => wire.lookupUser(query)),
      createUser: (user, key) => ask(() => wire.createUser(user, key)),
      getUser: (token) => ask(() => wire.getUser(token)),
      changeProfile: (change) => ask(() => wire.changeProfile(change)),
      listLoads: (token) => ask(() => wire.listLoads(token)),
      listSpendbacks: (token) => ask(() => wire.listSpendbacks(token)),
      listPayouts: (token) => ask(() => wire.listPayouts(token)),
      listReversals: (payout) => ask(() => wire.listReversals(payout)),
      getPickupCode: (payout) => ask(() => wire.getPickupCode(payout)),
      readHistoryPage: (query) => ask(() => wire.readHistoryPage(query)),
      listWallets: (token) => ask(() => wire.listWallets(token)),
      listAutopayouts: (wallet) => ask(() => wire.listAutopayouts(wallet)),
      getAccountStatement: (days) => ask(() => wire.getAccountStatement(days)),
      listKycSessions: (token) => ask(() => wire.listKycSessions(token)),
      startKycSession: (session) => ask(() => wire.startKycSession(session)),
      getTaxInterviewLink: (interview) =>
        ask(() => wire.getTaxInterviewLink(interview)),
      getActivationLink: (token) => ask(() => wire.getActivationLink(token)),
      listRoutes: (query) => ask(() => wire.listRoutes(query)),
      isRouteOffered: (token) => ask(() => wire.isRouteOffered(token)),
      listAttributes: (of) => ask(() => wire.listAttributes(of)),
      storeAttributes: (of) => ask(() => wire.storeAttributes(of)),
      getConfirmation: (of) => ask(() => wire.getConfirmation(of)),
      addAutopayout: (rule) => ask(() => wire.addAutopayout(rule)),
      deleteAutopayout: (rule) => ask(() => wire.deleteAutopayout(rule)),
    }
  }
}
