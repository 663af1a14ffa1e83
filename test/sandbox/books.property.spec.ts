import fc from "fast-check"

import type { Sandbox } from "../../sandbox"
import { startSandbox } from "../../sandbox"
import { aClient, type Client, fundingToken } from "./support/harness"
import { anOffer, aPayee } from "./support/payouts"

type Step =
  | { do: "load"; id: number; user: number; cents: number; key: number }
  | { do: "reverse" | "flip"; pick: number }
  | { do: "withdraw"; pick: number; cents: number }
  | { do: "spendback"; id: number; user: number; cents: number; key: number }
  | { do: "schedule_flip"; id: number; ms: number; isKept: boolean }
  | { do: "quote"; id: number; user: number; cents: number; key: number }
  | { do: "commit" | "cancel" | "call_back"; pick: number; key: number }
  | { do: "payout_status"; pick: number; isOver: boolean }
  | { do: "fee"; isKept: boolean }
  | { do: "autopayout"; user: number; percentage: number }
  | { do: "plan"; seed: number }
  | { do: "advance"; ms: number }
  | { do: "fault"; fault: (typeof FAULTS)[number] }

const FAULTS = [
  "execute_then_500",
  "500_without_executing",
  "execute_then_drop",
  "200_cancelled",
  "200_garbage",
  "504_html_after_execute",
  "truncated_json",
] as const

const small = fc.nat({ max: 5 })
const cents = fc.integer({ min: 1, max: 6_000 })

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("load" as const),
      id: small,
      user: fc.nat({ max: 1 }),
      cents,
      key: small,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("spendback" as const),
      id: small,
      user: fc.nat({ max: 1 }),
      cents,
      key: small,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("quote" as const),
      id: small,
      user: fc.nat({ max: 1 }),
      cents,
      key: small,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom(
        "commit" as const,
        "commit" as const,
        "cancel" as const,
        "call_back" as const
      ),
      pick: small,
      key: small,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("payout_status" as const),
      pick: small,
      isOver: fc.boolean(),
    }),
  },
  fc.record({ do: fc.constant("fee" as const), isKept: fc.boolean() }),
  fc.record({
    do: fc.constant("schedule_flip" as const),
    id: small,
    ms: fc.nat({ max: 30 * 3_600_000 }),
    isKept: fc.boolean(),
  }),
  fc.record({
    do: fc.constant("autopayout" as const),
    user: fc.nat({ max: 1 }),
    percentage: fc.nat({ max: 100 }),
  }),
  fc.record({ do: fc.constant("plan" as const), seed: fc.nat() }),
  fc.record({
    do: fc.constantFrom("reverse" as const, "flip" as const),
    pick: small,
  }),
  fc.record({ do: fc.constant("withdraw" as const), pick: small, cents }),
  fc.record({
    do: fc.constant("advance" as const),
    ms: fc.nat({ max: 30 * 3_600_000 }),
  }),
  fc.record({
    do: fc.constant("fault" as const),
    fault: fc.constantFrom(...FAULTS),
  })
)

type Scene = {
  client: Client
  sandbox: Sandbox
  users: string[]
  source: string
  destination: string
}

