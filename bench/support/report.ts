import type { Contestant } from "./contestants"
import { type Measured, median } from "./measure"

type Results = Readonly<Record<Contestant, readonly Measured[]>>

/** Against the plainest safe dispatcher, when the sandbox answers at once. */
const AGAINST_PLAIN_MIN = 0.6
/** Against concurrency divided by latency, when it does not. */
const AGAINST_LATENCY_MIN = 0.88

const NAMES: Record<Contestant, string> = {
  bare: "bare axios POSTs",
  plain: "plainest safe dispatcher",
  ours: "this plugin",
}

const rate = ({ payouts, seconds }: Measured): number => payouts / seconds

export function tableOf(title: string, results: Results): string {
  const of = (
    contestant: Contestant,
    read: (measured: Measured) => number | null
  ): string => {
    const values = results[contestant].map(read)
    const known = values.filter((value) => value !== null)
    return known.length === 0 ? "–" : median(known).toFixed(2)
  }
  const ms = (seconds: number | null, { payouts }: Measured): number | null =>
    seconds === null ? null : (1000 * seconds) / payouts
  const lines = (["bare", "plain", "ours"] as const).map((contestant) =>
    [
      NAMES[contestant].padEnd(26),
      median(results[contestant].map(rate)).toFixed(0).padStart(6),
      of(contestant, (m) => m.queries / m.payouts).padStart(9),
      of(contestant, (m) => ms(m.node_cpu_s, m)).padStart(12),
      of(contestant, (m) => ms(m.postgres_cpu_s, m)).padStart(16),
      `  ${results[contestant].map((m) => rate(m).toFixed(0)).join(" ")}`,
    ].join("")
  )
  const header = [
    "".padEnd(26),
    "per s".padStart(6),
    "queries".padStart(9),
    "Node CPU ms".padStart(12),
    "Postgres CPU ms".padStart(16),
    "  rounds, per s",
  ].join("")
  return [title, header, ...lines, ""].join("\n")
}

/** The closing line, and whether what it says is good enough. */
export function grade(
  atOnce: Results,
  late: Results,
  { per_second_max }: { per_second_max: number }
): { line: string; isPassed: boolean } {
  const againstPlain = pairwise(atOnce, "plain")
  const againstBare = pairwise(atOnce, "bare")
  const againstLatency = median(late.ours.map(rate)) / per_second_max
  const queries = median(atOnce.ours.map((m) => m.queries / m.payouts))
  const isPassed =
    againstPlain >= AGAINST_PLAIN_MIN && againstLatency >= AGAINST_LATENCY_MIN
  const line = [
    `bench:dispatch ${isPassed ? "passed" : "FAILED"}:`,
    `${percent(againstPlain)} of the plainest safe dispatcher (at least ${percent(AGAINST_PLAIN_MIN)}),`,
    `${percent(againstBare)} of bare axios,`,
    `${percent(againstLatency)} of concurrency / latency (at least ${percent(AGAINST_LATENCY_MIN)}),`,
    `${queries.toFixed(1)} queries per payout`,
  ].join(" ")
  return { line, isPassed }
}

/** Ours against another, round by round: what disturbs a round disturbs both. */
function pairwise(results: Results, other: Contestant): number {
  return median(
    results.ours.map((ours, round) => {
      const theirs = results[other][round]
      return theirs ? rate(ours) / rate(theirs) : Number.NaN
    })
  )
}

function percent(ratio: number): string {
  return `${(100 * ratio).toFixed(0)} %`
}
