import { clientId, internalUserId, payoutSourceKey } from "../../src/domain/ids"
import { loadRequestText } from "../../src/domain/load-request"
import type { Db } from "../../src/modules/masspay/queries/db"
import { newId } from "../../src/modules/masspay/queries/new-id"

/** Thousands of rows by a few statements, for what is measured or planned rather than told. */
export type ManyPayee = {
  id: string
  vendor_id: string
  internal_user_id: string
  user_token: string
}

export type ReadyPayout = {
  id: string
  client_id: string
  user_token: string
  request_text: string
  /** Minor units. */
  amount: bigint
}

const CHUNK = 2_000
/** Users that are created at once: fewer than any wire lets through. */
const AT_ONCE = 4

/** Active payees, whose MassPay users `createUser` makes. */
export async function manyPayees(
  db: Db,
  {
    tag,
    count,
    createUser,
  }: {
    tag: string
    count: number
    createUser: (payee: {
      vendor_id: string
      internal_user_id: string
    }) => Promise<string>
  }
): Promise<ManyPayee[]> {
  const payees: ManyPayee[] = []
  while (payees.length < count) {
    const some = Array.from(
      { length: Math.min(AT_ONCE, count - payees.length) },
      async () => {
        const id = newId("mspye")
        const vendor_id = `vendor_${id.slice(-10).toLowerCase()}`
        const internal_user_id = internalUserId({ tag, vendor_id })
        const user_token = await createUser({ vendor_id, internal_user_id })
        return { id, vendor_id, internal_user_id, user_token }
      }
    )
    payees.push(...(await Promise.all(some)))
  }
  await db.rows(
    `insert into masspay_payee (id, vendor_id, internal_user_id, user_token, status)
     select *, 'active' from unnest(?::text[], ?::text[], ?::text[], ?::text[])`,
    [
      payees.map((payee) => payee.id),
      payees.map((payee) => payee.vendor_id),
      payees.map((payee) => payee.internal_user_id),
      payees.map((payee) => payee.user_token),
    ]
  )
  return payees
}

/** A payout that may be sent, in memory only. Amounts differ from one to the next. */
export function planPayout({
  tag,
  source_token,
  payee,
  nth,
}: {
  tag: string
  source_token: string
  payee: ManyPayee
  nth: number
}): ReadyPayout & { entry_id: string; source_key: string } {
  const entry_id = newId("mslen")
  const amount = BigInt(1_000 + (nth % 997))
  const source_key = payoutSourceKey([{ source_key: entry_id, amount }], 0)
  const client_id = clientId({ tag, source_key, kind: "load", n: 1 })
  return {
    id: newId("mspo"),
    client_id,
    user_token: payee.user_token,
    amount,
    entry_id,
    source_key,
    request_text: loadRequestText({
      client_load_id: client_id,
      source_token,
      amount,
      currency_code: "USD",
      notify_user: false,
      notes: "Payout",
      metadata: { vendor_id: payee.vendor_id },
    }),
  }
}

/** Ready wallet payouts of one fresh entry each, dealt out to the payees in turn. */
export async function readyPayouts(
  db: Db,
  input: {
    tag: string
    source_token: string
    payees: readonly ManyPayee[]
    count: number
  }
): Promise<ReadyPayout[]> {
  const { payees, count } = input
  const made: ReadyPayout[] = []
  while (made.length < count) {
    const size = Math.min(CHUNK, count - made.length)
    const rows = Array.from({ length: size }, (_, index) => {
      const nth = made.length + index
      const payee = payees[nth % payees.length]
      if (!payee) throw new RangeError("Payouts need payees")
      return { payee, ...planPayout({ ...input, payee, nth }) }
    })
    await db.tx(async (sql) => {
      await sql.rows(
        `insert into masspay_ledger_entry
           (id, vendor_id, currency_code, amount, kind, source_key, reason, available_at)
         select id, vendor_id, 'USD', amount, 'adjustment', id, 'test', masspay_now()
           from unnest(?::text[], ?::text[], ?::bigint[]) as e(id, vendor_id, amount)`,
        [
          rows.map((row) => row.entry_id),
          rows.map((row) => row.payee.vendor_id),
          rows.map((row) => row.amount.toString()),
        ]
      )
      await sql.rows(
        `insert into masspay_payout
           (id, payee_id, vendor_id, amount, source_key, user_token,
            method, status, currency_code, source_token, oldest_entry_at)
         select *, 'wallet', 'ready', 'USD', ?, masspay_now()
           from unnest(?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[])`,
        [
          input.source_token,
          rows.map((row) => row.id),
          rows.map((row) => row.payee.id),
          rows.map((row) => row.payee.vendor_id),
          rows.map((row) => row.amount.toString()),
          rows.map((row) => row.source_key),
          rows.map((row) => row.user_token),
        ]
      )
      await sql.rows(
        `insert into masspay_payout_item (id, payout_id, entry_id, amount)
         select * from unnest(?::text[], ?::text[], ?::text[], ?::bigint[])`,
        [
          rows.map(() => newId("mspit")),
          rows.map((row) => row.id),
          rows.map((row) => row.entry_id),
          rows.map((row) => row.amount.toString()),
        ]
      )
      await sql.rows(
        `insert into masspay_operation (id, payout_id, client_id, request_text, kind)
         select *, 'load' from unnest(?::text[], ?::text[], ?::text[], ?::text[])`,
        [
          rows.map(() => newId("msop")),
          rows.map((row) => row.id),
          rows.map((row) => row.client_id),
          rows.map((row) => row.request_text),
        ]
      )
      await sql.rows(
        `insert into masspay_payout_event (id, payout_id, version, to_status, event)
         select *, 1, 'ready', 'collected' from unnest(?::text[], ?::text[])`,
        [rows.map(() => newId("mspev")), rows.map((row) => row.id)]
      )
    })
    made.push(...rows)
  }
  return made
}

