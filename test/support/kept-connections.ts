import type { Knex } from "@medusajs/framework/mikro-orm/knex"

/** A connection of the driver's, as knex makes it. */
export type Connection = {
  processID: number
  query(text: string): Promise<{ rows: unknown[] }>
  end(): Promise<void>
  /** Set by knex when it broke. */
  __knex__disposed?: unknown
}

type Client = {
  acquireRawConnection(): Promise<Connection>
  destroyRawConnection(connection: Connection): Promise<void>
  destroy(): Promise<void>
}

/** As new, but for what the server remembers of the tables: that is what takes a new one so long. */
const RESET = `
  rollback; reset all; deallocate all; close all; unlisten *;
  select pg_advisory_unlock_all(); discard temp; discard sequences`

/**
 * Lets a pool begin with connections that another had. Whoever takes them over
 * owns them: they end with the pool, or are given to the next.
 */
export function beginWith(knex: Knex, connections: Connection[]): void {
  const client = knex.client as Client
  const connect = client.acquireRawConnection.bind(client)
  const destroy = client.destroy.bind(client)
  client.acquireRawConnection = async () => {
    for (let one = connections.shift(); one; one = connections.shift()) {
      if (await isAlive(one)) return one
    }
    return connect()
  }
  client.destroy = async () => {
    await endAll(connections.splice(0))
    await destroy()
  }
  spares.set(client, connections)
}

const spares = new WeakMap<Client, Connection[]>()

/** Ends a pool and returns its connections, those apart that are broken or at work. */
export async function connectionsOf(knex: Knex): Promise<Connection[]> {
  const client = knex.client as Client
  const found = spares.get(client)?.splice(0) ?? []
  client.destroyRawConnection = async (connection) => {
    found.push(connection)
    return Promise.resolve()
  }
  await knex.destroy()
  const kept = await Promise.all(found.map(asNew))
  return kept.filter((connection) => connection !== null)
}

/** Somebody may have cut it off meanwhile. */
async function isAlive(connection: Connection): Promise<boolean> {
  if (connection.__knex__disposed) return false
  return connection.query("select 1").then(
    () => true,
    () => false
  )
}

async function asNew(connection: Connection): Promise<Connection | null> {
  if (connection.__knex__disposed) return null
  try {
    await connection.query(RESET)
    return connection
  } catch {
    await endAll([connection])
    return null
  }
}

export async function endAll(
  connections: readonly Connection[]
): Promise<void> {
  // One that is broken has ended.
  await Promise.all(connections.map((one) => one.end().catch(() => undefined)))
}
