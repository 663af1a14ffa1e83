import { formatMajor } from "../../src/domain/money"
import type { Db } from "../../src/modules/masspay/queries/db"
import { checkInvariants } from "../../src/modules/masspay/queries/invariants"
import type { ReadyPayout } from "../../test/support/many-payouts"
import type { SandboxProcess } from "./sandbox-process"

type Planned = Pick<
  ReadyPayout,
  "client_id" | "user_token" | "amount" | "request_text"
>

/**
 * Speed counts for nothing if it pays wrong: the sandbox has one completed load
 * for each planned payout, with its user and amount, none besides, and its
 * journal adds up. Returns the load tokens by client id; throws otherwise.
 */
export async function checkLoads(
  sandbox: SandboxProcess,
  { planned, after }: { planned: readonly Planned[]; after: number }
): Promise<Map<string, string>> {
  const loads = await sandbox.loads(after)
  const tokens = new Map(
    loads.map((load) => [load.client_load_id, load.load_token])
  )
  const asSent = new Set(
    loads
      .filter((load) => load.status === "COMPLETED")
      .map((load) => [load.client_load_id, load.user_token, load.amount].join())
  )
  const wrong = planned.filter(
    ({ client_id, user_token, amount }) =>
      !asSent.has([client_id, user_token, formatMajor(amount, "USD")].join())
  )
  const audit = await sandbox.audit()
  const twice = Object.values(audit.executed_loads).filter((n) => n !== 1)
  if (
    !audit.is_sound ||
    audit.reads_with_idempotency_key > 0 ||
    twice.length > 0 ||
    wrong.length > 0 ||
    loads.length !== planned.length
  ) {
    throw new Error(
      `The sandbox disagrees: ${planned.length} payouts, ${loads.length} loads, ` +
        `${wrong.length} missing or different, ${twice.length} paid more than once; ${audit.problems.join("; ")}`
    )
  }
  return tokens
}

/** The books say of every one of these payouts what the sandbox says, once and in full. */
export async function checkBooks(
  db: Db,
  {
    payouts,
    tokens,
  }: { payouts: readonly ReadyPayout[]; tokens: ReadonlyMap<string, string> }
): Promise<void> {
  const [found] = await db.rows<{ right: number }>(
    `select count(*)::int as right
       from unnest(?::text[], ?::text[]) as s(client_id, load_token)
       join masspay_operation o on o.client_id = s.client_id
        and o.remote_token = s.load_token and o.proof = 'executed'
       join masspay_payout p on p.id = o.payout_id
        and p.status = 'completed' and p.version = 3
        and p.completed_at is not null and p.lease_owner is null
      where (select array_agg(a.outcome || ' ' || a.proof) from masspay_attempt a
              where a.operation_id = o.id) = array['ok executed']
        and (select array_agg(v.to_status order by v.version) from masspay_payout_event v
              where v.payout_id = p.id) = array['ready', 'sending', 'completed']
        and exists (select 1 from masspay_outbox_event x
                     where x.cause_key = 'payout:' || p.id || ':3'
                       and x.name = 'masspay.payout.completed')`,
    [
      payouts.map((payout) => payout.client_id),
      payouts.map((payout) => tokens.get(payout.client_id) ?? ""),
    ]
  )
  const right = found?.right ?? 0
  if (right !== payouts.length) {
    throw new Error(
      `Only ${right} of ${payouts.length} payouts are completed in the books`
    )
  }
  const broken = (await checkInvariants(db)).filter(({ holds }) => !holds)
  if (broken.length > 0) {
    throw new Error(`Invariants broken: ${broken.map(({ id }) => id).join()}`)
  }
}
