import { randomUUID } from "node:crypto"
import { readFile, rename, rm, writeFile } from "node:fs/promises"

import { audit } from "./audit"
import { type ClockSnapshot, VirtualClock } from "./clock"
import { FaultPlan, type FaultPlanState } from "./fault-plan"
import { type ArmedFault, FaultQueue } from "./faults"
import { KeyStore, type SavedKey } from "./idempotency"
import { Journal, type JournalEntry } from "./journal"
import { isJsonObject, parseJson } from "./json"
import { adoptOldLinks, type OldLock } from "./kyc/old-links"
import { Papers, type PapersSnapshot } from "./kyc/papers"
import { Ledger } from "./ledger"
import { PayoutBook, type PayoutSnapshot } from "./payouts/book"
import type { Settings } from "./settings"
import {
  type Load,
  type ScheduledFlip,
  type Spendback,
  Store,
  type User,
  type Wallet,
  type Withdrawal,
} from "./store"
import { TokenFactory } from "./tokens"
import { Outbox, type OutboxSnapshot } from "./webhooks/outbox"
import { Signer } from "./webhooks/sign"
import type { Beginning, World } from "./world"

const FORMAT = "masspay-sandbox/1"
const DEBOUNCE_MS = 200
/** A slow disk or a large world gets this many times its last duration to rest. */
const REST_FACTOR = 10

/** JSON has no integers of any size: minor units travel as text. */
type Stored<Row> = Omit<Row, "minor"> & { minor: string }

type Later = "autopayout_percentage"

/** What is optional was not there in the first files of this format. */
type Snapshot = {
  format: typeof FORMAT
  seed: number | null
  issued_tokens: number
  clock: ClockSnapshot
  settings: Partial<Settings>
  users: (Omit<User, Later | "lock"> &
    Partial<Pick<User, Later>> & { lock: User["lock"] | OldLock })[]
  wallets: Stored<Wallet>[]
  loads: Stored<Load>[]
  spendbacks?: Stored<Spendback>[]
  withdrawals?: Stored<Withdrawal>[]
  flips?: readonly ScheduledFlip[]
  keys: SavedKey[]
  faults: readonly ArmedFault[]
  plan?: FaultPlanState | null
  papers?: PapersSnapshot
  payouts?: PayoutSnapshot
  outbox?: OutboxSnapshot
  journal: readonly JournalEntry[]
}

/** What the file does not know: the process, and settings that came later. */
type Around = Pick<Beginning, "wiring" | "settings">

function toStored<Row extends { minor: bigint }>(row: Row): Stored<Row> {
  return { ...row, minor: String(row.minor) }
}

function takeSnapshot(world: World): Snapshot {
  const { store, clock, keys, faults, plan, journal, settings, tokens } = world
  const { papers, payouts, outbox } = world
  return {
    format: FORMAT,
    seed: tokens.seed,
    issued_tokens: tokens.count(),
    clock: clock.snapshot(),
    settings,
    users: [...store.users()],
    wallets: [...store.wallets()].map(toStored),
    loads: store.loads().map(toStored),
    spendbacks: store.spendbacks().map(toStored),
    withdrawals: store.withdrawals().map(toStored),
    flips: store.flips.all(),
    keys: keys.saved(),
    faults: faults.list(),
    plan: plan?.state() ?? null,
    papers: papers.snapshot(),
    payouts: payouts.snapshot(),
    outbox: outbox.snapshot(),
    journal: journal.all(),
  }
}

