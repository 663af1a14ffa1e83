/** What `startPostgres` gives; see there. */
export type PostgresServer = {
  host: string
  port: number
  user: string
  password: string
  /** Folder of the data. */
  data: string
  stop(): Promise<void>
}

export declare function startPostgres(input?: {
  dataDir?: string
  flags?: string[]
  isInMemory?: boolean
}): Promise<PostgresServer>

export declare function freePort(): Promise<number>
