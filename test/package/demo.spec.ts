import { spawnSync } from "node:child_process"
import path from "node:path"
import { pathToFileURL } from "node:url"

const ROOT = path.join(__dirname, "../..")
const DEMO = path.join(ROOT, "scripts/demo.mjs")
const LIB = pathToFileURL(path.join(ROOT, "demo/lib/")).href

type Part = {
  order_id: string
  cents: string
  held: string | null
  is_released: boolean
}

describe("the demo's own sums", () => {
  it("owe nothing for an order that is not captured, or less than it costs", () => {
    for (const amount of [0, 120.99]) {
      const order = anOrder(paidWith(amount))
      expect(earningsOf(order)).toMatchObject([{ is_released: false }])
    }
  })

  it("owe nothing for an order that is not completed, or is cancelled", () => {
    const pending = anOrder({ status: "pending" })
    const canceled = anOrder({ canceled_at: "2026-01-01T00:00:00Z" })

    for (const order of [pending, canceled]) {
      expect(earningsOf(order)).toMatchObject([{ is_released: false }])
    }
  })

  it("say why nothing is owed yet", () => {
    const part = (overrides: object) =>
      earningsOf(anOrder({ status: "pending", ...overrides }))[0]?.held

    expect(part({})).toBe("not_released")
    expect(part(paidWith(0))).toBe("not_captured")
    expect(part(paidWith(60))).toBe("partially_captured")
    expect(part({ canceled_at: "2026-01-01T00:00:00Z" })).toBe("canceled")
    expect(part({ status: "completed" })).toBeNull()
  })

  it("owe nothing while a refund of several vendors' order is nobody's", () => {
    const paid = anOrder({
      vendor: null,
      total: 73,
      ...paidWith(77, [4]),
    })
    const children = [
      anOrder({ id: "order_a", items: [anItem({ id: "a", unit_price: 20 })] }),
      anOrder({ id: "order_b", items: [anItem({ id: "b", unit_price: 40 })] }),
    ]

    expect(earningsOf(paid, children)).toMatchObject([
      { order_id: "order_a", held: "unallocated_refund", is_released: false },
      { order_id: "order_b", held: "unallocated_refund", is_released: false },
    ])
    // Less was refunded than is missing: that is no refund.
    const without = { ...paid, ...paidWith(77, [3]) }
    expect(() => earningsOf(without, children)).toThrow("miss its total")
  })

  it("keep a tenth of the goods, and nothing of shipping and tax", () => {
    // 100.00 - 10.00 commission + 10.00 shipping, and 10 % tax on both
    expect(earningsOf(anOrder())).toEqual([
      expect.objectContaining({ cents: "11100", is_released: true }),
    ])
  })

  it("round a commission of exactly half a cent to the even one", () => {
    const centsOf = (unit_price: number, total: number) => {
      const items = [anItem({ unit_price, tax_lines: [] })]
      return earningsOf(anOrder({ items, total }))[0]?.cents
    }

    // 11.00 is shipping; commission on the goods is 0.025 and 0.035
    expect(centsOf(0.25, 11.25)).toBe("1123")
    expect(centsOf(0.35, 11.35)).toBe("1131")
  })

  it("share shipping once, by value, however often the orders repeat it", () => {
    const paid = anOrder({ status: "pending", vendor: null, total: 77 })
    const children = [
      anOrder({ id: "order_a", items: [anItem({ id: "a", unit_price: 20 })] }),
      anOrder({ id: "order_b", items: [anItem({ id: "b", unit_price: 40 })] }),
    ]

    // 20.00 + 2.00 - 2.00 + a third of 11.00, and 40.00 + 4.00 - 4.00 + the rest
    expect(earningsOf(paid, children)).toMatchObject([
      { order_id: "order_a", cents: "2366" },
      { order_id: "order_b", cents: "4734" },
    ])
  })

  it("refuse an order whose lines miss its total", () => {
    expect(() => earningsOf(anOrder({ total: 122 }))).toThrow("miss its total")
  })
})

