import { randomBytes } from "node:crypto"

import type { MedusaContainer } from "@medusajs/framework/types"
import { medusaIntegrationTestRunner } from "@medusajs/test-utils"
// Its runner takes no other steps.
// eslint-disable-next-line @medusajs/import-from-framework-not-internal
import * as steps from "@medusajs/test-utils/dist/medusa-test-runner-utils/use-db"

import { type Sandbox, startSandbox } from "../../../sandbox"
import { kernelFrom } from "../../../src/kernel"
import { readIdentity } from "../../../src/modules/masspay/queries/database-identity"
import { canaries } from "../../support/canary/watch"
import { copyFiles, copyMigrated, keepMigrated, useSocket } from "./migrated"
import { type Http, openAdmin } from "./plugin"
import { openShop, type Shop } from "./shop"

copyFiles()
useSocket()

type Suite = Parameters<
  Parameters<typeof medusaIntegrationTestRunner>[0]["testSuite"]
>[0]

/** Tests that any shop of their kind can run, see `describeHost`. */
export type HostSuite = (host: Host) => void

type Host = {
  shop: Shop
  getContainer: Suite["getContainer"]
  sandbox: () => Sandbox
  /** One operator for each e-mail address. */
  admin: (email?: string) => Promise<ReturnType<typeof openAdmin>>
  /** The same API, for a program with a secret key. */
  program: () => Promise<ReturnType<typeof openAdmin>>
  /** Any other request. */
  http: Http
  /** Where the shop answers, for requests that no client would make. */
  url: () => string
}

/**
 * A shop that runs the plugin from its sources, and a MassPay of its own for
 * each file. Every test finds the shop, the books and the sandbox empty.
 * Starting it takes as long as several tests: suites (`*.suite.ts`) that want
 * the same shop share one.
 */
export function describeHost(
  env: Record<string, string>,
  suite: HostSuite
): void {
  const dbName = `medusa-shop-${randomBytes(6).toString("hex")}`
  /** Modules and links, and so the tables, depend on nothing else. */
  const kind = env.MASSPAY_TEST_VENDORS ?? "off"
  let isMigrated = false
  let sandbox: Sandbox | null = null
  const running = (): Sandbox => {
    if (!sandbox) throw new Error("The sandbox is not started")
    return sandbox
  }
  // Before the runner reads medusa-config.js.
  beforeAll(async () => {
    sandbox = await startSandbox()
    Object.assign(process.env, env, { MASSPAY_BASE_URL: sandbox.url })
    isMigrated = await copyMigrated(kind, dbName)
    if (isMigrated) migrateNothing()
  })
  afterAll(() => sandbox?.stop())

  medusaIntegrationTestRunner({
    dbName,
    testSuite: ({ getContainer, api }) => {
      const shop = openShop(getContainer)
      beforeAll(async () => {
        // Jobs may be at work already.
        const isStill = env.MASSPAY_JOBS !== "on"
        if (!isMigrated && isStill) await keepMigrated(kind, dbName)
      })
      // What a shop writes when it starts belongs to the state that every test begins with.
      beforeAll(() => kernelFrom(getContainer()))
      beforeEach(() => recogniseDatabase(getContainer()))
      afterEach(async () => {
        // None: the shop did not start, and that has been said.
        const container = getContainer() as MedusaContainer | null
        if (container)
          await canaries.tables((await kernelFrom(container)).books)
      })
      // Afterwards: what the clock did meanwhile belongs to the first test.
      afterEach(() => running().control.reset())

      suite({
        shop,
        getContainer,
        sandbox: running,
        admin: async (email) =>
          openAdmin(api as Http, await shop.adminHeaders(email)),
        program: async () => openAdmin(api as Http, await shop.keyHeaders()),
        http: {
          get: (...request) => (api as Http).get(...request),
          post: (...request) => (api as Http).post(...request),
          delete: (...request) => (api as Http).delete(...request),
        },
        url: () => (api as { defaults: { baseURL: string } }).defaults.baseURL,
      })
    },
  })
}

/** What its kind has migrated is in the copy. Its links are made again: so the shop comes to know them. */
function migrateNothing(): void {
  jest.spyOn(steps, "migrateDatabase").mockResolvedValue(undefined)
}

/**
 * Every test gets a copy of the database, which for the books is a restore: they
 * would send nothing until they had read all of MassPay's side.
 */
async function recogniseDatabase(container: MedusaContainer): Promise<void> {
  const { books } = await kernelFrom(container)
  await books.rows(
    `update masspay_control
        set value = value || jsonb_build_object('identity', ?::jsonb)
      where key = 'database_identity'`,
    [JSON.stringify(await readIdentity(books))]
  )
}
