import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"

import type { SharedModule } from "../domain/go-live-shop"

const Provider = z.looseObject({ resolve: z.unknown() })
const Declaration = z.looseObject({
  resolve: z.unknown(),
  options: z
    .looseObject({ providers: z.array(Provider).default([]) })
    .default({ providers: [] }),
})
const Config = z.looseObject({ modules: z.record(z.string(), z.unknown()) })

const NEEDED = [
  { name: "workflow engine", keys: [Modules.WORKFLOW_ENGINE] },
  { name: "event bus", keys: [Modules.EVENT_BUS] },
  { name: "locking", keys: [Modules.LOCKING] },
  // The newer module takes the older one's place.
  { name: "cache", keys: [Modules.CACHING, Modules.CACHE] },
]

/** What the shop's configuration says of the modules that several instances have to share. */
export function sharedModules(container: MedusaContainer): SharedModule[] {
  const config = Config.safeParse(
    container.resolve<unknown>(ContainerRegistrationKeys.CONFIG_MODULE)
  )
  const modules = config.data?.modules ?? {}
  return NEEDED.map(({ name, keys }) => {
    const declared = keys.map((key) => modules[key]).find(isUsed)
    return { name, kind: kindOf(declared) }
  })
}

function isUsed(declared: unknown): boolean {
  return declared !== undefined && declared !== false && declared !== null
}

function kindOf(declared: unknown): SharedModule["kind"] {
  const parsed = Declaration.safeParse(declared)
  // Not configured: Medusa's own, which is in memory.
  if (!isUsed(declared)) return "in_memory"
  if (!parsed.success) return "unknown"
  const { resolve, options } = parsed.data
  const names = [resolve, ...options.providers.map((one) => one.resolve)].map(
    (name) => (typeof name === "string" ? name : "")
  )
  if (names.some((name) => /redis|postgres/i.test(name))) return "shared"
  const isMedusas = names.every((name) =>
    /^@medusajs\/(medusa\/)?(workflow-engine-inmemory|event-bus-local|locking|cache-inmemory|caching)$/.test(
      name
    )
  )
  return isMedusas ? "in_memory" : "unknown"
}
