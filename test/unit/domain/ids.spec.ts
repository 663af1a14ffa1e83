import fc from "fast-check"

import {
  clientId,
  idempotencyKey,
  internalUserId,
  payoutSourceKey,
  sha256,
} from "../../../src/domain/ids"
import { OPERATION_KINDS } from "../../../src/domain/payout-status"
import { runs } from "../../support/property"

const TAG = "ab12cd"
const SOURCE = "payout:1"

describe("payoutSourceKey", () => {
  const entries = [
    { source_key: "settle:o1:v1:USD:1", amount: 100n },
    { source_key: "settle:o2:v1:USD:1", amount: -20n },
  ]

  it("does not depend on the order of the entries", () => {
    expect(payoutSourceKey([...entries].reverse(), 0)).toBe(
      payoutSourceKey(entries, 0)
    )
  })

  it("differs for another entry, another amount and another turn", () => {
    const [first, second] = entries as [
      (typeof entries)[number],
      (typeof entries)[number],
    ]
    const keys = [
      payoutSourceKey(entries, 0),
      payoutSourceKey(entries, 1),
      payoutSourceKey([first], 0),
      payoutSourceKey([first, { ...second, amount: -21n }], 0),
      payoutSourceKey([first, { ...second, source_key: "x" }], 0),
    ]

    expect(new Set(keys).size).toBe(keys.length)
  })

  it("does not depend on the order of entries whose source keys are equal", () => {
    const twins = [3n, 1n, 2n].map((amount) => ({ source_key: "a", amount }))
    const key = payoutSourceKey(twins, 0)

    expect(payoutSourceKey([...twins].reverse(), 0)).toBe(key)
    expect(payoutSourceKey(twins.slice(1), 0)).not.toBe(key)
  })

  it("is the hash of the entries by source key and amount, and of the turn", () => {
    const unordered = [
      { source_key: "b", amount: 1n },
      { source_key: "a", amount: 20n },
      { source_key: "a", amount: -3n },
    ]
    const hash = sha256('[[["a","-3"],["a","20"],["b","1"]],2]')

    expect(payoutSourceKey(unordered, 2)).toBe(`payout:${hash}`)
  })

  it("cannot be confused by separators inside source keys", () => {
    const joined = payoutSourceKey(
      [{ source_key: 'a","1"],["b', amount: 1n }],
      0
    )
    const apart = payoutSourceKey(
      [
        { source_key: "a", amount: 1n },
        { source_key: "b", amount: 1n },
      ],
      0
    )

    expect(joined).not.toBe(apart)
  })
})

describe("clientId", () => {
  it("is 49 lower-case characters that carry the tag", () => {
    const id = clientId({ tag: TAG, source_key: SOURCE, kind: "load", n: 0 })

    expect(id).toMatch(/^mplab12cd[0-9a-f]{40}$/)
    expect(id).toHaveLength(49)
  })

  it("differs by shop, payout, kind and number, and by nothing else", () => {
    const ids = [
      ...OPERATION_KINDS.map((kind) =>
        clientId({ tag: TAG, source_key: SOURCE, kind, n: 0 })
      ),
      clientId({ tag: TAG, source_key: SOURCE, kind: "load", n: 1 }),
      clientId({ tag: TAG, source_key: "payout:2", kind: "load", n: 0 }),
      clientId({ tag: "zzzzzz", source_key: SOURCE, kind: "load", n: 0 }),
    ]

    expect(new Set(ids).size).toBe(ids.length)
    expect(ids[0]).toBe(
      clientId({ tag: TAG, source_key: SOURCE, kind: "load", n: 0 })
    )
  })

  it("refuses a tag of another shape", () => {
    for (const tag of ["", "ABCDEF", "abcde", "abcdefg", "abc-ef"]) {
      const make = () =>
        clientId({ tag, source_key: SOURCE, kind: "load", n: 0 })
      const makeUser = () => internalUserId({ tag, vendor_id: "ven_1" })

      expect(make).toThrow(RangeError)
      expect(make).toThrow("six of a-z and 0-9")
      expect(makeUser).toThrow(RangeError)
    }
  })
})

describe("idempotencyKey", () => {
  it("is the client id and the number of the key", () => {
    expect(idempotencyKey("mplab", 2)).toBe("mplab-2")
  })
})

describe("internalUserId", () => {
  it("is always something MassPay takes, and never the same for two vendors", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 120 }),
        fc.string({ maxLength: 120 }),
        (one, other) => {
          const id = internalUserId({ tag: TAG, vendor_id: one })

          expect(id).toMatch(/^[A-Za-z0-9+,\-./_~|]{1,75}$/)
          expect(id.startsWith(`mpu${TAG}`)).toBe(true)
          if (one !== other) {
            expect(internalUserId({ tag: TAG, vendor_id: other })).not.toBe(id)
          }
        }
      ),
      runs(100)
    )
  })

  it("stays readable where it can", () => {
    expect(internalUserId({ tag: TAG, vendor_id: "sel_01J8" })).toBe(
      "mpuab12cd.sel_01J8"
    )
    const longest = "v".repeat(65)
    expect(internalUserId({ tag: TAG, vendor_id: longest })).toBe(
      `mpuab12cd.${longest}`
    )
  })

  it.each([
    ["an empty vendor id", ""],
    ["one that is too long", "v".repeat(66)],
    ["one with other characters", "vendor id"],
    ["one with a line break at its end", "ven_1\n"],
  ])("replaces %s by 40 characters of its hash", (_what, vendor_id) => {
    expect(internalUserId({ tag: TAG, vendor_id })).toBe(
      `mpuab12cd~${sha256(vendor_id).slice(0, 40)}`
    )
  })
})