describe("the demo's verdict", () => {
  const maya = { id: "ven", name: "Maya", country_code: "US" }
  const admins = [{ email: "maya@example.com" }]
  const order = () => anOrder({ vendor: { ...maya, admins } })

  it("is no for a cent too much, a cent too little, and an empty wallet", () => {
    for (const balance of ["111.01", "110.99", "0.00"]) {
      const verdict = verdictOn(order(), [walletOf("maya", balance)])
      expect(verdict).toMatchObject({ isRight: false })
    }
    expect(verdictOn(order(), [])).toMatchObject({ isRight: false })
  })

  it("is no when somebody got money whom the shop owes nothing", () => {
    const users = [walletOf("maya", "111.00"), walletOf("mallory", "0.01")]

    expect(verdictOn(order(), users)).toMatchObject({ isRight: false })
  })

  it("is no when a vendor who cannot be reached was paid all the same", () => {
    const nobody = anOrder({ vendor: { ...maya, admins: [] } })

    expect(verdictOn(nobody, [walletOf("maya", "111.00")])).toMatchObject({
      isRight: false,
    })
    expect(verdictOn(nobody, [])).toMatchObject({
      isRight: true,
      rows: [{ earned: "111.00", expected: "0.00", wallet: "0.00" }],
    })
  })

  it("leaves out what somebody paid by hand, and nothing that a shop paid", () => {
    const loadOf = (client_load_id: string, status = "COMPLETED") => ({
      ...{ client_load_id, status, user_token: "usr_maya" },
      ...{ currency_code: "USD", amount: "5.00" },
    })
    const verdict = (loads: object[]) =>
      verdictOn(order(), [walletOf("maya", "116.00")], 0, [], loads)

    expect(verdict([loadOf("by-hand")])).toMatchObject({ isRight: true })
    for (const other of [
      loadOf("mpl0000shop"),
      loadOf("by-hand", "CANCELLED"),
      { ...loadOf("by-hand"), user_token: "usr_mallory" },
      { ...loadOf("by-hand"), currency_code: "EUR" },
    ]) {
      expect(verdict([other])).toMatchObject({ isRight: false })
    }
  })

  it("counts what arrived where she is paid directly, once it has", () => {
    const payoutOf = (change: object = {}) => ({
      ...{ client_transfer_id: "mpl0000shop", user_token: "usr_maya" },
      ...{ source_currency_code: "USD", source_amount: "111.00" },
      ...{ destination_amount: "1914.75", status: "COMPLETED" },
      ...change,
    })
    const verdict = (payouts: object[], wallet = "0.00") =>
      verdictOn(order(), [walletOf("maya", wallet)], 0, [], [], payouts)

    expect(verdict([payoutOf()])).toMatchObject({
      isRight: true,
      rows: [{ expected: "111.00", wallet: "0.00", bank: "111.00" }],
    })
    for (const payouts of [
      [payoutOf({ status: "PROCESSING" })],
      [payoutOf({ status: "CANCELLED" })],
      [payoutOf({ source_amount: "110.99" })],
      [payoutOf({ source_currency_code: "EUR" })],
      [payoutOf({ user_token: "usr_mallory" })],
      [payoutOf({ client_transfer_id: "by-hand" })],
      [payoutOf({ client_transfer_id: null })],
      [payoutOf(), payoutOf()],
    ]) {
      expect(verdict(payouts)).toMatchObject({ isRight: false })
    }
    // Paid twice, into her wallet and at her bank.
    expect(verdict([payoutOf()], "111.00")).toMatchObject({ isRight: false })
  })

  it("is yes to the cent", () => {
    expect(verdictOn(order(), [walletOf("maya", "111.00")])).toMatchObject({
      isRight: true,
      rows: [{ id: "ven", currency: "USD", expected: "111.00" }],
    })
  })
})

