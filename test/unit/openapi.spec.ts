import { readdirSync, readFileSync } from "node:fs"
import path from "node:path"

import { parse } from "yaml"

const API = path.join(__dirname, "../../src/api")

type Operation = {
  operationId: string
  summary: string
  tags: string[]
  parameters?: { name: string; in: string; required?: boolean }[]
  responses: Record<string, unknown>
}
type Described = { name: string; operation: Operation }

const routes = readdirSync(API, { recursive: true, encoding: "utf8" })
  .filter((file) => path.basename(file) === "route.ts")
  .map((file) => ({
    url: `/${path.dirname(file).replace(/\[(\w+)\]/g, "{$1}")}`,
    source: readFileSync(path.join(API, file), "utf8"),
  }))

const exported = routes.flatMap(({ url, source }) =>
  [...source.matchAll(/export const (GET|POST|DELETE)\b/g)].map(
    ([, method = ""]) => `[${method.toLowerCase()}] ${url}`
  )
)

const described = routes.flatMap(({ source }) =>
  [...source.matchAll(/@oas (\[\w+\] \S+)\n([\s\S]*?)\*\//g)].map(
    ([, name = "", body = ""]): Described => ({
      name,
      operation: parse(body.replace(/^ \* ?/gm, "")) as Operation,
    })
  )
)

it("every route is described, by its own address and method", () => {
  expect(exported.length).toBeGreaterThan(20)
  expect(described.map(({ name }) => name).sort()).toEqual(exported.sort())
})

it.each(described)("$name can be read by tools", ({ name, operation }) => {
  expect(operation.operationId).toMatch(/^[A-Z][A-Za-z]+$/)
  expect(operation.summary).toMatch(/^[A-Z]/)
  expect(operation.tags).toHaveLength(1)
  expect(Object.keys(operation.responses)).toEqual(
    expect.arrayContaining(["200"])
  )
  const inPath = [...name.matchAll(/\{(\w+)\}/g)].map(([, param]) => param)
  const documented = (operation.parameters ?? [])
    .filter((parameter) => parameter.in === "path" && parameter.required)
    .map((parameter) => parameter.name)
  expect(documented).toEqual(inPath)
})

it("no two share an operation id", () => {
  const ids = described.map(({ operation }) => operation.operationId)
  expect(new Set(ids).size).toBe(ids.length)
})
