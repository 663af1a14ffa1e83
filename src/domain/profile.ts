/**
 * What MassPay needs to know of a person before it pays her, beyond the contact
 * that she is created with. Values pass through; what is kept is which are there.
 */
export const PROFILE_FIELDS = [
  "address1",
  "city",
  "state_province",
  "postal_code",
  "date_of_birth",
  "mobile_number",
] as const
export type ProfileField = (typeof PROFILE_FIELDS)[number]

/** Without these MassPay refuses a payout, or any change of a profile. */
const NEEDED = [
  "address1",
  "city",
  "state_province",
  "postal_code",
  "date_of_birth",
] as const satisfies readonly ProfileField[]

/** MassPay takes a change only together with all of these. */
const NEEDED_TO_CHANGE = [
  "address1",
  "city",
  "state_province",
  "postal_code",
] as const satisfies readonly ProfileField[]

/** What somebody says about herself. Only what is given is changed. */
export type ProfileInput = Partial<
  Record<ProfileField | "address2" | "middle_name" | "language", string>
>

type Known = Record<string, unknown>

/** Which fields a payout will need and MassPay does not have. */
export function missingOf(known: Known): ProfileField[] {
  return NEEDED.filter((field) => !isThere(known[field]))
}

const SAYS_NEEDED = /\b(required|missing|mandatory|must be (provided|set))\b/i
const OF_A_PERSON = /\b(user|payee|recipient|profile)\b/i

/**
 * Which fields MassPay refused a payout for want of; none where its reasons are
 * others, or others too. MassPay does not document how it says so: a reason has to
 * name a field, the person, and that it is needed.
 */
export function fieldsRequiredIn(reasons: readonly string[]): ProfileField[] {
  const fields = reasons.map((reason) =>
    SAYS_NEEDED.test(reason) && OF_A_PERSON.test(reason)
      ? PROFILE_FIELDS.find((field) => nameOf(field).test(reason))
      : undefined
  )
  const known = fields.filter((field) => field !== undefined)
  return known.length === fields.length ? [...new Set(known)] : []
}

/** "date_of_birth" and "date of birth". */
function nameOf(field: ProfileField): RegExp {
  return new RegExp(`\\b${field.replaceAll("_", "[_ ]")}\\b`, "i")
}

/** Which fields have to be given too before MassPay takes a change at all. */
export function missingToChange(known: Known): ProfileField[] {
  return NEEDED_TO_CHANGE.filter((field) => !isThere(known[field]))
}

function isThere(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== ""
}

/** What a payee's profile has, without saying what it is. */
export type ProfileFacts = {
  has_address: boolean
  has_date_of_birth: boolean
  missing: ProfileField[]
}

export function profileFacts(missing: readonly ProfileField[]): ProfileFacts {
  return {
    has_address: NEEDED_TO_CHANGE.every((field) => !missing.includes(field)),
    has_date_of_birth: !missing.includes("date_of_birth"),
    missing: [...missing],
  }
}

const TEXT_MAX = 200
const ADULT_YEARS = 18
const OLDEST_YEARS = 120

type Rule = { pattern: RegExp; says: string }

const RULES: Partial<Record<keyof ProfileInput, Rule>> = {
  language: {
    pattern: /^[a-z]{2}$/,
    says: "a language of two letters, such as en",
  },
  mobile_number: {
    pattern: /^[1-9][0-9]{6,14}$/,
    says: "a number with its country code, digits only, such as 16502000226",
  },
  date_of_birth: {
    pattern: /^\d{4}-\d{2}-\d{2}$/,
    says: "a date written YYYY-MM-DD",
  },
}

/** Where the form of an address is well known; elsewhere any text will do. */
const RULES_OF_COUNTRY: Record<string, typeof RULES> = {
  US: {
    state_province: {
      pattern: /^[A-Z]{2}$/,
      says: "a state of two letters, such as CA",
    },
    postal_code: {
      pattern: /^\d{5}(-\d{4})?$/,
      says: "a ZIP code, such as 94103 or 94103-1234",
    },
  },
  CA: {
    state_province: {
      pattern: /^[A-Z]{2}$/,
      says: "a province of two letters, such as ON",
    },
    postal_code: {
      pattern: /^[A-Z]\d[A-Z] ?\d[A-Z]\d$/i,
      says: "a postal code such as K1A 0B1",
    },
  },
}

/**
 * What is wrong with what was given, in plain words that never repeat a value;
 * none when it may be sent. `today` is the books' date.
 */
export function problemsWith(
  input: ProfileInput,
  { country_code, today }: { country_code: string | null; today: Date }
): string[] {
  const rules = { ...RULES, ...RULES_OF_COUNTRY[country_code ?? ""] }
  return Object.entries(input).flatMap(([key, value]) => {
    const field = key as keyof ProfileInput
    if (value.trim() === "" || value.length > TEXT_MAX) {
      return [`Field '${field}' must be 1 to ${TEXT_MAX} characters`]
    }
    const rule = rules[field]
    if (rule && !rule.pattern.test(value)) {
      return [`Field '${field}' must be ${rule.says}`]
    }
    return field === "date_of_birth" ? problemsWithBirth(value, today) : []
  })
}

function problemsWithBirth(value: string, today: Date): string[] {
  const day = new Date(`${value}T00:00:00Z`)
  // A day that no month has becomes one of the next month.
  if (Number.isNaN(day.getTime()) || !day.toISOString().startsWith(value)) {
    return ["Field 'date_of_birth' must be a day that exists"]
  }
  if (value > yearsBefore(today, ADULT_YEARS)) {
    return [`Field 'date_of_birth': a payee has to be ${ADULT_YEARS} years old`]
  }
  return value < yearsBefore(today, OLDEST_YEARS)
    ? ["Field 'date_of_birth' lies too far back"]
    : []
}

function yearsBefore(day: Date, years: number): string {
  const then = new Date(day)
  then.setUTCFullYear(then.getUTCFullYear() - years)
  return then.toISOString().slice(0, 10)
}
