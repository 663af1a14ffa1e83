import { readdirSync, readFileSync } from "node:fs"
import path from "node:path"

import { LOG_EVENTS } from "../../src/runners/log-events"

const ROOT = path.join(__dirname, "../..")
const REGISTRY = "runners/log-events.ts"

const sources = readdirSync(path.join(ROOT, "src"), {
  recursive: true,
  encoding: "utf8",
})
  .filter((file) => file.endsWith(".ts") && file !== REGISTRY)
  .filter((file) => !file.startsWith("admin/"))
  .map((file) => readFileSync(path.join(ROOT, "src", file), "utf8"))

const known = Object.entries(LOG_EVENTS)

it("every event that is logged is in the list", () => {
  const logged = sources.flatMap((source) =>
    [
      ...source.matchAll(
        /(?:\.(?:info|warn|error)|log\[[^\]]+\])\(\s*"([a-z_]+\.[a-z_]+)"/g
      ),
    ].map(([, name = ""]) => name)
  )
  expect(logged.length).toBeGreaterThan(60)
  expect(
    [...new Set(logged)].filter((name) => !Object.hasOwn(LOG_EVENTS, name))
  ).toEqual([])
})

it("every event of the list is logged somewhere", () => {
  expect(
    known
      .map(([name]) => name)
      .filter((name) => !sources.some((text) => text.includes(`"${name}"`)))
  ).toEqual([])
})

it("the documentation tells of the same events, levels and fields", () => {
  const page = readFileSync(path.join(ROOT, "docs/logs.md"), "utf8")
  const told: Record<string, object> = Object.fromEntries(
    [
      ...page.matchAll(
        /^\| `([a-z_]+\.[a-z_]+)`\s*\|\s*(\w+)\s*\|([^|]*)\|\s*([^|]*?)\s*\|$/gm
      ),
    ].map(([, name = "", level, fields = "", says]): [string, object] => [
      name,
      {
        level,
        fields: [...fields.matchAll(/`(\w+)`/g)].map(([, field]) => field),
        says,
      },
    ])
  )
  expect(told).toEqual(
    Object.fromEntries(
      known.map(([name, { level, fields, says }]) => [
        name,
        { level, fields: [...new Set(fields)], says },
      ])
    )
  )
})

it("no field has a name under which a person, a secret or a body could hide", () => {
  const fields = new Set(known.flatMap(([, event]) => [...event.fields]))
  expect(
    [...fields].filter((field) =>
      /(^|_)(e?mail|name|address|phone|link|url|secret|password|body|birth|amount|key_id)$/.test(
        field
      )
    )
  ).toEqual([])
})
