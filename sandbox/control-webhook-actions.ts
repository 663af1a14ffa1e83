import type { Action } from "./control-action"
import { readLimit, readNothing } from "./control-inputs"
import type { JsonObject } from "./json"
import type { WebhookControl } from "./webhooks/control"
import {
  readRedelivery,
  readTaking,
  readWebhookConfig,
  readWebhookFault,
  readWebhookPlan,
} from "./webhooks/inputs"

function simply(act: (webhooks: WebhookControl) => unknown): Action {
  return ({
    control,
    body,
  }: {
    control: { webhooks: WebhookControl }
    body: JsonObject
  }) => {
    readNothing(body)
    return act(control.webhooks)
  }
}

/** What lies below /webhooks, by method. */
export const WEBHOOK_ACTIONS: Record<string, Record<string, Action>> = {
  "/webhooks": {
    GET: ({ control, query }) => ({
      ...control.webhooks.state(),
      deliveries: control.webhooks.deliveries(readLimit(query)),
    }),
  },
  "/webhooks/config": {
    POST: ({ control, body }) =>
      control.webhooks.configure(readWebhookConfig(body)),
  },
  "/webhooks/send": {
    POST: ({ control, body }) => ({ deliveries: control.webhooks.send(body) }),
  },
  "/webhooks/take": {
    POST: ({ control, body }) => ({
      deliveries: control.webhooks.take(readTaking(body)),
    }),
  },
  "/webhooks/pause": { POST: simply((webhooks) => webhooks.pause()) },
  "/webhooks/resume": { POST: simply((webhooks) => webhooks.resume()) },
  // The answer does not wait for receivers: ask for the state until none waits.
  "/webhooks/flush": { POST: simply((webhooks) => webhooks.hurry()) },
  "/webhooks/faults": {
    GET: ({ control }) => ({ faults: control.webhooks.state().faults }),
    POST: ({ control, body }) =>
      control.webhooks.armFault(readWebhookFault(body)),
    DELETE: ({ control }) => control.webhooks.clearFaults(),
  },
  "/webhooks/plan": {
    GET: ({ control }) => ({ plan: control.webhooks.state().plan }),
    POST: ({ control, body }) =>
      control.webhooks.planFaults(readWebhookPlan(body)),
    DELETE: ({ control }) => control.webhooks.clearFaults(),
  },
  "/webhooks/*/redeliver": {
    POST: ({ control, token, body }) =>
      control.webhooks.redeliver(token, readRedelivery(body)),
  },
}
