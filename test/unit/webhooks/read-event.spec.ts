import { readWebhookEvent } from "../../../src/modules/masspay-gateway/webhooks/read-event"

const CANARIES = [
  "123-45-6789",
  "000-12-3456",
  "jane@example.com",
  "Jane Vendor",
  "https://l.maspay.io/secret",
  "4111111111111111",
]
const OURS = `mplabc123${"0".repeat(40)}`

const read = (event: unknown) =>
  readWebhookEvent(Buffer.from(JSON.stringify(event)))

const personal = {
  TIN: "123-45-6789",
  tin: "000-12-3456",
  EmailAddress: "jane@example.com",
  email: "jane@example.com",
  LegalName: "Jane Vendor",
  notes: "for jane@example.com",
  payer_name: "Jane Vendor",
  link: "https://l.maspay.io/secret",
  account_number: "4111111111111111",
  metadata: { email: "jane@example.com" },
}

it.each([
  [
    "payout",
    {
      event_type: "payout",
      payout_token: "pay_1",
      client_transfer_id: OURS,
      status: "PENDING",
    },
  ],
  [
    "load",
    {
      event_type: "load",
      load_token: "lod_1",
      client_load_id: OURS,
      status: "COMPLETED",
    },
  ],
  [
    "spendback",
    {
      event_type: "spendback",
      spendback_token: "sb_1",
      client_spendback_id: OURS,
      status: "success",
    },
  ],
])("of a %s its ids, status and amounts are kept", (kind, event) => {
  expect(read(event)).toMatchObject({
    kind,
    event_type: kind,
    client_id: OURS,
    remote_token: expect.stringMatching(/_1$/) as unknown,
    status: event.status,
  })
})

it("of money, the amount as it is written and nothing that is no amount", () => {
  const amounts = (fields: object) =>
    read({ event_type: "load", ...fields }).details
  expect(amounts({ amount: 12.34, source_currency_code: "USD" })).toEqual({
    amount: "12.34",
    source_currency_code: "USD",
  })
  expect(amounts({ amount: "12.34" })).toEqual({ amount: "12.34" })
  for (const amount of [1e21, null, {}, [], true, "12,34", "1e3", "Jane"]) {
    expect(amounts({ amount })).toEqual({})
  }
})

it("of a person, only who and how she stands", () => {
  for (const event of [
    { event_type: "user", user_token: "usr_1", status: "LOCKED" },
    { event_type: "kyc", user_token: "usr_1", status: "LOCKED" },
    { event_type: "user.status", user_token: "usr_1", status: "LOCKED" },
    { user_token: "usr_1", status: "LOCKED" },
  ]) {
    expect(read({ ...event, ...personal })).toMatchObject({
      kind: "user",
      user_token: "usr_1",
      status: "LOCKED",
      details: {},
      remote_token: null,
      client_id: null,
    })
  }
})

it("of a tax interview, whose it is and its status", () => {
  const event = {
    IdentityKey: "123-45-6789",
    AccountId: "usr_1",
    TaxStatus: "TaxInfoOnFile",
    ...personal,
  }
  expect(read(event)).toMatchObject({
    kind: "tax",
    event_type: null,
    user_token: "usr_1",
    status: "TaxInfoOnFile",
    details: {},
  })
  // Whatever it says it is.
  expect(read({ ...event, event_type: "load" }).kind).toBe("tax")
})

it.each([
  "load",
  "payout",
  "spendback",
  "user",
  "kyc",
  "tax",
  "balance_credit",
  "card.shipped",
  undefined,
])("nothing personal of a %s is kept", (event_type) => {
  const kept = JSON.stringify(
    read({
      event_type,
      status: "jane@example.com",
      status_reason:
        "Rejected: jane@example.com, 123-45-6789, https://l.maspay.io/secret, 4111111111111111",
      client_load_id: "jane@example.com",
      client_transfer_id: "123-45-6789",
      client_spendback_id: "Jane Vendor",
      load_token: "jane@example.com",
      user_token: "Jane Vendor",
      AccountId: "jane@example.com",
      amount: "jane@example.com",
      source_currency_code: "Jane Vendor",
      ...personal,
    })
  )
  for (const canary of CANARIES) expect(kept).not.toContain(canary)
})

it("is not confused by what is no event", () => {
  for (const event of [null, 1, "load", [], [{ event_type: "load" }]]) {
    expect(read(event).kind).toBe("unreadable")
  }
  for (const text of [
    "",
    "{",
    "\u0000",
    '{"event_type":',
    "[".repeat(200_000),
  ]) {
    expect(readWebhookEvent(Buffer.from(text)).kind).toBe("unreadable")
  }
  for (const event_type of [
    7,
    null,
    {},
    ["load"],
    "load\u0000",
    "",
    "constructor",
    "__proto__",
  ]) {
    expect(read({ event_type }).kind).toBe("unknown")
  }
  const polluted = readWebhookEvent(
    Buffer.from('{"__proto__":{"event_type":"load"},"constructor":1}')
  )
  expect(polluted.kind).toBe("unknown")
  const wrong = {
    event_type: "load",
    load_token: { a: 1 },
    client_load_id: 7,
    status: ["X"],
  }
  expect(read(wrong)).toMatchObject({
    kind: "load",
    remote_token: null,
    client_id: null,
    status: null,
  })
})

it("tells bodies apart by their bytes", () => {
  const one = readWebhookEvent(Buffer.from('{"a":1}'))
  const other = readWebhookEvent(Buffer.from('{"a": 1}'))
  expect(one.body_sha256).toMatch(/^[0-9a-f]{64}$/)
  expect(one.body_sha256).not.toBe(other.body_sha256)
})
