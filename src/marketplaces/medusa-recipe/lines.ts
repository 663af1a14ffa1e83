import type { LineFacts } from "../../domain/facts"
import { isAtLeast, isZero, share } from "../decimals"
import {
  currentQuantity,
  isCanceled,
  itemLine,
  shippingLine,
} from "../order-facts"
import type { ItemRow, OrderRow } from "../order-rows"

/** Far less than a person takes to edit an order that was just placed. */
const MADE_TOGETHER_MS = 10_000

export type FamilyLines = {
  lines: LineFacts[]
  /** Those of `lines` that came to a child after the checkout; the parent's total knows nothing of them. */
  added: LineFacts[]
}

/**
 * The lines of a parent and its children.
 *
 * A child is made from the cart's items without their discounts, so its own
 * totals can be more than was paid. Therefore the parent says what a piece cost
 * and the child how many pieces are left. An item that only the child has (an
 * exchange, an edit) has only the child's price.
 */
export function linesOfFamily(family: {
  root: OrderRow
  children: OrderRow[]
  /** Products of the root order that are the platform's own. */
  platform_products: ReadonlySet<string>
}): FamilyLines {
  const { root, children } = family
  const unmatched = [...root.items]
  const added: LineFacts[] = []
  const child_lines = children.flatMap((child) =>
    child.items.map((item) => {
      const original = takeOriginal(unmatched, item)
      const line = childLine(child, item, original)
      if (!original && isLaterThan(child, item)) added.push(line)
      return line
    })
  )

  const root_vendor = root.vendor?.id ?? null
  const is_canceled = isCanceled(root)
  const root_lines = unmatched.map((item) =>
    itemLine(item, {
      order_id: root.id,
      vendor_id: isPlatforms(item, family.platform_products)
        ? null
        : root_vendor,
      is_canceled,
    })
  )
  // One vendor sends everything: the shipping is hers. Several share a parcel
  // price that nobody divided: it stays with the platform.
  const shipping_vendor =
    children.length === 0 &&
    root_lines.every(({ vendor_id }) => vendor_id === root_vendor)
      ? root_vendor
      : null
  const shipping_lines = root.shipping_methods.map((method) =>
    shippingLine(method, {
      order_id: root.id,
      vendor_id: shipping_vendor,
      is_canceled,
    })
  )
  return { lines: [...child_lines, ...root_lines, ...shipping_lines], added }
}

/** What the checkout made is as old as its order. An item that only the parent lost is no addition. */
function isLaterThan(child: OrderRow, { created_at }: ItemRow): boolean {
  return (
    created_at instanceof Date &&
    created_at.getTime() - child.created_at.getTime() > MADE_TOGETHER_MS
  )
}

function isPlatforms(
  item: ItemRow,
  platform_products: ReadonlySet<string>
): boolean {
  return item.product_id != null && platform_products.has(item.product_id)
}

function childLine(
  child: OrderRow,
  item: ItemRow,
  original: ItemRow | undefined
): LineFacts {
  const line = itemLine(item, {
    order_id: child.id,
    vendor_id: child.vendor?.id ?? null,
    is_canceled: isCanceled(child),
  })
  if (!original || isCanceled(child)) return line

  const bought = currentQuantity(original)
  const left = currentQuantity(item)
  const paid = itemLine(original, { ...line, is_canceled: false })
  // A return may be recorded on either of the two orders, or on both.
  if (isAtLeast(left, bought)) {
    return { ...line, quantity: paid.quantity, net: paid.net, tax: paid.tax }
  }
  if (isZero(left)) return { ...line, net: "0", tax: "0" }
  return {
    ...line,
    net: share(paid.net, left, bought),
    tax: share(paid.tax, left, bought),
  }
}

/** Removes and returns the parent's item that `item` was made from: ids differ, what was bought does not. */
function takeOriginal(
  unmatched: ItemRow[],
  item: ItemRow
): ItemRow | undefined {
  const same = unmatched.filter(
    (other) => whatWasBought(other) === whatWasBought(item)
  )
  const best =
    same.find(
      (other) =>
        other.raw_unit_price === item.raw_unit_price &&
        other.raw_quantity === item.raw_quantity
    ) ??
    same.find((other) => other.raw_unit_price === item.raw_unit_price) ??
    same[0]
  if (best) unmatched.splice(unmatched.indexOf(best), 1)
  return best
}

function whatWasBought(item: ItemRow): string {
  return item.variant_id ?? item.product_id ?? item.title ?? ""
}
