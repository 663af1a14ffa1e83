import { createRequire } from "node:module"

import type * as OpenTelemetry from "@opentelemetry/api"

export type Api = typeof OpenTelemetry

const ABSENT = ["MODULE_NOT_FOUND", "ERR_MODULE_NOT_FOUND"]

/**
 * The shop's `@opentelemetry/api`, an optional peer; `null` where it is not
 * installed. It holds its state by process, so any copy of it will do.
 */
export function loadApi(
  load: (name: string) => unknown = createRequire(__filename)
): Api | null {
  try {
    return load("@opentelemetry/api") as Api
  } catch (error) {
    const code =
      typeof error === "object" && error !== null && "code" in error
        ? String(error.code)
        : ""
    if (ABSENT.includes(code)) return null
    throw error
  }
}
