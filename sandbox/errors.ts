const TITLES: Record<number, string> = {
  400: "Bad request.",
  401: "Unauthorized.",
  403: "Forbidden.",
  404: "Not found.",
  405: "Method not allowed.",
  409: "Still in use.",
  413: "Payload too large.",
  421: "Misdirected request.",
  422: "Unprocessable content.",
  429: "Too many requests.",
  500: "Internal server error.",
}

const MESSAGES: Record<number, string> = {
  400: "The sandbox could not accept this request as it was sent.",
  401: "The sandbox needs a valid API key in the Authorization header.",
  403: "This API key may not do that.",
  404: "There is nothing at this address.",
  405: "This address exists, but not for this method.",
  409: "The thing you want to change is being changed right now.",
  413: "The body of this request is larger than the sandbox reads.",
  421: "The sandbox answers only under the name of this machine.",
  422: "The request is well formed but does not fit what came before.",
  429: "Too many requests in a short time.",
  500: "Something went wrong inside.",
}

export const DOCUMENTATION_REQUIRED_TITLE = "Documentation required."

type ErrorBody = {
  title: string
  message: string
  code: number
  error?: { reason?: string; details?: string[] }
}

type ErrorDetail = { title?: string; reason?: string; details?: string[] }

/** The error shape every operation of the payout API shares. */
export function errorBody(status: number, detail: ErrorDetail = {}): ErrorBody {
  const { title, reason, details } = detail
  const body: ErrorBody = {
    title: title ?? TITLES[status] ?? "Error.",
    message: MESSAGES[status] ?? "The request failed.",
    code: status,
  }
  if (reason !== undefined || details !== undefined) {
    body.error = {
      ...(reason !== undefined && { reason }),
      ...(details !== undefined && { details }),
    }
  }
  return body
}

/**
 * An answer other than success.
 *
 * `outcome` decides what an idempotency key remembers: a request that is invalid
 * in itself leaves no trace, one refused because of the state of the world is the
 * result of executing it and is replayed like any other result.
 */
export class ApiError extends Error {
  override readonly name = "ApiError"

  constructor(
    readonly status: number,
    readonly outcome: "invalid" | "refused",
    readonly body: object
  ) {
    super(`The sandbox answers ${status}`)
  }
}

export function invalid(details: string[]): ApiError {
  return new ApiError(400, "invalid", errorBody(400, { details }))
}

export function refused(status: 400 | 404, details: string[]): ApiError {
  return new ApiError(status, "refused", errorBody(status, { details }))
}

/** Something asked of the sandbox itself, not of the API it plays, is not possible. */
export class ControlError extends Error {
  override readonly name = "ControlError"

  constructor(
    readonly status: 400 | 404 | 405 | 409,
    message: string
  ) {
    super(message)
  }
}
