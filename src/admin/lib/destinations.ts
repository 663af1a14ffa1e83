import type {
  DestinationField,
  DestinationRoute,
  DestinationStatus,
} from "../../types/http-destinations"

type Color = "green" | "orange" | "red" | "grey"

const COLOR_OF_STATUS = {
  incomplete: "orange",
  ready: "green",
  returned: "red",
  gone: "red",
} satisfies Record<DestinationStatus, Color>

/** What a newer server says and this version does not know is grey. */
export function destinationColor(status: string): Color {
  return status in COLOR_OF_STATUS
    ? COLOR_OF_STATUS[status as DestinationStatus]
    : "grey"
}

/** A country and a currency that the server takes; what is asked for while they are typed is nothing. */
export type RouteWish = {
  currency_code: string
  destination_currency_code: string
  country_code: string
}

/** As the server wants it, or `null` while something is not typed to its end. */
export function readWish(typed: RouteWish): RouteWish | null {
  const plain = (text: string) => text.trim().toUpperCase()
  const wish = {
    currency_code: plain(typed.currency_code),
    destination_currency_code: plain(typed.destination_currency_code),
    country_code: plain(typed.country_code),
  }
  const isWhole =
    /^[A-Z]{3}$/.test(wish.currency_code) &&
    /^[A-Z0-9]{3,5}$/.test(wish.destination_currency_code) &&
    /^[A-Z]{2,3}$/.test(wish.country_code)
  return isWhole ? wish : null
}

/** The terms as they stood on the screen: MassPay must not make them worse meanwhile. */
export function shownTerms({
  fee,
  exchange_rate,
  destination_currency_code,
}: DestinationRoute): object {
  return { fee, exchange_rate, destination_currency_code }
}

export type FieldProblem = "required" | "option" | "pattern" | "day"

/** What keeps a value from being sent; `null`: nothing that could be told here. MassPay has the last word. */
export function problemWith(
  field: Pick<
    DestinationField,
    "input" | "is_required" | "options" | "pattern"
  >,
  given: string
): FieldProblem | null {
  const value = given.trim()
  if (value === "") return field.is_required ? "required" : null
  if (field.options) return field.options.includes(value) ? null : "option"
  if (field.input === "date") {
    return /^\d{4}-\d{2}-\d{2}$/.test(value) ? null : "day"
  }
  return field.pattern === null || fits(value, field.pattern) ? null : "pattern"
}

/** The server gives only patterns that end soon. One that this browser does not know refuses nothing. */
function fits(value: string, pattern: string): boolean {
  try {
    return new RegExp(pattern).test(value)
  } catch {
    return true
  }
}

/** Field by field what is wrong, by token; empty when it can be sent. */
export function problemsIn(
  fields: readonly DestinationField[],
  values: Readonly<Record<string, string>>
): Record<string, FieldProblem> {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const problem = problemWith(field, values[field.token] ?? "")
      return problem ? [[field.token, problem]] : []
    })
  )
}
