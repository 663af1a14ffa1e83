import {
  judgeDispatch,
  judgeEncryptionKey,
  judgeInvariants,
  judgeJobs,
  judgePayees,
  judgeSharedModules,
} from "../../../src/domain/go-live-shop"
import { linesOf, type TextCase } from "./go-live-builders"

const watch = { name: "watch", interval_s: 60, ago_ms: 59_400 }
const report = { name: "report", interval_s: 3600, ago_ms: null }
const collect = { name: "collect", interval_s: 60, ago_ms: 300_000 }
const payees = {
  total: 5,
  active: 5,
  others: {},
  waiting: 0,
  missing: {},
  incomplete: 0,
  unread: 0,
}
const locking = { name: "locking", kind: "shared" } as const
const cache = { name: "cache", kind: "in_memory" } as const
const events = { name: "event bus", kind: "in_memory" } as const
const workflows = { name: "workflow engine", kind: "unknown" } as const
const others = { name: "files", kind: "unknown" } as const

it.each<TextCase>([
  [
    "in time",
    () => judgeJobs({ enabled_here: true, jobs: [watch] }),
    [
      "The jobs run in time.",
      "Nothing to do.",
      "watch: ran 59 s ago, every 60 s",
    ],
  ],
  [
    "late",
    () => judgeJobs({ enabled_here: true, jobs: [watch, collect, report] }),
    [
      "collect, report: not in time.",
      "Run at least one process with jobs.enabled, and with Medusa's worker mode shared or worker. A shop that just started needs a few minutes.",
      "watch: ran 59 s ago, every 60 s",
      "collect: ran 300 s ago, every 60 s",
      "report: never ran, every 3600 s",
    ],
  ],
  [
    "late, and off here",
    () => judgeJobs({ enabled_here: false, jobs: [collect] }),
    [
      "collect: not in time (jobs.enabled is false in this process).",
      "Run at least one process with jobs.enabled, and with Medusa's worker mode shared or worker. A shop that just started needs a few minutes.",
      "collect: ran 300 s ago, every 60 s",
    ],
  ],
])("jobs, %s", (_, judged, text) => {
  expect(linesOf(judged())).toEqual(text)
})

it.each<TextCase>([
  [
    "going",
    () => judgeDispatch(null),
    ["Sending is not stopped.", "Nothing to do."],
  ],
  [
    "stopped",
    () =>
      judgeDispatch({ reason: "Invariant I1 does not hold", at: "2026-11-28" }),
    [
      "Sending is stopped since 2026-11-28: Invariant I1 does not hold.",
      "Find out why, then resume in the admin or by POST /admin/masspay/dispatch/resume.",
    ],
  ],
])("sending, %s", (_, judged, text) => {
  expect(linesOf(judged())).toEqual(text)
})

it.each<TextCase>([
  [
    "set",
    () => judgeEncryptionKey({ has_key: true, is_sandbox: false }),
    [
      "A key is set: upload links can be shown and mailed again.",
      "Nothing to do.",
    ],
  ],
  [
    "sandbox",
    () => judgeEncryptionKey({ has_key: true, is_sandbox: true }),
    [
      "Links are kept, with the sandbox's fixed key where none is set.",
      "Nothing to do.",
    ],
  ],
  [
    "missing",
    () => judgeEncryptionKey({ has_key: false, is_sandbox: false }),
    [
      "encryptionKey is not set: upload links of vendors are not kept, and a vendor cannot be sent hers again.",
      "Set encryptionKey to 32 random bytes: openssl rand -base64 32",
    ],
  ],
])("encryption key, %s", (_, judged, text) => {
  expect(linesOf(judged())).toEqual(text)
})

