import { readdirSync, readFileSync } from "node:fs"
import path from "node:path"

import {
  COUNTERS,
  GAUGES,
  HISTOGRAMS,
  SPANS,
} from "../../../src/telemetry/catalogue"

const ROOT = path.join(__dirname, "../../..")
const page = readFileSync(path.join(ROOT, "docs/metrics.md"), "utf8")

type Measure = {
  unit: string
  attributes: readonly string[]
  description: string
}
const METRICS: readonly Record<string, Measure>[] = [
  COUNTERS,
  HISTOGRAMS,
  GAUGES,
]

/** The rows of the table below a heading: name, then the other cells. */
function tableBelow(heading: string): Record<string, string[]> {
  const [, section = ""] = page.split(`\n## ${heading}\n`)
  const [own = ""] = section.split("\n## ")
  return Object.fromEntries(
    [...own.matchAll(/^\| `([a-z_.]+)`\s*\|(.*)\|$/gm)].map(
      ([, name = "", rest = ""]) => [
        name,
        rest.split("|").map((cell) => cell.trim()),
      ]
    )
  )
}

const cellOf = (attributes: readonly string[]): string =>
  attributes.length === 0
    ? "–"
    : attributes.map((name) => `\`${name}\``).join(", ")

it.each<[string, Record<string, Measure>]>([
  ["Counters", COUNTERS],
  ["Histograms", HISTOGRAMS],
  ["Gauges", GAUGES],
])(
  "%s: the documentation lists what the code has, and no more",
  (heading, catalogue) => {
    expect(tableBelow(heading)).toEqual(
      Object.fromEntries(
        Object.entries(catalogue).map(([name, one]) => [
          name,
          [`\`${one.unit}\``, cellOf(one.attributes), one.description],
        ])
      )
    )
  }
)

it("Spans: the documentation lists what the code has, and no more", () => {
  expect(tableBelow("Spans")).toEqual(
    Object.fromEntries(
      Object.entries(SPANS).map(([name, { attributes, description }]) => [
        name,
        [cellOf(attributes), description],
      ])
    )
  )
})

it("attributes of metrics are words of short lists: no id, no person, no token", () => {
  const attributes = METRICS.flatMap((catalogue) =>
    Object.values(catalogue).flatMap((one) => [...one.attributes])
  )
  expect(
    attributes.filter((name) => /id$|email|name|token|vendor/.test(name))
  ).toEqual([])
})

it("alerts speak of metrics that exist", () => {
  const [, alerts = ""] = page.split("\n## Worth an alert\n")
  const named = [...alerts.matchAll(/`(masspay\.[a-z_.]+)/g)].map(
    ([, name]) => name
  )
  const known = [COUNTERS, HISTOGRAMS, GAUGES].flatMap(Object.keys)
  expect(named.length).toBeGreaterThan(4)
  expect(named.filter((name) => !known.includes(String(name)))).toEqual([])
})

it("no metric is counted that the list does not know", () => {
  const known = [COUNTERS, HISTOGRAMS, GAUGES, SPANS].flatMap(Object.keys)
  const used = readdirSync(path.join(ROOT, "src"), {
    recursive: true,
    encoding: "utf8",
  })
    .filter((file) =>
      /^(runners|api|telemetry|modules|sweep|jobs)\/.*\.ts$/.test(file)
    )
    .filter((file) => file !== "telemetry/catalogue.ts")
    .flatMap((file) => [
      ...readFileSync(path.join(ROOT, "src", file), "utf8").matchAll(
        /(?:count|record|traced|asRun|span|point|moneyPoint)\(\s*(?:[\w.]+,\s*)?"(masspay\.[a-z_.]+)"/g
      ),
    ])
    .map(([, name = ""]) => name)
  expect(used.length).toBeGreaterThan(15)
  expect([...new Set(used)].filter((name) => !known.includes(name))).toEqual([])
})
