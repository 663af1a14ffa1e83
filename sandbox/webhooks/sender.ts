import type { Runtime } from "../runtime"
import type { World } from "../world"
import { Post } from "./post"
import type { SignedDelivery } from "./sign"
import { note, nowOf } from "./tell"
import type { Delivery } from "./types"

/** So many may be started in one turn of the event loop. */
const BURST = 64

/** On the clock that the settings name. */
function signingMs({ settings, clock }: World): number {
  return settings.webhook_clock === "virtual" ? clock.now() : Date.now()
}

export function signed(world: World, delivery: Delivery): SignedDelivery {
  const { settings, wiring, signer } = world
  const [secret = ""] = wiring.webhookSecrets
  const nowMs = signingMs(world)
  return signer.sign(delivery, { secret, settings, nowMs })
}

/**
 * Sends what the outbox has lined up, never in the turn of the event loop in which
 * it was put there, so that no request to the API waits for a receiver. `onChange`
 * is called whenever a delivery came to an end, `onLook` after each look at the line.
 */
export class Sender {
  private readonly post = new Post()
  private sending = 0
  private isScheduled = false
  private isStopped = false

  constructor(
    private readonly runtime: Runtime,
    private readonly hooks: { onChange: () => void; onLook: () => void }
  ) {}

  /** Looks soon whether there is something to send. Cheap: call it on any change. */
  wake(): void {
    const { wiring, outbox } = this.runtime.world
    const isIdle = wiring.webhookUrl === null || !outbox.isWaiting()
    if (this.isScheduled || this.isStopped || isIdle) return
    this.isScheduled = true
    setImmediate(() => {
      this.isScheduled = false
      this.start()
      this.hooks.onLook()
    })
  }

  /** Deliveries under way come to nothing and stay where they were: in the queue. */
  stop(): void {
    this.isStopped = true
    this.post.close()
  }

  private start(): void {
    const { world } = this.runtime
    const { outbox, settings, wiring } = world
    const url = wiring.webhookUrl
    for (let started = 0; started < BURST; started += 1) {
      const isBusy = this.sending >= settings.webhook_concurrency
      if (url === null || outbox.is_paused || isBusy || this.isStopped) return
      const delivery = outbox.next(nowOf(world))
      if (!delivery) return
      this.sending += 1
      void this.deliver(world, delivery, url).finally(() => {
        this.sending -= 1
        this.wake()
      })
    }
  }

  private async deliver(
    world: World,
    delivery: Delivery,
    url: string
  ): Promise<void> {
    const { outbox, settings } = world
    outbox.setState(delivery, "sending")
    const request = signed(world, delivery)
    const startedMs = Date.now()
    const result = await this.post.send(
      url,
      request,
      settings.webhook_timeout_ms
    )
    if (this.isStopped) return
    delivery.attempts.push({
      at: new Date(startedMs).toISOString(),
      ...result,
      duration_ms: Date.now() - startedMs,
    })
    const { status } = result
    const isAccepted = status !== null && status >= 200 && status < 300
    const { webhook_attempts, webhook_retry_ms } = settings
    const tries = delivery.attempts.length
    if (isAccepted || tries >= webhook_attempts) {
      outbox.setState(delivery, isAccepted ? "delivered" : "failed")
    } else {
      if (settings.webhook_retry_signature === "new") delivery.signature = null
      outbox.retry(delivery, nowOf(world), webhook_retry_ms * 2 ** (tries - 1))
    }
    note(world, delivery)
    this.hooks.onChange()
  }
}
