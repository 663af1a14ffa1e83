import { z } from "@medusajs/framework/zod"

import {
  type AttributeValues,
  LABEL_LENGTH_MAX,
} from "../../../domain/attribute-fields"
import { VALUE_LENGTH_MAX } from "../../../domain/attribute-pattern"
import { isKnownCurrency } from "../../../domain/currency"
import { InvalidAmountError } from "../../../domain/errors"
import { parseMajor } from "../../../domain/money"
import { isCountry } from "../../../modules/masspay-gateway/resources/countries"
import { currency, privateText, reason, request_id, text } from "./fields"

const COUNTRY =
  "Field 'country_code' must be an ISO 3166-1 country of two or three letters, for example DE or DEU"
const country = z
  .string({ error: COUNTRY })
  .refine(isCountry, { error: COUNTRY })
  .transform((code) => code.toUpperCase())

const RECEIVED =
  "Field 'destination_currency_code' must be a currency of 3 to 5 letters or digits, for example EUR"
const destination_currency = z
  .string({ error: RECEIVED })
  .regex(/^[A-Za-z0-9]{3,5}$/, { error: RECEIVED })
  .transform((code) => code.toUpperCase())

const amountError = (field: string) =>
  `Field '${field}' must be a decimal text that the currency can be paid in, for example 200.00`
const amount = (field: string) =>
  z
    .string({ error: amountError(field) })
    .regex(/^\d{1,13}(\.\d{1,4})?$/, { error: amountError(field) })

const RATE = "Field 'exchange_rate' must be a decimal text, for example 0.92"
const rate = z
  .string({ error: RATE })
  .regex(/^\d{1,15}(\.\d{1,20})?$/, { error: RATE })

const destination_token = z
  .string({
    error: "Field 'destination_token' must be one of those the routes have",
  })
  .regex(/^[A-Za-z0-9_-]{1,80}$/, {
    error: "Field 'destination_token' must be one of those the routes have",
  })

const FLAG = "must be true or false"
const flag = (field: string) =>
  z
    .enum(["true", "false"], { error: `Field '${field}' ${FLAG}` })
    .transform((given) => given === "true")

type Issues = {
  addIssue(issue: { code: "custom"; path: string[]; message: string }): void
}

/** Minor units, or a problem that names the field. */
function minorOf(
  given: string | undefined,
  { field, currency_code }: { field: string; currency_code: string },
  ctx: Issues
): bigint | undefined {
  if (given === undefined) return undefined
  try {
    if (isKnownCurrency(currency_code)) return parseMajor(given, currency_code)
  } catch (error) {
    if (!(error instanceof InvalidAmountError)) throw error
  }
  ctx.addIssue({ code: "custom", path: [field], message: amountError(field) })
  return undefined
}

/** `GET …/destinations/routes` of the admin and of the vendor */
export const RoutesQuery = z
  .strictObject({
    currency_code: currency,
    destination_currency_code: destination_currency.optional(),
    country_code: country.optional(),
    payer_name: text("payer_name").optional(),
    only_generic_payers: flag("only_generic_payers").optional(),
    amount: amount("amount").optional(),
  })
  .transform(({ destination_currency_code, ...query }, ctx) => ({
    wish: {
      ...query,
      destination_currency_code:
        destination_currency_code ?? query.currency_code,
      amount: minorOf(query.amount, { field: "amount", ...query }, ctx),
    },
  }))
export type RoutesQuery = z.infer<typeof RoutesQuery>

const choice = {
  request_id,
  currency_code: currency,
  country_code: country.optional(),
  destination_token,
  destination_currency_code: destination_currency,
  amount: amount("amount").optional(),
  /** As she was shown them; what is worse now is not written. */
  shown: z
    .strictObject({
      fee: amount("fee").nullable(),
      exchange_rate: rate,
      destination_currency_code: destination_currency,
    })
    .optional(),
}

type Choice = z.infer<z.ZodObject<typeof choice>>

