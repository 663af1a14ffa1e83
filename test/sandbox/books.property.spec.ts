import fc from "fast-check"

import type { Sandbox } from "../../sandbox"
import { startSandbox } from "../../sandbox"
import { aClient, aUser, type Client, fundingToken } from "./support/harness"

type Step =
  | { do: "load"; id: number; user: number; cents: number; key: number }
  | { do: "reverse" | "flip"; pick: number }
  | { do: "withdraw"; pick: number; cents: number }
  | { do: "advance"; ms: number }
  | { do: "fault"; fault: (typeof FAULTS)[number] }

const FAULTS = [
  "execute_then_500",
  "500_without_executing",
  "execute_then_drop",
  "200_cancelled",
  "200_garbage",
  "504_html_after_execute",
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
}

/** Refusals and lost answers are part of the game: only the books are judged. */
async function take(scene: Scene, step: Step): Promise<void> {
  const { client, sandbox, users, source } = scene
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
      control.armFault({ fault: step.fault, path: "/payout/load/" })
  }
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

  it("no money is made or lost, and no id is loaded twice", async () => {
    const client = aClient(sandbox)
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        sandbox.control.reset()
        const users = [await aUser(client), await aUser(client)]
        const source = await fundingToken(client)
        const scene = { client, sandbox, users, source }

        for (const one of steps) await take(scene, one)

        const report = sandbox.control.audit()
        expect(report.problems).toEqual([])
        for (const times of Object.values(report.executed_loads)) {
          expect(times).toBe(1)
        }
        for (const wallet of report.wallets) {
          expect(wallet.balance).not.toContain("-")
        }
      }),
      { numRuns: 60 }
    )
  })
})