/**
 * Payouts of earlier days, completed and told, spread over all payees. Call it
 * once per database: the ids are counted from one.
 */
export async function finishedPayouts(
  db: Db,
  {
    source_token,
    count,
    with_history = true,
  }: {
    source_token: string
    count: number
    /** How each came about, which takes twice as long to write and which no list shows. */
    with_history?: boolean
  }
): Promise<void> {
  for (let from = 1; from <= count; from += CHUNK) {
    const to = Math.min(from + CHUNK - 1, count)
    await db.tx(async (sql) => {
      for (const statement of with_history
        ? [...FINISHED, ...HISTORY]
        : FINISHED) {
        await sql.rows(
          `with done as materialized (
             select lpad(g::text, 10, '0') as n, 1000 + g % 997 as amount,
                    masspay_now() - (? - g) * interval '1 minute' - interval '2 hours' as at,
                    ?::text as source_token, e.id as payee_id, e.vendor_id, e.user_token
               from generate_series(?::int, ?::int) g
               cross join (select count(*) as payees from masspay_payee) c
               join (select *, row_number() over (order by id) - 1 as nth
                       from masspay_payee) e on e.nth = g % c.payees)
           ${statement}`,
          [count, source_token, from, to]
        )
      }
    })
  }
}

const FINISHED = [
  `insert into masspay_ledger_entry
     (id, vendor_id, currency_code, amount, kind, source_key, reason, available_at, created_at)
   select 'mslen_done_' || n, vendor_id, 'USD', amount, 'adjustment',
          'done:' || n, 'test', at, at
     from done`,
  `insert into masspay_payout
     (id, payee_id, vendor_id, method, status, amount, currency_code, source_key,
      user_token, source_token, oldest_entry_at, next_attempt_at, completed_at,
      remote_status, version, created_at, updated_at)
   select 'mspo_done_' || n, payee_id, vendor_id, 'wallet', 'completed', amount, 'USD',
          'payout:done:' || n, user_token, source_token, at, at, at, 'COMPLETED', 3, at, at
     from done`,
  `insert into masspay_payout_item (id, payout_id, entry_id, amount, created_at)
   select 'mspit_done_' || n, 'mspo_done_' || n, 'mslen_done_' || n, amount, at from done`,
]

const HISTORY = [
  `insert into masspay_operation
     (id, payout_id, kind, client_id, request_text, key_first_used_at,
      remote_token, remote_status, proof, created_at)
   select 'msop_done_' || n, 'mspo_done_' || n, 'load', 'done' || n, '{}', at,
          'ld_done_' || n, 'COMPLETED', 'executed', at
     from done`,
  `insert into masspay_attempt
     (id, operation_id, attempt_no, idempotency_key, request_sha256, worker,
      started_at, lease_until, outcome, http_status, evidence, finished_at, proof)
   select 'msatt_done_' || n, 'msop_done_' || n, 1, 'done' || n || '-1', 'none', 'worker',
          at, at, 'ok', 201, '{}', at, 'executed'
     from done`,
  `insert into masspay_payout_event
     (id, payout_id, version, from_status, to_status, event, created_at)
   select 'mspev_done_' || n || '_' || version, 'mspo_done_' || n, version,
          from_status, to_status, event, at
     from done, (values (1, null, 'ready', 'collected'), (2, 'ready', 'sending', 'claimed'),
                        (3, 'sending', 'completed', 'completed'))
       as moves(version, from_status, to_status, event)`,
  `insert into masspay_outbox_event
     (id, name, payload, cause_key, published_at, created_at)
   select 'msout_done_' || n, 'masspay.payout.completed',
          jsonb_build_object('id', 'mspo_done_' || n), 'payout:mspo_done_' || n || ':3', at, at
     from done`,
]
