import { refused } from "../errors"
import type { JsonObject } from "../json"
import type { User } from "../store"
import type { World } from "../world"

/** What an operation of the payout API gets to see of its request. */
export type OperationContext = {
  world: World
  requestId: string
  /** The parameters in the path, by name. */
  params: Record<string, string>
  query: URLSearchParams
  /** Empty for methods without a body. */
  body: JsonObject
  /** Of a body that is a list; empty for all others. */
  items: readonly unknown[]
  /** A load, spendback, commit or reversal fails and no money moves. */
  mustFail: boolean
  /** The lists of loads, spendbacks, payouts and reversals leave out rows younger than this. */
  listLagMs: number
  /** The same lists show so many of the latest rows at most; null: all. */
  listMaxRows: number | null
}

export type OperationResult = {
  status: number
  body: unknown
  /** Whether the world is another one than before. */
  executed: boolean
  load_token?: string
  spendback_token?: string
  payout_token?: string
}

/** Runs to its end without waiting, so that no two operations ever interleave. */
export type Operation = (context: OperationContext) => OperationResult

export function read(body: unknown): OperationResult {
  return { status: 200, body, executed: false }
}

/** The user named in the path; 404 when there is none. */
export function userOf({ world, params }: OperationContext): User {
  const user = world.store.user(params.user_token ?? "")
  if (!user) throw refused(404, ["There is no user with this token"])
  return user
}
