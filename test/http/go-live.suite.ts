import { checkGoLive } from "../../src/go-live/check"
import { kernelFrom } from "../../src/kernel"
import { postSelfTest } from "../../src/modules/masspay-gateway/webhooks/self-check"
import goLive from "../../src/scripts/go-live"
import type {
  AdminGoLiveDecisionResponse,
  AdminGoLiveItem,
  AdminGoLiveResponse,
} from "../../src/types/http-go-live"
import { OLD_SECRET, WEBHOOK_SECRET } from "../support/webhooks"
import { checksumOf } from "./support/checksum"
import type { HostSuite } from "./support/host"
import { aContact } from "./support/shop"

export const goingLive: HostSuite = ({
  shop,
  getContainer,
  admin,
  program,
  sandbox,
  url,
}) => {
  type Api = Awaited<ReturnType<typeof admin>>
  const listOf = async (api: Api) => {
    const { go_live } = await api.get<AdminGoLiveResponse>("go-live")
    return {
      ...go_live,
      of: (key: string): AdminGoLiveItem => {
        const item = go_live.items.find((one) => one.key === key)
        if (!item) throw new Error(`No item ${key}`)
        return item
      },
    }
  }
  const countOf = async (table: string): Promise<number> => {
    const { books } = await kernelFrom(getContainer())
    const [row] = await books.rows<{ n: number }>(
      `select count(*)::int as n from ${table}`
    )
    return row?.n ?? -1
  }

  it("a shop in the sandbox is told what is right, what is not and how to make it right", async () => {
    await shop.registerVendors({ ven_ada: aContact() })
    const list = await listOf(await admin())
    expect(list.environment).toBe("sandbox")
    expect(list.is_ready).toBe(false)
    const states = Object.fromEntries(
      list.items.map(({ key, state, code }) => [key, `${state} ${code}`])
    )
    expect(states).toMatchObject({
      environment: "failed sandbox",
      api_key: "passed accepted",
      ip_address: "passed accepted",
      clock: "passed together",
      funding: "passed funded",
      webhook_secret: "passed set",
      webhook_delivery: "warning no_public_url",
      dispatch: "passed going",
      encryption_key: "passed sandbox_key",
      payees: "warning none",
      wallet_minimums: "passed set",
      direct_minimums: "not_applicable no_direct_payouts",
      invariants: "passed hold",
      shared_modules: "not_applicable one_instance",
      kyb: "attest_needed never_attested",
    })
    for (const item of list.items) {
      const isFine = ["passed", "not_applicable"].includes(item.state)
      expect([item.key, item.fix === null]).toEqual([item.key, isFine])
    }
    expect(list.of("shared_modules").details).toEqual([
      "workflow engine: in memory",
      "event bus: in memory",
      "locking: in memory",
      "cache: in memory",
    ])
  })

  it.each([
    ["401", "failed refused", "warning key_refused"],
    ["403", "warning forbidden", "failed forbidden"],
  ] as const)(
    "MassPay answers %s: a wrong key is told from a refused address",
    async (fault, key, address) => {
      const api = await admin()
      sandbox().control.armFault({ fault, path: "account/balance" })
      const { of } = await listOf(api)
      const verdict = (name: string) => `${of(name).state} ${of(name).code}`
      expect(verdict("api_key")).toBe(key)
      expect(verdict("ip_address")).toBe(address)
      expect(verdict("funding")).toBe("failed not_read")
      expect(verdict("invariants")).toBe("passed hold")
      // Somebody who looks must not stop the shop from paying.
      expect(verdict("dispatch")).toBe("passed going")
      expect((await listOf(api)).of("api_key").state).toBe("passed")
    }
  )

  it("a self-test through the route is answered and changes nothing", async () => {
    const before = await checksumOf(getContainer())
    const test = await postSelfTest(
      {
        secrets: [OLD_SECRET, WEBHOOK_SECRET],
        stale: "hint",
        toleranceSeconds: 300,
        publicUrl: `${url()}/hooks/masspay`,
      },
      new Date()
    )
    expect(test?.result).toEqual({ got: "proof" })
    expect(await countOf("masspay_webhook_event")).toBe(0)
    expect(await countOf("masspay_webhook_object")).toBe(0)
    expect(await checksumOf(getContainer())).toEqual(before)
  })

  it("an operator attests and withdraws, and both stay in sight", async () => {
    const api = await admin()
    const say = async (path: string, body: object) => {
      const { status, data } = await api.post(`go-live/${path}`, body)
      return { status, ...(data as AdminGoLiveDecisionResponse) }
    }
    const attested = await say("kyb/attest", {
      request_id: "r1",
      note: "Letter of 1 November.",
    })
    expect(attested).toMatchObject({
      status: 200,
      item: { key: "kyb", state: "passed", code: "attested" },
    })
    expect(
      await say("kyb/attest", {
        request_id: "r1",
        note: "Letter of 1 November.",
      })
    ).toMatchObject({ status: 200, item: { history: [{}] } })
    expect(
      await say("kyb/withdraw", { request_id: "r2", note: "Wrong letter." })
    ).toMatchObject({ status: 200, item: { state: "attest_needed" } })
    const { history } = (await listOf(api)).of("kyb")
    expect(history.map(({ did, note }) => [did, note])).toEqual([
      ["withdrawn", "Wrong letter."],
      ["attested", "Letter of 1 November."],
    ])
    expect(history[0]?.actor).toMatch(/^user_/)
  })

  it.each([
    ["kyb/attest", {}, 400, "request_id"],
    ["kyb/attest", { request_id: "r1" }, 400, "note"],
    ["kyb/attest", { request_id: "r1", note: "  " }, 400, "note"],
    ["kyb/attest", { request_id: "r1", note: "x", actor: "me" }, 400, "actor"],
    [
      "api_key/attest",
      { request_id: "r1", note: "x" },
      400,
      "checked by itself",
    ],
    ["nothing/attest", { request_id: "r1", note: "x" }, 404, "no such item"],
    ["kyb/withdraw", { request_id: "r1", note: "x" }, 400, "not attested"],
  ])("%s with %j is refused", async (path, body, status, word) => {
    const answer = await (await admin()).post(`go-live/${path}`, body)
    expect(answer.status).toBe(status)
    expect((answer.data as { message: string }).message).toContain(word)
    expect(await countOf("masspay_go_live_item")).toBe(0)
  })

  it("a key is nobody who can vouch for anything, and nothing is asked but by name", async () => {
    const answer = await (
      await program()
    ).post("go-live/kyb/attest", { request_id: "r1", note: "x" })
    expect(answer.status).toBe(400)
    expect(await (await admin()).refusal("go-live?fast=1")).toMatchObject({
      status: 400,
    })
  })

  it("whatever hangs, the list comes, and what hung counts as failed", async () => {
    sandbox().control.armFault({
      fault: "timeout_before_execute",
      path: "account/balance",
      delay_ms: 60_000,
    })
    const began = performance.now()
    const list = await checkGoLive(getContainer(), {
      deadline_ms: 8_000,
    })
    expect(performance.now() - began).toBeLessThan(30_000)
    const late = list.items.filter(({ code }) => code === "check_too_late")
    expect(late.map(({ key }) => key)).toEqual([
      "api_key",
      "ip_address",
      "clock",
      "funding",
    ])
    expect(late.every(({ state }) => state === "failed")).toBe(true)
    expect(list.items).toHaveLength(20)
  })

  it("the command prints the list and ends with 1 when something failed", async () => {
    const lines: string[] = []
    const print = jest
      .spyOn(console, "log")
      .mockImplementation((line: string) => void lines.push(line))
    const before = process.exitCode
    try {
      await goLive({ container: getContainer(), args: [] })
      expect(process.exitCode).toBe(1)
      const text = lines.join("\n")
      expect(text).toContain("FAILED   Environment (environment)")
      expect(text).toContain("ok       API key (api_key)")
      expect(text).toContain("attest   KYB finished (kyb)")
      expect(text).toContain("Not ready.")
      expect(text).not.toContain(WEBHOOK_SECRET)
      expect(text).not.toContain("masspay-sandbox-key")

      lines.length = 0
      await goLive({ container: getContainer(), args: ["json"] })
      expect(JSON.parse(lines.join("\n"))).toMatchObject({
        environment: "sandbox",
      })
      await goLive({ container: getContainer(), args: ["yaml"] })
      expect(process.exitCode).toBe(2)
    } finally {
      process.exitCode = before
      print.mockRestore()
    }
  })
}
