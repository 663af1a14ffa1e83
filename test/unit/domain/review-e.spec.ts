import { aLine, aShipping, theFacts } from "./order-builders"
import { bookedFrom, of, settled } from "./settle-builders"
import { decideAfterLookup } from "../../../src/domain/decide-next"
import { aLoad, aLookup, ago, MINUTE, NOON, SECOND } from "./lookup-builders"

it("keeps each vendor's part of the shipping when the other's goods come back", () => {
  const lines = [
    aLine({ ref: "a", vendor_id: "v1", net: "60" }),
    aLine({ ref: "b", vendor_id: "v2", net: "40" }),
    aShipping(),
  ]
  const before = theFacts({ lines })
  const booked = bookedFrom(before)
  const after = theFacts({
    lines: [{ ...lines[0]!, net: "0", quantity: 0 }, lines[1]!, lines[2]!],
  })
  const result = settled(after, { booked })
  console.log(of(result, "v1").difference, of(result, "v2").difference)
})

it("waits", () => {
  expect(
    decideAfterLookup(
      aLookup({
        status: "cancelled",
        found: aLoad({ status: "CANCELLED" }),
        settle_until: ago(SECOND),
        last_possible_send_at: ago(MINUTE),
        now: NOON,
      })
    )
  ).toMatchObject({ do: "wait", reason: "not_visible_yet" })
})
