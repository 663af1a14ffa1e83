import { z } from "@medusajs/framework/zod"

import { object, oneOf } from "./options-parts"

const MODELS = [
  "medusa-recipe",
  "mercur2",
  "product-vendor",
  "store",
  "metadata",
] as const
const ALL_MODELS = ["auto", ...MODELS].map((name) => JSON.stringify(name))
const vendorError =
  'the name of the vendor model as products show it, for example "vendor"'
const storeVendorError = '"store" or "sales_channel"'

/** `marketplace` given as an object. */
export const Marketplace = object({
  /** Path or package name of your own marketplace adapter. */
  resolve: z
    .string({ error: "a path or package name" })
    .min(1, { error: "a path or package name" })
    .optional(),
  /** A built-in adapter that is told something about the shop. */
  model: oneOf(["product-vendor", "store"]).optional(),
  /** "product-vendor": the vendor model as products show it; default: the one of "vendor", "seller", "merchant" that is linked. "store": what a vendor is, "store" (default) or "sales_channel". */
  vendor: z
    .string({ error: vendorError })
    .regex(/^\w{1,80}$/, { error: vendorError })
    .optional(),
  /** "product-vendor": the vendor's field with the people behind her, for their names and e-mail. Default "admins", where she has it. */
  people: z
    .string({ error: "the name of a field of the vendor" })
    .regex(/^\w{1,80}$/, { error: "the name of a field of the vendor" })
    .optional(),
  /** "store": id of the platform's own store or sales channel, which nobody is paid for. Default: the oldest store, or its default channel. */
  platform: z
    .string({ error: "the id of a store or sales channel" })
    .min(1, { error: "the id of a store or sales channel" })
    .optional(),
})

/** What of it belongs together. */
const Told = Marketplace.transform((given, ctx) => {
  const { resolve, model, vendor, people, platform } = given
  const refuse = (key: keyof typeof given, message: string) => {
    ctx.addIssue({ code: "custom", path: [key], message })
    return z.NEVER
  }
  const only = (key: keyof typeof given, of: string) =>
    refuse(key, `only with model: ${of}`)

  if (resolve !== undefined) {
    const other = (["model", "vendor", "people", "platform"] as const).find(
      (key) => given[key] !== undefined
    )
    return other ? refuse(other, "nothing beside resolve") : { resolve }
  }
  if (model === "product-vendor") {
    if (platform !== undefined) return only("platform", '"store"')
    return { model, vendor, people }
  }
  if (model === "store") {
    if (people !== undefined) return only("people", '"product-vendor"')
    if (vendor === undefined || vendor === "store") {
      return { model, vendor: "store" as const, platform }
    }
    if (vendor !== "sales_channel") return refuse("vendor", storeVendorError)
    return { model, vendor: "sales_channel" as const, platform }
  }
  return refuse("model", '"product-vendor", "store"; or give resolve')
})

export const MarketplaceChoice = z.union([z.enum(["auto", ...MODELS]), Told], {
  error: `${ALL_MODELS.join(", ")}, { model, … }, or { resolve: "./path" }`,
})
