import { Modules } from "@medusajs/framework/utils"

import { kernelFrom } from "../../src/kernel"
import type { AdminActionRequestListResponse } from "../../src/types/http"
import type {
  AdminRefundAllocationResponse,
  AdminUnallocatedRefundListResponse,
} from "../../src/types/http-refunds"
import { masspaySettleOrderWorkflow } from "../../src/workflows"
import type { HostSuite } from "./support/host"
import { restOf, runJobs, walletsOf } from "./support/plugin"
import { aContact } from "./support/shop"

const ADA = "ven_ada"
/** Whose commission is a fixed one. */
export const BOB = "ven_bobs_bowls"

export const refunds: HostSuite = ({
  shop,
  getContainer,
  sandbox,
  admin,
  program,
}) => {
  beforeEach(() =>
    shop.registerVendors({
      [ADA]: aContact(),
      [BOB]: aContact({
        name: "Bob's Bowls",
        email: "bob@example.com",
        first_name: "Bob",
        last_name: "Bowl",
      }),
    })
  )

  async function sold(paid: { gift_card?: number } = {}): Promise<string> {
    const order = await shop.place({
      ...paid,
      items: [
        { title: "Bowl", unit_price: "60.00", vendor_id: ADA },
        { title: "Cup", unit_price: "20.00", quantity: 2, vendor_id: BOB },
      ],
    })
    await shop.pay(order)
    await shop.complete(order)
    return order
  }
  const work = async () => {
    await restOf(getContainer())
    await runJobs(getContainer())
  }
  const settle = (order_id: string) =>
    masspaySettleOrderWorkflow(getContainer()).run({ input: { order_id } })
  type Operator = Awaited<ReturnType<typeof admin>>
  const unallocated = (operator: Operator, query = "") =>
    operator.get<AdminUnallocatedRefundListResponse>(
      `unallocated-refunds${query}`
    )

  it("wait until an operator says whose they are, and are charged once", async () => {
    const order = await sold()
    await work()
    // By hand: 60.00 less a tenth; 40.00 less 0.50 for each of two cups.
    expect(walletsOf(sandbox())).toEqual({
      "ada@example.com": "54.00 USD",
      "bob@example.com": "39.00 USD",
    })
    await shop.refund(order, 10)
    await settle(order)

    const operator = await admin()
    const listed = await unallocated(operator, `?order_id=${order}`)
    expect(listed).toMatchObject({
      count: 1,
      limit: 20,
      offset: 0,
      unallocated_refunds: [
        {
          order_id: order,
          display_id: expect.any(Number) as number,
          currency_code: "USD",
          amount: "10.00",
          unallocated: "10.00",
          suggestion: [
            { vendor_id: null, amount: "0.00", most: null },
            {
              vendor_id: ADA,
              vendor_name: "Ada's Atelier",
              amount: "6.00",
              most: "60.00",
            },
            {
              vendor_id: BOB,
              vendor_name: "Bob's Bowls",
              amount: "4.00",
              most: "40.00",
            },
          ],
        },
      ],
    })
    expect((await unallocated(operator, "?vendor_id=ven_nobody")).count).toBe(0)
    const [refund] = listed.unallocated_refunds
    const path = `unallocated-refunds/${refund?.id ?? ""}/allocate`
    const body = {
      request_id: "allocate-1",
      reason: "Bob's cup came in pieces",
      allocations: [
        { vendor_id: BOB, amount: "8.00" },
        { vendor_id: null, amount: "2.00" },
      ],
    }

    const wrong = { ...body, allocations: [{ vendor_id: BOB, amount: "8" }] }
    expect(await operator.post(path, wrong)).toMatchObject({
      status: 400,
      data: {
        message: "The amounts have to add up to what is unallocated.",
      },
    })
    expect(
      await operator.post("unallocated-refunds/msref_none/allocate", body)
    ).toMatchObject({ status: 404 })
    expect(
      await operator.post(path, { ...body, allocations: [] })
    ).toMatchObject({ status: 400 })
    expect(await (await program()).post(path, body)).toMatchObject({
      status: 400,
    })

    const first = await operator.post(path, body)
    const again = await operator.post(path, body)
    expect(first).toMatchObject({
      status: 200,
      data: {
        allocation: {
          refund: refund?.id,
          order_id: order,
          amount: "10.00",
          allocations: body.allocations,
        },
      },
    })
    expect(again).toEqual(first)
    expect((await unallocated(operator)).count).toBe(0)

    const { settlements } = await operator.order(order)
    expect(settlements.map(({ vendor_id, net }) => [vendor_id, net])).toEqual([
      [ADA, "54.00"],
      [BOB, "31.00"],
    ])
    const { books } = await kernelFrom(getContainer())
    const clawbacks = () =>
      books.rows(
        `select vendor_id, amount::text as amount, reason
             from masspay_ledger_entry where kind = 'clawback'`
      )
    const one = [{ vendor_id: BOB, amount: "-800", reason: "refund" }]
    expect(await clawbacks()).toEqual(one)
    await work()
    await settle(order)
    expect(await clawbacks()).toEqual(one)

    const { action_requests } =
      await operator.get<AdminActionRequestListResponse>("action-requests")
    expect(action_requests).toMatchObject([
      {
        request_id: "allocate-1",
        action: "allocate_refund",
        state: "done",
        maker_reason: body.reason,
        amount: "10.00",
        currency_code: "USD",
      },
    ])
    const { allocation } = first.data as AdminRefundAllocationResponse
    expect(allocation.id).toBe(action_requests[0]?.id)
  })

  it("are not what a gift card paid: vendors get theirs, and a true refund is told from it", async () => {
    const order = await sold({ gift_card: 30 })
    await work()
    expect(walletsOf(sandbox())).toEqual({
      "ada@example.com": "54.00 USD",
      "bob@example.com": "39.00 USD",
    })

    await shop.refund(order, 5)
    await settle(order)
    expect(
      (await unallocated(await admin())).unallocated_refunds
    ).toMatchObject([{ amount: "5.00", unallocated: "5.00" }])
  })

  it("and what the platform sold stays the platform's when its product finds a vendor", async () => {
    const products = getContainer().resolve(Modules.PRODUCT)
    const product = await products.createProducts({ title: "Gift wrap" })
    const order = await shop.place({
      items: [
        { title: "Bowl", unit_price: "60.00", vendor_id: ADA },
        { title: "Gift wrap", unit_price: "3.00", product_id: product.id },
      ],
    })
    await shop.pay(order)
    await shop.complete(order)
    await work()
    await products.updateProducts(product.id, {
      metadata: { vendor_id: BOB },
    })
    await settle(order)

    expect((await (await admin()).order(order)).settlements).toMatchObject([
      { vendor_id: ADA, net: "54.00" },
    ])
  })
}
