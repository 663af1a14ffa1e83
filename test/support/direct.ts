import type { PayoutView, RequestEntry } from "../../sandbox"
import { directMoneyText } from "../../src/domain/direct-request"
import { clientId, commitIdOf, payoutSourceKey } from "../../src/domain/ids"
import { DEFAULT_DIRECT, type DirectPolicy } from "../../src/domain/quotes"
import { newId } from "../../src/modules/masspay/queries/new-id"
import {
  aPayee,
  MINUTE_MS,
  type Payee,
  requests,
  type Shop,
  type TestPayout,
} from "./payout-shop"

/** Up to a hundred times the payout: small ones cost more than themselves. */
export const ANY_FEE: DirectPolicy = {
  ...DEFAULT_DIRECT,
  bounds: { ...DEFAULT_DIRECT.bounds, fee_basis_points: 1_000_000 },
}

type Json = Record<string, unknown>

/** What the sandbox's payers ask for, with values that fit. */
const VALUES: Record<string, string> = {
  "Routing number": "021000021",
  "Account number": "12345678",
  "Account type": "Checking",
  IBAN: "DE89370400440532013000",
  CLABE: "032180000118359719",
  "Date of birth": "1990-05-17",
  "Mobile number": "254700000001",
  "Street and number": "1 Main Street",
  City: "Springfield",
}

