import { invalid } from "./errors"
import type { JsonObject } from "./json"

type TextRule = {
  max?: number
  pattern?: RegExp
  /** Completes the sentence "<field> must be …" when the pattern does not match. */
  shape?: string
}

const TEXT_MAX = 255

/**
 * Reads fields of a body or query and collects everything wrong with them, so that
 * one answer names all problems. What a reader returns for a bad field is a
 * placeholder: call `assertValid` before using any of it.
 */
export class Fields {
  private readonly problems: string[] = []

  constructor(private readonly values: JsonObject) {}

  text(field: string, rule: TextRule = {}): string {
    const value = this.optionalText(field, rule)
    if (this.isAbsent(field)) this.problem(field, "is required")
    else if (value === "") this.problem(field, "must not be empty")
    return value ?? ""
  }

  optionalText(field: string, rule: TextRule = {}): string | undefined {
    if (this.isAbsent(field)) return undefined
    const value = this.values[field]
    if (typeof value !== "string") {
      this.problem(field, "must be a string")
      return undefined
    }
    const max = rule.max ?? TEXT_MAX
    if (value.length > max) {
      this.problem(field, `must have at most ${max} characters`)
    } else if (value !== "" && rule.pattern && !rule.pattern.test(value)) {
      this.problem(field, `must be ${rule.shape ?? "well formed"}`)
    }
    return value
  }

  number(field: string): number | undefined {
    const value = this.values[field]
    if (typeof value === "number") return value
    this.problem(
      field,
      this.isAbsent(field) ? "is required" : "must be a number"
    )
    return undefined
  }

  optionalBoolean(field: string, fallback: boolean): boolean {
    if (this.isAbsent(field)) return fallback
    const value = this.values[field]
    if (typeof value === "boolean") return value
    this.problem(field, "must be true or false")
    return fallback
  }

  optionalObject(field: string): JsonObject | undefined {
    if (this.isAbsent(field)) return undefined
    const value = this.values[field]
    if (typeof value === "object" && value && !Array.isArray(value)) {
      return value as JsonObject
    }
    this.problem(field, "must be an object")
    return undefined
  }

  choice<Choice extends string>(
    field: string,
    choices: readonly Choice[]
  ): Choice | undefined {
    const value = this.values[field]
    const chosen = choices.find((choice) => choice === value)
    if (!chosen) this.problem(field, `must be one of ${choices.join(", ")}`)
    return chosen
  }

  problem(field: string, sentence: string): void {
    this.problems.push(`${field} ${sentence}`)
  }

  /** Answers 400 with every problem found so far, if there is one. */
  assertValid(): void {
    if (this.problems.length > 0) throw invalid(this.problems)
  }

  /** A null means the same as a field that is not there. */
  private isAbsent(field: string): boolean {
    return this.values[field] === undefined || this.values[field] === null
  }
}

/** Midnight UTC of a day written YYYY-MM-DD, or null when there is no such day. */
export function parseDay(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null
  const time = Date.parse(`${text}T00:00:00Z`)
  // Date.parse turns February 30 into March 2.
  if (Number.isNaN(time)) return null
  return new Date(time).toISOString().startsWith(text) ? time : null
}

/** A moment in ISO 8601; without a zone it is UTC. Null when it is neither. */
export function parseMoment(text: string): number | null {
  const match =
    /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?$/.exec(
      text
    )
  if (!match || parseDay(match[1] ?? "") === null) return null
  const time = Date.parse(match[4] ? text : `${text}Z`)
  return Number.isNaN(time) ? null : time
}
