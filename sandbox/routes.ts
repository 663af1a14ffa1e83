import { getBalance } from "./handlers/account"
import {
  getAttributes,
  labelAttributes,
  listAttributes,
  storeAttributes,
} from "./handlers/attributes"
import {
  createAutopayout,
  deleteAutopayout,
  listAutopayouts,
} from "./handlers/autopayouts"
import {
  getService,
  listAlternatives,
  listBest,
  listCheapest,
  listCountries,
  listServices,
} from "./handlers/catalog"
import type { Operation } from "./handlers/context"
import { getAllUsersHistory, getUserHistory } from "./handlers/history"
import {
  listSessions,
  startAu10tix,
  startVeriff,
  uploadPhotos,
} from "./handlers/kyc"
import {
  createLoad,
  listLoads,
  resendLoadNotification,
  reverseLoad,
} from "./handlers/loads"
import { cancelPayout } from "./handlers/payout-cancellations"
import { createPayout } from "./handlers/payout-quotes"
import {
  getReversal,
  listReversals,
  reversePayout,
} from "./handlers/payout-reversals"
import {
  commitPayout,
  getConfirmation,
  getPayout,
  listPayouts,
} from "./handlers/payouts"
import { createSpendback, listSpendbacks } from "./handlers/spendbacks"
import { getStatement } from "./handlers/statement"
import { startTaxInterview } from "./handlers/tax"
import { createUser, getUser, lookUpUser, updateUser } from "./handlers/users"
import { listWallets, resendBalanceNotification } from "./handlers/wallets"

const API_PREFIX = "/v1.0.0"

export type Route = {
  method: string
  /** Below the prefix; segments in braces are parameters. */
  pattern: string
  name: string
  /** Null: MassPay has it, this version of the sandbox does not. */
  operation: Operation | null
  /** Its body is a JSON array. */
  takesList?: true
  /** It may come without a body. */
  mayBeEmpty?: true
}

const IMPLEMENTED: readonly Route[] = [
  route("GET /payout/account/balance", "account.balance", getBalance),
  route("GET /payout/account/statement", "account.statement", getStatement),
  route("POST /payout/user", "users.create", createUser),
  route("GET /payout/user/lookup", "users.lookup", lookUpUser),
  route("GET /payout/user/history", "history.all", getAllUsersHistory),
  route("GET /payout/user/{user_token}", "users.get", getUser),
  route("PUT /payout/user/{user_token}", "users.update", updateUser),
  route(
    "GET /payout/user/{user_token}/history",
    "history.user",
    getUserHistory
  ),
  route("POST /payout/load/{user_token}", "loads.create", createLoad),
  route("GET /payout/load/{user_token}", "loads.list", listLoads),
  {
    ...route(
      "PUT /payout/load/{user_token}",
      "loads.notify",
      resendLoadNotification
    ),
    mayBeEmpty: true,
  },
  route("DELETE /payout/load/{user_token}", "loads.reverse", reverseLoad),
  route(
    "POST /payout/spendback/{user_token}",
    "spendbacks.create",
    createSpendback
  ),
  route(
    "GET /payout/spendback/{user_token}",
    "spendbacks.list",
    listSpendbacks
  ),
  route("GET /payout/user/{user_token}/kyc/veriff", "kyc.veriff", startVeriff),
  route(
    "GET /payout/user/{user_token}/kyc/au10tix",
    "kyc.au10tix",
    startAu10tix
  ),
  route("GET /payout/user/{user_token}/kyc/id", "kyc.list", listSessions),
  {
    ...route(
      "POST /payout/user/{user_token}/kyc/id",
      "kyc.upload",
      uploadPhotos
    ),
    takesList: true,
  },
  route("GET /payout/{user_token}/tax", "tax.interview", startTaxInterview),
  route("GET /payout/wallet/{user_token}", "wallets.list", listWallets),
  {
    ...route(
      "PUT /payout/wallet/{user_token}",
      "wallets.notify",
      resendBalanceNotification
    ),
    mayBeEmpty: true,
  },
  route(
    "GET /payout/wallet/{user_token}/{wallet_token}/autopayout",
    "wallets.autopayouts",
    listAutopayouts
  ),
]

