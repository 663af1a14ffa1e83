import { aLoadBody, aUser, type Client, field, type Reply } from "./harness"

/** A user with one load of 10.50 USD, and where its money is. */
export type Paid = { user: string; load: string; wallet: string }

export async function aPaidUser(
  client: Client,
  overrides: object = {}
): Promise<Paid> {
  const user = await aUser(client)
  const reply = await client.api("POST", `/load/${user}`, {
    body: await aLoadBody(client, { ...overrides }),
  })
  return {
    user,
    load: field(reply, "load_token"),
    wallet: field(reply, "wallet_token"),
  }
}

export function aSpendbackBody(
  { wallet }: Paid,
  overrides: object = {}
): Record<string, unknown> {
  return {
    client_spendback_id: "back-1",
    source_token: wallet,
    source_currency_code: "USD",
    amount: 4.25,
    ...overrides,
  }
}

export function spendBack(
  client: Client,
  paid: Paid,
  { key, ...overrides }: { key?: string } & Record<string, unknown> = {}
): Promise<Reply> {
  return client.api("POST", `/spendback/${paid.user}`, {
    body: aSpendbackBody(paid, overrides),
    ...(key !== undefined && { key }),
  })
}