/** Refusals and lost answers are part of the game: only the books are judged. */
async function take(scene: Scene, step: Step): Promise<void> {
  const { client, sandbox, users, source, destination } = scene
  const { control } = sandbox
  const { loads } = control.loads()
  switch (step.do) {
    case "load": {
      const user = users[step.user] ?? ""
      const body = {
        client_load_id: `id-${step.id}`,
        source_token: source,
        amount: step.cents / 100,
      }
      const key = `key-${step.key}`
      await client.api("POST", `/load/${user}`, { body, key }).catch(() => null)
      return
    }
    case "spendback": {
      const user = users[step.user] ?? ""
      const of = loads.find((load) => load.user_token === user)
      const body = {
        client_spendback_id: `id-${step.id}`,
        source_token: of?.wallet_token ?? "none",
        source_currency_code: "USD",
        amount: step.cents / 100,
      }
      const key = `back-${step.key}`
      await client
        .api("POST", `/spendback/${user}`, { body, key })
        .catch(() => null)
      return
    }
    case "quote": {
      const body = {
        client_transfer_id: `id-${step.id}`,
        source_token: source,
        destination_token: destination,
        source_amount: step.cents / 100,
        destination_currency_code: "USD",
      }
      const key = `quote-${step.key}`
      await client
        .api("POST", `/${users[step.user]}`, { body, key })
        .catch(() => null)
      return
    }
    case "commit":
    case "cancel":
    case "call_back": {
      const { payouts } = control.payouts()
      const payout = payouts[step.pick % Math.max(payouts.length, 1)]
      const path = `/${payout?.user_token}/${payout?.payout_token}`
      const key = `${step.do}-${step.key}`
      const call = {
        commit: () => client.api("PUT", path, { key }),
        cancel: () => client.api("DELETE", path),
        call_back: () =>
          client.api("POST", `${path}/reversal`, { body: { amount: 0.07 } }),
      }
      await call[step.do]().catch(() => null)
      return
    }
    case "payout_status": {
      const { payouts } = control.payouts()
      const payout = payouts[step.pick % Math.max(payouts.length, 1)]
      const status = step.isOver ? "CANCELLED" : "COMPLETED"
      await client.call(
        "POST",
        `/sandbox/payouts/${payout?.payout_token}/status`,
        { body: { status } }
      )
      return
    }
    case "fee":
      control.changeSettings({
        payout_fee_on_return: step.isKept ? "keep" : "return",
      })
      return
    case "schedule_flip": {
      const known = loads.find(
        (load) => load.client_load_id === `id-${step.id}`
      )
      control.scheduleFlip({
        client_load_id: `id-${step.id}`,
        status: known?.status === "COMPLETED" ? "CANCELLED" : "COMPLETED",
        in_ms: step.ms,
        if_spent: step.isKept ? "keep" : "overdraw",
      })
      return
    }
    case "autopayout": {
      const { percentage } = step
      control.setAutopayout(users[step.user] ?? "", { percentage })
      return
    }
    case "plan":
      control.planFaults({ seed: step.seed, rate: 0.3, kinds: FAULTS })
      return
    case "reverse": {
      const load = loads[step.pick]
      if (!load) return
      const path = `/load/${load.user_token}?load_token=${load.load_token}`
      await client.api("DELETE", path).catch(() => null)
      return
    }
    case "flip": {
      const load = loads[step.pick]
      const status = load?.status === "COMPLETED" ? "CANCELLED" : "COMPLETED"
      await client.call("POST", `/sandbox/loads/${load?.load_token}/status`, {
        body: { status },
      })
      return
    }
    case "withdraw": {
      const wallet = loads[step.pick]?.wallet_token
      await client.call("POST", `/sandbox/wallets/${wallet}/withdraw`, {
        body: { amount: step.cents / 100 },
      })
      return
    }
    case "advance":
      control.moveClock({ advance_ms: step.ms })
      return
    case "fault":
      control.armFault({ fault: step.fault, path: "/payout/" })
  }
}

/** What the payouts themselves say is away from a wallet, in minor units. */
function awayFrom({ control }: Sandbox, wallet: string): string {
  const minor = control
    .payouts()
    .payouts.filter(({ source_token }) => source_token === wallet)
    .map(({ out }) => BigInt(out.replace(".", "")))
    .reduce((sum, one) => sum + one, 0n)
  return String(minor)
}

describe("whatever happens", () => {
  let sandbox: Sandbox

  beforeAll(async () => {
    sandbox = await startSandbox({
      currencies: { USD: "100.00" },
      isClockFrozen: true,
    })
  })

  afterAll(() => sandbox.stop())

  it("no money is made or lost, and no id moves it twice", async () => {
    const client = aClient(sandbox)
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 30, size: "max" }),
        async (steps) => {
          sandbox.control.reset()
          const users = [await aPayee(client), await aPayee(client)]
          const source = await fundingToken(client)
          const { token: destination } = await anOffer(
            client,
            "USA",
            "Sandbox Card"
          )
          const scene = { client, sandbox, users, source, destination }

          for (const one of steps) await take(scene, one)

          const report = sandbox.control.audit()
          expect(report.problems).toEqual([])
          expect(report.repeats).toEqual([])
          const { payouts } = report
          for (const [token, sums] of Object.entries(payouts.wallets)) {
            expect(sums.out).toBe(awayFrom(sandbox, token))
          }
          expect(payouts.commits.length).toBe(
            new Set(payouts.commits.map((row) => row.payout_token)).size
          )
          const isOverdrawn = sandbox.control
            .journal()
            .entries.some(
              (entry) =>
                entry.kind === "movement" && entry.reason === "overdraft"
            )
          if (!isOverdrawn) {
            for (const wallet of report.wallets) {
              expect(wallet.balance).not.toContain("-")
            }
          }
          for (const { user_token } of report.owed) {
            expect(user_token).not.toBeNull()
          }
        }
      ),
      { numRuns: 60 }
    )
  })
})
