import { execFile } from "node:child_process"
import { randomBytes } from "node:crypto"
import {
  appendFileSync,
  chownSync,
  readFileSync,
  rmSync,
  statSync,
} from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { promisify } from "node:util"

import { type Books, connectBooks } from "../support/books"
import type { PostgresServer } from "../support/postgres.mjs" with {
  "resolution-mode": "import",
}

const WITHIN_MS = 60_000
/** Not a blocking one: the other proofs' sandboxes answer from this process. */
const run = promisify(execFile)

/** A Postgres that keeps its data whatever ends it, so that it can be ended. */
export class OwnServer {
  private constructor(private now: PostgresServer) {}

  static async start(): Promise<OwnServer> {
    return new OwnServer(await startOn(newFolder()))
  }

  get address(): PostgresServer {
    return this.now
  }

  /** At once and without a farewell: nobody gets to finish anything. */
  strike(signal: "SIGQUIT" | "SIGKILL"): void {
    process.kill(this.pid(), signal)
  }

  /** Starts again on what `strike` left, on another port. */
  async startAgain(): Promise<void> {
    const { data } = this.now
    await this.stop()
    this.now = await startOn(data)
  }

  /** Resolves when it has ended, by itself or in order. */
  async stop(): Promise<void> {
    await this.now.stop()
  }

  async remove(): Promise<void> {
    await this.stop()
    // What was struck down may still be ending.
    rmSync(this.now.data, { recursive: true, force: true, maxRetries: 20 })
  }

  /**
   * A standby that streams from this server, which is stopped for the moment
   * of the copy: nobody may be connected.
   */
  async addStandby(): Promise<OwnServer> {
    await this.stop()
    const data = newFolder()
    await run("cp", ["-a", this.now.data, data])
    await this.startAgain()
    const { host, port, user, password } = this.now
    const signal = path.join(data, "standby.signal")
    appendFileSync(signal, "")
    const { uid, gid } = statSync(data)
    chownSync(signal, uid, gid)
    appendFileSync(
      path.join(data, "postgresql.auto.conf"),
      `primary_conninfo = 'host=${host} port=${port} user=${user} password=${password}'\n`
    )
    return new OwnServer(await startOn(data))
  }

  /** Runs `work` as an operator who is logged in to this server. */
  async asOperator<Result>(
    work: (books: Books) => Promise<Result>
  ): Promise<Result> {
    const books = connectBooks("postgres", { server: this.now })
    try {
      return await work(books)
    } finally {
      await books.close()
    }
  }

  private pid(): number {
    const file = path.join(this.now.data, "postmaster.pid")
    return Number(readFileSync(file, "utf8").split("\n")[0])
  }
}

/** Resolves once the standby has replayed all that the primary has written until now. */
export async function caughtUp(
  primary: OwnServer,
  standby: OwnServer
): Promise<void> {
  const lsn = await primary.asOperator(async ({ db }) => {
    const [row] = await db.rows<{ lsn: string }>(
      `select pg_current_wal_flush_lsn()::text as lsn`
    )
    return row?.lsn ?? ""
  })
  await standby.asOperator((books) =>
    until(
      books,
      `select pg_last_wal_replay_lsn() >= ?::pg_lsn
              and exists (select 1 from pg_stat_wal_receiver) as holds`,
      [lsn]
    )
  )
}

/** From now on the standby learns nothing more. */
export async function cutOff(standby: OwnServer): Promise<void> {
  await standby.asOperator(async (books) => {
    await books.knex.raw(`alter system set primary_conninfo = ''`)
    await books.knex.raw(`select pg_reload_conf()`)
    await until(
      books,
      `select not exists (select 1 from pg_stat_wal_receiver) as holds`
    )
  })
}

/** The standby becomes the server, with what it has. */
export async function promote(standby: OwnServer): Promise<void> {
  await standby.asOperator(async (books) => {
    await books.knex.raw(`select pg_promote()`)
    await until(books, `select not pg_is_in_recovery() as holds`)
  })
}

async function until(
  { db }: Books,
  question: string,
  params: readonly unknown[] = []
): Promise<void> {
  const deadline = performance.now() + WITHIN_MS
  for (;;) {
    const [row] = await db.rows<{ holds: boolean | null }>(question, params)
    if (row?.holds) return
    if (performance.now() > deadline) throw new Error(`Never: ${question}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

// Directly below a folder that everybody can enter: the server's user, too.
function newFolder(): string {
  return path.join(tmpdir(), `masspay-crash-${randomBytes(6).toString("hex")}`)
}

async function startOn(dataDir: string): Promise<PostgresServer> {
  const { startPostgres } = await import("../support/postgres.mjs")
  return startPostgres({ dataDir })
}
