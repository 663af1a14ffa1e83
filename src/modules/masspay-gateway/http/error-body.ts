/** What an answer other than success says, whatever shape it came in. */
export type ErrorBody = {
  /**
   * `standard` and `legacy` are MassPay's own. `generic` is JSON with only a
   * message: a gateway in front of MassPay writes that too. `other` is not JSON,
   * or JSON that says nothing.
   */
  shape: "standard" | "legacy" | "generic" | "empty" | "other"
  title: string
  /** The reasons, most telling first. Not redacted. */
  texts: string[]
}

const TEXTS_MAX = 50

/** Never throws: a body that cannot be read is a fact like any other. */
export function parseErrorBody(text: string): ErrorBody {
  if (text.trim() === "") return { shape: "empty", title: "", texts: [] }
  const json = parseObject(text)
  if (!json) return { shape: "other", title: "", texts: [] }

  const { title, message, code, error } = json
  const own = {
    title: typeof title === "string" ? title : "",
    message: typeof message === "string" ? [message] : [],
  }
  if (typeof json.Exception === "string") {
    const texts = [json.Exception, ...strings(json.Errors)]
    return { shape: "legacy", title: own.title, texts }
  }
  if (own.message.length === 0) {
    return { shape: "other", title: own.title, texts: [] }
  }
  const reasons = isObject(error)
    ? [...strings([error.reason]), ...strings(error.details)]
    : []
  return {
    shape: typeof code === "number" ? "standard" : "generic",
    title: own.title,
    // The message is one fixed sentence per status: of use only when alone.
    texts: reasons.length > 0 ? reasons : own.message,
  }
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const json: unknown = JSON.parse(text)
    return isObject(json) ? json : null
  } catch {
    return null
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

function strings(value: unknown): string[] {
  return Array.isArray(value)
    ? value
        .filter((item): item is string => typeof item === "string")
        .slice(0, TEXTS_MAX)
    : []
}
