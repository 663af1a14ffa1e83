import { spawn } from "node:child_process"
import { once } from "node:events"
import path from "node:path"

import type { Demo } from "./demo"

const ROOT = path.join(__dirname, "../../..")

/** A vendor of the demo who sells a board with each further order, and what her bank would print. */
export const VENDOR = {
  email: "jonas.weber@example.com",
  name: "Werkstatt Lindenhof",
}

/**
 * MassPay locks her and wants a bank document; its message about it is still on
 * the way when her next payment is refused. The order is one of `npm run demo:order`.
 */
export async function lockWhoSells({ massPayUrl }: Demo): Promise<void> {
  const { users } = (await control(massPayUrl, "GET", "state")) as {
    users: { email: string; user_token: string }[]
  }
  const user = users.find(({ email }) => email === VENDOR.email)
  if (!user) throw new Error(`${VENDOR.email} has no user at MassPay`)
  await control(massPayUrl, "POST", "webhooks/pause")
  await control(massPayUrl, "POST", `users/${user.user_token}/lock`, {
    kind: "bank_document",
  })
  const order = spawn(process.execPath, ["scripts/demo-order.mjs"], {
    cwd: ROOT,
    stdio: "ignore",
  })
  // It says that not every wallet holds what it should: hers does not.
  await once(order, "exit")
  await control(massPayUrl, "POST", "webhooks/resume")
}

/** As somebody does who does not want to wait until MassPay's list would show a payment. */
export async function letTimePass(): Promise<void> {
  const later = spawn(process.execPath, ["scripts/demo-later.mjs"], {
    cwd: ROOT,
    stdio: "ignore",
  })
  const [code] = (await once(later, "exit")) as [number | null]
  if (code !== 0) throw new Error(`The demo's clocks did not move: ${code}`)
}

export async function control(
  massPayUrl: string,
  method: "GET" | "POST",
  what: string,
  body: object = {}
): Promise<unknown> {
  const response = await fetch(`${massPayUrl}/sandbox/${what}`, {
    method,
    headers: { "content-type": "application/json" },
    ...(method === "POST" && { body: JSON.stringify(body) }),
  })
  if (!response.ok) {
    throw new Error(`${method} /sandbox/${what}: ${response.status}`)
  }
  return response.json()
}
