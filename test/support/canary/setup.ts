// Jest's `setupFilesAfterEnv` of every suite that boots books or a shop: what it
// logs, answers and leaves in its database is searched for canaries.
import http from "node:http"
import path from "node:path"

import { logger } from "@medusajs/framework/logger"

import type * as PluginLog from "../../../src/runners/log"
import { canaries } from "./watch"

const LEVELS = ["error", "warn", "info", "debug"] as const
const OUR_SOURCES = path.join(__dirname, "../../../src/")
const OURS = /^\/(?:admin|vendor|hooks)\/masspay/

jest.doMock("../../../src/runners/log", () => {
  const real = jest.requireActual<typeof PluginLog>("../../../src/runners/log")
  const fact: typeof real.fact = (...told) => {
    const line = real.fact(...told)
    canaries.log(line)
    return line
  }
  const logTo: typeof real.logTo = (lines) =>
    real.logTo({
      info: heard(lines.info.bind(lines)),
      warn: heard(lines.warn.bind(lines)),
      error: heard(lines.error.bind(lines)),
    })
  return { ...real, fact, logTo }
})

// What else is logged about the plugin: its errors, where Medusa catches them.
for (const level of LEVELS) {
  const told = logger[level].bind(logger) as (...line: unknown[]) => void
  Object.assign(logger, {
    [level]: (...line: unknown[]) => {
      const text = line.map(textOf).join(" ")
      if (text.includes(OUR_SOURCES)) canaries.log(text)
      told(...line)
    },
  })
}

function heard(tell: (line: string) => void): (line: string) => void {
  return (line) => {
    canaries.log(line)
    tell(line)
  }
}

/** An error as a logger prints it: with its stack, its causes and its fields. */
function textOf(told: unknown): string {
  if (!(told instanceof Error)) return String(told)
  return `${told.stack ?? told.message} ${JSON.stringify(told)}`
}

type Send = (this: http.ServerResponse, ...given: unknown[]) => unknown
// Both have many signatures; whatever they are given is handed on.
const sending = http.ServerResponse.prototype as unknown as {
  write: Send
  end: Send
}
const { write, end } = sending
const bodies = new WeakMap<http.ServerResponse, string[]>()

sending.write = function (...given) {
  keep(this, given[0])
  return write.apply(this, given)
}

sending.end = function (...given) {
  keep(this, given[0])
  const body = bodies.get(this)?.join("")
  if (body) {
    canaries.answer({ ...originOf(this), status: this.statusCode, body })
  }
  return end.apply(this, given)
}

function keep(response: http.ServerResponse, chunk: unknown): void {
  if (!OURS.test(originOf(response).url)) return
  if (typeof chunk !== "string" && !Buffer.isBuffer(chunk)) return
  const parts = bodies.get(response) ?? []
  parts.push(chunk.toString())
  bodies.set(response, parts)
}

/** Express shortens `url` for a router below it, and keeps the whole one beside. */
function originOf({ req }: http.ServerResponse): {
  method: string
  url: string
} {
  const {
    originalUrl,
    url = "",
    method = "",
  } = req as http.IncomingMessage & {
    originalUrl?: string
  }
  return { method, url: originalUrl ?? url }
}

canaries.begin()

afterAll(() => {
  Object.assign(sending, { write, end })
  const suite = expect.getState().testPath?.split("/test/").at(-1) ?? "a suite"
  canaries.throwProblems(`test/${suite}`)
})
