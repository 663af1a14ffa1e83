import { createWire } from "../../../src/modules/masspay-gateway/wire"
import {
  type Answer,
  gatewayErrorOf,
  json,
  startServer,
  wireOptionsFor,
} from "./support"

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

async function serve(answer: Answer) {
  const server = await startServer(answer)
  stops.push(server.stop)
  return { server, wire: createWire(wireOptionsFor(server.url)) }
}

const PDF = Buffer.from("%PDF-1.7\ncanary of the account\n%%EOF")
const base64 = (text: Buffer | string) => Buffer.from(text).toString("base64")
const DAYS = { from: "2026-03-01", to: "2026-03-31" }

describe("an account statement", () => {
  it("is the bytes of MassPay's PDF, asked for without a key", async () => {
    const { server, wire } = await serve(json(200, { content: base64(PDF) }))

    expect(await wire.getAccountStatement(DAYS)).toEqual(PDF)

    expect(server.seen).toMatchObject([
      {
        method: "GET",
        url: "/v1.0.0/payout/account/statement?start_date=2026-03-01&ending_date=2026-03-31",
      },
    ])
    expect(server.seen[0]?.headers).not.toHaveProperty("idempotency-key")
  })

  it("may be broken into lines, as base64 in mails is", async () => {
    const content = base64(PDF).replace(/(.{20})/g, "$1\r\n")
    const { wire } = await serve(json(200, { content }))
    expect(await wire.getAccountStatement(DAYS)).toEqual(PDF)
  })

  it.each([
    ["a page", { content: base64("<script>canary</script>") }],
    ["what only contains a PDF", { content: base64(` ${PDF.toString()}`) }],
    ["nothing", { content: "" }],
    ["no base64", { content: "%PDF-1.7 canary" }],
    ["base64 that is cut", { content: base64(PDF).slice(0, 21) }],
    ["another field", { file: base64(PDF) }],
    ["a number", { content: 7 }],
    ["a list", [base64(PDF)]],
  ])(
    "that is %s is refused, and the error shows none of it",
    async (_, body) => {
      const { wire } = await serve(json(200, body))
      const error = await gatewayErrorOf(wire.getAccountStatement(DAYS))
      expect(error).toMatchObject({ code: "masspay.off_contract" })
      expect(error.message).toMatch(/account statement.*content|whole body/)
      expect(JSON.stringify([error, error.message])).not.toContain("canary")
    }
  )

  it("that is too large is not read", async () => {
    const content = "A".repeat(11 * 1024 * 1024)
    const { wire } = await serve(json(200, { content }))
    const error = await gatewayErrorOf(wire.getAccountStatement(DAYS))
    expect(error.disposition).toBe("retry")
  })
})

describe("autopayout rules", () => {
  const RULE = {
    token: "autopayout_1",
    destination_token: "dest_1",
    percentage: 62.5,
    attr_set_token: "attr_canary",
  }
  const WALLET = { user_token: "usr_1", wallet_token: "usr_wlt_1" }

  it("are those of one wallet, without what they pay to", async () => {
    const { server, wire } = await serve(json(200, [RULE]))

    expect(await wire.listAutopayouts(WALLET)).toEqual([
      { token: "autopayout_1", destination_token: "dest_1", percentage: 62.5 },
    ])
    expect(server.seen).toMatchObject([
      {
        method: "GET",
        url: "/v1.0.0/payout/wallet/usr_1/usr_wlt_1/autopayout",
      },
    ])
  })

  it.each([
    [{ ...RULE, percentage: 101 }],
    [{ ...RULE, percentage: "all" }],
    [{ percentage: 1 }],
  ])("that are not as agreed are refused: %j", async (rule) => {
    const { wire } = await serve(json(200, [rule]))
    const error = await gatewayErrorOf(wire.listAutopayouts(WALLET))
    expect(error).toMatchObject({ code: "masspay.off_contract" })
  })

  it("of a token that could be a path are not asked for", async () => {
    const { server, wire } = await serve(json(200, []))
    await gatewayErrorOf(
      wire.listAutopayouts({ ...WALLET, wallet_token: "../../user/usr_2" })
    )
    expect(server.seen).toEqual([])
  })
})
