import {
  type Payout,
  type PayoutScript,
  type PayoutScriptInput,
  SCRIPT_USES,
  type ScriptUse,
} from "./types"

type Aim = Pick<Payout, "token" | "client_transfer_id" | "user_token">

export function newScript(input: PayoutScriptInput, id: number): PayoutScript {
  const uses = SCRIPT_USES.filter((use) => input[use] !== undefined)
  const left = Object.fromEntries(uses.map((use) => [use, input.times ?? 1]))
  return { ...input, id, left }
}

/** The first script that fits and says something of it, with one turn fewer. */
export function takeScript(
  scripts: readonly PayoutScript[],
  use: ScriptUse,
  aim: Aim
): PayoutScript | null {
  const script = scripts.find(
    (candidate) => (candidate.left[use] ?? 0) > 0 && fits(candidate, aim)
  )
  if (!script) return null
  script.left[use] = (script.left[use] ?? 1) - 1
  return script
}

function fits(script: PayoutScript, aim: Aim): boolean {
  const { payout_token, client_transfer_id, user_token } = script
  return (
    (payout_token ?? aim.token) === aim.token &&
    (client_transfer_id ?? aim.client_transfer_id) === aim.client_transfer_id &&
    (user_token ?? aim.user_token) === aim.user_token
  )
}
