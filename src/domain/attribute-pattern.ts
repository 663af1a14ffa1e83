/**
 * Whether a pattern that MassPay gave may be run here. It is run on what people
 * type, in the process that also pays, so one that could take for ever must
 * never start: how often it could go back and try again is estimated from its
 * text beforehand. What is refused is not checked here at all; MassPay does.
 */

/** Longer values are refused before any pattern sees them. */
export const VALUE_LENGTH_MAX = 200

const PATTERN_LENGTH_MAX = 500
/** Ways through the pattern, as a power of ten: about a tenth of a second. */
const WAYS_MAX_LOG10 = 7
const DEPTH_MAX = 20

/**
 * The pattern, ready to be tested against a value of `VALUE_LENGTH_MAX` at most;
 * `null` where it does not compile, or cannot be shown to end soon.
 */
export function safePattern(text: string): RegExp | null {
  if (text.length === 0 || text.length > PATTERN_LENGTH_MAX) return null
  const through = waysThrough(text)
  if (through === null) return null
  // One that may begin anywhere is tried from every character.
  const isAnchored = text.startsWith("^") && through.choices === 1
  const starts = isAnchored ? 0 : Math.log10(VALUE_LENGTH_MAX)
  if (through.ways + starts > WAYS_MAX_LOG10) return null
  try {
    return new RegExp(text)
  } catch {
    return null
  }
}

/**
 * The logarithm of how many ways there are through a pattern at most, counting
 * each repetition that may end at several places as so many, and what repeats a
 * group as the power of what is in it. `null` for what is not understood: what
 * looks back at an earlier match, for one.
 */
function waysThrough(text: string): { ways: number; choices: number } | null {
  let at = 0
  let depth = 0
  /** Of the whole text in the end: what is around the others is left last. */
  let choices = 1

  function alternatives(): number | null {
    depth += 1
    if (depth > DEPTH_MAX) return null
    let most = sequence()
    let count = 1
    while (most !== null && text[at] === "|") {
      at += 1
      const next = sequence()
      most = next === null ? null : Math.max(most, next)
      count += 1
    }
    depth -= 1
    choices = count
    return most === null ? null : most + Math.log10(count)
  }

  function sequence(): number | null {
    let sum = 0
    while (at < text.length && text[at] !== "|" && text[at] !== ")") {
      const inner = atom()
      if (inner === null) return null
      const repeat = quantifier()
      if (repeat === null) return null
      const ends = Math.log10(repeat.most - repeat.least + 1)
      sum += ends + inner * repeat.most
    }
    return sum
  }

  function atom(): number | null {
    const rest = text.slice(at)
    if (rest.startsWith("(")) return group(rest)
    if (rest.startsWith("[")) {
      const set = /^\[\^?\]?(?:[^\]\\]|\\[\s\S])*\]/.exec(rest)
      if (!set) return null
      at += set[0].length
      return 0
    }
    if (rest.startsWith("\\")) {
      // A number or a name refers to what was matched before.
      if (/^\\(?:[1-9]|k|$)/.test(rest)) return null
      at += 2
      return 0
    }
    if (/^[*+?{]/.test(rest)) return null
    at += 1
    return 0
  }

  function group(rest: string): number | null {
    const opening = /^\((?:\?(?::|=|!|<=|<!|<[A-Za-z]\w*>))?/.exec(rest)
    at += opening?.[0].length ?? 1
    // Another kind of group, of another engine.
    if (text[at] === "?") return null
    const inner = alternatives()
    if (inner === null || text[at] !== ")") return null
    at += 1
    return inner
  }

  function quantifier(): { least: number; most: number } | null {
    const found = /^(?:([*+?])|\{(\d{1,4})(?:(,)(\d{1,4})?)?\})([?+])?/.exec(
      text.slice(at)
    )
    if (!found) return { least: 1, most: 1 }
    at += found[0].length
    const [, sign, least, comma, most, mode] = found
    // Possessive: another engine's.
    if (mode === "+") return null
    if (sign === "?") return { least: 0, most: 1 }
    if (sign !== undefined) return { least: 0, most: VALUE_LENGTH_MAX }
    const from = Math.min(Number(least), VALUE_LENGTH_MAX)
    const to =
      comma === undefined
        ? from
        : most === undefined
          ? VALUE_LENGTH_MAX
          : Math.min(Number(most), VALUE_LENGTH_MAX)
    return to < from ? null : { least: from, most: to }
  }

  const ways = alternatives()
  return ways === null || at < text.length ? null : { ways, choices }
}

const OPTIONS_MAX = 300
const OPTION_LENGTH_MAX = 100

/**
 * The choices that a pattern lists, where it is nothing but a list of words:
 * `^(Checking|Savings)$`. MassPay has no other place for them. `null` for any
 * other pattern.
 */
export function optionsIn(text: string): string[] | null {
  const list = withoutAnchors(text.trim())
  const words = list.replace(/^\((?:\?:)?(.*)\)$/s, "$1").split("|")
  const options = words.map(literalOf)
  if (options.length > OPTIONS_MAX) return null
  const plain = options.filter((option): option is string => option !== null)
  const isList = plain.length === options.length && plain.length > 1
  return isList ? [...new Set(plain)] : null
}

/** Without the `^` it begins with, and the `$` it ends with unless that is escaped. */
const withoutAnchors = (text: string): string =>
  text.replace(/^\^/, "").replace(/(?<!\\)((?:\\\\)*)\$$/, "$1")

/** A word with nothing in it that means more than itself. */
function literalOf(part: string): string | null {
  const plain = withoutAnchors(part.trim())
  const word = plain.replace(/\\([^A-Za-z0-9])/g, "")
  if (/[\\^$.*+?()[\]{}|]/.test(word)) return null
  const literal = plain.replace(/\\([^A-Za-z0-9])/g, "$1")
  const isWord = literal.length > 0 && literal.length <= OPTION_LENGTH_MAX
  return isWord ? literal : null
}
