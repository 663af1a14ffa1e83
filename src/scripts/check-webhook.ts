import { existsSync, readFileSync } from "node:fs"

import type { ExecArgs } from "@medusajs/framework/types"
import { MedusaError } from "@medusajs/framework/utils"

import { MASSPAY_GATEWAY_MODULE } from "../modules/masspay-gateway"
import type MasspayGatewayService from "../modules/masspay-gateway/service"
import { checkWebhook } from "../webhook-check"

/**
 * Shows step by step what the webhook route checks, and stores nothing:
 *
 *     npx medusa exec ./node_modules/medusa-plugin-masspay/.medusa/server/src/scripts/check-webhook.js
 *     npx medusa exec … 't=1764072000,s=3f…' body.json 2026-11-25T12:00:00Z
 *
 * Without arguments a sample is signed with the first configured secret. With the
 * header and the body (a file, or the text) of a delivery that was refused, it
 * says why; the last argument is when it came.
 */
export default async function testWebhook({
  container,
  args,
}: Pick<ExecArgs, "container" | "args">): Promise<void> {
  const { webhooks } = container.resolve<MasspayGatewayService>(
    MASSPAY_GATEWAY_MODULE
  )
  if (!webhooks) {
    console.log("This shop takes no webhooks: the option webhooks is false.")
    process.exitCode = 1
    return
  }
  const [header, given, at] = args
  if (header !== undefined && given === undefined) {
    console.log("Give the header and the body, or neither for a sample.")
    process.exitCode = 2
    return
  }
  const result = checkWebhook(webhooks, {
    header,
    body: given === undefined ? undefined : bodyOf(given),
    at: at === undefined ? undefined : momentOf(at),
  })
  if (result.sample) {
    console.log(
      `A sample, signed here:\n  ${result.sample.header}\n  ${result.sample.body}`
    )
  }
  for (const { name, passed, detail } of result.checks) {
    console.log(`${passed ? "ok    " : "FAILED"}  ${name}: ${detail}`)
  }
  if (result.kept) console.log(`Kept would be: ${JSON.stringify(result.kept)}`)
  console.log(`The route would answer ${result.status}. Nothing was stored.`)
  process.exitCode = result.status === 200 ? 0 : 1
}

/** Byte for byte: what was pasted into a file may end in a line break that was never signed. */
function bodyOf(given: string): string {
  return given.length < 4_096 && existsSync(given)
    ? readFileSync(given, "utf8")
    : given
}

function momentOf(text: string): Date {
  const moment = new Date(text)
  if (Number.isNaN(moment.getTime())) {
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      `"${text}" is no time. Write 2026-11-25T12:00:00Z.`
    )
  }
  return moment
}
