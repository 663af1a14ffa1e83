import { maskedDestination } from "../../../src/domain/withdrawals"

describe("where a withdrawal went", () => {
  it("is told by the last four characters of its token", () => {
    expect(maskedDestination("dest_0123456789abcd")).toBe("…abcd")
  })

  it("can be told from another place", () => {
    expect(maskedDestination("dest_00000001")).not.toBe(
      maskedDestination("dest_00000002")
    )
  })

  it("is hidden whole where four characters would be too much of it", () => {
    expect(maskedDestination("12345678abcd")).toBe("…abcd")
    for (const token of ["1234567abcd", "abcd", "a", ""]) {
      expect(maskedDestination(token)).toBe("…")
    }
  })

  it("is not told where MassPay does not tell it", () => {
    expect(maskedDestination(null)).toBeNull()
  })
})
