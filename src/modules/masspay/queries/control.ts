import type { Db, Sql } from "./db"

const DISPATCH_STOP = "dispatch_stop"
const fundingKey = (currency_code: string) => `funding:${currency_code}`

export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json }

export type DispatchStop = {
  reason: string
  actor: string
  /** The invariant that failed, when one did. */
  invariant: string | null
  at: string
}

/** The funding wallet of one currency, as last read from MassPay. */
export type FundingState = {
  /** `null` when there is none, or several and nobody said which. */
  token: string | null
  /** Minor units. */
  balance: string | null
  as_of: string
}

/** The value stored under `key`, or `null`. Whoever writes a key knows its shape. */
export async function getControl<Value extends Json>(
  sql: Sql,
  key: string
): Promise<Value | null> {
  const [row] = await sql.rows<{ value: Value }>(
    `select value from masspay_control where key = ?`,
    [key]
  )
  return row ? row.value : null
}

export async function setControl(
  sql: Sql,
  key: string,
  value: Json
): Promise<void> {
  await sql.rows(
    `insert into masspay_control (key, value) values (?, ?::jsonb)
     on conflict (key) do update
       set value = excluded.value, updated_at = masspay_now()`,
    [key, JSON.stringify(value)]
  )
}

/** Why nothing may be sent at the moment, or `null` when sending is allowed. */
export async function dispatchStopped(sql: Sql): Promise<DispatchStop | null> {
  const stop = await getControl<DispatchStop & { stopped: boolean }>(
    sql,
    DISPATCH_STOP
  )
  if (!stop?.stopped) return null
  const { reason, actor, invariant, at } = stop
  return { reason, actor, invariant, at }
}

/** Stops dispatch in every process. The first reason stays until an operator resumes. */
export async function stopDispatch(
  db: Db,
  {
    reason,
    actor,
    invariant = null,
  }: { reason: string; actor: string; invariant?: string | null }
): Promise<void> {
  await db.rows(
    `insert into masspay_control (key, value)
     values (?, jsonb_build_object('stopped', true, 'reason', ?::text,
       'actor', ?::text, 'invariant', ?::text, 'at', masspay_now()))
     on conflict (key) do update
       set value = excluded.value, updated_at = masspay_now()
     where coalesce((masspay_control.value->>'stopped')::boolean, false) = false`,
    [DISPATCH_STOP, reason, actor, invariant]
  )
}

/** Lets dispatch go on, with the reason of the operator who decided it. */
export async function resumeDispatch(
  db: Db,
  { reason, actor }: { reason: string; actor: string }
): Promise<void> {
  await db.rows(
    `insert into masspay_control (key, value)
     values (?, jsonb_build_object('stopped', false, 'reason', ?::text,
       'actor', ?::text, 'invariant', null, 'at', masspay_now()))
     on conflict (key) do update
       set value = excluded.value, updated_at = masspay_now()`,
    [DISPATCH_STOP, reason, actor]
  )
}

/**
 * Stores a complete answer about the funding wallets: a currency that is no
 * longer in it, is in it twice, or is one of `undecided`, has no wallet to draw
 * from.
 */
export async function saveFundingBalances(
  db: Db,
  balances: readonly {
    token: string
    currency_code: string
    /** Minor units. */
    balance: bigint
  }[],
  undecided: readonly string[] = []
): Promise<void> {
  const states = new Map<
    string,
    { key: string; token: string | null; balance: string | null }
  >(
    undecided
      .map((currency_code) => fundingKey(currency_code.toUpperCase()))
      .map((key) => [key, { key, token: null, balance: null }])
  )
  for (const { token, currency_code, balance } of balances) {
    const key = fundingKey(currency_code.toUpperCase())
    states.set(
      key,
      states.has(key)
        ? { key, token: null, balance: null }
        : { key, token, balance: balance.toString() }
    )
  }
  await db.tx(async (sql) => {
    await sql.rows(
      `insert into masspay_control (key, value)
       select s.key, jsonb_build_object(
                'token', s.token, 'balance', s.balance, 'as_of', masspay_now())
         from jsonb_to_recordset(?::jsonb) s (key text, token text, balance text)
        order by s.key
       on conflict (key) do update
         set value = excluded.value, updated_at = masspay_now()`,
      [JSON.stringify([...states.values()])]
    )
    await sql.rows(
      `update masspay_control
          set value = jsonb_build_object(
                'token', null, 'balance', null, 'as_of', masspay_now()),
              updated_at = masspay_now()
        where key like 'funding:%' and not key = any(?)`,
      [[...states.keys()]]
    )
  })
}

/** Every currency's funding state by currency code. */
export async function fundingStates(
  sql: Sql
): Promise<Map<string, FundingState>> {
  const rows = await sql.rows<{ currency_code: string; value: FundingState }>(
    `select substr(key, 9) as currency_code, value from masspay_control
      where key like 'funding:%'`
  )
  return new Map(rows.map((row) => [row.currency_code, row.value]))
}