describe("the demo's verdict on what is not paid", () => {
  const owed = (open: string, reason: string) => ({
    id: "ven",
    name: "Maya",
    currency: "USD",
    open,
    reason,
  })
  const said = (open: string, reason: string) => ({
    vendor_id: "ven",
    vendor_name: "Maya",
    currency_code: "USD",
    open,
    reason,
    detail: null,
  })

  it("is yes when amount and reason are those of the shop's orders", () => {
    expect(
      judge([owed("-9.95", "negative")], [said("-9.95", "negative")])
    ).toBe(true)
    expect(judge([{ ...owed("0.00", ""), reason: null }], [])).toBe(true)
  })

  it("is no for another reason, another amount, too little and too much", () => {
    const due = [owed("5.00", "below_minimum")]

    expect(judge(due, [said("5.00", "paused")])).toBe(false)
    expect(judge(due, [said("5.01", "below_minimum")])).toBe(false)
    expect(judge(due, [])).toBe(false)
    expect(judge([], [said("5.00", "below_minimum")])).toBe(false)
  })

  it("expects that a small sum waits, and that what was paid stays paid", () => {
    const maya = { id: "ven", name: "Maya", country_code: "US" }
    const admins = [{ email: "maya@example.com" }]
    // 5.00 of goods less a tenth, and no more than that.
    const small = anOrder({
      vendor: { ...maya, admins },
      items: [anItem({ unit_price: 5, tax_lines: [] })],
      shipping_methods: [],
      total: 5,
    })
    const rowAfter = (cents: number) =>
      (verdictOn(small, [], cents) as { rows: object[] }).rows[0]

    expect(rowAfter(0)).toMatchObject({
      ...{ expected: "0.00", open: "4.50", reason: "below_minimum" },
    })
    expect(rowAfter(450)).toMatchObject({
      ...{ expected: "4.50", open: "0.00", reason: null },
    })
    expect(rowAfter(1000)).toMatchObject({
      ...{ expected: "10.00", open: "-5.50", reason: "negative" },
    })
  })

  it("expects that what an operator holds is earned and not paid", () => {
    const admins = [{ email: "maya@example.com" }]
    const maya = { id: "ven", name: "Maya", country_code: "US", admins }
    const verdictWith = (hold: object) =>
      verdictOn(anOrder({ vendor: maya }), [], 0, [hold])

    expect(verdictWith({ order_id: "order" })).toMatchObject({
      isRight: true,
      rows: [
        { earned: "111.00", expected: "0.00", open: "111.00", reason: "hold" },
      ],
    })
    expect(verdictWith({ order_id: "order_other" })).toMatchObject({
      isRight: false,
      rows: [{ expected: "111.00", open: "0.00", reason: null }],
    })
  })

  it("asks every order whether it is held, and why", () => {
    const held = anOrder({ status: "pending" })
    const answer = (state: string, reason: string | null) => ({
      settlements: [
        { order_id: "order", vendor_id: "ven", state, reason, net: "111.00" },
      ],
    })

    expect(heldOn(held, answer("held", "not_released"))).toBe(true)
    expect(heldOn(held, answer("held", "not_captured"))).toBe(false)
    expect(heldOn(held, answer("paid", null))).toBe(false)
    expect(heldOn(held, { settlements: [] })).toBe(false)
    expect(heldOn(anOrder(), answer("held", "not_released"))).toBe(false)
    expect(heldOn(anOrder(), answer("paid", null))).toBe(true)
  })

  it("names what the demo promises to show and did not", () => {
    expect(
      ask(
        `const { whatIsMissing } = await import(LIB + "preview.mjs")
         say(whatIsMissing(input))`,
        {
          open: [{ reason: "negative" }, { reason: "not_linked" }],
          held: [{ reason: "not_captured" }, { reason: "not_released" }],
        }
      )
    ).toEqual(["below_minimum", "hold", "unallocated_refund"])
  })
})

describe("what the demo put wrong at MassPay", () => {
  const planted = {
    flipped: { load_token: "ld_flipped" },
    byHand: { load_token: "ld_by_hand" },
  }
  const flip = {
    ...{ class: "D03", state: "healed", action: "truth_applied" },
    remote_token: "ld_flipped",
  }
  const byHand = {
    ...{ class: "D07", state: "open", action: "flagged" },
    remote_token: "ld_by_hand",
  }

  it("is found when both are, as they should be, and nothing else", () => {
    expect(judgeFound(planted, [byHand, flip])).toEqual({
      problems: [],
      flips: 1,
    })
  })

  it("is not found when one is missing, or is another, or has another end", () => {
    for (const found of [
      [],
      [flip],
      [byHand],
      [{ ...flip, remote_token: "ld_by_hand" }, byHand],
      [{ ...flip, state: "open" }, byHand],
      [flip, { ...byHand, state: "healed" }],
      [flip, { ...byHand, class: "D06", action: "adopted_and_paused" }],
      [flip, byHand, { ...byHand, remote_token: "ld_other" }],
      [flip, byHand, { ...flip, class: "D05", state: "open" }],
    ]) {
      expect(judgeFound(planted, found).problems).not.toEqual([])
    }
  })
})

