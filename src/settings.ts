import {
  booksOptions,
  type MasspayOptions,
  parseOptions,
  SANDBOX_API_KEY,
} from "./options"
import type { AdminSetting, AdminSettingValue } from "./types/http-settings"

/**
 * The options as an operator may see them. Pure.
 *
 * What is shown is named here or by `booksOptions`, which holds no secret by
 * contract: a new option is hidden until somebody decides that it may be seen.
 */
export function settingsOf(options: MasspayOptions): AdminSetting[] {
  const defaults = new Map(
    readableOf(defaultOptions(options)).map(({ path, value }) => [path, value])
  )
  return readableOf(options).map((setting) => ({
    ...setting,
    is_default:
      JSON.stringify(defaults.get(setting.path) ?? null) ===
      JSON.stringify(setting.value),
  }))
}

type Readable = Omit<AdminSetting, "is_default">

function readableOf(options: MasspayOptions): Readable[] {
  const { environment, baseUrl, auth, webhooks, encryptionKeys } = options
  const { environment: _environment, ...books } = booksOptions(options)
  // A sandbox without a key of its own has one that opens nothing.
  const hasKey = options.apiKey !== SANDBOX_API_KEY
  return [
    shown("environment", environment),
    shown("baseUrl", baseUrl),
    secret("apiKey", hasKey),
    ...flat("auth", auth),
    secret("encryptionKey", encryptionKeys.length > 0),
    ...(webhooks === false
      ? [shown("webhooks", false)]
      : [
          secret("webhooks.secrets", webhooks.secrets.length > 0),
          shown("webhooks.stale", webhooks.stale),
          shown("webhooks.toleranceSeconds", webhooks.toleranceSeconds),
        ]),
    ...Object.entries(books).flatMap(([name, value]) => flat(name, value)),
  ]
}

/** As if nothing but what has no default had been given. */
function defaultOptions({
  environment,
  webhooks,
}: MasspayOptions): MasspayOptions {
  return parseOptions(
    {
      environment,
      webhooks: webhooks === false ? false : { secrets: ["a-secret"] },
      ...(environment !== "sandbox" && { apiKey: "a-key" }),
    },
    { NODE_ENV: undefined }
  )
}

function shown(path: string, value: AdminSettingValue): Readable {
  return { path, value, is_secret: false }
}

function secret(path: string, isSet: boolean): Readable {
  return { path, value: isSet ? "set" : "not_set", is_secret: true }
}

/** One row for each leaf; an empty object is nothing set. */
function flat(path: string, value: unknown): Readable[] {
  if (value === undefined || value === null) return [shown(path, null)]
  if (value instanceof Date) return [shown(path, value.toISOString())]
  if (Array.isArray(value)) return [shown(path, value.map(String))]
  if (typeof value === "object") {
    const entries = Object.entries(value)
    return entries.length === 0
      ? [shown(path, null)]
      : entries.flatMap(([key, inner]) => flat(`${path}.${key}`, inner))
  }
  const isPlain =
    typeof value === "string" ||
    typeof value === "number" ||
    typeof value === "boolean"
  // A function of the shop's: that it is there is all there is to say.
  return [shown(path, isPlain ? value : "set")]
}
