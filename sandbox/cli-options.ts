import {
  DEFAULT_API_KEY,
  DEFAULT_CURRENCIES,
  DEFAULT_HOST,
  DEFAULT_SETTINGS,
  DEFAULT_WEBHOOK_SECRET,
  type SandboxOptions,
} from "./index"
import { isLoopbackHost, LOOPBACK_HOSTS } from "./loopback"
import { isKnownCurrency, parseAmount } from "./money"
import { problemWithSettings, type Settings } from "./settings"
import { problemWithUrl } from "./wiring"

const DEFAULT_PORT = 4010
const HELP_WIDTH = 28
const PORT_MAX = 65_535
/** Somebody who starts it by hand wants to click on what it prints. */
const CLI_SETTINGS: Partial<Settings> = { upload_links: "sandbox" }

/** A flag that is unknown or has a value it cannot have. */
export class FlagError extends Error {
  override readonly name = "FlagError"

  constructor(flag: string, problem: string, allowed: string) {
    super(`${flag}: ${problem}. Allowed: ${allowed}.`)
  }
}

type CliCommand =
  { do: "start"; options: SandboxOptions } | { do: "help" } | { do: "version" }

type Flag = {
  value: string
  help: string
  /** May be given more than once. */
  isRepeatable?: true
  /** Sets its option, or throws a FlagError. */
  read: (options: SandboxOptions, value: string) => void
}

const FLAGS: Record<string, Flag> = {
  "--port": {
    value: "n",
    help: `where to listen; 0 picks a free port (${DEFAULT_PORT})`,
    read: (options, value) => {
      const port = readWhole("--port", value, PORT_MAX)
      options.port = port
    },
  },
  "--host": {
    value: "name",
    help: `a loopback name: ${LOOPBACK_HOSTS.join(", ")} (${DEFAULT_HOST})`,
    read: (options, value) => {
      if (!isLoopbackHost(value)) {
        const problem = `"${value}" is not a name of this machine alone`
        throw new FlagError("--host", problem, LOOPBACK_HOSTS.join(", "))
      }
      options.host = value
    },
  },
  "--seed": {
    value: "n",
    help: "the same seed gives the same tokens (random tokens)",
    read: (options, value) => {
      options.seed = readWhole("--seed", value, Number.MAX_SAFE_INTEGER)
    },
  },
  "--data": {
    value: "file",
    help: "keep everything in this file between runs (in memory only)",
    read: (options, value) => {
      options.dataFile = value
    },
  },
  "--api-key": {
    value: "key",
    help: `the key clients must send (${DEFAULT_API_KEY})`,
    read: (options, value) => {
      if (!/^[\x21-\x7e]+$/.test(value)) {
        const problem = "the key cannot be sent in a header"
        throw new FlagError("--api-key", problem, "printable ASCII, no spaces")
      }
      options.apiKey = value
    },
  },
  "--currencies": {
    value: "list",
    help: `what the funding wallets start with (${Object.entries(
      DEFAULT_CURRENCIES
    )
      .map((entry) => entry.join("="))
      .join(",")})`,
    read: (options, value) => {
      options.currencies = readCurrencies(value)
    },
  },
  "--webhook-url": {
    value: "url",
    help: "tell this address what happens: http, on this machine (nobody is told)",
    read: (options, value) => {
      const problem = problemWithUrl(value)
      if (problem) {
        const allowed = "such as http://127.0.0.1:9000/hooks/masspay"
        throw new FlagError("--webhook-url", problem, allowed)
      }
      options.webhooks = { ...options.webhooks, url: value }
    },
  },
  "--webhook-secret": {
    value: "secret",
    help: `signs webhooks; again for more, the first one signs (${DEFAULT_WEBHOOK_SECRET})`,
    isRepeatable: true,
    read: (options, value) => {
      const { secrets = [] } = options.webhooks ?? {}
      options.webhooks = { ...options.webhooks, secrets: [...secrets, value] }
    },
  },
  "--webhook-timestamp": settingFlag(
    "--webhook-timestamp",
    "webhook_timestamp",
    { value: "unit", help: "seconds, milliseconds or iso" }
  ),
  "--webhook-encoding": settingFlag("--webhook-encoding", "webhook_encoding", {
    value: "name",
    help: "hex or base64",
  }),
  "--upload-links": settingFlag("--upload-links", "upload_links", {
    value: "where",
    help: "sandbox: pages of this sandbox; masspay: the hosts MassPay prints",
  }),
  "--dead-quote": settingFlag("--dead-quote", "dead_quote", {
    value: "status",
    help: "of an expired quote: pending or cancelled",
  }),
  "--payout-events": settingFlag("--payout-events", "payout_event_type", {
    value: "names",
    help: "of direct payouts: dotted (payout.created, payout.status) or payout",
  }),
  "--kyc-review": settingFlag("--kyc-review", "kyc_review", {
    value: "outcome",
    help: "of uploaded papers: approve, decline, resubmit or manual",
  }),
}

