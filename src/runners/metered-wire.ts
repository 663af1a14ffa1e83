import {
  callResultOf,
  NO_FREE_SLOT,
  SUCCEEDED,
} from "../modules/masspay-gateway/call-result"
import { GatewayUnreachableError } from "../modules/masspay-gateway/errors"
import type { Transport, Wire } from "../modules/masspay-gateway/types"
import type { Traffic } from "./traffic"

/**
 * The wire as the runners use it: every read waits its turn in the look-ups'
 * share of the rate, and what comes of every call is counted. Reads that have
 * no turn in time are refused as certainly not sent. What moves money had its
 * turn before it was claimed, so it is only counted.
 */
export function meteredWire(wire: Wire, traffic: Traffic): Wire {
  const read = async <Result>(call: () => Promise<Result>): Promise<Result> => {
    if ((await traffic.admit(1, "lookup")) === 0) {
      throw new GatewayUnreachableError(
        "Held back: MassPay is not asked for the moment",
        {
          cause: Object.assign(new Error(NO_FREE_SLOT), { code: NO_FREE_SLOT }),
        }
      )
    }
    return counted(traffic, "lookup", call)
  }
  const transport: Transport = {
    send: (request) =>
      counted(traffic, "dispatch", () => wire.transport.send(request)),
  }
  return {
    transport,
    getFundingBalances: () => read(() => wire.getFundingBalances()),
    lookupUser: (query) => read(() => wire.lookupUser(query)),
    createUser: (user, key) => read(() => wire.createUser(user, key)),
    getUser: (user_token) => read(() => wire.getUser(user_token)),
    listLoads: (user_token) => read(() => wire.listLoads(user_token)),
    listSpendbacks: (user_token) => read(() => wire.listSpendbacks(user_token)),
    listWallets: (user_token) => read(() => wire.listWallets(user_token)),
  }
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
