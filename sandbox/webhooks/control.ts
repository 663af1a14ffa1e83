import { ControlError } from "../errors"
import type { JsonObject } from "../json"
import type { Runtime } from "../runtime"
import { problemWithSecrets, problemWithUrl } from "../wiring"
import type { ArmedWebhookFault, WebhookFaultInput } from "./faults"
import { readWebhookFault, readWebhookPlan } from "./inputs"
import {
  WebhookPlan,
  type WebhookPlanInput,
  type WebhookPlanState,
} from "./plan"
import { signed } from "./sender"
import type { SignedDelivery } from "./sign"
import { viewWebhooks, type WebhookState } from "./state"
import { note, nowOf, tell } from "./tell"
import type { Delivery } from "./types"
import { type DeliveryView, viewDelivery } from "./view"

const FLUSH_TIMEOUT_MS = 30_000
const LOOK_MS = 5
const ROWS = 100

export type WebhookConfig = {
  /** http on this machine; null: nothing is sent, deliveries wait to be taken. */
  url?: string | null
  /** Deliveries are signed with the first. */
  secrets?: readonly string[]
}

/** Deliveries of webhooks: what became of them, and how to make them go wrong. */
export class WebhookControl {
  constructor(private readonly runtime: Runtime) {}

  state(): WebhookState {
    return viewWebhooks(this.runtime.worldNow())
  }

  /** Says whom to tell, and turns webhooks on. What happened before stays untold. */
  configure({ url, secrets }: WebhookConfig): WebhookState {
    const { wiring } = this.runtime.world
    const problem =
      (typeof url === "string" && problemWithUrl(url)) ||
      (secrets && problemWithSecrets(secrets))
    if (problem) throw new ControlError(400, problem)
    if (url !== undefined) wiring.webhookUrl = url
    if (secrets) wiring.webhookSecrets = [...secrets]
    wiring.hasWebhooks = true
    this.runtime.changed()
    return this.state()
  }

  /** The latest first. */
  deliveries(limit = ROWS): DeliveryView[] {
    const { outbox } = this.runtime.worldNow()
    return outbox.deliveries().slice(-limit).reverse().map(viewDelivery)
  }

  delivery(deliveryId: string): DeliveryView {
    return viewDelivery(this.find(deliveryId))
  }

  /** Tells an event of any kind: its body is signed and sent as it is given. */
  send(body: JsonObject): DeliveryView[] {
    const world = this.runtime.worldNow()
    if (!world.wiring.hasWebhooks) {
      throw new ControlError(409, "There is no webhook URL to send it to")
    }
    const text = (field: string): string | null => {
      const value = body[field]
      return typeof value === "string" ? value : null
    }
    const deliveries = tell(world, {
      body,
      event_type: text("event_type"),
      user_token: text("user_token") ?? text("AccountId"),
      load_token: text("load_token"),
      spendback_token: text("spendback_token"),
      payout_token: text("payout_token"),
    })
    this.runtime.changed()
    return deliveries.map(viewDelivery)
  }

  /**
   * Delivers once more what was delivered before: signed anew, or the same to the
   * last byte when `is_identical`.
   */
  redeliver(
    deliveryId: string,
    { is_identical = false }: { is_identical?: boolean } = {}
  ): DeliveryView {
    const { event } = this.find(deliveryId)
    const { world } = this.runtime
    const { outbox, wiring } = world
    const kind = is_identical ? "copy" : "redelivery"
    const { queueLimit } = wiring
    const again = outbox.again(event, kind, { now: nowOf(world), queueLimit })
    this.runtime.changed()
    return viewDelivery(again)
  }

  /** Nothing leaves any more but what is taken. */
  pause(): WebhookState {
    this.runtime.world.outbox.is_paused = true
    this.runtime.changed()
    return this.state()
  }

  resume(): WebhookState {
    this.runtime.world.outbox.is_paused = false
    this.runtime.changed()
    return this.state()
  }

  /** Whatever waits for a clock or for its turn may leave at once. */
  hurry(): WebhookState {
    this.runtime.worldNow().outbox.hurry()
    this.runtime.changed()
    return this.state()
  }

  /** Resolves when everything was sent that can be; rejects when that takes too long. */
  async flush({ timeoutMs = FLUSH_TIMEOUT_MS } = {}): Promise<WebhookState> {
    const { outbox, wiring } = this.runtime.world
    if (wiring.webhookUrl === null || outbox.is_paused) {
      throw new ControlError(409, "Nothing is being sent: take it instead")
    }
    const deadline = Date.now() + timeoutMs
    while (outbox.isWaiting()) {
      if (Date.now() > deadline) {
        const { waiting, sending } = outbox.counts
        throw new Error(`Still ${waiting} waiting and ${sending} on their way`)
      }
      this.hurry()
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
    }
    return this.state()
  }

  /**
   * Hands out signed deliveries instead of sending them, in the order in which they
   * would have left, and without waiting for what is scripted to wait. For tests that
   * play the network themselves: pause first where there is a URL.
   */
  take({ limit = Number.POSITIVE_INFINITY } = {}): SignedDelivery[] {
    const world = this.runtime.worldNow()
    const { outbox } = world
    outbox.hurry()
    const taken: SignedDelivery[] = []
    while (taken.length < limit) {
      const delivery = outbox.next(nowOf(world), { isHurried: true })
      if (!delivery) break
      taken.push(signed(world, delivery))
      outbox.setState(delivery, "taken")
      note(world, delivery)
    }
    if (taken.length > 0) this.runtime.changed()
    return taken
  }

  /** The next events of its kind meet this. */
  armFault(input: WebhookFaultInput): ArmedWebhookFault {
    const fault = this.runtime.world.outbox.armFault(
      readWebhookFault({ ...input })
    )
    this.runtime.changed()
    return { ...fault }
  }

  /** From now on the deliveries of each event are drawn from the seed. */
  planFaults(input: WebhookPlanInput): WebhookPlanState {
    const plan = new WebhookPlan(readWebhookPlan({ ...input }))
    this.runtime.world.outbox.plan = plan
    this.runtime.changed()
    return plan.state()
  }

  /** Neither armed nor planned ones are left. */
  clearFaults(): WebhookState {
    const { outbox } = this.runtime.world
    outbox.clearFaults()
    outbox.plan = null
    this.runtime.changed()
    return this.state()
  }

  private find(deliveryId: string): Delivery {
    const delivery = this.runtime.worldNow().outbox.find(deliveryId)
    if (delivery) return delivery
    throw new ControlError(404, `There is no delivery ${deliveryId}`)
  }
}