/** A flag for a setting that is one of a few words. */
function settingFlag(
  flag: string,
  setting: keyof Settings,
  { value, help }: Pick<Flag, "value" | "help">
): Flag {
  const fallback = CLI_SETTINGS[setting] ?? DEFAULT_SETTINGS[setting]
  return {
    value,
    help: `${help} (${fallback})`,
    read: (options, given) => {
      const change = { [setting]: given }
      if (problemWithSettings(change)) {
        throw new FlagError(flag, `it cannot be "${given}"`, help)
      }
      options.settings = { ...options.settings, ...change }
    },
  }
}

const KNOWN_FLAGS: ReadonlyMap<string, Flag> = new Map(Object.entries(FLAGS))

/** Throws a FlagError for the first argument that makes no sense. */
export function readCommand(args: readonly string[]): CliCommand {
  if (args.includes("--help") || args.includes("-h")) return { do: "help" }
  if (args.includes("--version")) return { do: "version" }
  const options: SandboxOptions = {
    port: DEFAULT_PORT,
    settings: { ...CLI_SETTINGS },
  }
  const seen = new Set<string>()
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index] ?? ""
    const [name = "", ...inline] = argument.split("=")
    const flag = KNOWN_FLAGS.get(name)
    if (!flag) {
      const names = [...KNOWN_FLAGS.keys(), "--help", "--version"].join(", ")
      throw new FlagError(name, "there is no such flag", names)
    }
    if (seen.has(name) && !flag.isRepeatable)
      throw new FlagError(name, "it is given twice", "once")
    seen.add(name)
    const isInline = argument.includes("=")
    if (!isInline) index += 1
    const value = isInline ? inline.join("=") : args[index]
    if (value === undefined || value === "" || value.startsWith("--")) {
      const allowed = `${name} <${flag.value}>`
      throw new FlagError(name, "its value is missing", allowed)
    }
    flag.read(options, value)
  }
  return { do: "start", options }
}

function readWhole(flag: string, value: string, max: number): number {
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN
  if (number <= max) return number
  const allowed = `a whole number from 0 to ${max}`
  throw new FlagError(flag, `it cannot be "${value}"`, allowed)
}

function readCurrencies(list: string): Record<string, string> {
  const shape =
    "CODE=amount, separated by commas, such as USD=100000,EUR=500.50"
  const currencies = new Map<string, string>()
  for (const item of list.split(",")) {
    const [code = "", amount = "", ...rest] = item.split("=")
    const refuse = (problem: string): FlagError =>
      new FlagError("--currencies", problem, shape)
    if (amount === "" || rest.length > 0) {
      throw refuse(`"${item}" is not a currency with an amount`)
    }
    if (!isKnownCurrency(code)) {
      throw refuse(`"${code}" is not an ISO 4217 code the sandbox knows`)
    }
    if (currencies.has(code)) throw refuse(`${code} is given twice`)
    if (!/^0+(\.0+)?$/.test(amount)) {
      const { problem } = parseAmount(amount, code)
      if (problem !== undefined)
        throw refuse(`"${item}": the amount ${problem}`)
    }
    currencies.set(code, amount)
  }
  return Object.fromEntries(currencies)
}

export function helpText(): string {
  const lines = [...KNOWN_FLAGS].map(
    ([name, { value, help }]) =>
      `  ${`${name} <${value}>`.padEnd(HELP_WIDTH)} ${help}`
  )
  return [
    "A local MassPay for development and tests. No real money.",
    "",
    "Usage: masspay-sandbox [flags]",
    "",
    ...lines,
    `  ${"--version".padEnd(HELP_WIDTH)} print the version`,
    `  ${"--help".padEnd(HELP_WIDTH)} print this`,
  ].join("\n")
}
