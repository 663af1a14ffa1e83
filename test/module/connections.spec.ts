import net, { type AddressInfo } from "node:net"

import { setControl } from "../../src/modules/masspay/queries/control"
import { knexDb } from "../../src/modules/masspay/queries/knex-db"
import { type Books, connectBooks, openBooks } from "../support/books"
import { countOf } from "./builders"

let books: Books
beforeEach(async () => {
  books = await openBooks()
})
afterEach(() => books.close())

const SHORT = { statement_ms: 1_000 }
const SHORT_IDLE = { idle_in_transaction_ms: 2_000 }
/** Longer than any test waits. */
const FOR_EVER = `select pg_sleep(600)`

/** Everybody else's sessions in this database that run such a statement. */
async function sessionsRunning(text: string): Promise<number> {
  const rows = await books.db.rows(
    `select pid from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()
        and state <> 'idle' and query like ?`,
    [`%${text}%`]
  )
  return rows.length
}

describe("a statement of ours", () => {
  it("is ended at the database when it takes too long, outside a transaction", async () => {
    const db = knexDb(books.knex, SHORT)

    await expect(db.rows(FOR_EVER)).rejects.toThrow()

    await until(
      "it is gone",
      async () => (await sessionsRunning("pg_sleep")) === 0
    )
    expect(await db.rows(`select 1 as one`)).toEqual([{ one: 1 }])
  })

  it("is ended at the database when it takes too long, inside one, and nothing of it stays", async () => {
    const db = knexDb(books.knex, SHORT)
    let runs = 0

    await expect(
      db.tx(async (sql) => {
        runs += 1
        await setControl(sql, "half", 1)
        await sql.rows(FOR_EVER)
      })
    ).rejects.toMatchObject({ code: "57014" })

    expect(runs).toBe(1)
    expect(await sessionsRunning("pg_sleep")).toBe(0)
    expect(await countOf(books.db, "masspay_control where key = 'half'")).toBe(
      0
    )
  })

  it("gives up a lock that it waits for too long", async () => {
    const db = knexDb(books.knex, SHORT)
    await setControl(books.db, "held", 1)

    await books.db.tx(async (sql) => {
      await setControl(sql, "held", 2)
      await expect(setControl(db, "held", 3)).rejects.toThrow()
      await expect(
        db.tx((other) => setControl(other, "held", 4))
      ).rejects.toMatchObject({ code: "57014" })
    })

    expect(
      await books.db.rows(
        `select value from masspay_control where key = 'held'`
      )
    ).toEqual([{ value: 2 }])
  })

  it("leaves the shop's connections as they were", async () => {
    const shop = connectBooks(books.database)
    // The process behind it shows that it is the same connection throughout.
    const settings = async () => {
      const found: { rows: unknown[] } = await shop.knex.raw(
        `select name, setting, pg_backend_pid() as pid from pg_settings
          where name in ('statement_timeout', 'idle_in_transaction_session_timeout')
          order by name`
      )
      return found.rows
    }
    try {
      const before = await settings()
      await shop.db.rows(`select 1`)
      await shop.db.tx((sql) => sql.rows(`select 1`))
      await expect(
        shop.db.tx((sql) => sql.rows(`select 1/0`))
      ).rejects.toThrow()

      expect(await settings()).toEqual(before)
    } finally {
      await shop.close()
    }
  })
})

describe("a transaction of ours", () => {
  it("is ended when it idles, gives back what it held, and is not begun again", async () => {
    const db = knexDb(books.knex, SHORT_IDLE)
    let runs = 0

    const idle = db.tx(async (sql) => {
      runs += 1
      await setControl(sql, "held", 1)
      // Somebody else gets the row only when the transaction has been ended.
      await setControl(books.db, "held", 2)
      await sql.rows(`select 1`)
    })

    await expect(idle).rejects.toThrow()
    expect(runs).toBe(1)
    expect(
      await db.rows(`select value from masspay_control where key = 'held'`)
    ).toEqual([{ value: 2 }])
  })

  it("fails once when its connection is lost, and the next one finds a new connection", async () => {
    let runs = 0

    const lost = books.db.tx(async (sql) => {
      runs += 1
      await setControl(sql, "half", 1)
      await endOtherSessions()
      await setControl(sql, "half", 2)
    })

    await expect(lost).rejects.toThrow()
    expect(runs).toBe(1)
    await setControl(books.db, "whole", 1)
    expect(await books.db.tx((sql) => sql.rows(`select 1 as one`))).toEqual([
      { one: 1 },
    ])
    expect(await countOf(books.db, "masspay_control where key = 'half'")).toBe(
      0
    )
  })

  it("whose commit is not acknowledged is an error, and is not done again", async () => {
    const proxy = await startProxy()
    const behind = connectBooks(books.database, { port: proxy.port })
    try {
      await setControl(behind.db, "before", 1)
      proxy.loseNextCommit()
      let runs = 0

      const unacknowledged = behind.db.tx(async (sql) => {
        runs += 1
        await setControl(sql, "committed", runs)
      })

      await expect(unacknowledged).rejects.toThrow()
      expect(runs).toBe(1)
      // It was committed all the same: only looking again can tell.
      expect(
        await behind.db.rows(
          `select value from masspay_control where key = 'committed'`
        )
      ).toEqual([{ value: 1 }])
    } finally {
      await behind.close()
      await proxy.stop()
    }
  })

  it("is undone when it took too long, so that no row appears with a time long past", async () => {
    const db = knexDb(books.knex, { transaction_ms: 200 })

    const late = db.tx(async (sql) => {
      await setControl(sql, "late", 1)
      await sql.rows(`select pg_sleep(0.3)`)
    })

    await expect(late).rejects.toThrow("took too long")
    expect(
      await books.db.rows(
        `select value from masspay_control where key = 'late'`
      )
    ).toEqual([])
  })
})

async function endOtherSessions(): Promise<void> {
  const other = connectBooks(books.database)
  try {
    await other.db.rows(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`
    )
  } finally {
    await other.close()
  }
}

/** Between the client and Postgres; loses an answer when told to. */
async function startProxy() {
  const sockets = new Set<net.Socket>()
  let isLosing = false
  const server = net.createServer((client) => {
    const postgres = net.connect(
      Number(process.env.DB_PORT ?? "5432"),
      process.env.DB_HOST ?? "localhost"
    )
    let isCommitting = false
    for (const socket of [client, postgres]) {
      sockets.add(socket)
      socket.on("error", () => undefined)
      socket.on("close", () => {
        sockets.delete(socket)
        client.destroy()
        postgres.destroy()
      })
    }
    client.on("data", (data) => {
      if (isLosing && data.toString("latin1").includes("COMMIT")) {
        isLosing = false
        isCommitting = true
      }
      postgres.write(data)
    })
    postgres.on("data", (data) => {
      // Postgres has answered: it is committed. Nobody hears of it.
      if (isCommitting) client.destroy()
      else client.write(data)
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, "localhost", resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    loseNextCommit() {
      isLosing = true
    },
    async stop() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function until(
  what: string,
  condition: () => Promise<boolean>
): Promise<void> {
  const deadline = performance.now() + 10_000
  while (!(await condition())) {
    if (performance.now() > deadline)
      throw new Error(`Waited in vain until ${what}`)
  }
}
