import { performance } from "node:perf_hooks"

import {
  callResultOf,
  NO_FREE_SLOT,
  SUCCEEDED,
} from "../modules/masspay-gateway/call-result"
import {
  GatewayError,
  GatewayUnreachableError,
} from "../modules/masspay-gateway/errors"
import type {
  Transport,
  TransportRequest,
  TransportResponse,
  Wire,
} from "../modules/masspay-gateway/types"
import { wireOver } from "../modules/masspay-gateway/wire"
import { traced } from "./as-run"
import type { RunnerDeps } from "./deps"
import type { Traffic } from "./traffic"

/**
 * The wire as the runners use it: every request that reads waits its turn in
 * the look-ups' share of the rate, each page of a history its own, and what
 * comes of every request is counted. Reads that have no turn in time are
 * refused as certainly not sent. What moves money had its turn before it was
 * claimed, so it is only counted.
 */
export function meteredWire(
  { transport }: Wire,
  traffic: Traffic,
  watched: Pick<RunnerDeps, "telemetry"> = {}
): Wire {
  const { may_link_to_loopback } = transport
  return wireOver({
    ...(may_link_to_loopback !== undefined && { may_link_to_loopback }),
    async send(request) {
      const send = () => measured(watched, transport, request)
      if (request.lane === "dispatch") return counted(traffic, "dispatch", send)
      if ((await traffic.admit(1, "lookup")) === 0) throw heldBack()
      return counted(traffic, "lookup", send)
    },
  })
}

/** How long MassPay took, and what for; never an address, which holds tokens. */
async function measured(
  watched: Pick<RunnerDeps, "telemetry">,
  transport: Transport,
  request: TransportRequest
): Promise<TransportResponse> {
  const { telemetry } = watched
  if (!telemetry) return transport.send(request)
  const { method, lane = "interactive" } = request
  const began_ms = performance.now()
  const ended = (result: string): void => {
    const seconds = (performance.now() - began_ms) / 1000
    const attributes = { lane, method, result }
    telemetry.record("masspay.provider.request.duration", seconds, attributes)
  }
  return traced(
    watched,
    "masspay.request",
    { "http.request.method": method, "masspay.lane": lane },
    async (span) => {
      try {
        const response = await transport.send(request)
        span.note({
          "http.response.status_code": response.status,
          "masspay.result": "success",
        })
        ended("success")
        return response
      } catch (error) {
        const { kind } = callResultOf(error)
        span.note({
          "masspay.result": kind,
          ...(error instanceof GatewayError &&
            error.http_status !== undefined && {
              "http.response.status_code": error.http_status,
            }),
        })
        ended(kind)
        throw error
      }
    }
  )
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
