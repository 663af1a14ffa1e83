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
  const pairs = Object.entries(fields)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([key, value]) => `${key}=${inOneWord(String(value))}`)
  return [event, ...pairs].join(" ")
}

const TEXT_MAX = 200

/** A value never breaks the line nor pretends to be another field. */
function inOneWord(text: string): string {
  const short = text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX)}…` : text
  return /^[^\s"=]+$/.test(short) ? short : JSON.stringify(short)
}

/** A log over anything that takes lines, for example Medusa's logger. */
export function logTo(lines: {
  info(line: string): void
  warn(line: string): void
  error(line: string): void
}): Log {
  return {
    info: (event, fields) => lines.info(fact(event, fields)),
    warn: (event, fields) => lines.warn(fact(event, fields)),
    error: (event, fields) => lines.error(fact(event, fields)),
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
