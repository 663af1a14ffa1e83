import { getBalance } from "./handlers/account"
import { listAutopayouts } from "./handlers/autopayouts"
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
  route(
    "PUT /payout/load/{user_token}",
    "loads.notify",
    resendLoadNotification
  ),
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
  route(
    "PUT /payout/wallet/{user_token}",
    "wallets.notify",
    resendBalanceNotification
  ),
  route(
    "GET /payout/wallet/{user_token}/{wallet_token}/autopayout",
    "wallets.autopayouts",
    listAutopayouts
  ),
]

/** The rest of MassPay, so that a call to it fails with the true reason. */
const NOT_IMPLEMENTED: readonly Route[] = [
  "POST /payout/wallet/{user_token}/{wallet_token}/autopayout",
  "DELETE /payout/wallet/{user_token}/{wallet_token}/autopayout",
  "GET /payout/wallet/{user_token}/{wallet_token}/card",
  "PUT /payout/wallet/{user_token}/{wallet_token}/card",
  "GET /payout/country/list",
  "GET /payout/country/{country_code}",
  "GET /payout/country/{country_code}/cheapest",
  "GET /payout/country/{country_code}/best",
  "GET /payout/service/{destination_token}",
  "GET /payout/service/{destination_token}/alternatives",
  "GET /payout/user-agreements",
  "OPTIONS /payout/user-agreements",
  "GET /payout/attribute/{user_token}",
  "POST /payout/attribute/{user_token}",
  "POST /payout/attribute/{user_token}/velocity",
  "GET /payout/attribute/{user_token}/{destination_token}/{currency}",
  "POST /payout/attribute/{user_token}/{destination_token}/{currency}",
  "GET /payout/tax",
  "GET /payout/{user_token}",
  "POST /payout/{user_token}",
  "GET /payout/{user_token}/{payout_token}",
  "PUT /payout/{user_token}/{payout_token}",
  "PATCH /payout/{user_token}/{payout_token}",
  "DELETE /payout/{user_token}/{payout_token}",
  "GET /payout/{user_token}/{payout_token}/reversal",
  "POST /payout/{user_token}/{payout_token}/reversal",
  "GET /payout/{user_token}/{payout_token}/reversal/{payout_reversal_token}",
  "POST /subaccount",
  "POST /subaccount/{subaccount_token}/ubo",
  "POST /subaccount/{subaccount_token}/ubo/{ubo_token}/id",
].map((endpoint) => route(endpoint, endpoint, null))

export const ROUTES: readonly Route[] = [...IMPLEMENTED, ...NOT_IMPLEMENTED]

function route(
  endpoint: string,
  name: string,
  operation: Operation | null
): Route {
  const [method = "", path = ""] = endpoint.split(" ")
  return { method, pattern: API_PREFIX + path, name, operation }
}
