import path from "node:path"

import { MedusaModule } from "@medusajs/framework/modules-sdk"
import { moduleIntegrationTestRunner } from "@medusajs/test-utils"

import { MASSPAY_MODULE } from "../../src/modules/masspay"
import * as models from "../../src/modules/masspay/models"
import type { MasspayModuleService } from "../../src/modules/masspay/service"

const MODULE = path.join(__dirname, "../../src/modules/masspay")
/** A double would round it to …992. */
const EXACT = "9007199254740993"
const BIGINT_COLUMNS = [
  "masspay_destination.fee",
  "masspay_destination.max_amount",
  "masspay_destination.min_amount",
  "masspay_funding_movement.amount",
  "masspay_funding_reading.balance",
  "masspay_funding_reading.effect_high",
  "masspay_funding_reading.effect_low",
  "masspay_hold.amount",
  "masspay_ledger_entry.amount",
  "masspay_open_entry.amount",
  "masspay_payout.amount",
  "masspay_payout_item.amount",
  "masspay_quote.fee",
  "masspay_quote.source_amount",
  "masspay_refund.amount",
  "masspay_refund.unallocated",
  "masspay_refund_allocation.amount",
  "masspay_refund_allocation.basis",
  "masspay_remote_transaction.destination_amount",
  "masspay_remote_transaction.fee",
  "masspay_remote_transaction.source_amount",
  "masspay_settlement.commission",
  "masspay_settlement.commission_fixed",
  "masspay_settlement.gross",
  "masspay_settlement.net",
  "masspay_settlement.platform",
  "masspay_settlement.refunded",
  "masspay_settlement.shipping",
  "masspay_settlement.tax",
  "masspay_wallet.balance",
]

moduleIntegrationTestRunner<MasspayModuleService>({
  moduleName: MASSPAY_MODULE,
  resolve: MODULE,
  moduleModels: Object.values(models),
  moduleOptions: { environment: "sandbox" },
  pathToMigrations: path.join(MODULE, "migrations"),
  testSuite: ({ service }) => {
    describe("the module", () => {
      it("keeps amounts as whole numbers in the database", async () => {
        const columns = await service.db.rows<{ name: string }>(
          `select table_name || '.' || column_name as name
             from information_schema.columns
            where table_name like 'masspay_%' and data_type = 'bigint'
            order by 1`
        )

        expect(columns.map((column) => column.name)).toEqual(BIGINT_COLUMNS)
      })

      it("carries an amount beyond 2^53 through the service without loss", async () => {
        const entry = await service.createMasspayLedgerEntries({
          vendor_id: "ven_1",
          currency_code: "USD",
          amount: EXACT,
          kind: "adjustment",
          source_key: "adjustment:1",
          reason: "test",
          available_at: new Date(),
        })
        const [listed] = await service.listMasspayLedgerEntries({
          amount: EXACT,
        })
        const retrieved = await service.retrieveMasspayLedgerEntry(entry.id)

        expect([entry.amount, listed?.amount, retrieved.amount]).toEqual([
          EXACT,
          EXACT,
          EXACT,
        ])
      })

      it("refuses soft deletion through the service, too", async () => {
        const entry = await service.createMasspayLedgerEntries({
          vendor_id: "ven_1",
          currency_code: "USD",
          amount: "100",
          kind: "adjustment",
          source_key: "adjustment:1",
          reason: "test",
          available_at: new Date(),
        })

        await expect(
          service.softDeleteMasspayLedgerEntries(entry.id)
        ).rejects.toThrow("refused")
        await expect(
          service.deleteMasspayLedgerEntries(entry.id)
        ).rejects.toThrow("refused")
      })

      it("has the columns that its models name, and no others", async () => {
        const columns = await service.db.rows<{ name: string }>(
          `select table_name || '.' || column_name as name
             from information_schema.columns
            where table_name like 'masspay_%' and table_name <> 'masspay_open_entry'
            order by 1`
        )
        const named = Object.values(models).flatMap((model) => {
          const { tableName, schema } = model.parse()
          return Object.keys(schema).map((column) => `${tableName}.${column}`)
        })

        expect(columns.map((column) => column.name).sort()).toEqual(
          named.sort()
        )
      })

      it("lets Medusa end the process only after what is under way", async () => {
        const events: string[] = []
        let finish: () => void = () => undefined
        const work = new Promise<void>((resolve) => {
          finish = resolve
        })
        const run = service.shutdown
          .run(() => work)
          .then(() => events.push("the work ended"))
        const ended = MedusaModule.onApplicationPrepareShutdown().then(() =>
          events.push("Medusa went on")
        )
        expect(service.shutdown.signal.aborted).toBe(true)
        finish()
        await Promise.all([run, ended])

        expect(events).toEqual(["the work ended", "Medusa went on"])
      })

      it("carries the parsed options", async () => {
        expect(service.options.environment).toBe("sandbox")
      })
    })
  },
})
