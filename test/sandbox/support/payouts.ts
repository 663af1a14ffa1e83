import type { PayoutView } from "../../../sandbox"
import {
  aUser,
  type Client,
  field,
  fundingToken,
  type Reply,
  rows,
} from "./harness"

/** What the sandbox's payers are asked for, with values that fit. */
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

export type Offer = { token: string; min_limit: number; fee: number }

/** The destination with this name in the catalog of a country. */
export async function anOffer(
  client: Client,
  country: string,
  payer: string
): Promise<Offer> {
  const reply = await client.api(
    "GET",
    `/country/${country}?payer_name=${payer}`
  )
  const { companies } = reply.json as {
    companies: {
      services: {
        payers: { destination_token: string; min_limit: number; fee: number }[]
      }[]
    }[]
  }
  const found = companies[0]?.services[0]?.payers[0]
  if (!found) throw new Error(`There is no ${payer} in ${country}`)
  const { destination_token, min_limit, fee } = found
  return { token: destination_token, min_limit, fee }
}

export async function aPayee(
  client: Client,
  overrides: object = {}
): Promise<string> {
  return aUser(client, {
    address1: "1 Main Street",
    city: "Springfield",
    date_of_birth: "1990-05-17",
    ...overrides,
  })
}

export async function storeValues(
  client: Client,
  route: { user: string; destination: string; currency: string },
  changed: Record<string, string> = {}
): Promise<Reply> {
  const path = `/attribute/${route.user}/${route.destination}/${route.currency}`
  const asked = rows(await client.api("GET", path))
  const values = asked
    .filter(({ is_optional }) => is_optional === false)
    .map(({ token, label }) => ({
      token,
      value: { ...VALUES, ...changed }[String(label)] ?? "",
    }))
  return client.api("POST", path, { body: { values } })
}

export type Ready = {
  user: string
  destination: string
  currency: string
  set: string
  source: string
}

/** A user with all a payer wants to know of her. */
export async function aReadyPayee(
  client: Client,
  { country = "USA", payer = "Sandbox Bank USA", currency = "USD" } = {}
): Promise<Ready> {
  const user = await aPayee(client)
  const { token: destination } = await anOffer(client, country, payer)
  const stored = await storeValues(client, { user, destination, currency })
  return {
    user,
    destination,
    currency,
    set: field(stored, "attr_set_token"),
    source: await fundingToken(client),
  }
}

export function quote(
  client: Client,
  ready: Ready,
  {
    key,
    query = "",
    ...overrides
  }: { key?: string; query?: string } & Record<string, unknown> = {}
): Promise<Reply> {
  return client.api("POST", `/${ready.user}${query}`, {
    body: {
      client_transfer_id: "debt-1",
      source_token: ready.source,
      destination_token: ready.destination,
      attr_set_token: ready.set,
      source_currency_code: "USD",
      destination_currency_code: ready.currency,
      ...("destination_amount" in overrides ? {} : { source_amount: 100 }),
      ...overrides,
    },
    ...(key !== undefined && { key }),
  })
}

export function commit(
  client: Client,
  { user }: Ready,
  token: string,
  key?: string
): Promise<Reply> {
  return client.api("PUT", `/${user}/${token}`, {
    ...(key !== undefined && { key }),
  })
}

/** A quote that was committed. */
export async function aPayout(
  client: Client,
  ready: Ready,
  overrides: Record<string, unknown> = {}
): Promise<string> {
  const token = field(await quote(client, ready, overrides), "payout_token")
  const committed = await commit(client, ready, token)
  expect(committed.json).toMatchObject({ status: "success" })
  return token
}

export function payoutOf({ sandbox }: Client, token: string): PayoutView {
  const found = sandbox.control
    .payouts()
    .payouts.find(({ payout_token }) => payout_token === token)
  if (!found) throw new Error(`There is no payout ${token}`)
  return found
}

/** Where the money of the account is: "USD 1000.00". */
export function funding({ sandbox }: Client): string {
  const wallet = sandbox.control
    .audit()
    .wallets.find(
      ({ user_token, currency_code }) =>
        user_token === null && currency_code === "USD"
    )
  return `USD ${wallet?.balance}`
}