describe("what the demo pays a vendor directly", () => {
  const offer = { fee: "1.50", rate: "17.25", received: "2123.47" }
  const payout = { amount: "123.10", method: "direct", status: "completed" }
  const remote = {
    ...{ committed_at: "2026-01-01T00:00:00Z", status: "COMPLETED" },
    ...{ source_amount: "123.10", fee: "1.50", exchange_rate: "17.250" },
    ...{ destination_amount: "2123.47", out: "124.60" },
  }
  const quote = { ...remote, committed_at: null, status: "PENDING", out: "0" }
  const pdf = { type: "application/pdf", text: "%PDF-1.4\n…\n%%EOF\n" }
  const judge = ({
    plugin = payout,
    payouts = [remote],
    files = [pdf, pdf],
  }: {
    plugin?: object
    payouts?: object[]
    files?: object[]
  }) => judgeDirect({ offer, payout: plugin, remote: payouts, files })

  it("is right when amount, fee, rate and what arrived are its own sums", () => {
    expect(judge({})).toEqual([])
    // Quotes that nobody committed moved nothing.
    expect(judge({ payouts: [quote, remote] })).toEqual([])
  })

  it("is wrong, and says what, when any of it differs", () => {
    for (const [change, says] of [
      [{ source_amount: "123.09" }, "the amount is 123.09"],
      [{ fee: "1.51" }, "the fee is 1.51"],
      [{ exchange_rate: "17.2501" }, "the rate"],
      [{ destination_amount: "2123.48" }, "what she received is 2123.48"],
      [{ out: "123.10" }, "what the funding wallet gave is 123.10"],
      [{ status: "PROCESSING" }, "MassPay's status is PROCESSING"],
    ] as const) {
      const problems = judge({ payouts: [{ ...remote, ...change }] })
      expect(problems).toEqual([expect.stringContaining(says)])
    }
    for (const change of [
      { amount: "124.60" },
      { method: "wallet" },
      { status: "accepted" },
    ]) {
      expect(judge({ plugin: { ...payout, ...change } })).toHaveLength(1)
    }
  })

  it("is wrong when MassPay paid nothing, or twice", () => {
    for (const payouts of [[], [quote], [remote, remote]]) {
      expect(judge({ payouts })).toEqual([
        expect.stringContaining("MassPay carried out"),
      ])
    }
  })

  it("is wrong when either of the two gets no whole PDF", () => {
    for (const file of [
      { ...pdf, type: "application/json" },
      { ...pdf, text: "<html>…%%EOF" },
      { ...pdf, text: "%PDF-1.4\n…" },
    ]) {
      for (const files of [[file, pdf], [pdf, file], [pdf]]) {
        expect(judge({ files })).toEqual(["MassPay's confirmation is no PDF"])
      }
    }
  })

  it("arrives by MassPay's own offer, less what is below a cent", () => {
    const offerOf = (amount: string, exchange_rate: number) =>
      ask(
        `const { createServer } = await import("node:http")
         const { readOffer } = await import(LIB + "direct.mjs")
         const [amount, exchange_rate] = input
         const payer = {
           destination_token: "dest", fee: 1.5,
           exchange_rate: [{ currency_symbol: "MXN", exchange_rate }],
         }
         const body = { companies: [{ services: [{ payers: [payer] }] }] }
         const massPay = createServer((_, answer) =>
           answer.end(JSON.stringify(body)))
         await new Promise((done) => massPay.listen(0, "127.0.0.1", done))
         const url = "http://127.0.0.1:" + massPay.address().port
         const route = { destination_token: "dest", country_code: "MEX",
           destination_currency_code: "MXN" }
         say(await readOffer({ url, apiKey: "key" }, { amount, route }))
         process.exit()`,
        [amount, exchange_rate]
      )

    // 123.10 × 17.25 is 2123.475
    expect(offerOf("123.10", 17.25)).toEqual(offer)
    expect(offerOf("100.00", 17)).toMatchObject({ received: "1700.00" })
    expect(offerOf("0.01", 0.5)).toMatchObject({ received: "0.00" })
  })
})

