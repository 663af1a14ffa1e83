import { describeJourneys } from "./support/journeys"
import { JOURNEY_ADAPTERS } from "./support/journeys-adapters"

const adapter = JOURNEY_ADAPTERS.metadata
describeJourneys(adapter, (begin) => {
  it("try", async () => {
    const j = await begin({ bowl: 2, jug: 1 })
    await j.see("placed", {total:"54.98", net:{ada:"49.98"}, says: {ada:"held: not_captured"}, wallets:{}, open:{}})
    await j.staff.capture(j.order_id)
    await j.staff.deliver(j.order_id)
    await j.see("delivered", {total:"54.98", net:{ada:"49.98"}, says: {ada:"held: not_released"}, wallets:{}, open:{}})
    await j.staff.complete(j.order_id)
    await j.see("completed", {total:"54.98", net:{ada:"49.98"}, says: {ada:"paid"}, wallets:{ada:"49.98"}, open:{}})
    await j.staff.refund(j.order_id, 3)
    await j.see("refund", {total:"51.98", net:{ada:"47.26"}, says: {ada:"open: negative"}, wallets:{ada:"49.98"}, open:{ada:"-2.72 negative"}})
    const r = await j.staff.requestReturn(j.order_id, "bowl")
    await j.see("ret req", {total:"51.98", net:{ada:"47.26"}, says: {ada:"open: negative"}, wallets:{ada:"49.98"}, open:{ada:"-2.72 negative"}})
    await j.staff.receiveReturn(r)
    await j.see("ret recv", {total:"31.99", net:{ada:"29.25"}, says: {ada:"open: negative"}, wallets:{ada:"49.98"}, open:{ada:"-20.73 negative"}})
    await j.staff.refund(j.order_id, 19.99)
    await j.see("ret refunded", {total:"31.99", net:{ada:"29.25"}, says: {ada:"open: negative"}, wallets:{ada:"49.98"}, open:{ada:"-20.73 negative"}})
  })
})
