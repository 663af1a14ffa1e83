import { z } from "@medusajs/framework/zod"

import {
  getControl,
  type Json,
  setControl,
} from "../modules/masspay/queries/control"
import type { Db } from "../modules/masspay/queries/db"

/** Where a walk over the shop's rows stands, so that a killed one goes on. */
const Walk = z.object({
  /** Rows written since then are looked at. ISO 8601. */
  since: z.string(),
  /** When the walk began; becomes the next watermark. */
  began_at: z.string(),
  source: z.number().int(),
  after: z.string().nullable(),
})
export type Walk = z.infer<typeof Walk>

const Progress = z.object({
  /** Everything written before was looked at. `null` before the first walk. */
  watermark: z.string().nullable().default(null),
  /** The walk under way, if one is. */
  walk: Walk.nullable().default(null),
  /** Orders that could not be settled, to try again. */
  failed: z.array(z.string()).default([]),
})
type Progress = z.infer<typeof Progress>

/** What is stored under `key`; a new beginning when nothing, or nothing readable, is. */
export async function readProgress(db: Db, key: string): Promise<Progress> {
  const stored = Progress.safeParse(await getControl<Json>(db, key))
  return stored.success ? stored.data : Progress.parse({})
}

export async function saveProgress(
  db: Db,
  key: string,
  progress: Progress
): Promise<void> {
  await setControl(db, key, progress)
}