describe("the demo's last line", () => {
  it("counts all payouts by status, and those that went directly by themselves", () => {
    const rows = [
      { method: "wallet", status: "completed" },
      { method: "wallet", status: "void" },
      { method: "direct", status: "completed" },
      { method: "direct", status: "void" },
      { method: "direct", status: "completed" },
    ]
    const line = ask(
      `const { lastLine } = await import(LIB + "last-line.mjs")
       const shop = { adminList: async () => input }
       const verdict = { wallets: [], open: [], held: [], isRight: true }
       say(await lastLine({ shop, verdict, ok: true, seconds: 1, orders: [1, 2],
         direct: { fee: "1.50", order: {}, problems: [] }, mail: { to: "x" },
         reconciliation: { flips: 1 }, hears: { events: true, webhooks: false } }))`,
      rows
    )

    expect(line).toEqual({
      ...{ ok: true, orders: 2, vendors: [], open: [], held: [] },
      payouts: {
        ...{ completed: 3, void: 2 },
        direct: { completed: 2, void: 1 },
      },
      direct: { fee: "1.50" },
      kyc: { mailed: { to: "x" }, paid: true },
      reconciliation: { flips: 1 },
      ...{ events: true, webhooks: false, seconds: 1 },
    })
  })
})

describe("npm run demo", () => {
  it("takes no event and no webhook only by their flags", () => {
    const env = (events: boolean, webhooks: boolean) =>
      ask(
        `const { shopEnvironment } = await import(LIB + "stack.mjs")
         const server = { url: "x" }
         say(shopEnvironment({ database: server, massPay: server,
           dashboard: false, hears: input }))`,
        { events, webhooks }
      )

    expect(env(true, true)).toMatchObject({
      DEMO_EVENTS: "on",
      DEMO_WEBHOOKS: "on",
    })
    expect(env(false, true)).toMatchObject({ DEMO_EVENTS: "off" })
    expect(env(true, false)).toMatchObject({ DEMO_WEBHOOKS: "off" })
  })

  it.each(["--no-events=yes", "--events", "--no-webhook", "now"])(
    "refuses %s",
    (flag) => {
      const { status, stderr } = spawnSync(process.execPath, [DEMO, flag], {
        encoding: "utf8",
      })

      expect(status).toBe(2)
      expect(stderr).toContain(flag.split("=")[0])
      expect(stderr).toContain("--no-events")
      expect(stderr).toContain("--no-webhooks")
    }
  )

  it("refuses a flag it does not know, and says which there are", () => {
    const { status, stderr } = spawnSync(process.execPath, [DEMO, "--exot"], {
      encoding: "utf8",
    })

    expect(status).toBe(2)
    expect(stderr).toContain("'--exot'")
    expect(stderr).toContain("--exit")
  })

  it("explains itself", () => {
    const { status, stdout } = spawnSync(process.execPath, [DEMO, "--help"], {
      encoding: "utf8",
    })

    expect(status).toBe(0)
    expect(stdout).toContain("--json")
  })
})

const TEN_PERCENT = [{ rate: 10 }]

function anItem(overrides: object = {}): object {
  return {
    id: "item",
    quantity: 1,
    unit_price: 100,
    detail: { return_received_quantity: 0 },
    adjustments: [],
    tax_lines: TEN_PERCENT,
    ...overrides,
  }
}

