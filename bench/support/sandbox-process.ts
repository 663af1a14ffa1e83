import { spawn } from "node:child_process"
import path from "node:path"
import { createInterface } from "node:readline"

import type { AuditReport, LoadPage, LoadView, StateView } from "../../sandbox"

const ROOT = path.join(__dirname, "../..")
const PAGE = 1_000
const FUNDS = "USD=1000000000"

export type SandboxProcess = {
  url: string
  apiKey: string
  /** The USD funding wallet. */
  source_token: string
  setLatency(latency_ms: number): Promise<void>
  audit(): Promise<AuditReport>
  /** Loads in order of creation, without the first `after` of them. */
  loads(after: number): Promise<LoadView[]>
  stop(): void
}

/** A sandbox of its own process, so that its work is not counted as ours. */
export async function startSandboxProcess(): Promise<SandboxProcess> {
  const child = spawn(
    process.execPath,
    [
      ...["--require", "ts-node/register/transpile-only"],
      path.join(ROOT, "sandbox/cli.ts"),
      ...["--port", "0", "--currencies", FUNDS],
    ],
    { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] }
  )
  process.once("exit", () => child.kill())
  const said = new Map<string, string>()
  for await (const line of createInterface({ input: child.stdout })) {
    const [, name, value] = /^ {2}(API|API key) {2,}(\S+)$/.exec(line) ?? []
    if (name && value) said.set(name, value)
    if (said.size === 2) break
  }
  const api = said.get("API")
  const apiKey = said.get("API key")
  if (!api || !apiKey) throw new Error("The sandbox did not start")
  const url = new URL(api).origin
  const ask = async <Answer>(
    address: string,
    change?: Record<string, unknown>
  ): Promise<Answer> => {
    const response = await fetch(`${url}/sandbox/${address}`, {
      ...(change && {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(change),
      }),
    })
    if (!response.ok) throw new Error(await response.text())
    return (await response.json()) as Answer
  }
  const [wallet] = (await ask<StateView>("state")).funding_wallets
  if (!wallet) throw new Error("The sandbox has no funding wallet")
  return {
    url,
    apiKey,
    source_token: wallet.wallet_token,
    async setLatency(latency_ms) {
      await ask("settings", { latency_ms })
    },
    audit: () => ask<AuditReport>("audit"),
    async loads(after) {
      const loads: LoadView[] = []
      for (;;) {
        const page = await ask<LoadPage>(
          `loads?after=${after + loads.length}&limit=${PAGE}`
        )
        loads.push(...page.loads)
        if (page.loads.length < PAGE) return loads
      }
    },
    stop: () => void child.kill(),
  }
}
