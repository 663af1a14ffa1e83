#!/usr/bin/env node
import { existsSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"

import { FlagError, helpText, readCommand } from "./cli-options"
import { type Sandbox, type SandboxOptions, startSandbox } from "./index"
import { isJsonObject, parseJson } from "./json"

const EXIT_FAILED = 1
const EXIT_USAGE = 2

async function main(): Promise<void> {
  const command = readCommand(process.argv.slice(2))
  switch (command.do) {
    case "help":
      console.log(helpText())
      return
    case "version":
      console.log(packageVersion())
      return
    case "start":
      return run(command.options)
  }
}

async function run(options: SandboxOptions): Promise<void> {
  const sandbox = await startSandbox(options)
  stopOnSignal(sandbox)
  console.log(
    [
      `MassPay sandbox: no real money. Watch it at ${sandbox.url}/`,
      "",
      `  API      ${sandbox.url}/v1.0.0`,
      `  API key  ${sandbox.apiKey}`,
      `  Control  ${sandbox.url}/sandbox/state`,
      `  Webhooks ${sandbox.webhooks.state().url ?? "told to nobody (--webhook-url)"}`,
      "",
      `  curl -H "Authorization: Bearer ${sandbox.apiKey}" ${sandbox.url}/v1.0.0/payout/account/balance`,
      "",
    ].join("\n")
  )
}

/** The first signal saves and ends; a second one does not wait for that. */
function stopOnSignal(sandbox: Sandbox): void {
  let isStopping = false
  const stop = (): void => {
    if (isStopping) process.exit(EXIT_FAILED)
    isStopping = true
    sandbox.stop().catch(fail)
  }
  process.on("SIGINT", stop)
  process.on("SIGTERM", stop)
}

/** That of the package this file was installed with, however deep it was built. */
function packageVersion(): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    const file = join(folder, "package.json")
    const manifest = existsSync(file)
      ? parseJson(readFileSync(file, "utf8"))
      : undefined
    if (isJsonObject(manifest) && typeof manifest.version === "string") {
      return manifest.version
    }
    if (folder === dirname(folder)) return "unknown"
  }
}

function fail(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error)
  console.error(`masspay-sandbox: ${message}`)
  process.exitCode = error instanceof FlagError ? EXIT_USAGE : EXIT_FAILED
}

main().catch(fail)
