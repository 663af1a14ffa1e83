const GIVEN_LENGTH_MAX = 60
/** Shorter ones would blank out ordinary words. */
const SECRET_LENGTH_MIN = 8

/** One thing wrong with the options: where, what it is, what would be right. */
export type Problem = { path: readonly PropertyKey[]; text: string }

/** The shop's options are wrong. Refuses to boot; lists every problem at once. */
export class OptionsError extends Error {
  override readonly name = "OptionsError"
  readonly code = "masspay.options"
  /** One sentence each; no secret is in any of them. */
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(
      [
        "medusa-plugin-masspay cannot start with these options:",
        ...problems.map((problem) => `  - ${problem}`),
      ].join("\n")
    )
    this.problems = problems
  }
}

type Issue = {
  readonly code?: string | undefined
  readonly path: readonly PropertyKey[]
  readonly message: string
  readonly keys?: readonly string[]
  readonly errors?: readonly (readonly Issue[])[]
}

/**
 * Turns what the schema found into sentences. The message of an issue must be
 * what is allowed at its place; `keysAt` gives the names allowed in an object.
 */
export function describeIssues(
  issues: readonly Issue[],
  raw: unknown,
  keysAt: (path: readonly PropertyKey[]) => readonly string[]
): Problem[] {
  return issues.flatMap((issue) => describe(issue, [], raw, keysAt))
}

function describe(
  issue: Issue,
  parent: readonly PropertyKey[],
  raw: unknown,
  keysAt: (path: readonly PropertyKey[]) => readonly string[]
): Problem[] {
  const path = [...parent, ...issue.path]
  if (issue.code === "unrecognized_keys") {
    return (issue.keys ?? []).map((key) => ({
      path: [...path, key],
      text: unknownKey(key, keysAt(path)),
    }))
  }
  const branch = matchingBranch(issue)
  if (branch) {
    return branch.flatMap((inner) => describe(inner, path, raw, keysAt))
  }
  return [{ path, text: notAllowed(valueAt(raw, path), path, issue.message) }]
}

/** Of a union of a word and an object, the object's own problems say more. */
function matchingBranch(issue: Issue): readonly Issue[] | undefined {
  if (issue.code !== "invalid_union") return undefined
  return issue.errors?.find((branch) =>
    branch.every(
      ({ path, code }) => path.length > 0 || code === "unrecognized_keys"
    )
  )
}

/** `got …; allowed: …`, or `missing; allowed: …`. */
export function notAllowed(
  given: unknown,
  path: readonly PropertyKey[],
  allowed: string
): string {
  const got = given === undefined ? "missing" : `got ${show(given, path)}`
  return `${got}; allowed: ${allowed}`
}

function unknownKey(key: string, allowed: readonly string[]): string {
  const close = closest(key, allowed)
  const hint = close === null ? "" : ` Did you mean "${close}"?`
  return `is not an option.${hint} Allowed here: ${allowed.join(", ")}`
}

export function pathText(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "options"
  return path.map((part) => shorten(String(part))).join(".")
}

/** What was given, unless it is, or might be, a secret. */
function show(given: unknown, path: readonly PropertyKey[]): string {
  const isSecret =
    path.some((part) => part === "apiKey" || part === "secrets") ||
    path.at(-1) === "scheme"
  if (given === null) return "null"
  if (Array.isArray(given)) return "a list"
  if (typeof given === "object") return "an object"
  if (typeof given === "function") return "a function"
  if (typeof given === "string") {
    // Where an object belongs, a text may well be the secret itself.
    const isPlace = path[0] === "webhooks" || path[0] === "auth"
    if (isSecret || (isPlace && path.length === 1)) return "a text (not shown)"
    return JSON.stringify(shorten(withoutUserInfo(given)))
  }
  if (isSecret) return `a ${typeof given} (not shown)`
  return typeof given === "number" || typeof given === "boolean"
    ? String(given)
    : `a ${typeof given}`
}

function withoutUserInfo(text: string): string {
  return text.replace(/\/\/[^/@]*@/, "//…@").replace(/\?.*$/, "?…")
}

function shorten(text: string): string {
  return text.length > GIVEN_LENGTH_MAX
    ? `${text.slice(0, GIVEN_LENGTH_MAX)}…`
    : text
}

/** Takes the secrets themselves out, wherever they were put by mistake. */
export function withoutSecrets(text: string, raw: unknown): string {
  return secretsIn(raw)
    .flatMap((secret) => [secret, secret.slice(0, GIVEN_LENGTH_MAX)])
    .reduce((rest, secret) => rest.split(secret).join("(not shown)"), text)
}

function secretsIn(raw: unknown): string[] {
  const listed = valueAt(raw, ["webhooks", "secrets"])
  const secrets: unknown[] = Array.isArray(listed) ? listed : [listed]
  const key = valueAt(raw, ["encryptionKey"])
  const keys: unknown[] = Array.isArray(key) ? key : [key]
  return [valueAt(raw, ["apiKey"]), ...keys, ...secrets].filter(
    (value): value is string =>
      typeof value === "string" && value.length >= SECRET_LENGTH_MIN
  )
}

export function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      typeof value === "object" && value !== null && hasOwn(value, part)
        ? Reflect.get(value, part)
        : undefined,
    raw
  )
}

function hasOwn(value: object, key: PropertyKey): boolean {
  return Object.prototype.hasOwnProperty.call(value, key)
}

/** The name nearest to a misspelt one, or null when none is near. */
function closest(key: string, names: readonly string[]): string | null {
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, "")
  const ranked = names
    .map((name) => ({ name, distance: editDistance(plain(key), plain(name)) }))
    .sort((a, b) => a.distance - b.distance)
  const [best] = ranked
  if (!best) return null
  const tolerated = Math.max(1, Math.floor(best.name.length / 3))
  return best.distance <= tolerated ? best.name : null
}

/** Insertions, deletions, replacements and swapped neighbours that separate two words. */
function editDistance(a: string, b: string): number {
  const word = a.slice(0, 40)
  let before: number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= word.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = word[row - 1] === b[column - 1]
      const isSwap =
        row > 1 &&
        column > 1 &&
        word[row - 1] === b[column - 2] &&
        word[row - 2] === b[column - 1]
      current[column] = Math.min(
        at(above, column) + 1,
        at(current, column - 1) + 1,
        at(above, column - 1) + (isSame ? 0 : 1),
        isSwap ? at(before, column - 2) + 1 : Infinity
      )
    }
    before = above
    above = current
  }
  return at(above, b.length)
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity
}
