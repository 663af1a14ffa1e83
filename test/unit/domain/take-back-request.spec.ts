import {
  readTakeBackText,
  takeBackText,
} from "../../../src/domain/take-back-request"

const OF = { token: "payout_1", client_id: "mplabc1231" }

describe("a request to take something back", () => {
  it("is the same text every time, and says what it was made of", () => {
    const reverse = { kind: "reverse", of: "payout", ...OF } as const
    expect(takeBackText(reverse)).toBe(takeBackText({ ...reverse }))
    expect(takeBackText(reverse)).toBe(
      '{"payout_token":"payout_1","body":"{\\"client_transfer_id\\":\\"mplabc1231\\"}"}'
    )
    expect(readTakeBackText(takeBackText(reverse))).toEqual({
      of: "payout",
      token: "payout_1",
      body: '{"client_transfer_id":"mplabc1231"}',
    })
  })

  it("has a body only where a direct payout is reversed, as texts of before have none", () => {
    expect(takeBackText({ kind: "cancel", of: "payout", ...OF })).toBe(
      '{"payout_token":"payout_1"}'
    )
    for (const kind of ["reverse", "cancel"] as const) {
      expect(takeBackText({ kind, of: "load", ...OF, token: "ld_1" })).toBe(
        '{"load_token":"ld_1"}'
      )
    }
    expect(readTakeBackText('{"payout_token":"payout_1"}')).toEqual({
      of: "payout",
      token: "payout_1",
      body: null,
    })
    expect(readTakeBackText('{"load_token":"ld_1"}')).toEqual({
      of: "load",
      token: "ld_1",
      body: null,
    })
  })
})
