import { type Answer, jsonAnswer } from "./answers"
import type { Control } from "./control"
import type { Action } from "./control-action"
import { readFault, readFaultPlan } from "./control-fault-inputs"
import {
  readAutopayout,
  readClock,
  readFlip,
  readKycStatus,
  readLimit,
  readLoadStatus,
  readLockKind,
  readMoney,
  readNothing,
  readPage,
  readWithdrawal,
} from "./control-inputs"
import { PAYOUT_ACTIONS } from "./control-payout-actions"
import { WEBHOOK_ACTIONS } from "./control-webhook-actions"
import { ControlError } from "./errors"
import { isJsonObject, type JsonObject, parseJson } from "./json"

export const CONTROL_PREFIX = "/sandbox"

type ControlRequest = {
  method: string
  path: string
  query: string
  /** Null when it was larger than the sandbox reads. */
  body: Buffer | null
}

const ACTIONS: Record<string, Record<string, Action>> = {
  ...WEBHOOK_ACTIONS,
  ...PAYOUT_ACTIONS,
  "/reset": {
    POST: ({ control, body }) => {
      readNothing(body)
      control.reset()
      return control.state()
    },
  },
  "/fund": { POST: ({ control, body }) => control.fund(readMoney(body)) },
  "/clock": {
    GET: ({ control }) => control.clock(),
    POST: ({ control, body }) => control.moveClock(readClock(body)),
  },
  "/users/*/lock": {
    POST: ({ control, token, body }) =>
      control.lockUser(token, readLockKind(body)),
  },
  "/users/*/unlock": {
    POST: ({ control, token, body }) => {
      readNothing(body)
      return control.unlockUser(token)
    },
  },
  "/users/*/deactivate": {
    POST: ({ control, token, body }) => {
      readNothing(body)
      return control.deactivateUser(token)
    },
  },
  "/users/*/kyc": {
    GET: ({ control, token }) => ({ sessions: control.kycSessions(token) }),
  },
  "/kyc/*/status": {
    POST: ({ control, token, body }) =>
      control.setKycStatus(token, readKycStatus(body)),
  },
  "/users/*/withdraw": {
    POST: ({ control, token, body }) => {
      readNothing(body)
      return { wallets: control.withdrawAll(token) }
    },
  },
  "/users/*/autopayout": {
    POST: ({ control, token, body }) =>
      control.setAutopayout(token, readAutopayout(body)),
  },
  "/wallets/*/withdraw": {
    POST: ({ control, token, body }) =>
      control.withdraw(token, readWithdrawal(body)),
  },
  "/faults": {
    GET: ({ control }) => ({ faults: control.faults() }),
    POST: ({ control, body }) => control.armFault(readFault(body)),
    DELETE: ({ control }) => {
      control.clearFaults()
      return { faults: control.faults() }
    },
  },
  "/fault-plan": {
    GET: ({ control }) => ({ plan: control.faultPlan() }),
    POST: ({ control, body }) => control.planFaults(readFaultPlan(body)),
    DELETE: ({ control }) => ({ plan: control.clearFaultPlan() }),
  },
  "/flips": {
    GET: ({ control }) => ({ flips: control.flips() }),
    POST: ({ control, body }) => control.scheduleFlip(readFlip(body)),
    DELETE: ({ control }) => {
      control.clearFlips()
      return { flips: control.flips() }
    },
  },
  "/settings": {
    GET: ({ control }) => control.settings(),
    POST: ({ control, body }) => control.changeSettings(body),
  },
  "/loads": {
    GET: ({ control, query }) => control.loads(readPage(query)),
  },
  "/loads/*/status": {
    POST: ({ control, token, body }) =>
      control.setLoadStatus(token, readLoadStatus(body)),
  },
  "/hidden": {
    GET: ({ control }) => ({ hidden: control.hidden() }),
    DELETE: ({ control }) => {
      control.showAll()
      return { hidden: control.hidden() }
    },
  },
  "/loads/*/hide": {
    POST: ({ control, token, body }) => {
      readNothing(body)
      return { hidden: control.hide(token) }
    },
  },
  "/spendbacks/*/hide": {
    POST: ({ control, token, body }) => {
      readNothing(body)
      return { hidden: control.hide(token) }
    },
  },
  "/spendbacks": {
    GET: ({ control, query }) => control.spendbacks(readPage(query)),
  },
  "/state": { GET: ({ control, query }) => control.state(readLimit(query)) },
  "/journal": {
    GET: ({ control, query }) => control.journal(readPage(query)),
  },
  "/audit": { GET: ({ control }) => control.audit() },
}

const ADDRESSES: ReadonlyMap<string, Record<string, Action>> = new Map(
  Object.entries(ACTIONS)
)

/** Answers one request to the control API; what is wrong with it, in a sentence. */
export function handleControlRequest(
  control: Control,
  request: ControlRequest
): Answer {
  try {
    return jsonAnswer(200, act(control, request))
  } catch (error) {
    if (!(error instanceof ControlError)) throw error
    return jsonAnswer(error.status, { error: error.message })
  }
}

function act(control: Control, request: ControlRequest): unknown {
  const address = request.path.slice(CONTROL_PREFIX.length)
  const [, first = "", token = "", ...rest] = address.split("/")
  const pattern = rest.length > 0 ? `/${first}/*/${rest.join("/")}` : address
  const methods = ADDRESSES.get(pattern)
  if (!methods) {
    throw new ControlError(404, `There is nothing at ${request.path}`)
  }
  const action = new Map(Object.entries(methods)).get(request.method)
  if (!action) {
    const allowed = Object.keys(methods).join(", ")
    throw new ControlError(405, `${request.path} takes ${allowed} only`)
  }
  return action({
    control,
    token: rest.length > 0 ? token : "",
    query: new URLSearchParams(request.query),
    body: readBody(request),
  })
}

function readBody({ body }: ControlRequest): JsonObject {
  if (body === null) throw new ControlError(400, "The body is too large")
  if (body.length === 0) return {}
  const parsed = parseJson(body.toString("utf8"))
  if (isJsonObject(parsed)) return parsed
  throw new ControlError(400, "The body must be a JSON object")
}
