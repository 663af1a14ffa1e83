import {
  dispatchStopped,
  fundingStates,
  getControl,
  resumeDispatch,
  saveFundingBalances,
  setControl,
  stopDispatch,
} from "../../src/modules/masspay/queries/control"
import { withLease } from "../../src/modules/masspay/queries/leases"
import {
  addOutboxEvent,
  claimOutbox,
  markPublished,
} from "../../src/modules/masspay/queries/outbox"
import { type Books, openBooks } from "../support/books"
import { countOf } from "./builders"

const LEASE_MS = 30_000

describe("the outbox", () => {
  let books: Books
  beforeEach(async () => {
    books = await openBooks()
  })
  afterEach(() => books.close())

  const add = (cause_key: string) =>
    addOutboxEvent(books.db, {
      name: "masspay.payout.created",
      payload: { id: cause_key },
      cause_key,
    })
  const claim = (limit = 10) =>
    claimOutbox(books.db, { limit, lease_ms: LEASE_MS })

  it("keeps no event of a transaction that did not happen", async () => {
    await expect(
      books.db.tx(async (sql) => {
        await addOutboxEvent(sql, { name: "x", payload: {}, cause_key: "a" })
        throw new Error("no")
      })
    ).rejects.toThrow("no")

    expect(await claim()).toEqual([])
  })

  it("holds one event for one cause", async () => {
    await add("a")
    await add("a")

    expect(await countOf(books.db, "masspay_outbox_event")).toBe(1)
  })

  it("gives an event to one publisher at a time, oldest first", async () => {
    for (const cause of ["a", "b", "c", "d"]) await add(cause)
    const [first, second] = [await claim(2), await claim(10)]
    const ids = (events: { payload: Record<string, string> }[]) =>
      events.map((event) => event.payload.id)

    expect(ids(first)).toEqual(["a", "b"])
    expect(ids(second)).toEqual(["c", "d"])
  })

  it("gives it again, later each time, until it is marked", async () => {
    await add("a")
    const [event] = await claim()
    await books.shiftClock(LEASE_MS + 1)
    expect(await claim()).toMatchObject([{ id: event?.id, attempts: 2 }])

    expect(await markPublished(books.db, [event?.id ?? ""])).toBe(1)
    expect(await markPublished(books.db, [event?.id ?? ""])).toBe(0)
    await books.shiftClock(3_600_000)
    expect(await claim()).toEqual([])
  })
})

describe("withLease", () => {
  let books: Books
  beforeEach(async () => {
    books = await openBooks()
  })
  afterEach(() => books.close())

  const lease = { key: "sweep", worker: "a", lease_ms: LEASE_MS }

  it("lets one of several run, even of the same worker", async () => {
    let running = 0
    let most = 0
    const finish = deferred()
    const work = async () => {
      running += 1
      most = Math.max(most, running)
      await finish.promise
      running -= 1
    }
    const ended: unknown[] = []
    const runs = [1, 2, 3].map(async () =>
      ended.push(await withLease(books.db, lease, work))
    )
    await until("one has started", () => running === 1)
    await until("the others are sent away", () => ended.length === 2)
    expect(ended).toEqual([{ ran: false }, { ran: false }])
    finish.resolve()
    await Promise.all(runs)

    expect(ended[2]).toMatchObject({ ran: true })
    expect(most).toBe(1)
  })

  it("is free again afterwards, also after a failure", async () => {
    await expect(
      withLease(books.db, lease, async () => {
        throw new Error("no")
      })
    ).rejects.toThrow("no")

    expect(await withLease(books.db, lease, async () => 7)).toEqual({
      ran: true,
      result: 7,
    })
  })

  it("runs out when its holder is gone, and never gives back another's", async () => {
    await withLease(books.db, lease, async (signal) => {
      await books.shiftClock(LEASE_MS + 1)
      const taken = withLease(books.db, lease, async () => {
        expect(signal.aborted).toBe(false)
        return "taken over"
      })
      expect(await taken).toEqual({ ran: true, result: "taken over" })
    })
  })

  it("is renewed while the work goes on, and says so when it is lost", async () => {
    await withLease(books.db, { ...lease, lease_ms: 3_000 }, async (signal) => {
      const until_ = () =>
        books.db.rows<{ lease_until: Date }>(
          `select lease_until from masspay_control where key = 'lease:sweep'`
        )
      const [before] = await until_()
      await until("the lease is renewed", async () => {
        const [now] = await until_()
        return Number(now?.lease_until) > Number(before?.lease_until)
      })
      await books.db.rows(
        `update masspay_control set lease_owner = 'other' where key = 'lease:sweep'`
      )
      await until("the loss is noticed", () => signal.aborted)
    })
  })
})

describe("control", () => {
  let books: Books
  beforeEach(async () => {
    books = await openBooks()
  })
  afterEach(() => books.close())

  it("keeps the first reason for a stop until an operator resumes", async () => {
    expect(await dispatchStopped(books.db)).toBeNull()
    await stopDispatch(books.db, {
      reason: "I2 failed",
      actor: "system",
      invariant: "I2",
    })
    await stopDispatch(books.db, { reason: "second", actor: "system" })
    expect(await dispatchStopped(books.db)).toMatchObject({
      reason: "I2 failed",
      invariant: "I2",
    })

    await resumeDispatch(books.db, { reason: "looked", actor: "user_1" })
    expect(await dispatchStopped(books.db)).toBeNull()
  })

  it("forgets the wallet of a currency that MassPay no longer lists", async () => {
    const wallet = (currency_code: string) => ({
      token: `w-${currency_code}`,
      currency_code,
      balance: 9_007_199_254_740_993n,
    })
    await saveFundingBalances(books.db, [wallet("USD"), wallet("EUR")])
    await saveFundingBalances(books.db, [wallet("EUR")])
    const states = await fundingStates(books.db)

    expect(states.get("USD")).toMatchObject({ token: null, balance: null })
    expect(states.get("EUR")).toMatchObject({
      token: "w-EUR",
      balance: "9007199254740993",
    })
  })

  it("stores a value by key", async () => {
    expect(await getControl(books.db, "watermark:sweep")).toBeNull()
    await setControl(books.db, "watermark:sweep", { at: "2026-01-01" })
    await setControl(books.db, "watermark:sweep", { at: "2026-01-02" })

    expect(await getControl(books.db, "watermark:sweep")).toEqual({
      at: "2026-01-02",
    })
  })
})

describe("a transaction of the books", () => {
  it("is repeated whole after a deadlock, and not for ever", async () => {
    const books = await openBooks()
    try {
      let runs = 0
      const failing = (until_: number) =>
        books.db.tx(async (sql) => {
          runs += 1
          if (runs <= until_) {
            await sql.rows(
              `do $$ begin raise exception 'x' using errcode = '40P01'; end $$`
            )
          }
          return runs
        })
      expect(await failing(3)).toBe(4)

      runs = 0
      await expect(failing(9)).rejects.toThrow("x")
      expect(runs).toBe(4)
    } finally {
      await books.close()
    }
  })
})

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}

async function until(
  what: string,
  condition: () => boolean | Promise<boolean>
): Promise<void> {
  const deadline = Date.now() + 10_000
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Waited in vain until ${what}`)
    await new Promise((done) => setTimeout(done, 10))
  }
}
