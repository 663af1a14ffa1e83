import type { Control } from "./control"
import type { JsonObject } from "./json"

/** One request to the control API, taken apart. */
type Call = {
  control: Control
  /** The part of the path that stands for `*` in the table. */
  token: string
  query: URLSearchParams
  body: JsonObject
}

export type Action = (call: Call) => unknown
