import type { LineFacts, ReleaseEvent } from "../../../src/domain/facts"
import { attributeLines } from "../../../src/domain/settle-attribution"
import { cellsOf } from "../../../src/domain/settle-cells"
import { newPlatformLines } from "../../../src/domain/settle-platform-lines"
import { sharesOf } from "../../../src/domain/settle-shares"
import type {
  BookedSettlement,
  SettlementPolicy,
} from "../../../src/domain/settle-types"
import { aLine, aPolicy, aShipping, NOON, theFacts } from "./order-builders"
import { bookedFrom } from "./settle-builders"

const hers = aLine({ ref: "hers" })
const own = aLine({ ref: "own", vendor_id: null })

/** The lines that are the platform's from now on, of an order that was settled. */
function named(
  lines: LineFacts[],
  {
    booked = [],
    policy = {},
    known = [],
    now = NOON,
    placed_at = "2026-01-01T00:00:00.000Z",
    isSettled = true,
  }: {
    booked?: BookedSettlement[]
    policy?: Partial<SettlementPolicy>
    known?: string[]
    now?: Date
    placed_at?: string
    isSettled?: boolean
  } = {}
): string[] {
  const facts = theFacts({ lines, placed_at })
  const platform_lines = new Set(known)
  const attributed = attributeLines(facts, {
    booked,
    policy: aPolicy(policy),
    platform_lines,
  })
  return newPlatformLines({
    facts,
    policy: aPolicy(policy),
    now,
    platform_lines,
    lines: attributed,
    shares: sharesOf(attributed, cellsOf(facts), {
      booked,
      isCanceled: () => false,
    }),
    isSettled,
  }).map(({ kind, ref }) => `${kind}:${ref}`)
}

describe("the lines that become the platform's for good", () => {
  it("are those that nobody else has anything of, in the order of their names", () => {
    const parcel = aShipping()
    const wrapping = aLine({ ref: "a", vendor_id: null })

    expect(
      named([own, hers, parcel, wrapping], { policy: { shipping: "vendor" } })
    ).toEqual(["item:a", "item:own", "shipping:ship_1"])
    expect(named([hers])).toEqual([])
  })

  it("are not shipping that is divided among vendors, for it is theirs in part", () => {
    expect(named([hers, own, aShipping()])).toEqual(["item:own"])
  })

  it("are not named before the order is settled, nor twice", () => {
    expect(named([hers, own], { isSettled: false })).toEqual([])
    expect(named([hers, own], { known: ["item:own"] })).toEqual([])
  })

  it("are not what was booked as a vendor's and has lost its vendor since", () => {
    const booked = bookedFrom(
      theFacts({ lines: [hers, aShipping({ vendor_id: "v1" })] }),
      { shipping: "platform" }
    )

    expect(
      named([{ ...hers, vendor_id: null }, aShipping()], { booked })
    ).toEqual([])
  })

  it("are not what the platform kept and somebody is named for now: she is told instead", () => {
    const booked = bookedFrom(theFacts({ lines: [hers, aShipping()] }), {
      shipping: "platform",
    })

    expect(named([hers, aShipping()], { booked })).toEqual(["shipping:ship_1"])
    expect(named([hers, aShipping({ vendor_id: "v2" })], { booked })).toEqual(
      []
    )
  })
})

describe("a vendor's order that is made a moment after the one that was paid", () => {
  const placed_at = NOON.toISOString()
  const after = (ms: number, release_on: ReleaseEvent = "captured") =>
    named([own], {
      placed_at,
      policy: { release_on },
      now: new Date(NOON.getTime() + ms),
    })

  it("has ten minutes to bring the vendors of its lines, where payment releases it", () => {
    expect(after(0)).toEqual([])
    expect(after(10 * 60_000 - 1)).toEqual([])
    expect(after(10 * 60_000)).toEqual(["item:own"])
  })

  it("is there already where a later event releases it", () => {
    expect(after(0, "fulfilled")).toEqual(["item:own"])
  })
})
