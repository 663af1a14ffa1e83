import {
  callResultOf,
  NO_FREE_SLOT,
  SUCCEEDED,
} from "../modules/masspay-gateway/call-result"
import { GatewayUnreachableError } from "../modules/masspay-gateway/errors"
import type { Wire } from "../modules/masspay-gateway/types"
import { wireOver } from "../modules/masspay-gateway/wire"
import type { Traffic } from "./traffic"

/**
 * The wire as the runners use it: every request that reads waits its turn in
 * the look-ups' share of the rate, each page of a history its own, and what
 * comes of every request is counted. Reads that have no turn in time are
 * refused as certainly not sent. What moves money had its turn before it was
 * claimed, so it is only counted.
 */
export function meteredWire({ transport }: Wire, traffic: Traffic): Wire {
  const { may_link_to_loopback } = transport
  return wireOver({
    ...(may_link_to_loopback !== undefined && { may_link_to_loopback }),
    async send(request) {
      const send = () => transport.send(request)
      if (request.lane === "dispatch") return counted(traffic, "dispatch", send)
      if ((await traffic.admit(1, "lookup")) === 0) throw heldBack()
      return counted(traffic, "lookup", send)
    },
  })
}

function heldBack(): GatewayUnreachableError {
  return new GatewayUnreachableError(
    "Held back: MassPay is not asked for the moment",
    { cause: Object.assign(new Error(NO_FREE_SLOT), { code: NO_FREE_SLOT }) }
  )
}

async function counted<Result>(
  traffic: Traffic,
  lane: "dispatch" | "lookup",
  call: () => Promise<Result>
): Promise<Result> {
  try {
    const result = await call()
    await traffic.report({ lane, result: SUCCEEDED })
    return result
  } catch (error) {
    await traffic.report({ lane, result: callResultOf(error) })
    throw error
  }
}
