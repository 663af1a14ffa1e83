import { readdirSync, readFileSync } from "node:fs"
import { join, sep } from "node:path"

import type MarketplaceModuleService from "../../demo/src/modules/marketplace/service"
import { kernelFrom } from "../../src/kernel"
import type { AdminPayeeListResponse } from "../../src/types/http"
import type { HostSuite } from "./support/host"
import { openMarketplace } from "./support/marketplace"
import { restOf, runJobs, until } from "./support/plugin"

const ROUTES = join(__dirname, "../../src/api/vendor/masspay")
const PERIOD = "currency_code=usd&from=2020-01-01&to=2100-01-01"
const RETURN_URL = "return_url=https://shop.example/back"

const HANDLES = ["ada", "bob"] as const
type Handle = (typeof HANDLES)[number]
/** What only one vendor has; nothing of it may reach another. */
type Hers = {
  vendor_id: string
  payee_id: string
  user_token: string
  /** Every id, token, link and amount that tells her from others. */
  marks: string[]
}
type Case = {
  /** With what the route needs in its query. */
  path: string
  /** Of a POST: valid, and harmless to repeat. */
  body?: (n: number) => object
  /** Of the answer to her first request; 200 unless it is said. */
  status?: number
  /** A word of the answer that is only hers: shows that it answered, and for whom. */
  shows?: (hers: Hers, amounts: Amounts) => string
}
/** `taken`: what she took out of her wallet herself. */
type Amounts = { sold: string; bonus: string; taken: string }

// Three digits before the point: no time of an answer looks like one of these.
const AMOUNTS: Record<Handle, Amounts> = {
  ada: { sold: "112.51", bonus: "107.31", taken: "103.17" },
  bob: { sold: "225.03", bonus: "209.47", taken: "206.29" },
}

/** A bank in the US: what chooses it, and what it asks for, as the sandbox has them. */
let bank: { choice: object; values: Record<string, string> }

/** A payout of whoever is signed in. */
let ownPayout = ""

/** One for every route of the folder: a route without one fails the first test. */
const CASES: Record<string, Case> = {
  "GET destinations": { path: "destinations" },
  "GET destinations/routes": {
    path: "destinations/routes?currency_code=usd&country_code=us",
  },
  "POST destinations": {
    path: "destinations",
    body: (n) => ({ request_id: `choose-${n}`, ...bank.choice }),
  },
  "GET destinations/attributes": {
    path: "destinations/attributes?currency_code=usd",
  },
  "POST destinations/attributes": {
    path: "destinations/attributes",
    body: (n) => ({
      request_id: `details-${n}`,
      currency_code: "usd",
      values: bank.values,
    }),
  },
  "GET autopayouts": { path: "autopayouts" },
  "POST autopayouts": {
    path: "autopayouts",
    body: (n) => ({
      request_id: `rule-${n}`,
      currency_code: "usd",
      percentage: 10,
    }),
  },
  "DELETE autopayouts": {
    path: "autopayouts?rule_id=autopayout_none&request_id=end-rule",
    status: 404,
  },
  // Hers went into her wallet: there is no paper about it, and no code.
  "GET payouts/[id]/confirmation": {
    path: "payouts/OWN_PAYOUT/confirmation",
    status: 400,
  },
  "GET payouts/[id]/pickup-code": {
    path: "payouts/OWN_PAYOUT/pickup-code",
    status: 400,
  },
  "GET activation-link": { path: "activation-link" },
  "GET balance": { path: "balance", shows: (_, { sold }) => sold },
  "GET kyc-requests": {
    path: "kyc-requests",
    shows: ({ marks }) => marks.find((mark) => mark.startsWith("/v")) ?? "none",
  },
  "POST kyc-link": {
    path: "kyc-link",
    body: (n) => ({ request_id: `isolation-${n}` }),
  },
  "GET ledger": { path: "ledger", shows: (_, { sold }) => sold },
  "GET me": { path: "me", shows: ({ vendor_id }) => vendor_id },
  "GET payouts": { path: "payouts", shows: (_, { sold }) => sold },
  "POST profile": { path: "profile", body: () => ({ city: "Springfield" }) },
  "GET statement": {
    path: `statement?${PERIOD}`,
    shows: ({ vendor_id }) => vendor_id,
  },
  "GET statement.csv": {
    path: `statement.csv?${PERIOD}`,
    shows: (_, { sold }) => sold,
  },
  "GET statement.html": {
    path: `statement.html?${PERIOD}`,
    shows: (_, { sold }) => sold,
  },
  "GET withdrawals": { path: "withdrawals", shows: (_, { taken }) => taken },
  "GET tax-link": { path: `tax-link?${RETURN_URL}` },
}

