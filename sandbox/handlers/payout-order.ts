import { Fields } from "../fields"
import type { JsonObject } from "../json"
import { isKnownCurrency, parseAmount } from "../money"
import type { OperationContext } from "./context"

const CLIENT_TRANSFER_ID_MAX = 50
const DEFAULT_CURRENCY = "USD"

/** What is asked for, before anybody looked whether it can be had. */
export type PayoutOrder = {
  client_transfer_id: string | null
  source_token: string
  destination_token: string
  attr_set_token: string | null
  source_currency_code: string
  destination_currency_code: string
  /** One of the two. */
  source_minor: bigint | null
  destination_minor: bigint | null
  limit_minor: bigint | null
  is_dry_run: boolean
  auto_commit: boolean
  notify_user: boolean
  statement_description: string | null
  metadata: JsonObject | null
}

/** Answers 400 with everything that is wrong with it in itself. */
export function readPayoutOrder(context: OperationContext): PayoutOrder {
  const { body, query } = context
  const fields = new Fields(body)
  const source_currency_code =
    fields.optionalText("source_currency_code") ?? DEFAULT_CURRENCY
  const destination_currency_code = fields.text("destination_currency_code")
  assertCurrency(fields, "source_currency_code", source_currency_code)
  if (destination_currency_code !== "") {
    assertCurrency(
      fields,
      "destination_currency_code",
      destination_currency_code
    )
  }
  const isOne = isGiven(body.source_amount) !== isGiven(body.destination_amount)
  if (!isOne) {
    fields.problem(
      "source_amount",
      "or destination_amount is required, exactly one of the two"
    )
  }
  const order = {
    client_transfer_id:
      fields.optionalText("client_transfer_id", {
        max: CLIENT_TRANSFER_ID_MAX,
      }) ?? null,
    source_token: fields.text("source_token"),
    destination_token: fields.text("destination_token"),
    attr_set_token: fields.optionalText("attr_set_token") ?? null,
    source_currency_code,
    destination_currency_code,
    source_minor: readAmount(fields, body, {
      field: "source_amount",
      currency_code: source_currency_code,
    }),
    destination_minor: readAmount(fields, body, {
      field: "destination_amount",
      currency_code: destination_currency_code,
    }),
    limit_minor: readLimit(fields, query, source_currency_code),
    is_dry_run: readFlag(fields, query, "dry_run"),
    auto_commit: fields.optionalBoolean("auto_commit", false),
    notify_user: fields.optionalBoolean("notify_user", false),
    statement_description: fields.optionalText("statement_description") ?? null,
    metadata: fields.optionalObject("metadata") ?? null,
  }
  fields.assertValid()
  return order
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null
}

function assertCurrency(fields: Fields, field: string, code: string): void {
  if (isKnownCurrency(code)) return
  fields.problem(field, "must be an ISO 4217 code that this sandbox knows")
}

function readAmount(
  fields: Fields,
  body: JsonObject,
  { field, currency_code }: { field: string; currency_code: string }
): bigint | null {
  if (!isGiven(body[field])) return null
  const amount = fields.number(field)
  if (amount === undefined || !isKnownCurrency(currency_code)) return null
  const parsed = parseAmount(amount, currency_code)
  if (parsed.problem !== undefined) fields.problem(field, parsed.problem)
  return parsed.minor ?? null
}

/** `limit` in the query: on amount and fee together, in the source currency. */
export function readLimit(
  fields: Fields,
  query: URLSearchParams,
  currencyCode: string
): bigint | null {
  const text = query.get("limit")
  if (text === null || !isKnownCurrency(currencyCode)) return null
  const parsed = parseAmount(text, currencyCode)
  if (parsed.problem !== undefined) fields.problem("limit", parsed.problem)
  return parsed.minor ?? null
}

/** A true or false in the query. */
export function readFlag(
  fields: Fields,
  query: URLSearchParams,
  name: string
): boolean {
  const text = query.get(name)
  if (text !== null && text !== "true" && text !== "false") {
    fields.problem(name, "must be true or false")
  }
  return text === "true"
}
