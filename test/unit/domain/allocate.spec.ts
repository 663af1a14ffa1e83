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