/** Amounts stay texts: they go on through a workflow. */
function readChoice<Given extends Choice>(body: Given, ctx: Issues): Given {
  const { currency_code, amount: given, shown } = body
  minorOf(given, { field: "amount", currency_code }, ctx)
  minorOf(shown?.fee ?? undefined, { field: "fee", currency_code }, ctx)
  return body
}

/** `POST /admin/masspay/payees/:id/destinations` */
export const ChooseDestinationBody = z
  .strictObject({ ...choice, reason })
  .transform(readChoice)
export type ChooseDestinationBody = z.infer<typeof ChooseDestinationBody>

/** `POST /vendor/masspay/destinations` */
export const VendorChooseDestinationBody = z
  .strictObject(choice)
  .transform(readChoice)
export type VendorChooseDestinationBody = z.infer<
  typeof VendorChooseDestinationBody
>

const FIELDS_MAX = 60
const VALUES = `Field 'values' must be texts of up to ${VALUE_LENGTH_MAX} characters by the tokens of the form's fields, ${FIELDS_MAX} at most`

// In one: what Medusa says of a part of the wrong type quotes what was given.
const values = z.custom<AttributeValues>(areValues, { error: VALUES })

function areValues(given: unknown): boolean {
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    return false
  }
  const pairs = Object.entries(given)
  return (
    pairs.length <= FIELDS_MAX &&
    pairs.every(
      ([token, value]: [string, unknown]) =>
        /^[A-Za-z0-9_-]{1,200}$/.test(token) &&
        typeof value === "string" &&
        value.length <= VALUE_LENGTH_MAX
    )
  )
}

const label = privateText("label", { max: LABEL_LENGTH_MAX })
  .nullable()
  .default(null)

/** `POST …/destinations/:destination_id/attributes` */
export const AttributesBody = z.strictObject({
  request_id,
  reason,
  values,
  label,
})
export type AttributesBody = z.infer<typeof AttributesBody>

/** `POST /vendor/masspay/destinations/attributes` */
export const VendorAttributesBody = z.strictObject({
  request_id,
  currency_code: currency,
  values,
  label,
})
export type VendorAttributesBody = z.infer<typeof VendorAttributesBody>

/** `GET /vendor/masspay/destinations/attributes` */
export const VendorFormQuery = z.strictObject({ currency_code: currency })
export type VendorFormQuery = z.infer<typeof VendorFormQuery>

const PERCENTAGE =
  "Field 'percentage' must be a number above 0, up to 100, with two decimals at most"
const percentage = z
  .number({ error: PERCENTAGE })
  .refine(
    (given) =>
      given > 0 && given <= 100 && /^\d+(\.\d{1,2})?$/.test(String(given)),
    { error: PERCENTAGE }
  )

/** `POST /admin/masspay/payees/:id/autopayouts` */
export const AutopayoutBody = z.strictObject({
  request_id,
  reason,
  currency_code: currency,
  percentage,
})
export type AutopayoutBody = z.infer<typeof AutopayoutBody>

/** `POST /vendor/masspay/autopayouts` */
export const VendorAutopayoutBody = AutopayoutBody.omit({ reason: true })
export type VendorAutopayoutBody = z.infer<typeof VendorAutopayoutBody>

const rule_id = z
  .string({ error: "Field 'rule_id' must be the id of one of the rules" })
  .regex(/^[A-Za-z0-9_-]{1,80}$/, {
    error: "Field 'rule_id' must be the id of one of the rules",
  })

/** `DELETE /admin/masspay/payees/:id/autopayouts` */
export const EndAutopayoutQuery = z.strictObject({
  rule_id,
  request_id,
  reason,
})
export type EndAutopayoutQuery = z.infer<typeof EndAutopayoutQuery>

/** `DELETE /vendor/masspay/autopayouts` */
export const VendorEndAutopayoutQuery = EndAutopayoutQuery.omit({
  reason: true,
})
export type VendorEndAutopayoutQuery = z.infer<typeof VendorEndAutopayoutQuery>
