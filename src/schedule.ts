import { configManager } from "@medusajs/framework/config"
import { z } from "@medusajs/framework/zod"

import { MASSPAY_MODULE } from "./modules/masspay"
import { type BooksOptions, booksOptions, readOptions } from "./options"

const Config = z.looseObject({ modules: z.record(z.string(), z.unknown()) })
const Declaration = z.looseObject({ options: z.unknown() })

/**
 * The option `jobs`, for the top of a job file. Job files are imported after
 * the configuration was read, and receive no options otherwise. A shop that
 * switched the module off, or that read no configuration, has no jobs.
 */
function jobOptions(): BooksOptions["jobs"] | null {
  const config = Config.safeParse(configManager.config)
  const declaration = Declaration.safeParse(
    config.data?.modules[MASSPAY_MODULE]
  )
  return declaration.success
    ? booksOptions(readOptions(declaration.data.options)).jobs
    : null
}

/** Whether this process's jobs do nothing. */
export function areJobsOff(): boolean {
  return jobOptions()?.enabled !== true
}

type IntervalName = keyof BooksOptions["jobs"]["intervals"]

/** Medusa's schedule for an interval of the options, which are in seconds. */
export function every(name: IntervalName): { interval: number } {
  const seconds = jobOptions()?.intervals[name]
  return { interval: (seconds ?? HOUR_SECONDS) * 1000 }
}

const HOUR_SECONDS = 3600
