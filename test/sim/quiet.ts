import { movePayout } from "../../src/modules/masspay/queries/payout-moves"
import { doJobs, rescan, type Scene, userOf } from "./act"
import { JOBS, VENDORS } from "./plan"
import type { World } from "./world"

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
/** Quiet payees are read in full once a day. */
const LONG_MS = DAY_MS + 60 * MINUTE_MS
const OVERDUE_MS = 5 * MINUTE_MS
const ROUNDS_MAX = 60

/**
 * Nothing goes wrong any more: what was armed is cleared, users are unlocked,
 * wallets are filled, stopped processes go on, operators answer, and the jobs
 * run until nothing moves, also not a day later. That last day is the second
 * run, which must send nothing. Returns what is wrong, if it never gets quiet.
 */
export async function becomeQuiet(scene: Scene): Promise<string[]> {
  await heal(scene)
  let before = ""
  let wasLong = false
  let still = 0
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    await help(scene.world)
    scene.world.acceptAnyFee()
    await scene.world.nameDestinations()
    if (await mustRescan(scene.world)) await rescan(scene)
    await scene.world.inProcess((deps) => doJobs(deps, JOBS, scene.world))
    const after = await fingerprint(scene.world)
    const due_ms = await untilNextIsDue(scene.world)
    if (wasLong && after === before && due_ms === null) return []
    wasLong = due_ms === null
    // Where all wait for MassPay, who needs days, the same is read again and again.
    still = after === before ? still + 1 : 0
    before = after
    await scene.world.passTime(due_ms === null ? LONG_MS : due_ms * 2 ** still)
  }
  return [`never quiet: ${before}`]
}

async function heal(scene: Scene): Promise<void> {
  const { world } = scene
  const { control } = world.sandbox
  world.clearFaults()
  while (await world.resumeOne());
  for (const vendor of VENDORS) {
    const token = userOf(world, vendor)
    const { users } = control.state()
    const user = users.find((each) => each.user_token === token)
    if (user?.lock) control.unlockUser(user.user_token)
  }
  control.fund({ currency_code: "USD", amount: 100_000 })
  await rescan(scene)
}

/** What operators do about what waits for them. */
async function help(world: World): Promise<void> {
  await world.db.rows(
    `update masspay_payee
        set is_paused = false, pause_reason = null, resumed_at = masspay_now()
      where is_paused
         or exists (select 1 from masspay_payout p
                     where p.payee_id = masspay_payee.id and p.status = 'void'
                       and p.updated_at > coalesce(resumed_at, '-infinity'))`
  )
  // What came back is looked into, and found to be right.
  await world.db.rows(
    `update masspay_destination set status = 'ready', status_reason = null
      where status in ('returned', 'incomplete') and replaced_at is null
        and attr_set_token is not null`
  )
  const blocked = await world.db.rows<{ id: string; version: number }>(
    `select id, version from masspay_payout
      where status = 'blocked' and block_reason in ('config', 'limit')`
  )
  for (const { id, version } of blocked) {
    await world.db.tx((sql) =>
      movePayout(sql, {
        payout_id: id,
        from: "blocked",
        to: "ready",
        event: "unblocked",
        version,
        actor: "operator",
        set: {
          needs_lookup: true,
          block_reason: null,
          block_detail: null,
          next_attempt_in_ms: 0,
        },
      })
    )
  }
}

/** After a restore, money is asked back only when all orders were seen again. */
async function mustRescan({ db }: World): Promise<boolean> {
  const [row] = await db.rows<{ must: boolean }>(
    `select not coalesce((r.value->>'watermark')::timestamptz
                > coalesce((i.value->>'noticed_at')::timestamptz, '-infinity'), false) as must
       from masspay_control i
       left join masspay_control r on r.key = 'watermark:rescan'
      where i.key = 'database_identity'`
  )
  return row?.must ?? false
}

/** Whatever must not change any more. */
async function fingerprint({ db, sandbox }: World): Promise<string> {
  const [books] = await db.rows<Record<string, string | null>>(
    `select (select string_agg(status || ' ' || n, ', ' order by status)
               from (select status, count(*)::text as n from masspay_payout
                      group by status) s) as payouts,
            (select sum(version)::text from masspay_payout) as versions,
            (select count(*)::text from masspay_ledger_entry) as entries,
            (select count(*)::text from masspay_open_entry) as open,
            (select string_agg(status || needs_adoption, ' ' order by vendor_id)
               from masspay_payee) as payees`
  )
  const { control } = sandbox
  const sent = control
    .journal()
    .entries.filter(
      (entry) => entry.kind === "request" && entry.method !== "GET"
    ).length
  const { load_count } = control.loads()
  const { payout_count } = control.payouts()
  return JSON.stringify({ ...books, sent, load_count, payout_count })
}

/**
 * When the next thing that only waits for its time comes; `null`: nothing waits.
 * What was due already and is still there waits for something else to happen.
 */
async function untilNextIsDue({ db, sandbox }: World): Promise<number | null> {
  const rows = await db.rows<{ ms: number }>(
    `select (extract(epoch from due - masspay_now()) * 1000)::float8 as ms
       from (
         select greatest(next_attempt_at, lease_until,
                  case when status = 'cancelled' then settle_until end) as due
           from masspay_payout
          where status in ('ready', 'sending', 'unknown', 'accepted',
                           'cancelled', 'reversing')
             or (status = 'blocked' and block_reason not in ('config', 'limit'))
         union all
         select (value->>'noticed_at')::timestamptz + interval '130 seconds'
           from masspay_control
          where key = 'database_identity' and value->>'state' = 'changed'
         union all
         select (value->>'at')::timestamptz + interval '301 seconds'
           from masspay_control
          where key = 'dispatch_refused' and (value->>'refused')::boolean
       ) waiting`
  )
  const now = Date.parse(sandbox.control.clock().now)
  const times = [
    ...rows.map(({ ms }) => (ms > 0 ? ms : OVERDUE_MS)),
    ...sandbox.control.flips().map(({ due_at }) => Date.parse(due_at) - now),
    ...sandbox.control
      .payoutSteps()
      .map(({ due_at }) => Date.parse(due_at) - now),
  ]
  return times.length === 0 ? null : Math.max(Math.min(...times), 0) + 1_000
}
