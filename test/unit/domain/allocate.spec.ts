import { allocate } from "../../../src/domain/allocate"

describe("allocate", () => {
  it("refuses negative weights, a key twice, and nobody to give to", () => {
    expect(() => allocate(1n, [{ key: "a", weight: -1n }])).toThrow(RangeError)
    expect(() => allocate(1n, [])).toThrow(RangeError)
    expect(() =>
      allocate(1n, [
        { key: "a", weight: 1n },
        { key: "a", weight: 1n },
      ])
    ).toThrow(RangeError)
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