const DIRECT_PAYOUTS: readonly Route[] = [
  route(
    "POST /payout/wallet/{user_token}/{wallet_token}/autopayout",
    "autopayouts.create",
    createAutopayout
  ),
  route(
    "DELETE /payout/wallet/{user_token}/{wallet_token}/autopayout",
    "autopayouts.delete",
    deleteAutopayout
  ),
  route("GET /payout/country/list", "catalog.countries", listCountries),
  route("GET /payout/country/{country_code}", "catalog.services", listServices),
  route(
    "GET /payout/country/{country_code}/cheapest",
    "catalog.cheapest",
    listCheapest
  ),
  route("GET /payout/country/{country_code}/best", "catalog.best", listBest),
  route("GET /payout/service/{destination_token}", "catalog.one", getService),
  route(
    "GET /payout/service/{destination_token}/alternatives",
    "catalog.alternatives",
    listAlternatives
  ),
  route("GET /payout/attribute/{user_token}", "attributes.all", listAttributes),
  route(
    "GET /payout/attribute/{user_token}/{destination_token}/{currency}",
    "attributes.get",
    getAttributes
  ),
  route(
    "POST /payout/attribute/{user_token}/{destination_token}/{currency}",
    "attributes.store",
    storeAttributes
  ),
  route(
    "PUT /payout/attribute/{user_token}/{destination_token}/{attr_set_token}",
    "attributes.label",
    labelAttributes
  ),
  route("GET /payout/{user_token}", "payouts.list", listPayouts),
  route("POST /payout/{user_token}", "payouts.quote", createPayout),
  route("GET /payout/{user_token}/{payout_token}", "payouts.get", getPayout),
  {
    ...route(
      "PUT /payout/{user_token}/{payout_token}",
      "payouts.commit",
      commitPayout
    ),
    mayBeEmpty: true,
  },
  {
    ...route(
      "PATCH /payout/{user_token}/{payout_token}",
      "payouts.confirmation",
      getConfirmation
    ),
    mayBeEmpty: true,
  },
  route(
    "DELETE /payout/{user_token}/{payout_token}",
    "payouts.cancel",
    cancelPayout
  ),
  route(
    "GET /payout/{user_token}/{payout_token}/reversal",
    "reversals.list",
    listReversals
  ),
  {
    ...route(
      "POST /payout/{user_token}/{payout_token}/reversal",
      "reversals.create",
      reversePayout
    ),
    mayBeEmpty: true,
  },
  route(
    "GET /payout/{user_token}/{payout_token}/reversal/{payout_reversal_token}",
    "reversals.get",
    getReversal
  ),
]

/** The rest of MassPay, so that a call to it fails with the true reason. */
const NOT_IMPLEMENTED: readonly Route[] = [
  "GET /payout/wallet/{user_token}/{wallet_token}/card",
  "PUT /payout/wallet/{user_token}/{wallet_token}/card",
  "GET /payout/user-agreements",
  "OPTIONS /payout/user-agreements",
  "POST /payout/attribute/{user_token}",
  "POST /payout/attribute/{user_token}/velocity",
  "GET /payout/tax",
  "POST /subaccount",
  "POST /subaccount/{subaccount_token}/ubo",
  "POST /subaccount/{subaccount_token}/ubo/{ubo_token}/id",
].map((endpoint) => route(endpoint, endpoint, null))

export const ROUTES: readonly Route[] = [
  ...IMPLEMENTED,
  ...DIRECT_PAYOUTS,
  ...NOT_IMPLEMENTED,
]

function route(
  endpoint: string,
  name: string,
  operation: Operation | null
): Route {
  const [method = "", path = ""] = endpoint.split(" ")
  return { method, pattern: API_PREFIX + path, name, operation }
}