/** Captured and completed: 100.00 of goods, 10.00 of shipping, 10 % tax. */
function anOrder(overrides: { total?: number } & Record<string, unknown> = {}) {
  const total = overrides.total ?? 121
  return {
    id: "order",
    display_id: 1,
    status: "completed",
    currency_code: "usd",
    total,
    canceled_at: null,
    vendor: { id: "ven", name: "A vendor", country_code: "US", admins: [] },
    items: [anItem()],
    shipping_methods: [{ id: "ship", amount: 10, tax_lines: TEN_PERCENT }],
    ...paidWith(total),
    ...overrides,
  }
}

function paidWith(
  amount: number,
  refunded: number[] = []
): Record<string, unknown> {
  const captures = amount === 0 ? [] : [{ amount }]
  const refunds = refunded.map((one) => ({ amount: one }))
  return { payment_collections: [{ payments: [{ captures, refunds }] }] }
}

function walletOf(name: string, balance: string): object {
  const wallets = [{ currency_code: "USD", balance }]
  return { email: `${name}@example.com`, user_token: `usr_${name}`, wallets }
}

function earningsOf(paid: object, children: object[] = []): Part[] {
  return ask(
    `const { earningsOf } = await import(LIB + "earnings.mjs")
     say(earningsOf(...input))`,
    [paid, children]
  ) as Part[]
}

/** What the demo thinks of a shop with one order and a MassPay with these users, where `paid` cents were right before. */
function verdictOn(
  order: object,
  users: object[],
  paid = 0,
  holds: object[] = [],
  loads: object[] = [],
  payouts: object[] = []
): unknown {
  return ask(
    `const { createServer } = await import("node:http")
     const { compareWallets } = await import(LIB + "verdict.mjs")
     const [order, users, paid, holds, loads, payouts] = input
     const before = new Map([["ven USD", BigInt(paid)]])
     const state = JSON.stringify({
       ...{ users, user_count: users.length },
       ...{ loads, load_count: loads.length },
       ...{ payouts, payout_count: payouts.length },
     })
     const massPay = createServer((_, response) => response.end(state))
     await new Promise((done) => massPay.listen(0, "127.0.0.1", done))
     const massPayUrl = "http://127.0.0.1:" + massPay.address().port
     const lists = { orders: [order], holds }
     const shop = { adminList: async (_, key) => lists[key] }
     say(await compareWallets({ shop, massPayUrl, before }))
     process.exit()`,
    [order, users, paid, holds, loads, payouts]
  )
}

/** Whether the demo agrees with what the plugin says about open money. */
function judge(wallets: object[], preview: object[]): boolean {
  return ask(
    `const { judgePreview } = await import(LIB + "preview.mjs")
     say(judgePreview(...input).isRight)`,
    [wallets, preview]
  ) as boolean
}

/** The same of one order, and of how the plugin settles it. */
function heldOn(order: object, settlements: object): boolean {
  return ask(
    `const { compareHeld } = await import(LIB + "preview.mjs")
     const [order, answer] = input
     const shop = { adminList: async () => [order], admin: async () => answer }
     say((await compareHeld({ shop })).isRight)`,
    [order, settlements]
  ) as boolean
}

/** What the demo says of what a comparison found. */
function judgeFound(planted: object, found: object[]) {
  return ask(
    `const { judgeFound } = await import(LIB + "compare.mjs")
     say(judgeFound(...input))`,
    [planted, found]
  ) as { problems: string[]; flips: number }
}

/** What the demo says of a direct payout of 123.10. */
function judgeDirect(input: object): string[] {
  return ask(
    `const { judgeDirect } = await import(LIB + "direct.mjs")
     const files = input.files.map(({ type, text }) =>
       ({ type, bytes: Buffer.from(text, "latin1") }))
     say(judgeDirect({ ...input, files, amount: "123.10" }))`,
    input
  ) as string[]
}

/** The demo is made of ES modules, which jest does not load: asked in a process of its own. */
function ask(script: string, input: unknown): unknown {
  const setting = `
    const LIB = ${JSON.stringify(LIB)}
    const input = JSON.parse(process.argv[1])
    const text = (_, value) => typeof value === "bigint" ? String(value) : value
    const say = (answer) => console.log(JSON.stringify(answer, text))`
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      "--input-type=module",
      "-e",
      setting + "\n" + script,
      JSON.stringify(input),
    ],
    { encoding: "utf8" }
  )
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}
