import { chance } from "../chance"
import { NO_TREATMENT, type Treatment } from "./types"

/** How deliveries go wrong, drawn from a seed. All rates are from 0 to 1. */
export type WebhookPlanInput = {
  /** The same seed and the same order of events give the same deliveries. */
  seed: number
  /** The share of events that nobody ever hears of. */
  lose_rate?: number
  /** Every other event is delivered 1 to so many times. Default 1. */
  copies_max?: number
  /** Of the repeats, the share that is signed anew. Default 0.5; the rest is identical. */
  resign_rate?: number
  /** The share of events with one forged delivery beside the genuine ones. */
  forge_rate?: number
  /** The share of events whose deliveries are signed with a moment long past. */
  stale_rate?: number
  /** How long past. Default 3600. */
  stale_seconds?: number
  /** Each event waits up to so long, on the virtual clock. */
  delay_seconds_max?: number
  /** The same on the machine's clock. */
  delay_ms_max?: number
  /** Each delivery gives way to up to so many later ones. */
  shuffle?: number
}

export type WebhookPlanOrder = Required<WebhookPlanInput>

/** With the events it has drawn for so far. */
export type WebhookPlanState = WebhookPlanOrder & { events: number }

const LOSE = 11
const COPIES = 12
const FORGE = 13
const FORGERY = 14
const STALE = 15
const DELAY = 16
const REAL_DELAY = 17
const RESIGN = 20

export class WebhookPlan {
  constructor(
    private readonly order: WebhookPlanOrder,
    private events = 0
  ) {}

  static restore({ events, ...order }: WebhookPlanState): WebhookPlan {
    return new WebhookPlan(order, events)
  }

  /** Depends on the seed and the number of the event, and on nothing else. */
  draw(): Treatment {
    this.events += 1
    const { order, events } = this
    const draw = (purpose: number): number =>
      chance(order.seed, events, purpose)
    const repeats = Math.floor(draw(COPIES) * order.copies_max)
    let resigned = 0
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      if (draw(RESIGN + repeat) < order.resign_rate) resigned += 1
    }
    const isForged = draw(FORGE) < order.forge_rate
    const isTampered = draw(FORGERY) < 0.5
    return {
      ...NO_TREATMENT,
      is_lost: draw(LOSE) < order.lose_rate,
      copies: repeats - resigned,
      resigned,
      forged: isForged && !isTampered ? 1 : 0,
      tampered: isForged && isTampered ? 1 : 0,
      stale_ms: draw(STALE) < order.stale_rate ? order.stale_seconds * 1e3 : 0,
      delay_ms: Math.floor(draw(DELAY) * (order.delay_seconds_max * 1e3 + 1)),
      real_delay_ms: Math.floor(draw(REAL_DELAY) * (order.delay_ms_max + 1)),
      shuffle: order.shuffle,
      seed: order.seed,
    }
  }

  state(): WebhookPlanState {
    return { ...this.order, events: this.events }
  }
}
