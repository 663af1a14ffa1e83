import { ControlError } from "../../sandbox"
import {
  aSandbox,
  balances,
  type Client,
  stopSandboxes,
} from "./support/harness"
import { aPaidUser, type Paid, spendBack } from "./support/money"

afterEach(stopSandboxes)

/** Tokens that MassPay's lists and histories show of a user. */
async function shown(client: Client, { user }: Paid): Promise<string[]> {
  const told = await Promise.all(
    [
      `/load/${user}`,
      `/spendback/${user}`,
      `/user/${user}/history`,
      "/user/history?type=load",
      "/user/history",
    ].map((path) => client.api("GET", path))
  )
  return told.map(({ status, json }) => {
    expect(status).toBe(200)
    return (json as { token?: string; load_token?: string }[])
      .map((row) => row.token ?? row.load_token ?? "spendback")
      .sort()
      .join(" ")
  })
}

describe("what MassPay seems to have lost", () => {
  it("is in no list and no history, and keeps its money where it is", async () => {
    const client = await aSandbox()
    const paid = await aPaidUser(client)
    expect((await spendBack(client, paid)).status).toBe(201)
    const { control } = client.sandbox
    const [back] = control.spendbacks().spendbacks
    const before = balances(client)
    const all = await shown(client, paid)

    control.hide(paid.load)
    const without = await shown(client, paid)
    control.hide(back?.spendback_token ?? "")
    const none = await shown(client, paid)

    expect(all.join()).toContain(paid.load)
    expect(without.join()).not.toContain(paid.load)
    expect(without[1]).toBe(all[1])
    expect(without[2]).toBe(back?.spendback_token)
    expect(none).toEqual(["", "", "", "", ""])
    expect(balances(client)).toEqual(before)
    expect(control.loads().load_count).toBe(1)
    expect(control.hidden()).toEqual([paid.load, back?.spendback_token])

    control.showAll()
    expect(await shown(client, paid)).toEqual(all)
  })

  it("is known to it, and is shown again after a reset", async () => {
    const client = await aSandbox()
    const { control } = client.sandbox
    expect(() => control.hide("ld_none")).toThrow(ControlError)
    expect(() => control.hide("ld_none")).toThrow(/ld_none/)

    const { load } = await aPaidUser(client)
    control.hide(load)
    control.reset()
    expect(control.hidden()).toEqual([])
  })

  it("is hidden over HTTP too", async () => {
    const client = await aSandbox()
    const { load } = await aPaidUser(client)
    const ask = async (method: string, path: string, body?: object) => {
      const response = await fetch(`${client.sandbox.url}/sandbox${path}`, {
        method,
        ...(body && { body: JSON.stringify(body) }),
      })
      return {
        status: response.status,
        body: (await response.json()) as unknown,
      }
    }

    expect(await ask("POST", `/loads/${load}/hide`, {})).toEqual({
      status: 200,
      body: { hidden: [load] },
    })
    expect((await ask("POST", `/loads/${load}/hide`, { for: 1 })).status).toBe(
      400
    )
    expect((await ask("POST", "/spendbacks/none/hide", {})).status).toBe(404)
    expect(await ask("GET", "/hidden")).toEqual({
      status: 200,
      body: { hidden: [load] },
    })
    expect(await ask("DELETE", "/hidden")).toEqual({
      status: 200,
      body: { hidden: [] },
    })
  })
})
