import { correlationId } from "./correlation"

/** Ids, counts and stable codes. A name, an address or a body never fits. */
export type LogFields = Readonly<
  Record<string, string | number | boolean | null | undefined>
>

/**
 * `info` is what an operator may want to know, `warn` is what will need a
 * person if it goes on, `error` is what needs a person now.
 */
export type Log = {
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  error(event: string, fields?: LogFields): void
}

/** One event as one line: `payout.sent payout_id=mspo_1 attempt_no=1`. Fields without a value are left out. */
export function fact(event: string, fields: LogFields = {}): string {
  const pairs = valuesOf(fields).map(
    ([key, value]) => `${key}=${inOneWord(String(value))}`
  )
  return [event, ...pairs].join(" ")
}

/** The same as one JSON object. No field can take the place of the event. */
function jsonFact(event: string, fields: LogFields): string {
  const pairs = valuesOf(fields)
    .filter(([key]) => key !== "event")
    .map(([key, value]) => [
      key,
      typeof value === "string" ? shortened(value) : value,
    ])
  return JSON.stringify(Object.fromEntries([["event", event], ...pairs]))
}

function valuesOf(fields: LogFields): [string, string | number | boolean][] {
  return Object.entries(fields).flatMap(([key, value]) =>
    value === undefined || value === null ? [] : [[key, value]]
  )
}

const TEXT_MAX = 200

function shortened(text: string): string {
  return text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX)}…` : text
}

/** A value never breaks the line nor pretends to be another field. */
function inOneWord(text: string): string {
  const short = shortened(text)
  return /^[^\s"=]+$/.test(short) ? short : JSON.stringify(short)
}

/** A log over anything that takes lines, for example Medusa's logger. Lines of one run carry one `correlation_id`. */
export function logTo(
  lines: {
    info(line: string): void
    warn(line: string): void
    error(line: string): void
  },
  { format = "text" }: { format?: "text" | "json" } = {}
): Log {
  const lineOf = format === "json" ? jsonFact : fact
  const line = (event: string, fields: LogFields = {}): string =>
    lineOf(event, { ...fields, correlation_id: correlationId() })
  return {
    info: (...said) => lines.info(line(...said)),
    warn: (...said) => lines.warn(line(...said)),
    error: (...said) => lines.error(line(...said)),
  }
}

/**
 * What an unforeseen error may say in a log: its name and its code. Messages
 * are left out, because those of a database carry the row they failed on.
 */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error }
  const code = "code" in error ? error.code : undefined
  return {
    error: error.name,
    ...(typeof code === "string" && { code }),
  }
}
