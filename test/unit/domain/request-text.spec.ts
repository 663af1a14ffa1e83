import {
  assertRequestParts,
  metadataText,
  type RequestParts,
} from "../../../src/domain/request-text"

function parts(overrides: Partial<RequestParts> = {}): RequestParts {
  return {
    client_id: "mplab12cd0",
    source_token: "wallet_1",
    notes: "Orders #1, #2",
    ...overrides,
  }
}

describe("assertRequestParts", () => {
  it.each<[string, Partial<RequestParts>]>([
    ["an id of 1 character", { client_id: "a" }],
    ["an id of 50 characters", { client_id: "a".repeat(50) }],
    ["no notes", { notes: "" }],
    ["notes of 255 characters", { notes: "n".repeat(255) }],
  ])("takes %s", (_what, overrides) => {
    expect(() => assertRequestParts(parts(overrides))).not.toThrow()
  })

  it.each<[string, Partial<RequestParts>, string]>([
    ["no wallet", { source_token: "" }, "wallet"],
    ["no id", { client_id: "" }, "client id has 1 to 50 characters"],
    [
      "an id of 51 characters",
      { client_id: "a".repeat(51) },
      "client id has 1 to 50 characters",
    ],
    [
      "notes of 256 characters",
      { notes: "n".repeat(256) },
      "at most 255 characters",
    ],
  ])("refuses %s and says so", (_what, overrides, message) => {
    const assert = () => assertRequestParts(parts(overrides))

    expect(assert).toThrow(RangeError)
    expect(assert).toThrow(message)
  })
})

describe("metadataText", () => {
  it("is by key, whatever the order it was put together in", () => {
    const text = '{"a":"3","b":"1","c":"2"}'

    expect(metadataText({ b: "1", c: "2", a: "3" })).toBe(text)
    expect(metadataText({ a: "3", b: "1", c: "2" })).toBe(text)
    expect(metadataText({})).toBe("{}")
  })

  it("stays JSON whatever the keys and values hold", () => {
    const metadata = { 'a"b': 'c"d', "e\\": "\n" }

    expect(JSON.parse(metadataText(metadata))).toEqual(metadata)
  })
})
