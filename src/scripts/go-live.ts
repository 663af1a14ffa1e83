import type { ExecArgs } from "@medusajs/framework/types"

import { checkGoLive } from "../go-live/check"
import type { AdminGoLiveItem } from "../types/http-go-live"

/**
 * Prints the checklist before going live, and ends with 1 when something failed:
 *
 *     npx medusa exec ./node_modules/medusa-plugin-masspay/.medusa/server/src/scripts/go-live.js
 *     npx medusa exec … json
 *
 * With `json` the list is printed as the admin's route answers it.
 */
export default async function goLive({
  container,
  args,
}: Pick<ExecArgs, "container" | "args">): Promise<void> {
  const [format] = args
  if (format !== undefined && format !== "json") {
    console.log(
      `"${format}" is no way to print the list. Give json, or nothing.`
    )
    process.exitCode = 2
    return
  }
  const list = await checkGoLive(container)
  const { counts } = list
  if (format === "json") console.log(JSON.stringify(list, null, 2))
  else {
    for (const item of list.items) console.log(linesOf(item).join("\n"))
    console.log(
      `\n${counts.passed} passed, ${counts.failed} failed, ${counts.warning} to weigh, ${counts.attest_needed} to attest, ${counts.not_applicable} do not apply. ${list.is_ready ? "Nothing stands in the way." : "Not ready."}`
    )
  }
  process.exitCode = counts.failed > 0 ? 1 : 0
}

const MARKS: Record<AdminGoLiveItem["state"], string> = {
  passed: "ok     ",
  failed: "FAILED ",
  warning: "warning",
  attest_needed: "attest ",
  not_applicable: "–      ",
}

function linesOf({
  state,
  title,
  seen,
  details,
  fix,
  key,
}: AdminGoLiveItem): string[] {
  const indent = " ".repeat(9)
  return [
    `${MARKS[state]}  ${title} (${key}): ${seen}`,
    ...details.map((line) => `${indent}${line}`),
    ...(fix === null ? [] : [`${indent}→ ${fix}`]),
  ]
}