/** MassPay's API, without the plugin's wire. */
async function ask(
  { sandbox }: Pick<Shop, "sandbox">,
  method: string,
  path: string,
  body?: object
): Promise<Json> {
  const response = await fetch(`${sandbox.url}/v1.0.0/payout${path}`, {
    method,
    headers: {
      authorization: `Bearer ${sandbox.apiKey}`,
      "content-type": "application/json",
      ...(method !== "GET" && { "idempotency-key": newId("key") }),
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  if (!response.ok) {
    throw new Error(`${method} ${path}: ${await response.text()}`)
  }
  return (await response.json()) as Json
}

export type Destination = { id: string; destination_token: string }

/** Puts a complete destination in use, in the books and at the sandbox. */
export async function aDestination(
  shop: Pick<Shop, "books" | "sandbox">,
  payee: Payee,
  {
    country = "MEX",
    currency = "MXN",
    payer = "Sandbox Bank Mexico",
    ...columns
  }: {
    country?: string
    currency?: string
    payer?: string
    min_amount?: string
    max_amount?: string
    exchange_rate?: string | null
  } = {}
): Promise<Destination> {
  // Profiles are another matter.
  shop.sandbox.control.changeSettings({ payout_profile: "any" })
  const { companies } = (await ask(
    shop,
    "GET",
    `/country/${country}?payer_name=${encodeURIComponent(payer)}&destination_currency=${currency}`
  )) as {
    companies: {
      services: {
        delivery_type: string
        payers: {
          destination_token: string
          exchange_rate: { currency_symbol: string; exchange_rate: number }[]
        }[]
      }[]
    }[]
  }
  const service = companies[0]?.services[0]
  const found = service?.payers[0]
  if (!service || !found) throw new Error(`There is no ${payer} in ${country}`)
  const { destination_token } = found
  const path = `/attribute/${payee.user_token}/${destination_token}/${currency}`
  const fields = (await ask(shop, "GET", path)) as unknown as {
    token: string
    label: string
    is_optional: boolean
  }[]
  const { attr_set_token } = await ask(shop, "POST", path, {
    values: fields
      .filter(({ is_optional }) => !is_optional)
      .map(({ token, label }) => ({ token, value: VALUES[label] ?? "" })),
  })
  const rate = found.exchange_rate.find(
    ({ currency_symbol }) => currency_symbol === currency
  )
  const id = newId("msdst")
  await shop.books.db.rows(
    `update masspay_destination set replaced_at = masspay_now()
      where payee_id = ? and currency_code = 'USD' and replaced_at is null`,
    [payee.id]
  )
  await shop.books.db.rows(
    `insert into masspay_destination
       (id, payee_id, vendor_id, user_token, currency_code, destination_token,
        destination_currency_code, country_code, payer_name, delivery_type,
        attr_set_token, exchange_rate, min_amount, max_amount, status, chosen_by)
     values (?, ?, ?, ?, 'USD', ?, ?, ?, ?, ?, ?, ?, ?, ?, 'ready', 'test')`,
    [
      id,
      payee.id,
      payee.vendor_id,
      payee.user_token,
      destination_token,
      currency,
      country,
      payer,
      service.delivery_type,
      attr_set_token,
      columns.exchange_rate === undefined
        ? String(rate?.exchange_rate ?? 1)
        : columns.exchange_rate,
      columns.min_amount ?? null,
      columns.max_amount ?? null,
    ]
  )
  await shop.books.db.rows(
    `update masspay_payee set method = 'direct' where id = ?`,
    [payee.id]
  )
  return { id, destination_token }
}

/** A vendor with an active MassPay user and somewhere to be paid. */
export async function aDirectPayee(shop: Shop): Promise<Payee> {
  const payee = await aPayee(shop)
  await aDestination(shop, payee)
  return payee
}

/** A ready direct payout of one fresh entry. */
export async function aDirectPayout(
  shop: Shop,
  { payee, amount = 100_00n }: { payee?: Payee; amount?: bigint } = {}
): Promise<TestPayout> {
  const owner = payee ?? (await aDirectPayee(shop))
  const id = newId("mspo")
  const entry_id = newId("mslen")
  const source_key = payoutSourceKey([{ source_key: entry_id, amount }], 0)
  const client_id = clientId({
    tag: shop.tag,
    source_key,
    kind: "commit",
    n: 1,
  })
  await shop.books.db.tx(async (sql) => {
    await sql.rows(
      `insert into masspay_ledger_entry
         (id, vendor_id, currency_code, amount, kind, source_key, reason, available_at)
       values (?, ?, 'USD', ?, 'adjustment', ?, 'test', masspay_now())`,
      [entry_id, owner.vendor_id, amount.toString(), entry_id]
    )
    await sql.rows(
      `insert into masspay_payout
         (id, payee_id, vendor_id, method, status, amount, currency_code,
          source_key, user_token, source_token, oldest_entry_at)
       values (?, ?, ?, 'direct', 'ready', ?, 'USD', ?, ?, ?, masspay_now())`,
      [
        id,
        owner.id,
        owner.vendor_id,
        amount.toString(),
        source_key,
        owner.user_token,
        shop.source_token,
      ]
    )
    await sql.rows(
      `insert into masspay_payout_item (id, payout_id, entry_id, amount)
       values (?, ?, ?, ?)`,
      [newId("mspit"), id, entry_id, amount.toString()]
    )
    await sql.rows(
      `insert into masspay_operation (id, payout_id, kind, client_id, request_text)
       values (?, ?, 'commit', ?, ?)`,
      [
        newId("msop"),
        id,
        client_id,
        directMoneyText({
          client_id,
          source_token: shop.source_token,
          amount,
          currency_code: "USD",
          notify_user: false,
          metadata: { vendor_id: owner.vendor_id },
        }),
      ]
    )
    await sql.rows(
      `insert into masspay_payout_event (id, payout_id, version, to_status, event)
       values (?, ?, 1, 'ready', 'collected')`,
      [newId("mspev"), id]
    )
  })
  return { id, client_id, payee: owner }
}

/** What the sandbox has of direct payouts, quotes included. */
export function remotePayouts({
  sandbox,
}: Pick<Shop, "sandbox">): PayoutView[] {
  return sandbox.control.payouts().payouts
}

/** Those that money moved for. */
export function committed(shop: Pick<Shop, "sandbox">): PayoutView[] {
  return remotePayouts(shop).filter(({ committed_at }) => committed_at !== null)
}

/** What is with payees, or on its way to them, in our own words and cents. */
export function outDirectly(shop: Pick<Shop, "sandbox">): {
  commit_id: string
  cents: number
  user_token: string
  payout_token: string
}[] {
  return committed(shop)
    .filter((payout) => payout.status !== "CANCELLED" && !isReversed(payout))
    .map((payout) => ({
      commit_id: commitIdOf(payout.client_transfer_id ?? "") ?? "",
      cents: Math.round(Number(payout.source_amount) * 100),
      user_token: payout.user_token,
      payout_token: payout.payout_token,
    }))
}

function isReversed(payout: PayoutView): boolean {
  return payout.reversed_amount === payout.destination_amount
}

/** What nobody may do with a quote, whatever happened. */
export function directSins({ sandbox }: Pick<Shop, "sandbox">): string[] {
  const { payouts } = sandbox.control.audit()
  const { committed_again, committed_late, below_minimum } = payouts
  const { reversed_again } = payouts
  return [
    ...committed_again.map((token) => `committed again: ${token}`),
    ...committed_late.map((token) => `committed late: ${token}`),
    ...reversed_again.map((token) => `reversed again: ${token}`),
    ...below_minimum.map((token) => `below the minimum: ${token}`),
  ]
}

const QUOTE = /\/payout\/usr_[^/]+$/
const COMMIT = /\/payout\/usr_[^/]+\/[^/]+$/

export function sentQuotes(shop: Shop): RequestEntry[] {
  return requests(shop).filter(
    ({ method, path }) => method === "POST" && QUOTE.test(path)
  )
}

export function sentCommits(shop: Shop): RequestEntry[] {
  return requests(shop).filter(
    ({ method, path }) => method === "PUT" && COMMIT.test(path)
  )
}

/** Past a quote's life and the time in which a commit must show. */
export const SHOWN_MS = 6 * MINUTE_MS

/** What somebody else than these books did: a quote, committed. Returns the payout's token. */
export async function pay(
  shop: Shop,
  {
    payee,
    client_transfer_id,
    amount,
    source_token = shop.source_token,
  }: {
    payee: Payee
    client_transfer_id: string
    amount: number
    source_token?: string
  }
): Promise<string> {
  const [to] = await shop.books.db.rows<{
    destination_token: string
    destination_currency_code: string
    attr_set_token: string
  }>(
    `select destination_token, destination_currency_code, attr_set_token
       from masspay_destination where payee_id = ? and replaced_at is null`,
    [payee.id]
  )
  const { payout_token } = await ask(shop, "POST", `/${payee.user_token}`, {
    ...to,
    client_transfer_id,
    source_token,
    source_amount: amount,
    source_currency_code: "USD",
  })
  const token = String(payout_token)
  const path = `/${payee.user_token}/${token}`
  const { status } = await ask(shop, "PUT", path)
  if (status !== "success")
    throw new Error(`The commit ended ${String(status)}`)
  return token
}
