import { ENTRY_KINDS } from "../../../src/domain/payout-status"
import { DIFFERENCE_REASONS } from "../../../src/domain/settle-types"
import { PAYOUT_LINE_KINDS } from "../../../src/domain/statement"
import {
  kindText,
  orderText,
  reasonText,
  statementFileName,
} from "../../../src/domain/statement-texts"
import { aStatement } from "./statement-builders"

describe("the reason of an entry", () => {
  it("is in words for what code books, and as written for what a person wrote", () => {
    expect(
      ["return", "Parcel 17: lost", "constructor", null].map((reason) =>
        reasonText({ reason })
      )
    ).toEqual(["Items came back", "Parcel 17: lost", "constructor", ""])
  })

  it("reads to the vendor as follows", () => {
    const codes = [
      ...DIFFERENCE_REASONS,
      "settled_elsewhere",
      "paid_after_release",
      "cancelled_after_release",
      "taken_after_release",
      "returned_after_release",
    ]

    expect(codes.map((reason) => reasonText({ reason }))).toEqual([
      "",
      "Items came back",
      "Refund",
      "Order changed",
      "Order cancelled",
      "Items exchanged",
      "Claim",
      "",
      "Paid although it had been given up",
      "That payment was cancelled after all",
      "Taken although it had been given up",
      "That was returned after all",
    ])
  })
})

describe("what a line is called", () => {
  it("is one of these words", () => {
    expect([...ENTRY_KINDS, ...PAYOUT_LINE_KINDS].map(kindText)).toEqual([
      "Sale",
      "Taken back",
      "Correction",
      "Adjustment",
      "Overpayment",
      "Paid by other means",
      "Payout",
      "Payout returned",
      "Paid back",
      "Pay-back returned",
    ])
  })

  it("goes with the order as its people know it", () => {
    expect([
      orderText({ display_id: 42, order_id: "order_1" }),
      orderText({ display_id: null, order_id: "order_1" }),
      orderText({ display_id: null, order_id: null }),
    ]).toEqual(["#42", "order_1", ""])
  })
})

describe("the name of the file", () => {
  it("says whose statement of when it is, in harmless characters", () => {
    const { from, to } = aStatement()

    expect(
      statementFileName(
        { vendor_id: "ven_1", currency_code: "USD", from, to },
        "csv"
      )
    ).toBe("statement-ven_1-USD-2026-01-01-2026-02-01.csv")
    expect(
      statementFileName(
        {
          vendor_id: '../"evil"\r\nSet-Cookie: x',
          currency_code: "USD",
          from,
          to,
        },
        "html"
      )
    ).toBe("statement-_evil_Set-Cookie_x-USD-2026-01-01-2026-02-01.html")
  })

  it("is never longer than a file system takes", () => {
    const { from, to } = aStatement()
    const vendor_id = "v".repeat(500)

    expect(
      statementFileName({ vendor_id, currency_code: "USD", from, to }, "csv")
    ).toBe(`statement-${"v".repeat(60)}-USD-2026-01-01-2026-02-01.csv`)
  })
})
