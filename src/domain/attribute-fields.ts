import { optionsIn, safePattern, VALUE_LENGTH_MAX } from "./attribute-pattern"

/** What MassPay wants to know before it pays by a route, as a form. Values pass through here and stay nowhere. */

/** MassPay collects these through a link of its own. */
const COLLECTED_BY_LINK = ["IDSelfieCollection", "IFramePaymentCollection"]

export function isCollectedByLink(type: string): boolean {
  return COLLECTED_BY_LINK.includes(type)
}

/** As MassPay defines it. */
export type AttributeDefinition = {
  token: string
  label: string
  type: string
  input_type: "text" | "options" | "date"
  validation: string | null
  is_optional: boolean
  expected_value: string | null
  has_value: boolean
}

export type AttributeField = {
  /** Under this name the value is sent. */
  token: string
  label: string
  /** MassPay's word for what it is. */
  type: string
  input: "text" | "select" | "date"
  is_required: boolean
  /** The only values there are; `null`: any text. */
  options: string[] | null
  /** For a form to check before it sends; `null`: only MassPay can. */
  pattern: string | null
  /** In MassPay's words. */
  hint: string | null
  /** MassPay has a value already; all are sent again when one changes. */
  has_value: boolean
  max_length: number
}

/** The fields of a form, in MassPay's order, without what is collected by a link. */
export function attributeFields(
  definitions: readonly AttributeDefinition[]
): AttributeField[] {
  return definitions
    .filter(({ type }) => !isCollectedByLink(type))
    .map((definition) => {
      const { token, label, type, validation, input_type } = definition
      const options =
        input_type === "options" && validation ? optionsIn(validation) : null
      const isDate = input_type === "date"
      return {
        token,
        label,
        type,
        input: options ? "select" : isDate ? "date" : "text",
        is_required: !definition.is_optional,
        options,
        pattern: options || isDate ? null : patternOf(validation),
        hint: definition.expected_value,
        has_value: definition.has_value,
        max_length: VALUE_LENGTH_MAX,
      }
    })
}

function patternOf(validation: string | null): string | null {
  if (validation === null) return null
  return safePattern(validation) ? validation : null
}

export type AttributeValues = Readonly<Record<string, string>>

/**
 * Values as MassPay gets them, or what is wrong with them, in words that repeat
 * none. What a pattern refuses is refused here only where that can be told
 * safely; MassPay has the last word in any case.
 */
export function checkAttributes(
  definitions: readonly AttributeDefinition[],
  given: AttributeValues
):
  | { values: { token: string; value: string }[]; problems: [] }
  | { values: null; problems: string[] } {
  const fields = attributeFields(definitions)
  const known = new Set(fields.map(({ token }) => token))
  const unknown = Object.keys(given).filter((token) => !known.has(token))
  if (unknown.length > 0) {
    const allowed = fields.map(({ token, label }) => `${token} (${label})`)
    return {
      values: null,
      problems: [
        `Field 'values' has ${unknown.length === 1 ? "a name" : "names"} that MassPay does not ask for. It asks for: ${allowed.join(", ") || "nothing"}`,
      ],
    }
  }
  const values: { token: string; value: string }[] = []
  const problems: string[] = []
  for (const field of fields) {
    const value = (given[field.token] ?? "").trim()
    const checked = checkValue(field, value)
    if ("problem" in checked) problems.push(checked.problem)
    else if (checked.value !== "") {
      values.push({ token: field.token, value: checked.value })
    }
  }
  return problems.length > 0
    ? { values: null, problems }
    : { values, problems: [] }
}

function checkValue(
  field: AttributeField,
  value: string
): { value: string } | { problem: string } {
  const { label, options, hint } = field
  if (value === "") {
    return field.is_required
      ? { problem: `Field '${label}' is required` }
      : { value }
  }
  if (value.length > VALUE_LENGTH_MAX || hasControlCharacters(value)) {
    return {
      problem: `Field '${label}' must be one line of 1 to ${VALUE_LENGTH_MAX} characters`,
    }
  }
  if (options) {
    return options.includes(value)
      ? { value }
      : { problem: `Field '${label}' must be one of: ${options.join(", ")}` }
  }
  if (field.input === "date") return checkDate(field, value)
  if (field.pattern && !new RegExp(field.pattern).test(value)) {
    return {
      problem: `Field '${label}' does not have the form that MassPay expects${hint ? `: ${hint}` : ""}`,
    }
  }
  return { value }
}

function hasControlCharacters(value: string): boolean {
  return /\p{Cc}/u.test(value)
}

const ISO_DAY = /^(\d{4})-(\d{2})-(\d{2})$/
const LAYOUT = /^(YYYY|MM|DD)([-/. ]?)(YYYY|MM|DD)([-/. ]?)(YYYY|MM|DD)$/

/**
 * A day is taken as YYYY-MM-DD and handed on in the layout that MassPay names.
 * What is written otherwise is handed on as it is: nobody knows every layout.
 */
function checkDate(
  { label, hint }: AttributeField,
  value: string
): { value: string } | { problem: string } {
  const [, year, month, day] = ISO_DAY.exec(value) ?? []
  if (!year || !month || !day) return { value }
  const date = new Date(`${value}T00:00:00Z`)
  // A day that no month has becomes one of the next month.
  if (Number.isNaN(date.getTime()) || !date.toISOString().startsWith(value)) {
    return { problem: `Field '${label}' must be a day that exists` }
  }
  const layout = LAYOUT.exec((hint ?? "").trim().toUpperCase())
  const parts: Record<string, string> = { YYYY: year, MM: month, DD: day }
  const isWhole =
    layout && new Set([layout[1], layout[3], layout[5]]).size === 3
  if (!isWhole) return { value }
  return {
    value: layout
      .slice(1)
      .map((part) => parts[part] ?? part)
      .join(""),
  }
}

const ACCOUNT_TYPES = ["BankAccountNumber", "CardNumber"]
const TAIL = 4
const TAIL_OF_LEAST = 8

/**
 * So much of an account's number that its owner can tell two apart: four
 * characters of eight or more, else nothing. No other field leaves a trace.
 */
export function maskedTail(
  definitions: readonly AttributeDefinition[],
  values: readonly { token: string; value: string }[]
): string | null {
  const account = definitions.find(({ type }) => ACCOUNT_TYPES.includes(type))
  const value = values.find(({ token }) => token === account?.token)?.value
  const plain = value?.replace(/[^A-Za-z0-9]/g, "") ?? ""
  return plain.length < TAIL_OF_LEAST ? null : `…${plain.slice(-TAIL)}`
}

export const LABEL_LENGTH_MAX = 100
/** Longer runs of digits could be an account's number. */
const DIGITS_MAX = 4

/**
 * Why a label may not be kept; `null` where it may. A label is the one text of a
 * destination that is stored here, so nothing of an account may be in it.
 */
export function problemWithLabel(
  label: string,
  values: readonly { value: string }[] = []
): string | null {
  const plain = label.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "")
  const repeats = values.some(({ value }) => {
    const given = value.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "")
    return given.length > DIGITS_MAX && plain.includes(given)
  })
  const digits = label.replace(/[\s.\-/]/g, "").match(/\d+/g) ?? []
  const isNumber = digits.some((run) => run.length > DIGITS_MAX)
  return repeats || isNumber
    ? `Field 'label' is kept here, so it must not hold account details: name it without what you gave above, and with ${DIGITS_MAX} digits in a row at most`
    : null
}
