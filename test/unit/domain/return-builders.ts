import fc from "fast-check"

import type { Item, Shape } from "./refund-builders"

export const vendor = fc.constantFrom("v1", "v2", "v3", null)
/** Which line comes back, and how much of it. */
export const returns = fc.array(
  fc.record({
    line: fc.nat({ max: 5 }),
    permille: fc.integer({ min: 1, max: 1000 }),
  }),
  { minLength: 1, maxLength: 3 }
)
type Return = { line: number; permille: number }

/** What is left of an order when some of it came back. */
export function after(
  shape: Shape,
  { line, permille }: Return,
  of: "items" | "shipping" | "all"
): Shape {
  const keep = (amount: number): number =>
    amount - Math.floor((amount * permille) / 1000)
  const all = [...shape.items, ...shape.shipping]
  const from = of === "shipping" ? shape.items.length : 0
  const to = of === "items" ? shape.items.length : all.length
  if (to === from) return shape
  const at = from + (line % (to - from))
  const shrunk = all.map((item, index) =>
    index === at ? { ...item, net: keep(item.net), tax: keep(item.tax) } : item
  )
  return {
    ...shape,
    items: shrunk.slice(0, shape.items.length),
    shipping: shrunk.slice(shape.items.length),
  }
}

/** An order of which everything came back. */
export function nothingOf(shape: Shape): Shape {
  const nothing = (item: Item): Item => ({ ...item, net: 0, tax: 0 })
  return {
    ...shape,
    items: shape.items.map(nothing),
    shipping: shape.shipping.map(nothing),
  }
}
