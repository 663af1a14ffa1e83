import { type HealthFacts, healthReasons } from "../../../src/domain/health"

const WELL: HealthFacts = {
  is_circuit_open: false,
  is_key_refused: false,
  is_stopped: false,
  is_restored: false,
  is_broken: false,
  watched_ms: 60_000,
}
const TEN_MINUTES_MS = 600_000

it("is well where nothing keeps payouts from working", () => {
  expect(healthReasons(WELL)).toEqual([])
})

it.each([
  ["MassPay does not answer", { is_circuit_open: true }, "circuit_open"],
  ["MassPay refuses the key", { is_key_refused: true }, "key_refused"],
  ["sending was stopped", { is_stopped: true }, "dispatch_stopped"],
  ["the database was restored", { is_restored: true }, "restore_waiting"],
  ["the books break a rule", { is_broken: true }, "invariant_broken"],
])("names its reason, and only that, where %s", (_, change, reason) => {
  expect(healthReasons({ ...WELL, ...change })).toEqual([reason])
})

it("misses the watch after more than ten minutes, and not before", () => {
  const reasonsAfter = (watched_ms: number) =>
    healthReasons({ ...WELL, watched_ms })

  expect(reasonsAfter(TEN_MINUTES_MS)).toEqual([])
  expect(reasonsAfter(TEN_MINUTES_MS + 1)).toEqual(["watch_overdue"])
})

it("does not miss a watch that never ran: the shop has just begun", () => {
  expect(healthReasons({ ...WELL, watched_ms: null })).toEqual([])
})

it("hides no reason behind another", () => {
  const reasons = healthReasons({
    is_circuit_open: true,
    is_key_refused: true,
    is_stopped: true,
    is_restored: true,
    is_broken: true,
    watched_ms: TEN_MINUTES_MS * 2,
  })

  expect(new Set(reasons).size).toBe(6)
})