function restoreWorld(snapshot: Snapshot, around: Around): World {
  const clock = VirtualClock.restore(snapshot.clock)
  const journal = new Journal(() => clock.iso(), {
    entries: snapshot.journal.map(withLaterFields),
  })
  const store = new Store()
  const ledger = new Ledger(journal)
  const papers = snapshot.papers
    ? Papers.restore(snapshot.papers)
    : new Papers()
  for (const user of snapshot.users) {
    const lock = adoptOldLinks(papers, user)
    store.addUser({ autopayout_percentage: null, ...user, lock })
  }
  for (const stored of snapshot.wallets) {
    const wallet = { ...stored, minor: BigInt(stored.minor) }
    store.addWallet(wallet)
    ledger.adopt(wallet)
  }
  for (const load of snapshot.loads) {
    store.addLoad({ ...load, minor: BigInt(load.minor) })
  }
  for (const spendback of snapshot.spendbacks ?? []) {
    store.addSpendback({ ...spendback, minor: BigInt(spendback.minor) })
  }
  for (const withdrawal of snapshot.withdrawals ?? []) {
    store.addWithdrawal({ ...withdrawal, minor: BigInt(withdrawal.minor) })
  }
  for (const flip of snapshot.flips ?? []) store.restoreFlip(flip)
  const payouts = snapshot.payouts
    ? PayoutBook.restore(snapshot.payouts)
    : new PayoutBook()
  for (const payout of payouts.all()) {
    if (payout.committed_ms !== null) store.addCommitted(payout)
  }
  return {
    clock,
    journal,
    store,
    ledger,
    tokens: new TokenFactory(snapshot.seed, snapshot.issued_tokens),
    keys: new KeyStore(() => clock.now(), snapshot.keys),
    faults: new FaultQueue(snapshot.faults),
    plan: snapshot.plan ? FaultPlan.restore(snapshot.plan) : null,
    settings: { ...around.settings, ...snapshot.settings },
    hidden: new Set(),
    papers,
    payouts,
    outbox: snapshot.outbox ? Outbox.restore(snapshot.outbox) : new Outbox(),
    signer: new Signer(),
    wiring: around.wiring,
  }
}

function withLaterFields(entry: JournalEntry): JournalEntry {
  const none = {
    client_spendback_id: null,
    spendback_token: null,
    client_transfer_id: null,
    payout_token: null,
  }
  const noPayout = { payout_token: null }
  const noPlan = { plan_request: null }
  switch (entry.kind) {
    case "request":
      return { ...none, ...noPlan, ...entry }
    case "movement":
      return { ...none, ...entry }
    case "webhook":
      return { ...noPayout, ...entry }
    case "note":
    case "payout":
      return entry
  }
}

/**
 * The world in a data file, or null when there is no such file yet. Throws when
 * the file is not one of ours or its books do not add up, rather than starting
 * from it or, worse, writing over it.
 */
export async function loadWorld(
  file: string,
  around: Around
): Promise<World | null> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    if (isJsonObject(error) && error.code === "ENOENT") return null
    throw error
  })
  if (text === null) return null
  const snapshot = parseJson(text)
  if (!isJsonObject(snapshot) || snapshot.format !== FORMAT) {
    throw new Error(`The data file ${file} is not in the format ${FORMAT}`)
  }
  let world: World
  try {
    world = restoreWorld(snapshot as Snapshot, around)
  } catch (error) {
    throw new Error(`The data file ${file} is damaged: ${String(error)}`)
  }
  const [problem] = audit(world).problems
  if (problem) throw new Error(`The data file ${file} is damaged: ${problem}`)
  return world
}

/** Writes beside the file and renames, so that a reader never sees half a world. */
async function saveWorld(file: string, world: World): Promise<void> {
  const text = JSON.stringify(takeSnapshot(world))
  const temporary = `${file}.${randomUUID()}.tmp`
  try {
    await writeFile(temporary, text, { flag: "wx", mode: 0o600 })
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

/**
 * Saves the world some time after each change, one write at a time. A process
 * that is killed loses what happened since the last write; `flush` loses nothing.
 */
export class Saver {
  private timer: NodeJS.Timeout | null = null
  private writing: Promise<void> = Promise.resolve()
  private restMs = DEBOUNCE_MS
  private isDirty = false

  constructor(
    private readonly file: string,
    private readonly currentWorld: () => World
  ) {}

  touch(): void {
    this.isDirty = true
    this.timer ??= setTimeout(() => {
      this.write().catch((error: unknown) => {
        console.error("masspay-sandbox: cannot write the data file", error)
      })
    }, this.restMs)
  }

  /** Rejects when the file cannot be written. */
  async flush(): Promise<void> {
    await this.write()
  }

  private write(): Promise<void> {
    if (this.timer) clearTimeout(this.timer)
    this.timer = null
    const write = this.writing.then(async () => {
      if (!this.isDirty) return
      this.isDirty = false
      const startedAt = performance.now()
      try {
        await saveWorld(this.file, this.currentWorld())
      } catch (error) {
        this.isDirty = true
        throw error
      }
      const tookMs = performance.now() - startedAt
      this.restMs = Math.max(DEBOUNCE_MS, tookMs * REST_FACTOR)
    })
    this.writing = write.catch(() => undefined)
    return write
  }
}