it.each<TextCase>([
  [
    "none known",
    () => judgePayees({ ...payees, total: 0, active: 0 }),
    [
      "No vendor is known yet.",
      "A vendor is known with her first order, or by linking all vendors: POST /admin/masspay/payees/bulk-link.",
    ],
  ],
  [
    "none active",
    () =>
      judgePayees({
        ...payees,
        active: 0,
        others: { unlinked: 5, locked: 0 },
        waiting: 2,
      }),
    [
      "0 of 5 vendors are active at MassPay, 0 of them with an incomplete profile.",
      "See Vendors in the admin: link who is not linked, and let vendors fill in what is missing.",
      "5 still unlinked",
      "2 not active, with money waiting",
    ],
  ],
  [
    "some not ready",
    () =>
      judgePayees({
        ...payees,
        active: 3,
        others: { unlinked: 1, locked: 1 },
        missing: { date_of_birth: 2, address1: 1 },
        incomplete: 2,
        unread: 1,
      }),
    [
      "3 of 5 vendors are active at MassPay, 2 of them with an incomplete profile.",
      "See Vendors in the admin: link who is not linked, and let vendors fill in what is missing.",
      "1 still locked",
      "1 still unlinked",
      "1 without address",
      "2 without date of birth",
      "1 with a profile that was not read yet",
    ],
  ],
  [
    "all ready",
    () => judgePayees(payees),
    [
      "5 of 5 vendors are active at MassPay, 0 of them with an incomplete profile.",
      "Nothing to do.",
    ],
  ],
])("vendors, %s", (_, judged, text) => {
  expect(linesOf(judged())).toEqual(text)
})

it.each<TextCase>([
  [
    "add up",
    () => judgeInvariants([{ id: "I1", holds: true, found: 0 }]),
    ["All 1 invariants hold.", "Nothing to do."],
  ],
  [
    "do not add up",
    () =>
      judgeInvariants([
        { id: "I1", holds: false, found: 1 },
        { id: "I2", holds: true, found: 0 },
        { id: "I3", holds: false, found: 7 },
      ]),
    [
      "I1, I3: the books do not add up.",
      "Do not pay before it is known why. POST /admin/masspay/invariants shows the rows.",
      "I1: 1 row",
      "I3: 7 rows",
    ],
  ],
])("books, %s", (_, judged, text) => {
  expect(linesOf(judged())).toEqual(text)
})

it.each<TextCase>([
  [
    "one seen",
    () => judgeSharedModules({ instances: 1, modules: [cache, workflows] }),
    [
      "No second instance was seen at the same time within a day.",
      "Nothing to do.",
      "cache: in memory",
      "workflow engine: not known",
    ],
  ],
  [
    "all shared",
    () => judgeSharedModules({ instances: 2, modules: [locking] }),
    [
      "All of them are shared by every instance.",
      "Nothing to do.",
      "locking: shared by all instances",
    ],
  ],
  [
    "two in memory",
    () =>
      judgeSharedModules({
        instances: 2,
        modules: [locking, cache, events, workflows],
      }),
    [
      "2 instances were seen, and in memory is: cache, event bus.",
      "Configure Medusa's Redis modules: workflow-engine-redis, event-bus-redis, locking-redis, caching-redis. Without them each instance has its own jobs, events, locks and cache.",
      "locking: shared by all instances",
      "cache: in memory",
      "event bus: in memory",
      "workflow engine: not known",
    ],
  ],
  [
    "two not known",
    () =>
      judgeSharedModules({
        instances: 3,
        modules: [locking, workflows, others],
      }),
    [
      "3 instances were seen; whether they share these is not known: workflow engine, files.",
      "Make sure that these modules work across processes.",
      "locking: shared by all instances",
      "workflow engine: not known",
      "files: not known",
    ],
  ],
])("several instances, %s", (_, judged, text) => {
  expect(linesOf(judged())).toEqual(text)
})

it.each([
  [240_000, "passed"],
  [240_001, "failed"],
])("a job of every minute that ran %d ms ago is %s", (ago_ms, state) => {
  const jobs = [{ ...watch, ago_ms }]
  expect(judgeJobs({ enabled_here: true, jobs }).state).toBe(state)
})
