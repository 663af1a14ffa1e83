import { Router } from "../../sandbox/router"
import { ROUTES } from "../../sandbox/routes"
import {
  anyText,
  aSandbox,
  aUser,
  details,
  lastRequest,
  stopSandboxes,
} from "./support/harness"

afterEach(stopSandboxes)

describe("authentication", () => {
  it.each(["Bearer KEY", "bearer KEY", "BEARER KEY", "KEY"])(
    "accepts %s",
    async (authorization) => {
      const client = await aSandbox({ apiKey: "KEY" })

      const reply = await client.api("GET", "/account/balance", {
        headers: { authorization },
      })

      expect(reply.status).toBe(200)
    }
  )

  it.each(["", "Bearer", "Bearer nope", "Basic KEY", "KEYS", "Bearer KEY KEY"])(
    "refuses %p in the standard shape",
    async (authorization) => {
      const client = await aSandbox({ apiKey: "KEY" })

      const reply = await client.api("GET", "/account/balance", {
        headers: { authorization },
      })

      expect(reply.status).toBe(401)
      expect(reply.json).toEqual({
        title: "Unauthorized.",
        message: anyText,
        code: 401,
      })
    }
  )

  it("accepts a header called apiKey only where it is set to", async () => {
    const client = await aSandbox({ apiKey: "KEY" })
    const headers = { authorization: "", apiKey: "KEY" }
    const get = async (): Promise<number> => {
      const url = `${client.sandbox.url}/v1.0.0/payout/account/balance`
      return (await fetch(url, { headers: { apiKey: "KEY" } })).status
    }

    expect(await get()).toBe(401)
    client.sandbox.control.changeSettings({ accept_api_key_header: true })
    expect(await get()).toBe(200)
    // A wrong Authorization is not made good by another header.
    const both = await client.api("GET", "/account/balance", { headers })
    expect(both.status).toBe(401)
  })

  it("does not say which addresses exist without the key", async () => {
    const client = await aSandbox()

    const reply = await client.api("GET", "/nothing/like/this", {
      headers: { authorization: "nope" },
    })

    expect(reply.status).toBe(401)
  })
})

describe("routing", () => {
  const router = new Router(ROUTES)

  it.each([
    ["GET", "/payout/tax", "GET /payout/tax"],
    ["POST", "/payout/user", "users.create"],
    ["GET", "/payout/user/lookup", "users.lookup"],
    ["GET", "/payout/user/history", "history.all"],
    ["GET", "/payout/user/usr_1", "users.get"],
    ["GET", "/payout/usr_1/tax", "tax.interview"],
    ["POST", "/payout/load/usr_1", "loads.create"],
    ["GET", "/payout/wallet/usr_1", "wallets.list"],
    ["GET", "/payout/usr_1/po_1", "payouts.get"],
    ["GET", "/payout/country/list", "catalog.countries"],
    ["GET", "/payout/country/USA", "catalog.services"],
    ["GET", "/payout/account/balance", "account.balance"],
  ])("%s %s is %s", (method, path, name) => {
    const match = router.match(method, `/v1.0.0${path}`)

    expect(match.kind === "found" && match.route.name).toBe(name)
  })

  it("decodes parameters", () => {
    expect(router.match("GET", "/v1.0.0/payout/user/a%2Fb")).toMatchObject({
      params: { user_token: "a/b" },
    })
  })

  it.each(["/v1.0.0", "/v1.0.0/payout/", "/v1.0.0/payout/user/%zz", "/payout"])(
    "does not know %s",
    (path) => {
      expect(router.match("GET", path)).toEqual({ kind: "unknown" })
    }
  )

  it("answers 404 for an unknown address and 405 for a wrong verb", async () => {
    const client = await aSandbox()

    const unknown = await client.call("GET", "/v2/payout/account/balance")
    const wrong = await client.api("DELETE", "/user/usr_1")

    expect(unknown).toMatchObject({ status: 404, json: { code: 404 } })
    expect(wrong).toMatchObject({ status: 405, json: { code: 405 } })
    expect(wrong.headers.get("allow")).toBe("GET, PUT")
    expect(lastRequest(client)).toMatchObject({ status: 405, executed: false })
  })

  it("says so when MassPay has an operation that it lacks", async () => {
    const client = await aSandbox()
    const user = await aUser(client)

    const reply = await client.api("GET", `/wallet/${user}/any/card`)

    expect(reply.status).toBe(404)
    expect(details(reply)[0]).toMatch(/does not implement it yet/)
  })
})
