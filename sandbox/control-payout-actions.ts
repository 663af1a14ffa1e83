import type { Action } from "./control-action"
import { readPage } from "./control-inputs"
import {
  readAttributeInput,
  readPayoutFlip,
  readPayoutScript,
  readPayoutStatus,
} from "./control-payout-inputs"

/** What is asked about direct payouts, by method. Bodies are read by the control. */
export const PAYOUT_ACTIONS: Record<string, Record<string, Action>> = {
  "/payouts": {
    GET: ({ control, query }) => control.payouts(readPage(query)),
  },
  "/payouts/*/status": {
    POST: ({ control, token, body }) =>
      control.setPayoutStatus(token, readPayoutStatus(body)),
  },
  "/payout-flips": {
    GET: ({ control }) => ({ steps: control.payoutSteps() }),
    POST: ({ control, body }) =>
      control.schedulePayoutFlip(readPayoutFlip(body)),
  },
  "/payout-scripts": {
    GET: ({ control }) => ({ scripts: control.payoutScripts() }),
    POST: ({ control, body }) => control.scriptPayouts(readPayoutScript(body)),
    DELETE: ({ control }) => {
      control.clearPayoutScripts()
      return { scripts: control.payoutScripts() }
    },
  },
  "/fx": {
    GET: ({ control }) => control.fx(),
    POST: ({ control, body }) => control.setFx(body),
  },
  "/payers/*/change": {
    POST: ({ control, token, body }) => control.changePayer(token, body),
  },
  "/payers/*/attributes": {
    POST: ({ control, token, body }) =>
      control.requireAttribute(token, readAttributeInput(body)),
  },
}
