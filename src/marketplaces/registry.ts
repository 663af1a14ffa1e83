import type { MedusaContainer } from "@medusajs/framework/types"
import {
  dynamicImport,
  MedusaError,
  normalizeImportPathWithSource,
} from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"

import { medusaRecipeAdapter } from "./medusa-recipe"
import { metadataAdapter } from "./metadata"
import type { MarketplaceAdapter } from "./types"

const BUILT_IN: readonly MarketplaceAdapter[] = [
  medusaRecipeAdapter,
  metadataAdapter,
]

/** More than one model fits this shop. Guessing could pay the wrong vendor, so nothing is settled. */
export class AmbiguousMarketplaceError extends MedusaError {
  constructor(readonly candidates: readonly string[]) {
    super(
      MedusaError.Types.NOT_ALLOWED,
      `More than one marketplace model fits this shop: ${candidates.join(", ")}. ` +
        "Set the plugin option `marketplace` to the one that says who sold what.",
      "masspay.ambiguous_marketplace"
    )
  }
}

/** No model fits, or the configured one cannot be used. */
export class MarketplaceNotFoundError extends MedusaError {
  constructor(message: string) {
    super(
      MedusaError.Types.NOT_ALLOWED,
      message,
      "masspay.marketplace_not_found"
    )
  }
}

type MarketplaceOption = string | { resolve: string }

/**
 * The adapter that the option `marketplace` asks for: a built-in one by name, a
 * host's own by `{ resolve }`, or with "auto" the only built-in one that fits.
 *
 * Throws `AmbiguousMarketplaceError` or `MarketplaceNotFoundError`.
 */
export async function adapterFor(
  container: MedusaContainer,
  option: MarketplaceOption
): Promise<MarketplaceAdapter> {
  if (typeof option === "object") return loadAdapter(option.resolve)
  if (option === "auto") return detectAdapter(container)

  const named = BUILT_IN.find(({ id }) => id === option)
  if (named) return named
  throw new MarketplaceNotFoundError(
    `There is no marketplace adapter "${option}". ` +
      `Available: auto, ${BUILT_IN.map(({ id }) => id).join(", ")}, or { resolve }.`
  )
}

async function detectAdapter(
  container: MedusaContainer
): Promise<MarketplaceAdapter> {
  const fitting: MarketplaceAdapter[] = []
  for (const adapter of BUILT_IN) {
    if (await adapter.detect(container)) fitting.push(adapter)
  }
  const [only, ...others] = fitting
  if (!only) {
    throw new MarketplaceNotFoundError(
      "No marketplace model was found in this shop: neither a `marketplace` " +
        "module whose vendors are linked to orders and products, nor products " +
        "or orders with `metadata.vendor_id`. Set the plugin option " +
        "`marketplace`, or give your own adapter as { resolve }."
    )
  }
  if (others.length > 0) {
    throw new AmbiguousMarketplaceError(fitting.map(({ id }) => id))
  }
  return only
}

async function loadAdapter(specifier: string): Promise<MarketplaceAdapter> {
  const path = require.resolve(normalizeImportPathWithSource(specifier), {
    paths: [process.cwd()],
  })
  const loaded: unknown = await dynamicImport(path)
  for (const candidate of candidatesIn(loaded)) {
    if (isAdapter(candidate)) return candidate
  }
  throw new MarketplaceNotFoundError(
    `"${specifier}" has no marketplace adapter: its default export, or its ` +
      "export `adapter`, needs an `id` and the functions `detect`, " +
      "`factsForOrder` and `getVendor`."
  )
}

const Exports = z.looseObject({ adapter: z.unknown(), default: z.unknown() })

/** `adapter`, `default`, and what CommonJS interop wraps in another `default`. */
function candidatesIn(loaded: unknown): unknown[] {
  const outer = Exports.safeParse(loaded)
  if (!outer.success) return [loaded]
  const inner = Exports.safeParse(outer.data.default)
  return [
    outer.data.adapter,
    outer.data.default,
    inner.data?.adapter,
    inner.data?.default,
  ]
}

function isAdapter(value: unknown): value is MarketplaceAdapter {
  if (typeof value !== "object" || value === null) return false
  const adapter: Partial<Record<keyof MarketplaceAdapter, unknown>> = value
  return (
    typeof adapter.id === "string" &&
    typeof adapter.detect === "function" &&
    typeof adapter.factsForOrder === "function" &&
    typeof adapter.getVendor === "function"
  )
}
