import { allocate } from "./allocate"
import { type AttributedLine, keyOf } from "./settle-attribution"
import type { Cells, LineCells } from "./settle-cells"
import type { BookedSettlement, SettlementLine } from "./settle-types"

/** One settlement within a family. */
export type Group = { key: string; order_id: string; vendor_id: string }

/** What one settlement (or the platform, `null`) has of one line, in minor units. */
export type Share = {
  line: AttributedLine
  group: Group | null
  net: bigint
  tax: bigint
  /** Of a divided line: what the settlement had of it when it was divided. */
  basis?: LineCells
}

export function groupOf(order_id: string, vendor_id: string): Group {
  return { key: JSON.stringify([order_id, vendor_id]), order_id, vendor_id }
}

/**
 * Divides the cells of all lines among settlements and platform; nothing is
 * lost or added. Shipping nobody owns follows the value of the items, the
 * platform's own among them. Cancelled settlements get no part of it. Once
 * something was booked it is divided as it was then: goods that one vendor
 * takes back bring the others nothing. Where one seller is left, because an edit
 * took out what all others sold, it is hers.
 */
export function sharesOf(
  lines: readonly AttributedLine[],
  cells: Cells,
  {
    booked,
    isCanceled,
  }: {
    booked: readonly BookedSettlement[]
    isCanceled: (group: Group) => boolean
  }
): Share[] {
  const shares: Share[] = []
  const common: AttributedLine[] = []
  for (const line of lines) {
    if (line.rule === "by_value") common.push(line)
    else
      shares.push({ line, group: ownerOf(line), ...cellsOfLine(line, cells) })
  }

  const values = itemValues(shares, isCanceled)
  // Of one seller's, her row shows what refunds left of it.
  const isShared = sellersOf(lines).size > 1
  return [
    ...shares,
    ...common.flatMap((line) => {
      const whole = cellsOfLine(line, cells)
      const parts = isShared ? partsBefore(line, booked) : []
      return parts.length > 0
        ? divideAsBefore(line, whole, parts)
        : divide(line, whole, values)
    }),
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

/** Everybody who sold an item; `null` is the platform. */
export function sellersOf(
  lines: readonly AttributedLine[]
): ReadonlySet<string | null> {
  return new Set(
    lines
      .filter((line) => line.facts.kind === "item")
      .map((line) => line.vendor_id)
  )
}

export function positive(amount: bigint): bigint {
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
  return values.map(({ key, group }) => {
    const part = { net: nets.get(key) ?? 0n, tax: taxes.get(key) ?? 0n }
    return { line, group, ...part, basis: part }
  })
}

type PartBefore = { group: Group; basis: LineCells }

/**
 * Who had what of a divided line when it was divided, by the rows of an order
 * that has booked something. Who was cancelled since is among them: what she
 * had is the platform's then, and brings the others nothing.
 */
function partsBefore(
  { facts: { kind, ref } }: AttributedLine,
  booked: readonly BookedSettlement[]
): PartBefore[] {
  if (!booked.some((row) => row.is_earned)) return []
  return booked.flatMap(({ order_id, vendor_id, lines }) =>
    lines
      .filter((line) => line.kind === kind && line.ref === ref)
      .filter((line) => line.rule === "by_value")
      .map((line) => ({
        group: groupOf(order_id, vendor_id),
        basis: basisOf(line),
      }))
      .filter(({ basis }) => basis.net > 0n || basis.tax > 0n)
  )
}

function basisOf({ basis, gross, tax }: SettlementLine): LineCells {
  return basis
    ? { net: positive(BigInt(basis.net)), tax: positive(BigInt(basis.tax)) }
    : {
        net: positive(BigInt(gross) - BigInt(tax)),
        tax: positive(BigInt(tax)),
      }
}

/** What nobody had stays with the platform; what became less becomes less for all. */
function divideAsBefore(
  line: AttributedLine,
  whole: LineCells,
  before: readonly PartBefore[]
): Share[] {
  const divided = (field: "net" | "tax") => {
    const had = before.reduce((sum, { basis }) => sum + basis[field], 0n)
    return allocate(whole[field], [
      { key: PLATFORM, weight: positive(whole[field] - had) },
      ...before.map(({ group, basis }) => ({
        key: group.key,
        weight: basis[field],
      })),
    ])
  }
  const nets = divided("net")
  const taxes = divided("tax")
  const partOf = (key: string): LineCells => ({
    net: nets.get(key) ?? 0n,
    tax: taxes.get(key) ?? 0n,
  })
  return [
    { line, group: null, ...partOf(PLATFORM) },
    ...before.map(({ group, basis }) => ({
      line,
      group,
      ...partOf(group.key),
      basis,
    })),
  ]
}
