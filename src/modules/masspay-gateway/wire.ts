import type { WireOptions } from "../../options"
import { createTransport } from "./http/transport"
import { getFundingBalances } from "./resources/account"
import { listLoads } from "./resources/loads"
import { listSpendbacks } from "./resources/spendbacks"
import { createUser, getUser, lookupUser } from "./resources/users"
import { listWallets } from "./resources/wallets"
import type { Wire } from "./types"

/** MassPay, without Medusa. Opens no connection until it is asked something. */
export function createWire(options: WireOptions): Wire {
  const transport = createTransport(options)
  return {
    transport,
    getFundingBalances: () => getFundingBalances(transport),
    lookupUser: (query) => lookupUser(transport, query),
    createUser: (user, idempotency_key) =>
      createUser(transport, user, idempotency_key),
    getUser: (user_token) => getUser(transport, user_token),
    listLoads: (user_token) => listLoads(transport, user_token),
    listSpendbacks: (user_token) => listSpendbacks(transport, user_token),
    listWallets: (user_token) => listWallets(transport, user_token),
  }
}