/** Names under which a request could say whose data it means. */
const NAMES = [
  "vendor_id",
  "payee_id",
  "user_token",
  "payee",
  "vendor",
  "seller_id",
  "id",
  "actor_id",
  "internal_user_id",
  "source_token",
  "destination_token",
  "wallet_token",
] as const

function routesOfTheFolder(): string[] {
  return readdirSync(ROUTES, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("route.ts"))
    .flatMap((file) => {
      const path = file.split(sep).slice(0, -1).join("/")
      const source = readFileSync(join(ROUTES, file), "utf8")
      const methods = [
        ...source.matchAll(
          /export (?:const|async function|function) (GET|POST|PUT|PATCH|DELETE)\b/g
        ),
      ].map(([, method]) => method)
      // A file that says its methods in another way is read by nobody here.
      return methods.length === 0
        ? [`? ${path}`]
        : methods.map((method) => `${method} ${path}`)
    })
    .sort()
}

export const vendorIsolation: HostSuite = ({
  shop,
  getContainer,
  admin,
  sandbox,
  http,
}) => {
  const market = openMarketplace(getContainer)

  /** Both are paid what they sold for. */
  async function twoPaidVendors(): Promise<Record<string, string>> {
    const order = await market.family(shop, {
      vendors: { ada: [AMOUNTS.ada.sold], bob: [AMOUNTS.bob.sold] },
      platform: [],
    })
    await shop.pay(order.parent)
    await shop.complete(order.parent)
    await restOf(getContainer())
    await runJobs(getContainer())
    return order.vendors
  }

  async function bookBonuses(vendors: Record<string, string>): Promise<void> {
    const operator = await admin("booker@example.com")
    for (const handle of HANDLES) {
      const { payees } = await operator.get<AdminPayeeListResponse>(
        `payees?q=${vendors[handle]}`
      )
      const { status } = await operator.post(
        `payees/${payees[0]?.id}/adjustments`,
        {
          amount: AMOUNTS[handle].bonus,
          currency_code: "usd",
          reason: `a bonus for ${handle}`,
          request_id: `bonus-${handle}`,
        }
      )
      expect(status).toBe(200)
    }
  }

  /** Both were paid, have a bonus waiting, and are locked, each with a link of her own. */
  async function twoVendors(): Promise<Record<Handle, Hers>> {
    const vendors = await twoPaidVendors()
    for (const handle of HANDLES) {
      sandbox().control.lockUser(userOf(handle).user_token, "identity")
    }
    await bookBonuses(vendors)
    const { books } = await kernelFrom(getContainer())
    await until("two payees of whom papers are wanted", async () => {
      await runJobs(getContainer())
      const locked = await books.rows(
        `select id from masspay_payee where status = 'locked' and papers_wanted`
      )
      return locked.length === 2
    })
    // Also whoever is told of it: her rows are compared later.
    await until("everybody to be told", async () => {
      const { nudgeMails } = await kernelFrom(getContainer())
      await restOf(getContainer())
      await nudgeMails.idle()
      const pending = await books.rows(
        `select id from masspay_notification where state = 'pending'`
      )
      return pending.length === 0
    })
    for (const handle of HANDLES) {
      const { user_token } = userOf(handle)
      await books.rows(
        `insert into masspay_remote_transaction
             (id, token, user_token, type, remote_type, remote_status,
              source_amount, source_currency_code, destination_token, time_of_txn)
           values (?, ?, ?, 'payout', 'payout', 'COMPLETED', ?, 'USD', ?, masspay_now())`,
        [
          `msrtx_${handle}`,
          `pyt_${user_token}`,
          user_token,
          AMOUNTS[handle].taken.replace(".", ""),
          `dest_of_${user_token}`,
        ]
      )
    }
    bank = await readBank()
    ownPayout = await payoutOf(vendors.bob ?? "")
    return {
      ada: await hersOf("ada", vendors.ada ?? ""),
      bob: await hersOf("bob", vendors.bob ?? ""),
    }
  }

  function userOf(handle: Handle) {
    const user = sandbox()
      .control.state()
      .users.find(({ email }) => email === `${handle}@example.com`)
    if (!user) throw new Error(`${handle} has no user`)
    return user
  }

  async function hersOf(handle: Handle, vendor_id: string): Promise<Hers> {
    const { books } = await kernelFrom(getContainer())
    const ids = await books.rows<{ id: string | null }>(
      `select unnest(array[id, vendor_id, user_token, internal_user_id]) as id
           from masspay_payee where vendor_id = ?
         union all
         select unnest(array[id, order_id]) from masspay_settlement where vendor_id = ?
         union all select id from masspay_ledger_entry where vendor_id = ?
         union all select id from masspay_payout where vendor_id = ?
         union all select r.id from masspay_kyc_request r
           join masspay_payee y on y.id = r.payee_id where y.vendor_id = ?
         union all
         select unnest(array[o.client_id, o.remote_token]) from masspay_operation o
           join masspay_payout p on p.id = o.payout_id where p.vendor_id = ?`,
      Array.from({ length: 6 }, () => vendor_id)
    )
    const [payee] = await books.rows<{ id: string; user_token: string }>(
      `select id, user_token from masspay_payee where vendor_id = ?`,
      [vendor_id]
    )
    const { lock, wallets, user_token } = userOf(handle)
    if (!payee || !lock?.link) throw new Error(`${handle} is not set up`)
    expect(payee.user_token).toBe(user_token)
    const marks = [
      ...ids.flatMap(({ id }) => id ?? []),
      ...wallets.map(({ wallet_token }) => wallet_token),
      new URL(lock.link).pathname,
      ...Object.values(AMOUNTS[handle]),
      `${handle}@example.com`,
    ]
    expect(marks.length).toBeGreaterThan(12)
    return { vendor_id, payee_id: payee.id, user_token, marks }
  }

  /** What any vendor may know of a bank in the US, read from the sandbox itself. */
  async function readBank(): Promise<typeof bank> {
    const ask = async (path: string) => {
      const { url, apiKey } = sandbox()
      const answer = await fetch(`${url}/v1.0.0/payout/${path}`, {
        headers: { authorization: `Bearer ${apiKey}` },
      })
      return (await answer.json()) as unknown
    }
    const { companies } = (await ask("country/USA/best")) as {
      companies: {
        services: {
          delivery_type: string
          payers: { destination_token: string; fee: number }[]
        }[]
      }[]
    }
    const payer = companies
      .flatMap(({ services }) => services)
      .find(({ delivery_type }) => delivery_type === "BANK_DEPOSIT")?.payers[0]
    if (!payer) throw new Error("There is no bank in the US")
    const { destination_token, fee } = payer
    const { user_token } = userOf("ada")
    const asked = (await ask(
      `attribute/${user_token}/${destination_token}/USD`
    )) as { token: string; label: string }[]
    const given: Record<string, string> = {
      "Routing number": "021000021",
      "Account number": "471108150001",
      "Account type": "Checking",
    }
    return {
      choice: {
        currency_code: "usd",
        country_code: "us",
        destination_token,
        destination_currency_code: "USD",
        shown: {
          fee: fee.toFixed(2),
          exchange_rate: "1",
          destination_currency_code: "USD",
        },
      },
      values: Object.fromEntries(
        asked.map(({ token, label }) => [token, given[label] ?? ""])
      ),
    }
  }

  async function payoutOf(vendor_id: string): Promise<string> {
    const { books } = await kernelFrom(getContainer())
    const [payout] = await books.rows<{ id: string }>(
      `select id from masspay_payout where vendor_id = ? limit 1`,
      [vendor_id]
    )
    if (!payout) throw new Error("She has no payout")
    return payout.id
  }

  /** As her admin, who has the vendor's handle in her e-mail address. */
  async function signedIn(handle: Handle): Promise<object> {
    const marketplace =
      getContainer().resolve<MarketplaceModuleService>("marketplace")
    const [member] = await marketplace.listVendorAdmins({
      email: `${handle}@example.com`,
    })
    return shop.actorHeaders({
      actor_type: "vendor",
      actor_id: member?.id ?? "",
    })
  }

  let asked = 0
  /** Sends the request of a case, changed as the test wants it. */
  async function send(
    route: string,
    headers: object,
    change: {
      query?: Record<string, string>
      body?: Record<string, string>
      path?: (path: string) => string
      headers?: Record<string, string>
    } = {}
  ): Promise<{ status: number; text: string }> {
    asked += 1
    const { path, body } = CASES[route] ?? { path: "none" }
    const [plain = "", query = ""] = path.split("?")
    const wanted = new URLSearchParams(query)
    for (const [name, value] of Object.entries(change.query ?? {})) {
      wanted.set(name, value)
    }
    const own = plain.replace("OWN_PAYOUT", ownPayout)
    const address = `/vendor/masspay/${change.path?.(own) ?? own}?${wanted}`
    const given = (headers as { headers?: object }).headers
    const config = {
      headers: { ...given, ...change.headers },
      validateStatus: () => true,
    }
    const { status, data } = body
      ? await http.post(address, { ...body(asked), ...change.body }, config)
      : route.startsWith("DELETE")
        ? await http.delete(address, config)
        : await http.get(address, config)
    return {
      status,
      text: typeof data === "string" ? data : JSON.stringify(data),
    }
  }

  /** Every row of hers in every table, and her user at MassPay. */
  async function everythingOf(handle: Handle, { vendor_id, payee_id }: Hers) {
    const { books } = await kernelFrom(getContainer())
    const columns = await books.rows<{ table: string; column: string }>(
      `select c.table_name as table, c.column_name as column
           from information_schema.columns c
           join information_schema.tables t using (table_schema, table_name)
          where c.table_schema = 'public' and c.table_name like 'masspay%'
            and t.table_type = 'BASE TABLE'
            and c.column_name in ('vendor_id', 'payee_id')
          order by 1, 2`
    )
    expect(columns.length).toBeGreaterThan(6)
    const rows: string[] = []
    for (const { table, column } of columns) {
      const found = await books.rows<{ row: string }>(
        `select t::text as row from "${table}" t where "${column}" = ? order by 1`,
        [column === "vendor_id" ? vendor_id : payee_id]
      )
      rows.push(...found.map(({ row }) => `${table} ${row}`))
    }
    return { rows, user: userOf(handle) }
  }

  function requestsSince(seq: number): string[] {
    return sandbox()
      .control.journal({ after: seq })
      .entries.flatMap((entry) =>
        entry.kind === "request"
          ? [`${entry.method} ${entry.path} ${entry.query} ${entry.user_token}`]
          : []
      )
  }
  const lastSeq = () => sandbox().control.state().last_seq

  function expectNothingOf({ marks }: Hers, what: object, text: string) {
    const found = marks.filter((mark) => text.includes(mark))
    expect({ ...what, found }).toEqual({ ...what, found: [] })
  }

  it("has a case for every vendor route, so that a new one cannot come without", () => {
    expect(routesOfTheFolder()).toEqual(Object.keys(CASES).sort())
  })

  it("answers each vendor with what is hers, and asks MassPay about nobody else", async () => {
    const { ada, bob } = await twoVendors()
    for (const [handle, hers, other] of [
      ["ada", ada, bob],
      ["bob", bob, ada],
    ] as const) {
      const headers = await signedIn(handle)
      ownPayout = await payoutOf(hers.vendor_id)
      for (const route of Object.keys(CASES)) {
        const before = lastSeq()
        const { status, text } = await send(route, headers)
        expect({ route, status }).toEqual({
          route,
          // MassPay takes no change of the profile of somebody who is locked.
          status:
            route === "POST profile" ? 400 : (CASES[route]?.status ?? 200),
        })
        const own = CASES[route]?.shows?.(hers, AMOUNTS[handle])
        if (own !== undefined) expect(text).toContain(own)
        expectNothingOf(other, { route, handle }, text)
        for (const request of requestsSince(before)) {
          expectNothingOf(other, { route, handle }, request)
        }
      }
    }
  })

  it("takes nobody's word for whose data is meant: in the address, in the query, in the body, in a header", async () => {
    const { ada, bob } = await twoVendors()
    const headers = await signedIn("bob")
    const before = await everythingOf("ada", ada)
    const seq = lastSeq()
    const stolen = [ada.vendor_id, ada.payee_id, ada.user_token]

    for (const [route, { body }] of Object.entries(CASES)) {
      for (const name of NAMES) {
        for (const value of stolen) {
          const what = { route, name, value }
          if (body) {
            const named = await send(route, headers, {
              body: { [name]: value },
            })
            expect({ ...what, status: named.status }).toEqual({
              ...what,
              status: 400,
            })
            continue
          }
          const { status, text } = await send(route, headers, {
            query: { [name]: value },
          })
          expect({ ...what, status }).toEqual({ ...what, status: 400 })
          expectNothingOf(ada, what, text.replaceAll(value, ""))
        }
      }
      // Once, because these make something at MassPay.
      if (body) {
        const { text } = await send(route, headers, {
          query: {
            vendor_id: ada.vendor_id,
            payee_id: ada.payee_id,
            user_token: ada.user_token,
          },
        })
        expectNothingOf(ada, { route, how: "query of a POST" }, text)
      }
      for (const value of stolen) {
        for (const path of [
          (plain: string) => `${plain}/${value}`,
          (plain: string) => `${value}/${plain}`,
          (plain: string) => `payees/${value}/${plain}`,
          (plain: string) => `${plain}%2F..%2F${value}`,
        ]) {
          const answer = await send(route, headers, { path })
          const what = { route, path: path("*") }
          expect({ ...what, status: answer.status }).toEqual({
            ...what,
            status: 404,
          })
        }
        const { text } = await send(route, headers, {
          headers: {
            "x-vendor-id": value,
            "x-seller-id": value,
            "x-actor-id": value,
            "x-medusa-seller-id": value,
          },
        })
        expectNothingOf(ada, { route, how: "header" }, text)
      }
    }

    for (const request of requestsSince(seq)) {
      expectNothingOf(ada, { how: "asked MassPay" }, request)
      expect(request).toContain(bob.user_token)
    }
    expect(await everythingOf("ada", ada)).toEqual(before)
  })

  it("takes another vendor's ids for values of its filters, and finds nothing by them", async () => {
    const { ada } = await twoVendors()
    const headers = await signedIn("bob")
    for (const [route, name] of [
      ["GET payouts", "state"],
      ["GET payouts", "currency_code"],
      ["GET payouts", "created_at"],
      ["GET payouts", "offset"],
      ["GET ledger", "kind"],
      ["GET ledger", "currency_code"],
      ["GET ledger", "created_at"],
      ["GET statement", "currency_code"],
      ["GET statement", "from"],
      ["GET statement.csv", "to"],
      ["GET statement.html", "currency_code"],
      ["GET tax-link", "return_url"],
      ["GET destinations/routes", "currency_code"],
      ["GET destinations/routes", "destination_currency_code"],
      ["GET destinations/routes", "country_code"],
      ["GET destinations/attributes", "currency_code"],
    ] as const) {
      for (const value of ada.marks) {
        const { status, text } = await send(route, headers, {
          query: { [name]: value },
        })
        expect({ route, name, value, status }).toEqual({
          route,
          name,
          value,
          status: 400,
        })
        expectNothingOf(ada, { route, name }, text.replaceAll(value, ""))
      }
    }
  })

  it("finds no payout of another's, whatever it is asked for", async () => {
    const { ada } = await twoVendors()
    const headers = await signedIn("bob")
    const seq = lastSeq()
    ownPayout = await payoutOf(ada.vendor_id)
    for (const route of [
      "GET payouts/[id]/confirmation",
      "GET payouts/[id]/pickup-code",
    ]) {
      const { status, text } = await send(route, headers)
      expect({ route, status }).toEqual({ route, status: 404 })
      expectNothingOf(ada, { route }, text)
    }
    expect(requestsSince(seq)).toEqual([])
  })

  it("ends no rule and shows no destination of another's", async () => {
    const { ada } = await twoVendors()
    const hers = await signedIn("ada")
    for (const route of [
      "POST destinations",
      "POST destinations/attributes",
      "POST autopayouts",
    ]) {
      const { status } = await send(route, hers)
      expect({ route, status }).toEqual({ route, status: 200 })
    }
    const before = await everythingOf("ada", ada)
    const rules = (await send("GET autopayouts", hers)).text
    const [rule] = (JSON.parse(rules) as { autopayouts: { id: string }[] })
      .autopayouts

    const headers = await signedIn("bob")
    const ended = await send("DELETE autopayouts", headers, {
      query: { rule_id: rule?.id ?? "" },
    })
    expect(ended.status).toBe(404)
    for (const route of ["GET destinations/attributes", "POST autopayouts"]) {
      const { status } = await send(route, headers)
      expect({ route, status }).toEqual({ route, status: 400 })
    }
    const list = await send("GET destinations", headers)
    expect(JSON.parse(list.text)).toMatchObject({ destinations: [] })
    expect((await send("GET autopayouts", hers)).text).toBe(rules)
    expect(await everythingOf("ada", ada)).toEqual(before)
  })

  it("is closed to operators, programs, customers, strangers, and to whoever says she is a vendor", async () => {
    const { ada } = await twoVendors()
    const before = await everythingOf("ada", ada)
    const seq = lastSeq()
    const as = (actor_type: string, actor_id: string) =>
      shop.actorHeaders({ actor_type, actor_id })
    const strangers: [object, number][] = [
      [{}, 401],
      [{ headers: { authorization: "Bearer nonsense" } }, 401],
      [await shop.adminHeaders(), 403],
      [as("customer", "cus_1"), 403],
      [as("customer", ada.vendor_id), 403],
      // The vendor's own id, her payee's and her user's are nobody's login.
      [as("vendor", ada.vendor_id), 403],
      [as("vendor", ada.payee_id), 403],
      [as("vendor", ada.user_token), 403],
      [as("seller", ada.vendor_id), 403],
      [await shop.keyHeaders(), 401],
    ]
    for (const [n, [headers, expected]] of strangers.entries()) {
      for (const route of Object.keys(CASES)) {
        const { status, text } = await send(route, headers)
        expect({ n, route, status }).toEqual({ n, route, status: expected })
        expectNothingOf(ada, { n, route }, text)
      }
    }
    expect(requestsSince(seq)).toEqual([])
    expect(await everythingOf("ada", ada)).toEqual(before)
  })

  it("pays each vendor into her own wallet, whatever token another one gave", async () => {
    const vendors = await twoPaidVendors()
    const [ada, bob] = [userOf("ada"), userOf("bob")]
    const headers = await signedIn("bob")
    for (const body of [
      { user_token: ada.user_token },
      { payee_id: ada.user_token },
      { internal_user_id: ada.internal_user_id },
      { source_token: ada.wallets[0]?.wallet_token ?? "" },
    ]) {
      for (const route of ["POST profile", "POST kyc-link"]) {
        const { status } = await send(route, headers, { body: { ...body } })
        expect({ route, body, status }).toEqual({ route, body, status: 400 })
      }
    }
    // Also into a record that her marketplace may let her write.
    const marketplace =
      getContainer().resolve<MarketplaceModuleService>("marketplace")
    await marketplace.updateVendors({
      id: vendors.bob ?? "",
      name: ada.user_token,
      handle: ada.internal_user_id,
    })
    const { books } = await kernelFrom(getContainer())
    const linked = `select vendor_id, user_token, internal_user_id
                        from masspay_payee order by vendor_id`
    const before = await books.rows(linked)

    await bookBonuses(vendors)
    await until("both to be paid their bonus", async () => {
      await runJobs(getContainer())
      const paid = await books.rows(
        `select id from masspay_payout where status = 'completed'`
      )
      return paid.length === 4
    })

    expect(await books.rows(linked)).toEqual(before)
    for (const [user, held] of [
      [ada, "219.82"],
      [bob, "434.50"],
    ] as const) {
      const now = sandbox()
        .control.state()
        .users.find(({ user_token }) => user_token === user.user_token)
      expect(now).toMatchObject({
        email: user.email,
        wallets: [{ balance: held }],
      })
    }
  })
}
