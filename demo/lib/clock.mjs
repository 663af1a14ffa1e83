/**
 * The demo's clock: the one the books go by and MassPay's, moved together, so
 * that nobody has to sit through the minutes in which the plugin waits.
 */
import { createRequire } from "node:module"

const { knex } = createRequire(import.meta.url)(
  "@medusajs/framework/mikro-orm/knex"
)

/** All that the books know about time comes from this function. */
const INSTALL = `
  create table demo_clock (shift interval not null default '0');
  insert into demo_clock default values;
  create or replace function masspay_now() returns timestamptz language sql volatile
    as $$ select clock_timestamp() + (select shift from demo_clock) $$`

/** Once, in a shop whose tables are there. It shows the right time until it is moved. */
export async function installClock(databaseUrl) {
  await withDatabase(databaseUrl, (database) => database.raw(INSTALL))
}

/**
 * Moves both forward.
 *
 * @param {{ databaseUrl: string, massPayUrl: string }} demo
 * @param {number} minutes
 */
export async function passTime({ databaseUrl, massPayUrl }, minutes) {
  const response = await fetch(`${massPayUrl}/sandbox/clock`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ advance_ms: minutes * 60_000 }),
    signal: AbortSignal.timeout(10_000),
  })
  if (!response.ok) throw new Error(`MassPay's clock: ${response.status}`)
  await withDatabase(databaseUrl, (database) =>
    database.raw(
      "update demo_clock set shift = shift + make_interval(mins => ?)",
      [minutes]
    )
  )
}

async function withDatabase(connection, work) {
  const database = knex({ client: "pg", connection, pool: { min: 0, max: 1 } })
  try {
    await work(database)
  } finally {
    await database.destroy()
  }
}
