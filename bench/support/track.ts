import { ensureInstallation } from "../../src/modules/masspay/queries/installation"
import { type Books, openBooks } from "../../test/support/books"
import {
  finishedPayouts,
  type ManyPayee,
  manyPayees,
} from "../../test/support/many-payouts"
import { wireTo } from "../../test/support/wire-to"
import type { SandboxProcess } from "./sandbox-process"

const PAYEES = 200
const DEADLINE_MS = 10_000
const CONNECTIONS = 16

/** Books, a sandbox, and who is paid. */
export type Track = {
  books: Books
  sandbox: SandboxProcess
  tag: string
  payees: readonly ManyPayee[]
}

/** Linked payees, and `existing` payouts of earlier days. */
export async function openTrack(
  sandbox: SandboxProcess,
  existing = 0
): Promise<Track> {
  const books = await openBooks()
  // The books' own clock, not the one that tests can move.
  await books.db.rows(
    `create or replace function masspay_now() returns timestamptz
       language sql volatile as $$ select clock_timestamp() $$`
  )
  await books.db.rows(`create extension pg_stat_statements`)
  const { tag } = await ensureInstallation(books.db, { environment: "sandbox" })
  const wire = wireTo(sandbox, {
    deadline_ms: DEADLINE_MS,
    in_flight: CONNECTIONS,
  })
  const payees = await manyPayees(books.db, {
    tag,
    count: PAYEES,
    createUser: async ({ vendor_id, internal_user_id }) => {
      const user = await wire.createUser(
        {
          internal_user_id,
          email: `${vendor_id}@example.com`,
          first_name: "Ada",
          last_name: "Vendor",
          country_code: "US",
        },
        `create-${vendor_id}`
      )
      return user.user_token
    },
  })
  if (existing > 0) {
    await finishedPayouts(books.db, {
      source_token: sandbox.source_token,
      count: existing,
    })
  }
  return { books, sandbox, tag, payees }
}
