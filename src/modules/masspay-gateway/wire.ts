import type { WireOptions } from "../../options"
import { destinationWireOver } from "./destination-wire"
import { createTransport } from "./http/transport"
import { getFundingBalances } from "./resources/account"
import { getAccountStatement } from "./resources/account-statement"
import { readHistoryPage } from "./resources/all-history"
import { listAutopayouts } from "./resources/autopayouts"
import { getPickupCode, listPayouts } from "./resources/direct-payouts"
import { listKycSessions, startKycSession } from "./resources/kyc"
import { listLoads } from "./resources/loads"
import { getActivationLink, getTaxInterviewLink } from "./resources/payee-links"
import { changeProfile } from "./resources/profile"
import { listReversals } from "./resources/reversals"
import { listSpendbacks } from "./resources/spendbacks"
import { createUser, getUser, lookupUser } from "./resources/users"
import { listWallets } from "./resources/wallets"
import type { Transport, Wire } from "./types"

/** MassPay, without Medusa. Opens no connection until it is asked something. */
export function createWire(options: WireOptions): Wire {
  return wireOver(createTransport(options))
}

/** What MassPay can be asked, over any transport. */
export function wireOver(transport: Transport): Wire {
  return {
    transport,
    getFundingBalances: () => getFundingBalances(transport),
    lookupUser: (query) => lookupUser(transport, query),
    createUser: (user, idempotency_key) =>
      createUser(transport, user, idempotency_key),
    getUser: (user_token) => getUser(transport, user_token),
    changeProfile: (change) => changeProfile(transport, change),
    listLoads: (user_token) => listLoads(transport, user_token),
    listSpendbacks: (user_token) => listSpendbacks(transport, user_token),
    listPayouts: (user_token) => listPayouts(transport, user_token),
    listReversals: (payout) => listReversals(transport, payout),
    getPickupCode: (payout) => getPickupCode(transport, payout),
    readHistoryPage: (query) => readHistoryPage(transport, query),
    listWallets: (user_token) => listWallets(transport, user_token),
    listAutopayouts: (wallet) => listAutopayouts(transport, wallet),
    getAccountStatement: (days) => getAccountStatement(transport, days),
    listKycSessions: (user_token) => listKycSessions(transport, user_token),
    startKycSession: (session) => startKycSession(transport, session),
    getTaxInterviewLink: (interview) =>
      getTaxInterviewLink(transport, interview),
    getActivationLink: (user_token) => getActivationLink(transport, user_token),
    ...destinationWireOver(transport),
  }
}
