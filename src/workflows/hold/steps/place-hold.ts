import type { MedusaContainer } from "@medusajs/framework/types"
import {
  ContainerRegistrationKeys,
  MedusaError,
} from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

import type { HoldKind } from "../../../domain/holds"
import { parseMajor } from "../../../domain/money"
import { kernelFrom } from "../../../kernel"
import {
  type NewReserve,
  placeHold,
  releaseHold,
} from "../../../modules/masspay/queries/holds"
import { orRefuse } from "../../refusals"

type Deciding = {
  /** Made by the caller: asking again with the same one does nothing again. */
  request_id: string
  reason: string
  /** Id of the operator. */
  actor: string
}

export type PlaceHoldInput = Deciding & {
  /** The paid order, for its whole family, or one vendor's own order. */
  order_id?: string
  /** Alone: all of her money. With an order: only her part of it. */
  vendor_id?: string
  kind: HoldKind
  /** Its end, ISO 8601; until it is released when left out. */
  until?: string
  /** Of a reserve, which is on a vendor: what is kept back, major units. */
  amount?: string
  /** Upper case; with `amount`. */
  currency_code?: string
  /** Of a reserve that is a share of each new earning, instead of an amount: 1 to 10 000. */
  basis_points?: number
  /** For how many days each share is kept; with `basis_points`. */
  days?: number
}

export type ReleaseHoldInput = Deciding & { id: string }

/**
 * Keeps money of an order or a vendor from being collected and sent. Writes the
 * books only.
 *
 * Has no undo: what a person decided, with a reason, stays decided.
 */
export const placeHoldStep = createStep(
  "place-hold",
  async (input: PlaceHoldInput, { container }) => {
    const kernel = await kernelFrom(container)
    const { order_id, vendor_id, kind, until } = input
    const { request_id, reason, actor } = input
    if (order_id !== undefined) await assertOrder(container, order_id)
    const placed = await orRefuse(() =>
      placeHold(kernel.books, {
        request_id,
        reason,
        actor,
        hold: {
          order_id: order_id ?? null,
          vendor_id: vendor_id ?? null,
          kind,
          until: until === undefined ? null : new Date(until),
          reserve: reserveOf(input),
        },
      })
    )
    const hold_id = placed.hold.id
    kernel.log.info("hold.placed", { hold_id, kind, actor })
    kernel.nudgeOutbox()
    return new StepResponse(placed)
  }
)

function reserveOf({
  amount,
  currency_code,
  basis_points,
  days,
}: PlaceHoldInput): NewReserve | null {
  if (basis_points !== undefined && days !== undefined) {
    return { basis_points, days }
  }
  return amount === undefined || currency_code === undefined
    ? null
    : { currency_code, amount: parseMajor(amount, currency_code) }
}

/** Ends a hold before its time. Has no undo, for the same reason. */
export const releaseHoldStep = createStep(
  "release-hold",
  async (input: ReleaseHoldInput, { container }) => {
    const kernel = await kernelFrom(container)
    const released = await orRefuse(() => releaseHold(kernel.books, input))
    kernel.log.info("hold.released", { hold_id: input.id, actor: input.actor })
    kernel.nudgeDispatch()
    kernel.nudgeOutbox()
    return new StepResponse(released)
  }
)

/** A hold on a mistyped order would hold nothing, unseen. */
async function assertOrder(
  container: MedusaContainer,
  id: string
): Promise<void> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "order",
    fields: ["id"],
    filters: { id },
  })
  if (data.length > 0) return
  throw new MedusaError(
    MedusaError.Types.NOT_FOUND,
    `Order with id: ${id} was not found`
  )
}
