import { ControlError } from "./errors"
import type { JsonObject } from "./json"

/** A misspelt field would otherwise be ignored, and the test would prove nothing. */
export function assertOnly(body: JsonObject, allowed: readonly string[]): void {
  const unknown = Object.keys(body).find((field) => !allowed.includes(field))
  if (unknown === undefined) return
  throw new ControlError(
    400,
    `There is no field "${unknown}" here. Allowed: ${allowed.join(", ") || "none"}`
  )
}

function shown(value: unknown): string {
  return value === undefined ? "left out" : JSON.stringify(value)
}

export function choice<Choice extends string>(
  value: unknown,
  field: string,
  choices: readonly Choice[]
): Choice {
  const chosen = choices.find((candidate) => candidate === value)
  if (chosen) return chosen
  throw new ControlError(
    400,
    `${field} cannot be ${shown(value)}. Allowed: ${choices.join(", ")}`
  )
}

export type WholeRule = { field: string; min: number; max: number }

export function whole(value: unknown, { field, min, max }: WholeRule): number {
  if (
    typeof value === "number" &&
    Number.isInteger(value) &&
    value >= min &&
    value <= max
  ) {
    return value
  }
  throw new ControlError(
    400,
    `${field} cannot be ${shown(value)}. Allowed: a whole number from ${min} to ${max}`
  )
}

export function optionalText(
  body: JsonObject,
  field: string
): string | undefined {
  const value = body[field]
  if (value === undefined) return undefined
  if (typeof value === "string" && value !== "") return value
  throw new ControlError(400, `${field} must be a text`)
}
