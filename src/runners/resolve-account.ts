import { getControl, setControl } from "../modules/masspay/queries/control"
import type { PayoutToLookUp } from "../modules/masspay/queries/resolve"
import type { Lookup } from "../modules/masspay/queries/resolve-apply"
import { databaseNow } from "../modules/masspay/queries/settlements"
import type { RunnerDeps } from "./deps"
import { refreshFunding, type SourceTokens } from "./refresh-funding"
import { gatewayFields } from "./resolve-log"

const REFUSED_PAUSE_MS = 5 * 60_000

/**
 * What one run knows of the account at MassPay: whether what blocked a payout
 * seems gone. Reads only; balances are read once.
 */
export class Account {
  /** Left in each funding wallet for payouts that wait for it. */
  private funds: Map<string, bigint> | null = null

  constructor(
    private readonly deps: RunnerDeps,
    private readonly source_tokens: SourceTokens
  ) {}

  /** After our key was refused, a balance that can be read lets dispatch try again. */
  async checkKey(): Promise<void> {
    const { books, log } = this.deps
    const refused = await getControl<{ refused: boolean; at: string }>(
      books,
      "dispatch_refused"
    )
    if (!refused?.refused) return
    const now = await databaseNow(books)
    if (now.getTime() - Date.parse(refused.at) < REFUSED_PAUSE_MS) return
    if ((await this.readFunds()) === null) return
    await setControl(books, "dispatch_refused", {
      refused: false,
      at: now.toISOString(),
    })
    log.warn("dispatch.key_accepted")
  }

  /** Whole payouts only: what one takes is not there for the next. */
  async isCovered(payout: PayoutToLookUp): Promise<boolean> {
    const funds = await this.readFunds()
    const left = funds?.get(payout.source_token ?? "")
    if (!funds || left === undefined || left < payout.amount) return false
    funds.set(payout.source_token ?? "", left - payout.amount)
    return true
  }

  /** A short wallet may show as a cancelled load; that must not count against the payee. */
  async isFundingShort(
    payout: PayoutToLookUp,
    { loads }: Lookup
  ): Promise<boolean> {
    const mayBe =
      payout.status === "unknown" &&
      payout.method === "wallet" &&
      loads.some((load) => load.status === "CANCELLED")
    const left = mayBe
      ? (await this.readFunds())?.get(payout.source_token ?? "")
      : undefined
    return left !== undefined && left < payout.amount
  }

  /** By wallet; `null` when MassPay does not tell. */
  async readFunds(): Promise<Map<string, bigint> | null> {
    if (this.funds) return this.funds
    try {
      const { source_tokens } = this
      const { balances } = await refreshFunding(this.deps, { source_tokens })
      this.funds = new Map(balances.map((row) => [row.token, row.balance]))
    } catch (error) {
      this.deps.log.warn("funding.unreadable", gatewayFields(error))
    }
    return this.funds
  }
}
