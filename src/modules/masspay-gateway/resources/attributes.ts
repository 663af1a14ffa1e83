import { z } from "@medusajs/framework/zod"

import { isCollectedByLink } from "../../../domain/attribute-fields"
import type { DestinationWire, RemoteAttribute } from "../destination-types"
import { isLinkOfMassPays } from "../http/upload-links"
import type { Transport } from "../types"
import { NewToken, parseRead, parseWrite, Token } from "./parse"
import { sendOrNull } from "./users"

type Of<Method extends keyof DestinationWire> = Parameters<
  DestinationWire[Method]
>[0]

const Wanted = z.object({
  token: Token,
  label: z.string().max(1000),
  type: z.string().max(100),
  input_type: z
    .enum(["text", "options", "date"])
    .nullish()
    // A kind of input that is new to us is typed in.
    .catch("text"),
  validation: z.string().max(20_000).nullish(),
  is_optional: z.boolean().nullish(),
  value: z.unknown(),
  expected_value: z.string().max(1000).nullish(),
})
const WantedList = z.array(Wanted).max(200)
const Stored = z.object({ attr_set_token: NewToken })

/**
 * What MassPay wants to know of this user before it pays by this route in this
 * currency. Values that it has already end here.
 */
export async function listAttributes(
  transport: Transport,
  { user_token, destination_token, currency_code }: Of<"listAttributes">
): Promise<RemoteAttribute[] | null> {
  const response = await sendOrNull(transport, {
    method: "GET",
    path: ["attribute", user_token, destination_token, currency_code],
    not_found_means: "payee",
    lane: "interactive",
  })
  if (response === null) return null
  const wanted = parseRead(WantedList, response, "list of attributes")
  const may_be_local = transport.may_link_to_loopback ?? false
  return wanted.map((one) => ({
    token: one.token,
    label: one.label.trim() || one.type,
    type: one.type,
    input_type: one.input_type ?? "text",
    validation: one.validation ? one.validation : null,
    is_optional: one.is_optional ?? false,
    has_value: isThere(one.value),
    ...hintOf(one, may_be_local),
  }))
}

/** A link is no hint: it is a secret of hers. */
function hintOf(
  { type, value, expected_value }: z.infer<typeof Wanted>,
  may_be_local: boolean
): Pick<RemoteAttribute, "expected_value" | "link"> {
  if (!isCollectedByLink(type)) {
    return { expected_value: expected_value || null, link: null }
  }
  const link = [value, expected_value].find(
    (text): text is string =>
      typeof text === "string" && isLinkOfMassPays(text, { may_be_local })
  )
  return { expected_value: null, link: link ?? null }
}

/** MassPay writes the word too. */
function isThere(value: unknown): boolean {
  return (
    typeof value === "string" &&
    value.trim() !== "" &&
    value.toLowerCase() !== "null"
  )
}

/**
 * Hands values through to MassPay. Nothing of them is in what this returns or
 * throws: MassPay's own words about a refusal may repeat them, so those are
 * dropped, but for the names that the caller knows already.
 */
export async function storeAttributes(
  transport: Transport,
  {
    user_token,
    destination_token,
    currency_code,
    values,
    named,
    idempotency_key,
  }: Of<"storeAttributes">
): Promise<string> {
  const response = await transport.send({
    method: "POST",
    path: ["attribute", user_token, destination_token, currency_code],
    body: JSON.stringify({ values }),
    idempotency_key,
    not_found_means: "payee",
    kept_words: named,
    lane: "interactive",
  })
  return parseWrite(Stored, response, "stored attributes").attr_set_token
}
