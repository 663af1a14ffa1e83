import type { Random } from "../support/random"
import { signatureFor, WEBHOOK_SECRET } from "../support/webhooks"

export type Delivery = {
  header: string
  body: Buffer
  is_genuine: boolean
  /** In which round it arrives. */
  round: number
}

export type PostRules = {
  /** Of the events, how many are never delivered. */
  lost: number
  /** Of the events, how many come with a forgery that claims the contrary. */
  forged: number
  copies_max: number
  /** How many rounds late a delivery may be: what left later overtakes it. */
  late_max: number
}

const OLD_SECRET = "whsec-older-4411"
export const SECRETS = [WEBHOOK_SECRET, OLD_SECRET]

/** Loses, repeats, delays and forges what is posted. Its seed alone decides how. */
export class PostOffice {
  readonly posted = { events: 0, lost: 0, forged: 0, deliveries: 0 }
  private readonly waiting: Delivery[] = []
  private signed = 0

  constructor(
    private readonly random: Random,
    private readonly rules: PostRules
  ) {}

  post(
    event: { status: string } & Record<string, unknown>,
    round: number
  ): void {
    const { random, rules, posted } = this
    posted.events += 1
    const isForged = random.chance(rules.forged)
    if (isForged) this.forge(event, round)
    if (random.chance(rules.lost)) {
      posted.lost += 1
      return
    }
    const first = this.sign(event)
    const copies = random.between(1, rules.copies_max)
    for (let copy = 0; copy < copies; copy += 1) {
      // A retry is sometimes signed anew: nobody knows which MassPay does.
      const delivery = copy > 0 && random.chance(0.3) ? this.sign(event) : first
      this.put({ ...delivery, is_genuine: true }, round)
    }
  }

  /** What arrives in this round, in no order. */
  take(round: number): Delivery[] {
    const due = this.waiting.filter((delivery) => delivery.round <= round)
    const rest = this.waiting.filter((delivery) => delivery.round > round)
    this.waiting.splice(0, this.waiting.length, ...rest)
    for (let at = due.length - 1; at > 0; at -= 1) {
      const other = this.random.between(0, at)
      const [one, two] = [due[at], due[other]]
      if (one && two) [due[at], due[other]] = [two, one]
    }
    return due
  }

  private put(delivery: Omit<Delivery, "round">, round: number): void {
    const late = this.random.between(0, this.rules.late_max)
    this.waiting.push({ ...delivery, round: round + late })
    this.posted.deliveries += 1
  }

  private sign(event: object): { header: string; body: Buffer } {
    const body = Buffer.from(JSON.stringify(event))
    // In milliseconds, each its own: MassPay does not sign two events alike.
    const timestamp = String(
      Date.now() - 30_000 + ((this.signed += 1) % 20_000)
    )
    const secret = this.random.pick(SECRETS)
    const encoding = this.random.pick(["hex", "base64"] as const)
    return { body, header: signatureFor(body, { timestamp, secret, encoding }) }
  }

  /** By somebody who knows everything but a secret. */
  private forge(event: { status: string }, round: number): void {
    this.posted.forged += 1
    const status = event.status === "COMPLETED" ? "CANCELLED" : "COMPLETED"
    const lie = Buffer.from(JSON.stringify({ ...event, status }))
    const { header } = this.sign(event)
    const isReplayed = this.random.chance(0.5)
    this.put(
      {
        body: lie,
        // The signature of the true event, or one by another secret.
        header: isReplayed ? header : signatureFor(lie, { secret: "guessed" }),
        is_genuine: false,
      },
      round
    )
  }
}
