import type { MedusaContainer } from "@medusajs/framework/types"
import {
  dynamicImport,
  normalizeImportPathWithSource,
} from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"

import type { MasspayOptions } from "../options"
import { AmbiguousMarketplaceError, MarketplaceNotFoundError } from "./errors"
import { medusaRecipeAdapter } from "./medusa-recipe"
import { mercur2Adapter } from "./mercur2"
import { refuseMercur1 } from "./mercur2/version"
import { metadataAdapter } from "./metadata"
import { productVendorAdapter } from "./product-vendor"
import { storeAdapter } from "./store"
import type { MarketplaceAdapter } from "./types"

const BUILT_IN: readonly MarketplaceAdapter[] = [
  medusaRecipeAdapter,
  mercur2Adapter,
  productVendorAdapter(),
  storeAdapter(),
  metadataAdapter,
]

/** Names come from people: one that nobody has is answered, not ruled out. */
type MarketplaceOption = Exclude<MasspayOptions["marketplace"], string> | string

/**
 * The adapter that the option `marketplace` asks for: a built-in one by name or
 * by `{ model }`, a host's own by `{ resolve }`, or with "auto" the only
 * built-in one that fits.
 *
 * Throws `AmbiguousMarketplaceError` or `MarketplaceNotFoundError`.
 */
export async function adapterFor(
  container: MedusaContainer,
  option: MarketplaceOption
): Promise<MarketplaceAdapter> {
  if (option === "auto") return detectAdapter(container)

  const adapter = await chosenAdapter(option)
  await adapter.assertUsable?.(container)
  return adapter
}

async function chosenAdapter(
  option: MarketplaceOption
): Promise<MarketplaceAdapter> {
  if (typeof option === "string") return builtIn(option)
  if ("resolve" in option) return loadAdapter(option.resolve)
  return option.model === "store"
    ? storeAdapter(option)
    : productVendorAdapter(option)
}

function builtIn(name: string): MarketplaceAdapter {
  const named = BUILT_IN.find(({ id }) => id === name)
  if (named) return named
  throw new MarketplaceNotFoundError(
    `There is no marketplace adapter "${name}". ` +
      `Available: auto, ${BUILT_IN.map(({ id }) => id).join(", ")}, or { resolve }.`
  )
}

async function detectAdapter(
  container: MedusaContainer
): Promise<MarketplaceAdapter> {
  refuseMercur1(container)
  const fitting: MarketplaceAdapter[] = []
  for (const adapter of BUILT_IN) {
    if (await adapter.detect(container)) fitting.push(adapter)
  }
  const [only, ...others] = fitting
  if (!only) {
    throw new MarketplaceNotFoundError(
      "No marketplace model was found in this shop: no `marketplace` module " +
        "whose vendors are linked to orders and products, no Mercur 2, no model " +
        "named vendor, seller or merchant that is linked to products, no stores " +
        "of vendors, and no products or orders with `metadata.vendor_id`. Set " +
        "the plugin option `marketplace`, or give your own adapter as { resolve }."
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
