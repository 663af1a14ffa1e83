/** What `startPostgres` gives; see there. */
export type PostgresServer = {
  host: string
  port: number
  user: string
  password: string
  /** Folder of the data. */
  data: string
  /** Folder of its socket; only with `isInMemory`. */
  socket: string | null
  stop(): Promise<void>
}

export declare function startPostgres(input?: {
  dataDir?: string
  flags?: string[]
  isInMemory?: boolean
}): Promise<PostgresServer>

export declare function freePort(): Promise<number>
