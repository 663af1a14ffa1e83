import path from "node:path"

import {
  LinkLoader,
  MedusaAppLoader,
  pgConnectionLoader,
} from "@medusajs/framework"
import { knex as connect } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import {
  ContainerRegistrationKeys,
  getResolvedPlugins,
  mergePluginModules,
} from "@medusajs/framework/utils"
import { migrate } from "@medusajs/medusa/commands/db/migrate"
import { createDefaultsWorkflow } from "@medusajs/medusa/core-flows"
import { initializeContainer } from "@medusajs/medusa/loaders/index"

const ROOT = path.join(__dirname, "../..")

/** Where a database of the measured server is. */
export function urlOf(database: string): string {
  const { DB_USERNAME, DB_PASSWORD, DB_HOST, DB_PORT } = process.env
  return `postgres://${DB_USERNAME ?? ""}:${DB_PASSWORD ?? ""}@${DB_HOST ?? ""}:${DB_PORT ?? ""}/${database}`
}

/** A database of its own, empty or a copy of one that nobody uses. */
export async function createDatabase(
  database: string,
  template = "template1"
): Promise<void> {
  const admin = connect({ client: "pg", connection: urlOf("postgres") })
  try {
    await admin.raw(`create database "${database}" template "${template}"`)
  } finally {
    await admin.destroy()
  }
}

/** All tables of Medusa and of the plugin, in the database that the environment names. */
export async function migrateShop(): Promise<void> {
  const container = await initializeContainer(ROOT)
  const isDone = await migrate({
    directory: ROOT,
    skipLinks: false,
    skipScripts: true,
    skipSearch: true,
    executeAllLinks: true,
    executeSafeLinks: true,
    executeAllSearch: false,
    executeSafeSearch: false,
    logger: container.resolve(ContainerRegistrationKeys.LOGGER),
    container,
  })
  if (!isDone) throw new Error("The shop's tables could not be made")
}

/**
 * A shop that runs the plugin from its sources, without its HTTP API and
 * without a clock. Nobody listens to its events: who measures calls the
 * subscribers.
 */
export async function bootShop(): Promise<MedusaContainer> {
  const container = await initializeContainer(ROOT)
  await pgConnectionLoader()
  const configModule = container.resolve(
    ContainerRegistrationKeys.CONFIG_MODULE
  )
  const logger = container.resolve(ContainerRegistrationKeys.LOGGER)
  const plugins = await getResolvedPlugins(ROOT, configModule, true)
  mergePluginModules(configModule, plugins, ROOT)
  const links = plugins.map((plugin) => path.join(plugin.resolve, "links"))
  await new LinkLoader(links, logger).load()
  const { onApplicationStart } = await new MedusaAppLoader().load()
  await createDefaultsWorkflow(container).run()
  await onApplicationStart()
  return container
}
