import type { HostSuite } from "./support/host"
import { restOf, runJobs } from "./support/plugin"
import { aContact } from "./support/shop"

const ADA = "ven_ada"
const BOB = "ven_bob"

export const adminApi: HostSuite = ({ shop, getContainer, admin, http }) => {
  it("tells no vendor anything where the adapter cannot say whose she is", async () => {
    const { status, data } = await http.get("/vendor/masspay/balance", {
      ...shop.actorHeaders({ actor_type: "seller", actor_id: ADA }),
      validateStatus: () => true,
    })

    expect(status).toBe(403)
    expect(data).toMatchObject({
      code: "vendor_unknown",
      message: expect.stringContaining('"metadata" cannot tell') as string,
    })
  })

  it("is for signed-in admins only", async () => {
    const { refusal } = await admin()

    for (const path of [
      "payouts",
      "payouts/preview",
      "payouts/mspo_1",
      "payees",
      "orders/order_1",
    ]) {
      expect((await refusal(path, {})).status).toBe(401)
    }
  })

  it("says what is wrong with a query, and what would be right", async () => {
    const { refusal } = await admin()
    const wrong: Record<string, string> = {
      "limit=0": "Field 'limit' must be a whole number from 1 to 100",
      "limit=101": "Field 'limit' must be a whole number from 1 to 100",
      "limit=ten": "Field 'limit' must be a whole number from 1 to 100",
      "offset=-1": "Field 'offset' must be a whole number",
      "order=vendor_id": "created_at, -created_at",
      "status=paid": "Field 'status' must be one of: pending, ready",
      "status[]=ready&status[]=paid": "Field 'status' must be one of",
      "currency_code=zzz": "Field 'currency_code' must be an ISO 4217 code",
      "created_at[$gte]=yesterday": "Field 'created_at' must be a date",
      "created_at[$near]=2026-01-01": "'$near'",
      "colour=red": "'colour'",
    }
    for (const [query, words] of Object.entries(wrong)) {
      const { status, message } = await refusal(`payouts?${query}`)
      expect([query, status]).toEqual([query, 400])
      expect(message).toContain(words)
    }
    expect(await refusal("payouts/mspo_none")).toEqual({
      status: 404,
      message: "Payout with id: mspo_none was not found",
    })
    expect((await refusal("payees?limit=1000")).status).toBe(400)
    expect((await refusal("payouts/preview?limit=1000")).status).toBe(400)
  })

  it("lists, filters, sorts and pages payouts", async () => {
    await shop.registerVendors({
      [ADA]: aContact(),
      [BOB]: aContact({ name: "Bob's Bowls", email: "bob@example.com" }),
    })
    const orders: string[] = []
    for (const [vendor_id, unit_price, currency_code] of [
      [ADA, "10.00", "usd"],
      [BOB, "30.00", "usd"],
      [ADA, "20.00", "eur"],
    ] as const) {
      const order = await shop.place({
        items: [{ title: "Bowl", unit_price, vendor_id }],
        currency_code,
      })
      await shop.pay(order)
      await shop.complete(order)
      await restOf(getContainer())
      await runJobs(getContainer())
      orders.push(order)
    }
    const { payouts, get } = await admin()
    const amounts = async (query: string): Promise<string[]> =>
      (await payouts(query)).payouts.map(({ amount }) => amount)

    expect(await amounts("")).toEqual(["20.00", "30.00", "10.00"])
    expect(await amounts("?order=amount")).toEqual(["10.00", "20.00", "30.00"])
    expect(await amounts("?order=-amount&limit=1&offset=1")).toEqual(["20.00"])
    expect(await payouts("?limit=2&offset=2")).toMatchObject({
      count: 3,
      limit: 2,
      offset: 2,
    })
    expect(await amounts(`?vendor_id=${ADA}`)).toEqual(["20.00", "10.00"])
    expect(await amounts("?currency_code=eur")).toEqual(["20.00"])
    expect(
      await amounts("?currency_code[]=EUR&currency_code[]=usd&order=amount")
    ).toEqual(["10.00", "20.00", "30.00"])
    expect(await amounts("?status=completed&status=ready")).toHaveLength(3)
    expect(await amounts("?status=blocked")).toEqual([])
    expect(await amounts("?q=bowls")).toEqual(["30.00"])
    expect(await amounts(`?q=${orders[0] ?? ""}`)).toEqual(["10.00"])
    expect(await amounts("?created_at[$gte]=2020-01-01")).toHaveLength(3)
    expect(await amounts("?created_at[$lt]=2020-01-01")).toEqual([])

    const { payees, count } = await get<{
      payees: { vendor_id: string; name: string; status: string }[]
      count: number
    }>("payees?limit=1")
    expect(count).toBe(2)
    expect(payees).toEqual([
      expect.objectContaining({ status: "active", name: "Bob's Bowls" }),
    ])
  })
}
