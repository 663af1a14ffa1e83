import {
  type RequestEntry,
  type Sandbox,
  type SandboxOptions,
  startSandbox,
} from "../../../sandbox"

export const NOON = new Date("2026-03-02T12:00:00.000Z")
export const DAY_MS = 86_400_000

export type Reply = {
  status: number
  headers: Headers
  text: string
  /** The parsed body, or undefined when it is not JSON. */
  json: unknown
}

export type CallOptions = {
  body?: unknown
  key?: string
  headers?: Record<string, string>
  signal?: AbortSignal
}

export type Client = {
  sandbox: Sandbox
  call: (method: string, path: string, options?: CallOptions) => Promise<Reply>
  api: (method: string, path: string, options?: CallOptions) => Promise<Reply>
}

const running: Sandbox[] = []

/** A frozen clock and a seed, so that nothing in a test depends on when it runs. */
export async function aSandbox(options: SandboxOptions = {}): Promise<Client> {
  const sandbox = await startSandbox({
    seed: 1,
    startAt: NOON,
    isClockFrozen: true,
    currencies: { USD: "1000.00", EUR: "1000.00", JPY: "100000" },
    ...options,
  })
  running.push(sandbox)
  return aClient(sandbox)
}

/** For `afterEach`. Also the place where every test proves that the books balance. */
export async function stopSandboxes(): Promise<void> {
  const reports = running.map((sandbox) => sandbox.control.audit())
  await Promise.all(running.splice(0).map((sandbox) => sandbox.stop()))
  for (const report of reports) expect(report.problems).toEqual([])
}

export function aClient(sandbox: Sandbox): Client {
  const call: Client["call"] = async (method, path, options = {}) => {
    const { body, key, headers, signal } = options
    const response = await fetch(sandbox.url + path, {
      method,
      headers: {
        authorization: `Bearer ${sandbox.apiKey}`,
        ...(body !== undefined && { "content-type": "application/json" }),
        ...(key !== undefined && { "idempotency-key": key }),
        ...headers,
      },
      ...(body !== undefined && {
        body: typeof body === "string" ? body : JSON.stringify(body),
      }),
      ...(signal && { signal }),
    })
    const text = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: parse(text),
    }
  }
  return {
    sandbox,
    call,
    api: (method, path, options) =>
      call(method, `/v1.0.0/payout${path}`, options),
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

type Row = Record<string, unknown>

/** The rows of a list; fails when the answer is not one. */
export function rows({ json }: Reply): Row[] {
  expect(json).toBeInstanceOf(Array)
  return json as Row[]
}

/** A text in the body; fails when it is not there. */
export function field({ json }: Reply, name: string): string {
  const value = (json as Row | undefined)?.[name]
  expect(typeof value).toBe("string")
  return value as string
}

/** What an answer of the payout API says is wrong. */
export function details({ json }: Reply): string[] {
  const { error } = json as { error?: { details?: string[] } }
  return error?.details ?? []
}

/** Jest's own matchers, with a type that lint can live with. */
export const anyText: unknown = expect.any(String)
export function like(pattern: RegExp): unknown {
  return expect.stringMatching(pattern)
}
export function containing(text: string): unknown {
  return expect.stringContaining(text)
}

let users = 0

export function aProfile(overrides: object = {}): object {
  users += 1
  return {
    internal_user_id: `vendor-${users}`,
    country: "USA",
    first_name: "Ada",
    last_name: "Byron",
    email: `ada${users}@example.com`,
    ...overrides,
  }
}

export async function aUser(
  client: Client,
  overrides: object = {}
): Promise<string> {
  const reply = await client.api("POST", "/user", { body: aProfile(overrides) })
  expect(reply.status).toBe(201)
  return field(reply, "user_token")
}

export async function fundingToken(
  client: Client,
  currency = "USD"
): Promise<string> {
  const list = rows(await client.api("GET", "/account/balance"))
  return String(list.find((row) => row.currency_code === currency)?.token)
}

export async function aLoadBody(
  client: Client,
  overrides: { source_currency_code?: string } & Record<string, unknown> = {}
): Promise<Record<string, unknown>> {
  const currency = overrides.source_currency_code ?? "USD"
  return {
    client_load_id: "load-1",
    source_token: await fundingToken(client, currency),
    source_currency_code: currency,
    amount: 10.5,
    notify_user: false,
    ...overrides,
  }
}

/** What is where, in one line each: "USD 989.50". */
export function balances(client: Client): { funding: string; users: string } {
  const { wallets } = client.sandbox.control.audit()
  const text = (owned: boolean): string =>
    wallets
      .filter((wallet) => (wallet.user_token !== null) === owned)
      .map((wallet) => `${wallet.currency_code} ${wallet.balance}`)
      .join(", ")
  return { funding: text(false), users: text(true) }
}

export function executedLoads(client: Client): Record<string, number> {
  return client.sandbox.control.audit().executed_loads
}

export function requests(client: Client): RequestEntry[] {
  return client.sandbox.control
    .journal()
    .entries.filter((entry): entry is RequestEntry => entry.kind === "request")
}

export function lastRequest(client: Client): RequestEntry {
  const last = requests(client).at(-1)
  if (!last) throw new Error("The journal has no request")
  return last
}

/** Waits for a condition by looking again and again; says what it waited for. */
export async function until(
  what: string,
  isTrue: () => boolean | Promise<boolean>
): Promise<void> {
  const deadline = Date.now() + 60_000
  while (!(await isTrue())) {
    if (Date.now() > deadline) throw new Error(`Waited in vain until ${what}`)
    await new Promise((resolve) => setImmediate(resolve))
  }
}
