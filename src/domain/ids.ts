import { createHash } from "node:crypto"

import { compareKeys } from "./allocate"
import type { OperationKind } from "./payout-status"

const TAG = /^[a-z0-9]{6}$/

/** MassPay takes at most 75 characters, and only these. */
const INTERNAL_USER_ID = /^[A-Za-z0-9+,\-./_~|]{1,75}$/

/**
 * Why a payout exists: a hash over the entries it takes and the number of
 * earlier payouts that took exactly this set and gave it back. However many
 * workers and events ask, one set of entries names one payout.
 */
export function payoutSourceKey(
  entries: readonly { source_key: string; amount: bigint }[],
  nEarlier: number
): string {
  const pairs = entries
    .map((entry) => [entry.source_key, entry.amount.toString()] as const)
    .sort((a, b) => compareKeys(a[0], b[0]) || compareKeys(a[1], b[1]))
  return `payout:${sha256(JSON.stringify([pairs, nEarlier]))}`
}

/** A commit's id leaves room for the numbers of its quotes. */
const HASH_LENGTH = 40
const COMMIT_HASH_LENGTH = 36
const QUOTE_ID = /^(mpl[a-z0-9]{6}[0-9a-f]{36})q[0-9a-z]{1,4}$/

/**
 * The id MassPay knows an operation by: 49 characters of the 50 it allows,
 * lower case. `n` is the smallest number whose id no operation has yet. A commit
 * is never named to MassPay; its quotes are, by names made of its own (`quoteId`).
 */
export function clientId(input: {
  tag: string
  source_key: string
  kind: OperationKind
  n: number
}): string {
  assertTag(input.tag)
  const hash = sha256(JSON.stringify([input.source_key, input.kind, input.n]))
  const length = input.kind === "commit" ? COMMIT_HASH_LENGTH : HASH_LENGTH
  return `mpl${input.tag}${hash.slice(0, length)}`
}

/**
 * The id MassPay knows the `n`th quote of a direct payout by. It tells whose it
 * is: books that forgot a quote still know which payout MassPay lists.
 */
export function quoteId(commit_id: string, n: number): string {
  const id = `${commit_id}q${n.toString(36)}`
  if (n < 1 || commitIdOf(id) !== commit_id) {
    throw new RangeError("A quote needs the id of a commit and a small number")
  }
  return id
}

/** The id of the commit that a quote belongs to; `null` where it is none of ours. */
export function commitIdOf(quote_id: string): string | null {
  return QUOTE_ID.exec(quote_id)?.[1] ?? null
}

export function idempotencyKey(client_id: string, key_seq: number): string {
  return `${client_id}-${key_seq}`
}

/**
 * The id MassPay keeps for a vendor of ours. It carries the shop's tag, so two
 * shops on one account never share a user. A vendor id that MassPay would not
 * take is replaced by its hash; the separators keep the two forms apart.
 */
export function internalUserId(input: {
  tag: string
  vendor_id: string
}): string {
  assertTag(input.tag)
  const readable = `mpu${input.tag}.${input.vendor_id}`
  if (input.vendor_id !== "" && INTERNAL_USER_ID.test(readable)) return readable
  return `mpu${input.tag}~${sha256(input.vendor_id).slice(0, 40)}`
}

const SHOP_OF_USER = /^mpu[a-z0-9]{6}(?=[.~])/

/** Whether two ids that MassPay keeps for users were given by one shop of ours. */
export function isSameShops(a: string, b: string): boolean {
  const shop = SHOP_OF_USER.exec(a)?.[0]
  return shop !== undefined && shop === SHOP_OF_USER.exec(b)?.[0]
}

export function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex")
}

function assertTag(tag: string): void {
  if (!TAG.test(tag)) {
    throw new RangeError("The tag must be six of a-z and 0-9")
  }
}
