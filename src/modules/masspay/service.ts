import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import {
  ContainerRegistrationKeys,
  MedusaService,
} from "@medusajs/framework/utils"

import type { MasspayOptions } from "../../options"
import { readOptions } from "../../options"
import { createShutdown } from "../../shutdown"
import { beatWhileRunning } from "./heartbeat"
import {
  MasspayActionRequest,
  MasspayAttempt,
  MasspayBulkLink,
  MasspayControl,
  MasspayDestination,
  MasspayDiscrepancy,
  MasspayFundingMovement,
  MasspayFundingReading,
  MasspayGoLiveItem,
  MasspayHold,
  MasspayIncident,
  MasspayInstallation,
  MasspayInstance,
  MasspayKycAccess,
  MasspayKycRequest,
  MasspayKycSession,
  MasspayLedgerEntry,
  MasspayNotification,
  MasspayOperation,
  MasspayOutboxEvent,
  MasspayPayee,
  MasspayPayeeUser,
  MasspayPayout,
  MasspayPayoutEvent,
  MasspayPayoutItem,
  MasspayPlatformLine,
  MasspayQuote,
  MasspayReconciliationRun,
  MasspayRefund,
  MasspayRefundAllocation,
  MasspayRemoteAbsence,
  MasspayRemoteTransaction,
  MasspaySettlement,
  MasspayWallet,
  MasspayWebhookEvent,
  MasspayWebhookObject,
} from "./models"
import type { Db } from "./queries/db"
import { knexDb } from "./queries/knex-db"

/** After the last answer, for what it says to be written. */
const RECORDING_MS = 5_000

/**
 * The books. The generated methods serve `query.graph` and admin reads; what
 * decides about money are the statements in `queries/`, which run on `db`.
 */
export class MasspayModuleService extends MedusaService({
  MasspayActionRequest,
  MasspayAttempt,
  MasspayBulkLink,
  MasspayControl,
  MasspayDestination,
  MasspayDiscrepancy,
  MasspayFundingMovement,
  MasspayFundingReading,
  MasspayGoLiveItem,
  MasspayHold,
  MasspayIncident,
  MasspayInstallation,
  MasspayInstance,
  MasspayKycAccess,
  MasspayKycRequest,
  MasspayKycSession,
  MasspayLedgerEntry,
  MasspayNotification,
  MasspayOperation,
  MasspayOutboxEvent,
  MasspayPayee,
  MasspayPayeeUser,
  MasspayPayout,
  MasspayPayoutEvent,
  MasspayPayoutItem,
  MasspayPlatformLine,
  MasspayQuote,
  MasspayReconciliationRun,
  MasspayRefund,
  MasspayRefundAllocation,
  MasspayRemoteAbsence,
  MasspayRemoteTransaction,
  MasspaySettlement,
  MasspayWallet,
  MasspayWebhookEvent,
  MasspayWebhookObject,
}) {
  readonly db: Db
  readonly options: MasspayOptions
  readonly shutdown = createShutdown()
  #stopBeating: (() => void) | undefined
  /** Medusa ends the process as soon as its modules let it. */
  readonly __hooks = {
    onApplicationStart: async (): Promise<void> => {
      this.#stopBeating ??= beatWhileRunning(this.db)
    },
    onApplicationPrepareShutdown: async (): Promise<void> => {
      this.#stopBeating?.()
      const { deadlineMs } = this.options.limits
      await this.shutdown.drain(deadlineMs + RECORDING_MS)
    },
  }

  constructor(
    container: Record<typeof ContainerRegistrationKeys.PG_CONNECTION, Knex>,
    options: unknown
  ) {
    super(container, options)
    this.options = readOptions(options)
    this.db = knexDb(container[ContainerRegistrationKeys.PG_CONNECTION])
  }
}
