/** An order as far as a plain program needs it. Amounts in minor units, without tax. */
export type PlainOrder = {
  id: string
  display_id: number
  currency_code: string
  items: readonly {
    id: string
    title: string
    quantity: number
    vendor_id: string
    net: bigint
  }[]
  shipping: readonly { id: string; title: string; net: bigint }[]
}

/** What one vendor is due for one order. */
export type PlainShare = {
  /** Order and vendor, to sort by. */
  key: string
  vendor_id: string
  gross: bigint
  commission: bigint
  shipping: bigint
  net: bigint
  lines: readonly Record<string, unknown>[]
}

/**
 * Every vendor's items less commission, and her part of the shipping by the
 * value of her items. Written without the rules of `src`, which it is compared with.
 */
export function splitPlainly(
  order: PlainOrder,
  { basis_points }: { basis_points: number }
): PlainShare[] {
  const values = new Map<string, bigint>()
  for (const { vendor_id, net } of order.items) {
    values.set(vendor_id, (values.get(vendor_id) ?? 0n) + net)
  }
  const vendors = [...values.keys()].sort()
  const parts = order.shipping.map((method) => ({
    method,
    parts: largestRemainders(
      method.net,
      vendors.map((vendor_id) => values.get(vendor_id) ?? 0n)
    ),
  }))
  return vendors.map((vendor_id, nth) => {
    const items = order.items
      .filter((item) => item.vendor_id === vendor_id)
      .map((item) => {
        const commission = halfToEven(item.net * BigInt(basis_points), 10_000n)
        return { ...item, commission, kind: "item", rule: "own" }
      })
    const shippings = parts.map(({ method, parts }) => ({
      ...method,
      quantity: 1,
      vendor_id: null,
      net: parts[nth] ?? 0n,
      commission: 0n,
      kind: "shipping",
      rule: "by_value",
    }))
    const all = [...items, ...shippings]
    const gross = sum(all.map(({ net }) => net))
    const commission = sum(all.map(({ commission }) => commission))
    return {
      key: `${order.id} ${vendor_id}`,
      vendor_id,
      gross,
      commission,
      shipping: sum(shippings.map(({ net }) => net)),
      net: gross - commission,
      lines: all.map(({ id, net, commission, ...line }) => ({
        ref: id,
        kind: line.kind,
        title: line.title,
        quantity: line.quantity,
        vendor_id: line.vendor_id,
        rule: line.rule,
        gross: net.toString(),
        commission: commission.toString(),
        tax: "0",
        platform: "0",
        net: (net - commission).toString(),
        ...(line.kind === "shipping" && {
          basis: { net: net.toString(), tax: "0" },
        }),
      })),
    }
  })
}

/** In proportion to the weights; the cents left over go to the largest remainders, first come first. */
function largestRemainders(
  total: bigint,
  weights: readonly bigint[]
): bigint[] {
  const whole = sum(weights)
  const parts = weights.map((weight) => (total * weight) / whole)
  let left = total - sum(parts)
  const byRemainder = weights
    .map((weight, nth) => ({ nth, remainder: (total * weight) % whole }))
    .sort((a, b) =>
      a.remainder === b.remainder
        ? a.nth - b.nth
        : a.remainder < b.remainder
          ? 1
          : -1
    )
  for (const { nth } of byRemainder) {
    if (left === 0n) break
    parts[nth] = (parts[nth] ?? 0n) + 1n
    left -= 1n
  }
  return parts
}

function halfToEven(dividend: bigint, divisor: bigint): bigint {
  const floor = dividend / divisor
  const twice = 2n * (dividend % divisor)
  const isUp = twice > divisor || (twice === divisor && floor % 2n === 1n)
  return isUp ? floor + 1n : floor
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n)
}
