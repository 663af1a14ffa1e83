import { kernelFrom } from "../../src/kernel"
import type { HostSuite } from "./support/host"
import { restOf, runJob, runJobs, until, walletsOf } from "./support/plugin"
import { aContact } from "./support/shop"

const ADA = "ven_ada"

export const watch: HostSuite = ({ shop, getContainer, admin, sandbox }) => {
  const sell = async (unit_price: string) => {
    const order = await shop.place({
      items: [{ title: "Bowl", unit_price, vendor_id: ADA }],
    })
    await shop.pay(order)
    await shop.complete(order)
    await restOf(getContainer())
  }
  const watch = () => runJob(getContainer(), "masspay-watch")

  it("sends nothing once the books are wrong, until an operator says why", async () => {
    const { books } = await kernelFrom(getContainer())
    const { get, post, refusal } = await admin()
    await shop.registerVendors({ [ADA]: aContact() })
    await sell("10.00")
    await until("the first wallet to be loaded", async () => {
      await runJobs(getContainer())
      return walletsOf(sandbox())["ada@example.com"] === "10.00 USD"
    })

    await books.rows(`alter table masspay_payout disable trigger user`)
    await books.rows(`update masspay_payout set amount = amount + 1`)
    await books.rows(`delete from masspay_control where key like 'watch:%'`)
    await watch()
    await sell("5.00")
    await watch()

    expect(walletsOf(sandbox())).toEqual({ "ada@example.com": "10.00 USD" })
    expect(await get("dispatch")).toMatchObject({
      stopped: { actor: "system", invariant: "I1" },
    })
    expect(await post("invariants", {})).toMatchObject({
      status: 200,
      data: {
        invariants: expect.arrayContaining([
          expect.objectContaining({ id: "I1", holds: false }),
          expect.objectContaining({ id: "I2", holds: true }),
        ]) as unknown,
        stopped: { invariant: "I1" },
      },
    })
    expect((await refusal("dispatch", {})).status).toBe(401)
    expect(await post("dispatch/resume", {})).toMatchObject({ status: 400 })
    expect(await post("dispatch/resume", { reason: " " })).toMatchObject({
      status: 400,
    })
    expect(await get("dispatch")).not.toEqual({ stopped: null })

    await books.rows(
      `update masspay_payout set amount = amount - 1 where status = 'completed'`
    )
    await books.rows(`alter table masspay_payout enable trigger user`)
    expect(
      await post("dispatch/resume", { reason: "The amount was put right" })
    ).toEqual({ status: 200, data: { stopped: null } })
    await until("the wallet to be loaded", async () => {
      await runJobs(getContainer())
      return walletsOf(sandbox())["ada@example.com"] === "15.00 USD"
    })
  })
}
