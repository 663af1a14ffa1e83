import { type Measured, median } from "./measure"
import type { Contestant } from "./settle-contestants"

export type Results = ReadonlyMap<Contestant, readonly Measured[]>

/** One of ours beside what it is compared with, and the least it has to reach of it. */
export type Pairing = {
  title: string
  theirs: Contestant
  ours: Contestant
  at_least: number
}

export const PAIRINGS: readonly Pairing[] = [
  {
    title: "Events, 8 at once",
    theirs: "bare",
    ours: "event",
    at_least: 0.6,
  },
  {
    title: "Events, one at a time",
    theirs: "bare_alone",
    ours: "event_alone",
    at_least: 0.6,
  },
  {
    title: "Sweep, batches of 100",
    theirs: "plain",
    ours: "sweep",
    at_least: 0.3,
  },
  {
    title: "Booking alone, batches of 100",
    theirs: "plain_booking",
    ours: "our_booking",
    at_least: 0.3,
  },
]

const NAMES: Record<Contestant, string> = {
  bare: "bare subscriber",
  event: "this plugin",
  bare_alone: "bare subscriber",
  event_alone: "this plugin",
  plain: "plain program",
  sweep: "this plugin",
  plain_booking: "plain program",
  our_booking: "this plugin",
}

/** With so many entries more, one order may cost this much of what it cost before. */
const GROWTH_MAX = 1.1

const rate = ({ payouts, seconds }: Measured): number => payouts / seconds

/** Milliseconds of both processors for one order; of the clock, where Postgres's cannot be read. */
function costMs({ payouts, seconds, ...cpu }: Measured): number {
  const { node_cpu_s, postgres_cpu_s } = cpu
  const cost = postgres_cpu_s === null ? seconds : node_cpu_s + postgres_cpu_s
  return (1000 * cost) / payouts
}

export function tableOf(title: string, results: Results): string {
  const header = [
    "".padEnd(48),
    "per s".padStart(7),
    "queries".padStart(9),
    "Node CPU ms".padStart(12),
    "Postgres CPU ms".padStart(16),
    "  rounds, per s",
  ].join("")
  const lines = PAIRINGS.flatMap(({ title, theirs, ours }) =>
    [theirs, ours].map((contestant) =>
      lineOf(`${title}: ${NAMES[contestant]}`, results.get(contestant) ?? [])
    )
  )
  return [title, header, ...lines, ""].join("\n")
}

function lineOf(name: string, rounds: readonly Measured[]): string {
  const of = (read: (measured: Measured) => number | null): string => {
    const known = rounds.map(read).filter((value) => value !== null)
    return known.length === 0 ? "–" : median(known).toFixed(2)
  }
  return [
    name.padEnd(48),
    median(rounds.map(rate)).toFixed(0).padStart(7),
    of((m) => m.queries / m.payouts).padStart(9),
    of((m) => (1000 * m.node_cpu_s) / m.payouts).padStart(12),
    of((m) =>
      m.postgres_cpu_s === null ? null : (1000 * m.postgres_cpu_s) / m.payouts
    ).padStart(16),
    `  ${rounds.map((m) => rate(m).toFixed(0)).join(" ")}`,
  ].join("")
}

export type Growth = {
  contestant: Contestant
  /** Each round's shop with more entries against the one with fewer. */
  cost: number
  seconds: number
}

export function growthOf(
  contestant: Contestant,
  pairs: readonly { few: Measured; many: Measured }[]
): Growth {
  return {
    contestant,
    cost: median(pairs.map(({ few, many }) => costMs(many) / costMs(few))),
    seconds: median(pairs.map(({ few, many }) => rate(few) / rate(many))),
  }
}

/** The closing line, and whether what it says is good enough. */
export function grade(
  results: Results,
  growth: readonly Growth[]
): { line: string; isPassed: boolean } {
  const ratios = PAIRINGS.map((pairing) => ({
    ...pairing,
    ratio: pairwise(results, pairing),
  }))
  const isPassed =
    ratios.every(({ ratio, at_least }) => ratio >= at_least) &&
    growth.every(({ cost }) => cost <= GROWTH_MAX)
  const parts = ratios.map(({ title, theirs, ratio, at_least }) =>
    [
      `${title.toLowerCase()}: ${percent(ratio)} of the ${NAMES[theirs]}`,
      `(at least ${percent(at_least)})`,
    ].join(" ")
  )
  const queries = (["event", "event_alone", "sweep"] as const).map(
    (contestant) =>
      median(
        (results.get(contestant) ?? []).map((m) => m.queries / m.payouts)
      ).toFixed(1)
  )
  const line = [
    `bench:settle ${isPassed ? "passed" : "FAILED"}:`,
    [
      ...parts,
      ...growth.map(
        ({ contestant, cost }) =>
          `${contestant} costs ${cost.toFixed(2)} with a full ledger (at most ${GROWTH_MAX.toFixed(2)})`
      ),
      `${queries.join(" / ")} queries per order`,
    ].join("; "),
  ].join(" ")
  return { line, isPassed }
}

/** Ours against theirs, round by round: what disturbs a round disturbs both. */
function pairwise(results: Results, { theirs, ours }: Pairing): number {
  const others = results.get(theirs) ?? []
  return median(
    (results.get(ours) ?? []).map((own, round) => {
      const other = others[round]
      return other ? rate(own) / rate(other) : Number.NaN
    })
  )
}

function percent(ratio: number): string {
  return `${(100 * ratio).toFixed(0)} %`
}
