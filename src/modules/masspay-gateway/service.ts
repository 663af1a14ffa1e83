import type { KycProvider, KycSession } from "../../domain/kyc"
import type { ProfileInput } from "../../domain/profile"
import { readOptions, wireOptions } from "../../options"
import type {
  DestinationWire,
  RemoteAttribute,
  RouteList,
  RouteQuery,
} from "./destination-types"
import type {
  FundingBalance,
  HistoryPage,
  NewUser,
  ProfileAnswer,
  RemoteAutopayout,
  RemoteLoadList,
  RemotePayoutList,
  RemoteReversalList,
  RemoteSpendbackList,
  RemoteUser,
  RemoteUserRef,
  RemoteWallet,
  Transport,
  Wire,
} from "./types"
import { createWebhooks, type Webhooks } from "./webhooks"
import { createWire } from "./wire"

type Of<Method extends keyof DestinationWire> = Parameters<
  DestinationWire[Method]
>[0]

/**
 * MassPay over HTTP, for the shop's container. Constructed once at the start,
 * with the plugin's options: throws `OptionsError`, which stops the boot.
 */
export default class MasspayGatewayService implements Wire {
  // Private, so that no inspection of the service shows the API key.
  readonly #wire: Wire
  readonly #webhooks: Webhooks | null

  constructor(_container: unknown, options: unknown) {
    const known = readOptions(options)
    this.#wire = createWire(wireOptions(known))
    this.#webhooks = known.webhooks ? createWebhooks(known.webhooks) : null
  }

  /** What MassPay sends by itself; `null` where the shop takes none of it. */
  get webhooks(): Webhooks | null {
    return this.#webhooks
  }

  get transport(): Transport {
    return this.#wire.transport
  }

  async getFundingBalances(): Promise<FundingBalance[]> {
    return await this.#wire.getFundingBalances()
  }

  async lookupUser(query: {
    internal_user_id: string
    email: string
    first_name: string
  }): Promise<RemoteUserRef | null> {
    return await this.#wire.lookupUser(query)
  }

  async createUser(
    user: NewUser,
    idempotency_key: string
  ): Promise<RemoteUser> {
    return await this.#wire.createUser(user, idempotency_key)
  }

  async getUser(user_token: string): Promise<RemoteUser | null> {
    return await this.#wire.getUser(user_token)
  }

  async changeProfile(change: {
    user_token: string
    country_code: string | null
    profile: ProfileInput
  }): Promise<ProfileAnswer> {
    return await this.#wire.changeProfile(change)
  }

  async listLoads(user_token: string): Promise<RemoteLoadList> {
    return await this.#wire.listLoads(user_token)
  }

  async listSpendbacks(user_token: string): Promise<RemoteSpendbackList> {
    return await this.#wire.listSpendbacks(user_token)
  }

  async listPayouts(user_token: string): Promise<RemotePayoutList> {
    return await this.#wire.listPayouts(user_token)
  }

  async listReversals(payout: {
    user_token: string
    payout_token: string
  }): Promise<RemoteReversalList> {
    return await this.#wire.listReversals(payout)
  }

  async getPickupCode(payout: {
    user_token: string
    payout_token: string
  }): Promise<string | null> {
    return await this.#wire.getPickupCode(payout)
  }

  async readHistoryPage(query: {
    from_date: string
    to_date: string
    page: number
  }): Promise<HistoryPage> {
    return await this.#wire.readHistoryPage(query)
  }

  async listWallets(user_token: string): Promise<RemoteWallet[]> {
    return await this.#wire.listWallets(user_token)
  }

  async listAutopayouts(wallet: {
    user_token: string
    wallet_token: string
  }): Promise<RemoteAutopayout[]> {
    return await this.#wire.listAutopayouts(wallet)
  }

  async getAccountStatement(days: {
    from: string
    to: string
  }): Promise<Buffer> {
    return await this.#wire.getAccountStatement(days)
  }

  async listKycSessions(user_token: string): Promise<KycSession[]> {
    return await this.#wire.listKycSessions(user_token)
  }

  async startKycSession(session: {
    user_token: string
    provider: KycProvider
  }): Promise<string> {
    return await this.#wire.startKycSession(session)
  }

  async getTaxInterviewLink(interview: {
    user_token: string
    return_url: string
  }): Promise<string> {
    return await this.#wire.getTaxInterviewLink(interview)
  }

  async getActivationLink(user_token: string): Promise<string | null> {
    return await this.#wire.getActivationLink(user_token)
  }

  async listRoutes(query: RouteQuery): Promise<RouteList> {
    return await this.#wire.listRoutes(query)
  }

  async isRouteOffered(destination_token: string): Promise<boolean> {
    return await this.#wire.isRouteOffered(destination_token)
  }

  async listAttributes(
    of: Of<"listAttributes">
  ): Promise<RemoteAttribute[] | null> {
    return await this.#wire.listAttributes(of)
  }

  async storeAttributes(of: Of<"storeAttributes">): Promise<string> {
    return await this.#wire.storeAttributes(of)
  }

  async getConfirmation(of: Of<"getConfirmation">): Promise<Buffer | null> {
    return await this.#wire.getConfirmation(of)
  }

  async addAutopayout(rule: Of<"addAutopayout">): Promise<RemoteAutopayout> {
    return await this.#wire.addAutopayout(rule)
  }

  async deleteAutopayout(rule: Of<"deleteAutopayout">): Promise<void> {
    await this.#wire.deleteAutopayout(rule)
  }
}
