import { NO_TREATMENT, type Treatment } from "./types"

/** What can be made to happen to the deliveries of the next events. */
export const WEBHOOK_FAULT_NAMES = [
  "lose",
  "repeat",
  "resign",
  "forge",
  "tamper",
  "stale",
  "delay",
  "reorder",
] as const
export type WebhookFaultName = (typeof WEBHOOK_FAULT_NAMES)[number]

export type WebhookFaultInput = {
  /**
   * `lose`: nothing leaves. `repeat`: identical deliveries on top. `resign`: the same
   * with a moment of their own. `forge`: one on top that is signed with another key.
   * `tamper`: one on top whose body was changed after signing. `stale`: signed with a
   * moment long past. `delay`: leaves later. `reorder`: gives way to later ones.
   */
  fault: WebhookFaultName
  /** How many events it hits. Default 1. */
  times?: number
  /** Only events of this type. */
  event_type?: string
  /** `repeat`, `resign`, `forge`, `tamper`: how many on top. Default 1. */
  copies?: number
  /** `stale`: how old (default 3600). `delay`: how long, on the virtual clock. */
  seconds?: number
  /** `delay`: how long, on the machine's clock. */
  delay_ms?: number
  /** `reorder`: to how many. Default 1. */
  places?: number
}

export type ArmedWebhookFault = Readonly<WebhookFaultInput> & {
  readonly id: number
  times: number
}

const STALE_SECONDS = 3_600

/** Waiting for their events. An event meets the first that fits it of each name. */
export class WebhookFaults {
  private armed: ArmedWebhookFault[]
  private lastId: number

  constructor(armed: readonly ArmedWebhookFault[] = []) {
    this.armed = armed.map((fault) => ({ ...fault }))
    this.lastId = Math.max(0, ...armed.map((fault) => fault.id))
  }

  arm(input: WebhookFaultInput): ArmedWebhookFault {
    this.lastId += 1
    const fault = { times: 1, ...input, id: this.lastId }
    this.armed.push(fault)
    return fault
  }

  list(): readonly ArmedWebhookFault[] {
    return this.armed
  }

  clear(): void {
    this.armed = []
  }

  /** Null when there is no fault for an event of this type. */
  take(eventType: string | null): Treatment | null {
    const met = WEBHOOK_FAULT_NAMES.flatMap((name) => {
      const fault = this.armed.find(
        (candidate) =>
          candidate.fault === name &&
          (candidate.event_type ?? eventType) === eventType
      )
      return fault ? [fault] : []
    })
    if (met.length === 0) return null
    for (const fault of met) fault.times -= 1
    this.armed = this.armed.filter((fault) => fault.times > 0)
    return met.reduce(treat, NO_TREATMENT)
  }
}

function treat(treatment: Treatment, fault: ArmedWebhookFault): Treatment {
  const { copies = 1, places = 1 } = fault
  switch (fault.fault) {
    case "lose":
      return { ...treatment, is_lost: true }
    case "repeat":
      return { ...treatment, copies }
    case "resign":
      return { ...treatment, resigned: copies }
    case "forge":
      return { ...treatment, forged: copies }
    case "tamper":
      return { ...treatment, tampered: copies }
    case "stale": {
      const { seconds = STALE_SECONDS } = fault
      return { ...treatment, stale_ms: seconds * 1_000 }
    }
    case "delay": {
      const { seconds = 0, delay_ms = 0 } = fault
      return {
        ...treatment,
        delay_ms: seconds * 1_000,
        real_delay_ms: delay_ms,
      }
    }
    case "reorder":
      return { ...treatment, shuffle: places }
  }
}
