import { compareKeys } from "./allocate"
import {
  type Decimal,
  parseDecimal,
  roundToMinor,
  sumDecimals,
} from "./decimal"
import type { OrderFacts } from "./facts"

/** A refund as the shop tells it, in minor units. */
export type ShopRefund = {
  id: string
  amount: bigint
  /** `null` where the shop tells sums only. */
  refunded_at: string | null
}

/** A refund as the books have it. */
export type KnownRefund = {
  refund_id: string
  shop_refund_id: string
  /** Of it, minor units. */
  allocated: bigint
  unallocated: bigint
}

/** One refund with the part of it that is in no line and was not allocated before. */
export type RefundItem = {
  refund_id: string
  shop_refund_id: string
  amount: bigint
  refunded_at: string | null
  placed: bigint
}

/**
 * The refunds of an order, oldest first. They add up to what was refunded in
 * all, rounded once; where the shop tells sums only, or another sum, the
 * difference is a refund of its own.
 */
export function shopRefunds({
  root_order_id,
  currency_code,
  payment,
}: OrderFacts): ShopRefund[] {
  const told = [...(payment.refunds ?? [])].sort(
    (a, b) =>
      compareKeys(a.refunded_at, b.refunded_at) || compareKeys(a.id, b.id)
  )
  let before = 0n
  let sum: Decimal = { units: 0n, scale: 0 }
  const refunds: ShopRefund[] = told.map(({ id, amount, refunded_at }) => {
    sum = sumDecimals([sum, parseDecimal(amount)])
    const so_far = roundToMinor(sum, currency_code)
    const minor = so_far - before
    before = so_far
    return { id, amount: minor, refunded_at }
  })
  const rest =
    roundToMinor(parseDecimal(payment.refunded_total), currency_code) - before
  return [
    ...refunds,
    { id: `unlisted:${root_order_id}`, amount: rest, refunded_at: null },
  ].filter(({ amount }) => amount > 0n)
}

/**
 * Says of which refunds `amount` is a part: what was shown as unallocated stays
 * where it was shown, the rest is the latest refunds'. Never more of one than
 * there is left of it. Returns every refund that the books do not have yet or
 * that may change in them.
 */
export function placeOnRefunds({
  refunds,
  known,
  amount,
}: {
  /** Oldest first. */
  refunds: readonly ShopRefund[]
  /** Oldest first. */
  known: readonly KnownRefund[]
  amount: bigint
}): RefundItem[] {
  const open = refunds.map((refund) => openItem(refund, known))
  let left = amount
  const place = (item: OpenItem, most: bigint): void => {
    const placed = least(left, most)
    item.placed += placed
    left -= placed
  }
  for (const item of open) place(item, least(item.shown, item.room))
  for (const item of [...open].reverse()) place(item, item.room - item.placed)

  const items = open
    .filter(
      ({ is_new, is_first, placed }) => !is_new || is_first || placed > 0n
    )
    .map(({ refund_id, shop_refund_id, amount, refunded_at, placed }) => ({
      refund_id,
      shop_refund_id,
      amount,
      refunded_at,
      placed,
    }))
  const named = new Set(items.map(({ refund_id }) => refund_id))
  // Allocated just now, or taken back by the shop: nobody has to say any more.
  const done = known
    .filter((row) => row.unallocated > 0n && !named.has(row.refund_id))
    .map(({ refund_id, shop_refund_id, unallocated }) => ({
      refund_id,
      shop_refund_id,
      amount: unallocated,
      refunded_at: null,
      placed: 0n,
    }))
  return [...items, ...done]
}

type OpenItem = RefundItem & {
  /** Of the refund, not allocated yet. */
  room: bigint
  /** What was shown as unallocated. */
  shown: bigint
  is_new: boolean
  is_first: boolean
}

/**
 * The row of a refund that can take something: a row is allocated once, so of a
 * refund of which more is in no line than was allocated, there is another.
 */
function openItem(
  { id, amount, refunded_at }: ShopRefund,
  known: readonly KnownRefund[]
): OpenItem {
  const rows = known.filter(({ shop_refund_id }) => shop_refund_id === id)
  const allocated = rows.reduce((sum, row) => sum + row.allocated, 0n)
  const room = amount > allocated ? amount - allocated : 0n
  const last = rows.at(-1)
  const is_new = !last || last.allocated > 0n
  return {
    refund_id: is_new ? nameOf(id, rows.length + 1) : last.refund_id,
    shop_refund_id: id,
    amount: rows.length > 1 || (is_new && last) ? room : amount,
    refunded_at,
    placed: 0n,
    room,
    shown: is_new ? 0n : last.unallocated,
    is_new,
    is_first: rows.length === 0,
  }
}

function nameOf(id: string, part: number): string {
  return part === 1 ? id : `${id}#${part}`
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}
