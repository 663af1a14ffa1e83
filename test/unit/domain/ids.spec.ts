import fc from "fast-check"

import {
  clientId,
  commitIdOf,
  idempotencyKey,
  internalUserId,
  isSameShops,
  payoutSourceKey,
  quoteId,
  sha256,
} from "../../../src/domain/ids"
import { OPERATION_KINDS } from "../../../src/domain/payout-status"
import { runs } from "../../support/property"

const TAG = "ab12cd"
const SOURCE = "payout:1"
/** The id of a commit, written out. */
const COMMIT = `mpl${TAG}${"0123456789abcdef".repeat(3).slice(0, 36)}`

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

  it("of a commit leaves room for the numbers of its quotes", () => {
    const commit = {
      tag: TAG,
      source_key: SOURCE,
      kind: "commit",
      n: 0,
    } as const
    expect(clientId(commit)).toMatch(/^mplab12cd[0-9a-f]{36}$/)
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

describe("quoteId", () => {
  const MOST = 36 ** 4 - 1

  it("is the commit's and a number of at most four characters", () => {
    expect(quoteId(COMMIT, 1)).toBe(`${COMMIT}q1`)
    expect(quoteId(COMMIT, 35)).toBe(`${COMMIT}qz`)
    expect(quoteId(COMMIT, 36)).toBe(`${COMMIT}q10`)
    expect(quoteId(COMMIT, MOST)).toBe(`${COMMIT}qzzzz`)
    expect(quoteId(COMMIT, MOST)).toHaveLength(50)
  })

  it("tells whose it is", () => {
    for (const n of [1, 36, 1_000, MOST]) {
      expect(commitIdOf(quoteId(COMMIT, n))).toBe(COMMIT)
    }
  })

  it.each([
    ["no number", COMMIT, 0],
    ["a number below", COMMIT, -1],
    ["a part of a number", COMMIT, 1.5],
    ["a number too large", COMMIT, MOST + 1],
    ["the id of a load", `${COMMIT}ab12`, 1],
    ["the id of a quote", `${COMMIT}q1`, 1],
    ["no id", "", 1],
  ])("is not made of %s", (_what, id, n) => {
    const make = () => quoteId(id, n)
    expect(make).toThrow(RangeError)
    expect(make).toThrow("the id of a commit and a small number")
  })
})

describe("commitIdOf", () => {
  it.each([
    ["of a load", `${COMMIT}0123`],
    ["of a commit", COMMIT],
    ["without a number", `${COMMIT}q`],
    ["with a number too long", `${COMMIT}q12345`],
    ["with something before it", `x${COMMIT}q1`],
    ["with something behind it", `${COMMIT}q1 `],
    ["with a number in capitals", `${COMMIT}qA`],
    ["of a shop in capitals", `mplAB12CD${COMMIT.slice(9)}q1`],
    ["of a shop with a short tag", `mplab12c${COMMIT.slice(9)}q1`],
    ["whose hash is short", `${COMMIT.slice(0, -1)}q1`],
    ["whose hash is none", `${COMMIT.slice(0, -1)}gq1`],
    ["of another kind", `mpu${COMMIT.slice(3)}q1`],
    ["of somebody else", "order-17"],
  ])("is null for an id %s", (_what, id) => {
    expect(commitIdOf(id)).toBeNull()
  })

  it("is what is before the number", () => {
    expect(commitIdOf(`${COMMIT}q1z`)).toBe(COMMIT)
  })
})

describe("isSameShops", () => {
  const OURS = `mpu${TAG}.ven_1`

  it.each([
    ["readable ids", OURS, `mpu${TAG}.ven_2`],
    ["one that is a hash", OURS, `mpu${TAG}~0123`],
  ])("knows %s of one shop", (_what, a, b) => {
    expect(isSameShops(a, b)).toBe(true)
    expect(isSameShops(b, a)).toBe(true)
  })

  it.each([
    ["another shop's", "mpuzzzzzz.ven_1"],
    ["nobody's", "ven_1"],
    ["one without a separator", `mpu${TAG}`],
    ["one with another separator", `mpu${TAG}-ven_1`],
    ["one with a longer tag", `mpu${TAG}e.ven_1`],
    ["one with something before it", `x${OURS}`],
    ["none", ""],
  ])("knows %s from ours", (_what, other) => {
    expect(isSameShops(OURS, other)).toBe(false)
    expect(isSameShops(other, OURS)).toBe(false)
    expect(isSameShops(other, other)).toBe(other.startsWith("mpuzzzzzz."))
  })
})

it("a hash is of the text's bytes in UTF-8", () => {
  expect(sha256("é")).toBe(
    "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c"
  )
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
