import { allocate } from "./allocate"
import { type AttributedLine, keyOf } from "./settle-attribution"
import type { Cells, LineCells } from "./settle-cells"

/** One settlement within a family. */
export type Group = { key: string; order_id: string; vendor_id: string }

/** What one settlement (or the platform, `null`) has of one line, in minor units. */
export type Share = {
  line: AttributedLine
  group: Group | null
  net: bigint
  tax: bigint
}

export function groupOf(order_id: string, vendor_id: string): Group {
  return { key: JSON.stringify([order_id, vendor_id]), order_id, vendor_id }
}

/**
 * Divides the cells of all lines among settlements and platform; nothing is
 * lost or added. Shipping nobody owns follows the value of the items, the
 * platform's own among them. Cancelled settlements get no part of it.
 */
export function sharesOf(
  lines: readonly AttributedLine[],
  cells: Cells,
  isCanceled: (group: Group) => boolean
): Share[] {
  const shares: Share[] = []
  const common: AttributedLine[] = []
  for (const line of lines) {
    if (line.rule === "by_value") common.push(line)
    else
      shares.push({ line, group: ownerOf(line), ...cellsOfLine(line, cells) })
  }

  const values = itemValues(shares, isCanceled)
  return [
    ...shares,
    ...common.flatMap((line) => divide(line, cellsOfLine(line, cells), values)),
  ]
}

/**
 * Takes a refund that no line explains off the given shares, in proportion to
 * what they hold. Computed from the whole refund so far, so that partial
 * refunds add up to the full one without drift, and never more than there is.
 * Returns the shares left, in the same order, with what was taken off each.
 */
export function takeRefund(
  refund: bigint,
  shares: readonly Share[]
): (Share & { refunded: bigint })[] {
  const parts = shares.flatMap(({ net, tax }, index) => [
    { key: `${index}:net`, weight: positive(net) },
    { key: `${index}:tax`, weight: positive(tax) },
  ])
  const available = parts.reduce((sum, part) => sum + part.weight, 0n)
  const taken = allocate(refund < available ? refund : available, parts)
  return shares.map((share, index) => {
    const ofNet = taken.get(`${index}:net`) ?? 0n
    const ofTax = taken.get(`${index}:tax`) ?? 0n
    return {
      ...share,
      net: share.net - ofNet,
      tax: share.tax - ofTax,
      refunded: ofNet + ofTax,
    }
  })
}

function positive(amount: bigint): bigint {
  return amount > 0n ? amount : 0n
}

function ownerOf(line: AttributedLine): Group | null {
  if (line.rule === "platform" || line.vendor_id === null) return null
  return groupOf(line.order_id, line.vendor_id)
}

function cellsOfLine(line: AttributedLine, cells: Cells): LineCells {
  const { kind, ref } = line.facts
  return cells.lines.get(keyOf(kind, ref)) ?? { net: 0n, tax: 0n }
}

/** Smaller than any group's key: without values, the platform's items go first. */
const PLATFORM = ""

type ItemValue = { key: string; group: Group | null; weight: bigint }

function itemValues(
  shares: readonly Share[],
  isCanceled: (group: Group) => boolean
): ItemValue[] {
  const values = new Map<string, ItemValue>()
  for (const { line, group, net } of shares) {
    if (line.facts.kind !== "item") continue
    if (group !== null && isCanceled(group)) continue
    const key = group?.key ?? PLATFORM
    const weight = (values.get(key)?.weight ?? 0n) + positive(net)
    values.set(key, { key, group, weight })
  }
  return [...values.values()]
}

function divide(
  line: AttributedLine,
  { net, tax }: LineCells,
  values: readonly ItemValue[]
): Share[] {
  if (values.length === 0) return [{ line, group: null, net, tax }]
  const nets = allocate(net, values)
  const taxes = allocate(tax, values)
  return values.map(({ key, group }) => ({
    line,
    group,
    net: nets.get(key) ?? 0n,
    tax: taxes.get(key) ?? 0n,
  }))
}
