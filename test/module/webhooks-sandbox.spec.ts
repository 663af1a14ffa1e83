import { FAKE_TIN, type SignedDelivery } from "../../sandbox"
import { createIntake } from "../../src/api/hooks/masspay/intake"
import {
  createWebhooks,
  SIGNATURE_HEADER,
} from "../../src/modules/masspay-gateway/webhooks"
import { applyWebhooks } from "../../src/runners/apply-webhooks"
import { dispatchPayouts } from "../../src/runners/dispatch"
import {
  aPayout,
  expectBooksToAgree,
  MINUTE_MS,
  openShop,
  readPayout,
  type Shop,
} from "../support/payout-shop"
import { inboxOf, WEBHOOK_SECRET } from "../support/webhooks"

const webhooks = createWebhooks({
  secrets: ["whsec-new", WEBHOOK_SECRET],
  stale: "hint",
  toleranceSeconds: 300,
})

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
  shop.sandbox.webhooks.configure({ secrets: [WEBHOOK_SECRET] })
})
afterEach(() => shop.close())

/** What the route does with a delivery, but for HTTP. */
async function receive({ headers, body }: SignedDelivery): Promise<string> {
  const received = webhooks.receive({
    headers: [headers[SIGNATURE_HEADER] ?? ""],
    body: Buffer.from(body),
    now: new Date(),
  })
  if (received.verdict !== "genuine") return received.verdict
  const { event, mac, signed_at, is_stale } = received
  const intake = createIntake(shop.books.db)
  return (await intake({ ...event, mac, signed_at, is_stale })).did
}

async function receiveAll(): Promise<Record<string, number>> {
  const answers: Record<string, number> = {}
  for (const delivery of shop.sandbox.webhooks.take()) {
    const name = `${delivery.kind}: ${await receive(delivery)}`
    answers[name] = (answers[name] ?? 0) + 1
  }
  return answers
}

async function work(): Promise<void> {
  await shop.passTime(MINUTE_MS + 1_000)
  await applyWebhooks(shop.deps())
}

it.each([
  ["seconds", "hex"],
  ["seconds", "base64"],
  ["milliseconds", "hex"],
  ["iso", "base64"],
] as const)(
  "understands what the sandbox signs in %s and %s",
  async (webhook_timestamp, webhook_encoding) => {
    const { control } = shop.sandbox
    control.changeSettings({ webhook_timestamp, webhook_encoding })
    const payout = await aPayout(shop)
    await dispatchPayouts(shop.deps())
    const [load] = control.loads().loads
    for (const status of [
      "CANCELLED",
      "COMPLETED",
      "CANCELLED",
      "COMPLETED",
      "CANCELLED",
    ] as const) {
      control.setLoadStatus(load?.load_token ?? "", status)
    }
    // All of them have left when the first is looked into.
    expect(await receiveAll()).toEqual({ "first: stored": 6 })
    await work()
    await work()

    expect((await readPayout(shop, payout.id)).status).toBe("cancelled")
    expect((await inboxOf(shop)).map(({ state }) => state)).toEqual(
      Array<string>(6).fill("applied")
    )
    await expectBooksToAgree(shop)
  }
)

it("takes every kind of message for what it is, and keeps nothing personal", async () => {
  const { control, webhooks: posted } = shop.sandbox
  const { payee } = await aPayout(shop)
  await dispatchPayouts(shop.deps())
  control.lockUser(payee.user_token, "identity")
  control.fund({ currency_code: "USD", amount: "10.00" })
  posted.send({ event_type: "card.shipped", user_token: payee.user_token })
  posted.send({
    IdentityKey: "4711",
    AccountId: payee.user_token,
    LegalName: "Ada Vendor",
    TIN: FAKE_TIN,
    TaxStatus: "TaxInfoOnFile",
    EmailAddress: "ada@example.com",
  })
  await receiveAll()
  await work()

  expect(await inboxOf(shop)).toMatchObject([
    { kind: "load", state: "applied", truth_status: "COMPLETED" },
    { kind: "user", state: "applied" },
    { kind: "balance_credit", state: "applied" },
    { kind: "unknown", state: "ignored" },
    { kind: "tax", state: "applied", reason: "noted", status: "TaxInfoOnFile" },
  ])
  const [row] = await shop.books.db.rows<{ status: string }>(
    `select status from masspay_payee where id = ?`,
    [payee.id]
  )
  expect(row?.status).toBe("locked")
  const kept = await shop.books.db.rows<{ row: string }>(
    `select w::text as row from masspay_webhook_event w`
  )
  const text = kept.map((one) => one.row).join("\n")
  for (const personal of [FAKE_TIN, "Ada", "@example.com", "4711"]) {
    expect(text).not.toContain(personal)
  }
})

it("takes repeats once, and forgeries and tampered ones never", async () => {
  const { control, webhooks: posted } = shop.sandbox
  posted.planFaults({
    seed: 5,
    copies_max: 4,
    resign_rate: 0.3,
    forge_rate: 0.5,
  })
  for (let made = 0; made < 10; made += 1) await aPayout(shop)
  await dispatchPayouts(shop.deps())
  posted.armFault({ fault: "tamper", times: 2 })
  for (const { load_token } of control.loads().loads) {
    control.setLoadStatus(load_token, "CANCELLED")
  }
  const answers = await receiveAll()

  const refused = Object.entries(answers).filter(([name]) =>
    /^(forged|tampered)/.test(name)
  )
  expect(refused.length).toBeGreaterThan(0)
  for (const [name] of refused) expect(name).toMatch(/: refused$/)
  const others = Object.keys(answers).filter(
    (name) => !/^(forged|tampered)/.test(name)
  )
  for (const name of others) expect(name).toMatch(/: (stored|known)$/)
  expect(answers["copy: stored"] ?? 0).toBe(0)
  await work()
  await work()
  await expectBooksToAgree(shop)
})
