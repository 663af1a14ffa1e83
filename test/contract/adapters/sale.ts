/**
 * One sale as its people would tell it, in no model's shape. Every host below
 * lays it out as its own model does; what each vendor is due for it is written
 * by hand beside it.
 */

import type { ChangeCause } from "../../../src/domain/facts"

export const SELLERS = ["ada", "bob"] as const
export type Seller = (typeof SELLERS)[number]

export type SaleItem = {
  id: string
  /** `null`: the platform's own. */
  seller: Seller | null
  unit_price: string
  quantity: number
  /** Off the whole line. */
  discount?: string
  /** On the whole line, after the discount. */
  tax?: string
  /** How many an edit left. */
  left?: number
  returned?: number
  /** Came after the checkout, by an edit, an exchange or a claim. */
  is_added?: boolean
  /** Where it was not an edit that brought it. */
  brought_by?: ChangeCause
  /** Where it did not come back by a return alone. */
  came_back_by?: ChangeCause
}

export type Sale = {
  currency: string
  items: SaleItem[]
  /** What a parcel of everything costs, and what each seller's own would. */
  shipping?: { together: string; each: Partial<Record<Seller, string>> }
  /** Paid with a gift card or the shop's credit. */
  credit?: string
  captured: string
  /** Paid after the checkout, for what this seller added. */
  captured_later?: { seller: Seller; amount: string }
  refunded?: string
  /** Whose part is cancelled; all of it, the platform's too, where both are named. */
  canceled?: readonly Seller[]
  is_completed?: boolean
}

const SCALE = 6

/** Decimals as whole millionths: the tests' own arithmetic. */
export function millionths(text: string): bigint {
  const [, sign = "", whole = "", part = ""] =
    /^(-?)(\d+)(?:\.(\d{1,6}))?$/.exec(text) ?? []
  if (whole === "") throw new Error(`No plain decimal: ${text}`)
  return BigInt(`${sign}${whole}${part.padEnd(SCALE, "0")}`)
}

export function decimal(value: bigint): string {
  const digits = (value < 0n ? -value : value)
    .toString()
    .padStart(SCALE + 1, "0")
  const part = digits.slice(-SCALE).replace(/0+$/, "")
  const whole = digits.slice(0, -SCALE)
  return `${value < 0n ? "-" : ""}${whole}${part && `.${part}`}`
}

export type Priced = { total: bigint; tax: bigint }

/** What the line cost at the checkout, with tax. */
export function boughtFor(item: SaleItem): Priced {
  const tax = millionths(item.tax ?? "0")
  const price = millionths(item.unit_price) * BigInt(item.quantity)
  return { total: price - millionths(item.discount ?? "0") + tax, tax }
}

/** What is left of it after edits and returns. */
export function worthNow(item: SaleItem): Priced {
  const bought = boughtFor(item)
  return {
    total: partOf(bought.total, pieces(item), item.quantity),
    tax: partOf(bought.tax, pieces(item), item.quantity),
  }
}

function partOf(amount: bigint, part: number, whole: number): bigint {
  const product = amount * BigInt(part)
  if (product % BigInt(whole) !== 0n) {
    throw new Error("A test's price must divide by its pieces")
  }
  return product / BigInt(whole)
}

function pieces({ quantity, left = quantity, returned = 0 }: SaleItem): number {
  return left - returned
}

/** Whether everything is cancelled, the platform's part included. */
export function isAllCanceled({ canceled = [], items }: Sale): boolean {
  const sellers = new Set(items.flatMap(({ seller }) => seller ?? []))
  return (
    canceled.length > 0 && [...sellers].every((one) => canceled.includes(one))
  )
}

/**
 * What an order that cost `cost` and got `captured` costs after `refunded`: what
 * went back beyond what was owed, Medusa writes off as a credit line.
 */
export function afterRefund(order: {
  cost: bigint
  captured: bigint
  refunded: bigint
}): { total: bigint; written_off: bigint } {
  const owed = larger(order.captured - order.cost, 0n)
  const written_off = larger(order.refunded - owed, 0n)
  return { total: order.cost - written_off, written_off }
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}
