import {
  redact,
  redactDetails,
} from "../../../src/modules/masspay-gateway/http/redact"

describe("redact", () => {
  it.each([
    ["at https://magic.veriff.me/vabc?x=1 now", "at [link] now"],
    ["HTTP://L.MASPAY.IO/token", "[link]"],
    ["see l.maspay.io/token please", "see [link] please"],
    ["ftp://x.example/y and mailto://z", "[link] and [link]"],
    ["write to jane.o'doe+x@example.co.uk now", "write to [email] now"],
    ["account 1234567890 closed", "account [number] closed"],
    ["card 4111 1111 1111 1111", "card [number]"],
    ["ssn 123-45-6789", "ssn [number]"],
    ["user usr_2f1c0c5e-9a53-4f0e-8c1e-000000000000 gone", "user [token] gone"],
    ["Authorization: Bearer abc.def-123", "Authorization: [credential]"],
    ["eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0", "[token]"],
  ])("takes the private part out of: %s", (text, expected) => {
    expect(redact(text)).toBe(expected)
  })

  it.each([
    "Insufficient funds in the source wallet",
    "client_load_id is longer than 50 characters",
    "amount 12.50 USD, code 400",
    "Not a valid IDSelfieCollection",
    "source_token is not a funding wallet of this account",
  ])("leaves alone: %s", (text) => {
    expect(redact(text)).toBe(text)
  })

  it("keeps a text on one line and of sane length", () => {
    expect(redact("one\r\ntwo\u0000three\u2028four")).toBe("one two three four")
    expect(redact("word ".repeat(1_000)).length).toBeLessThanOrEqual(301)
  })

  it("leaves no part of a link behind where it cuts", () => {
    const text = `${"x".repeat(10)} ${"word ".repeat(57)}https://l.maspay.io/${"canary".repeat(20)}`

    expect(redact(text)).not.toContain("canary")
  })

  it("takes a hostile text in no time", () => {
    const start = performance.now()
    for (const piece of ["a", "a.", "a-", "1 ", "@", "://", "A_"]) {
      redact(piece.repeat(5_000_000 / piece.length))
    }
    expect(performance.now() - start).toBeLessThan(1_000)
  })

  it("keeps ten details at most, and no empty ones", () => {
    expect(
      redactDetails(["", " ", "a", ...Array.from({ length: 50 }, () => "b")])
    ).toHaveLength(8)
  })
})
