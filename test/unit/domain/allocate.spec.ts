import { allocate, compareKeys } from "../../../src/domain/allocate"

describe("allocate", () => {
  it("refuses negative weights, a key twice, and nobody to give to", () => {
    const negative = () => allocate(1n, [{ key: "a", weight: -1n }])
    const toNobody = () => allocate(1n, [])
    const twice = () =>
      allocate(1n, [
        { key: "a", weight: 1n },
        { key: "a", weight: 1n },
      ])

    for (const [divide, message] of [
      [negative, "A weight must not be negative"],
      [toNobody, "Nobody to allocate the amount to"],
      [twice, "A key was given twice"],
    ] as const) {
      expect(divide).toThrow(RangeError)
      expect(divide).toThrow(message)
    }
  })

  it("gives leftovers to the largest remainders, ties to the smaller key", () => {
    const thirds = ["c", "a", "b"].map((key) => ({ key, weight: 1n }))

    expect(allocate(100n, thirds)).toEqual(
      new Map([
        ["c", 33n],
        ["a", 34n],
        ["b", 33n],
      ])
    )
  })

  it("divides by weight, and serves the largest remainder before a smaller key", () => {
    const parts = [
      { key: "a", weight: 1n },
      { key: "b", weight: 5n },
      { key: "c", weight: 4n },
    ]

    expect(allocate(1000n, parts)).toEqual(
      new Map([
        ["a", 100n],
        ["b", 500n],
        ["c", 400n],
      ])
    )
    // 0.7, 3.5 and 2.8: the two left over go to .8 and .7, not to .5.
    expect(allocate(7n, parts)).toEqual(
      new Map([
        ["a", 1n],
        ["b", 3n],
        ["c", 3n],
      ])
    )
    // 1.3, 6.5 and 5.2: the one left over goes to .5.
    expect(allocate(13n, parts)).toEqual(
      new Map([
        ["a", 1n],
        ["b", 7n],
        ["c", 5n],
      ])
    )
  })

  it("gives a negative total as the mirror image of the positive one", () => {
    const parts = ["b", "a", "c"].map((key) => ({ key, weight: 1n }))

    expect(allocate(-100n, parts)).toEqual(
      new Map([
        ["b", -33n],
        ["a", -34n],
        ["c", -33n],
      ])
    )
  })

  it("gives everything to the smallest key when nothing weighs anything", () => {
    const none = ["b", "a"].map((key) => ({ key, weight: 0n }))

    expect(allocate(5n, none)).toEqual(
      new Map([
        ["b", 0n],
        ["a", 5n],
      ])
    )
    expect(allocate(0n, [])).toEqual(new Map())
  })
})

describe("compareKeys", () => {
  it("orders by code units, and finds equal keys equal", () => {
    const keys = ["b", "a", "Z", "", "ä", "a"]

    expect([...keys].sort(compareKeys)).toEqual(["", "Z", "a", "a", "b", "ä"])
    expect(compareKeys("a", "a")).toBe(0)
  })
})
