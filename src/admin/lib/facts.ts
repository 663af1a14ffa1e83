/** One field of what the API answered. `path` says where: "operations 1 attempts 2 outcome". */
export type Fact = {
  path: string
  value: string | number | boolean | null
}

/** Everything in an answer, field by field, so that nobody has to read JSON. */
export function factsOf(value: unknown, path = ""): Fact[] {
  if (Array.isArray(value)) {
    return value.flatMap((one, index) => factsOf(one, join(path, index + 1)))
  }
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([key, one]) =>
      factsOf(one, join(path, key))
    )
  }
  return [{ path, value: isPlain(value) ? value : null }]
}

function join(path: string, part: string | number): string {
  return path ? `${path} ${part}` : String(part)
}

function isPlain(value: unknown): value is string | number | boolean {
  return ["string", "number", "boolean"].includes(typeof value)
}
