import { model } from "@medusajs/framework/utils"

import {
  RUN_KINDS,
  RUN_PHASES,
  RUN_STATUSES,
} from "../../../domain/discrepancies"

/** One comparison of the books with MassPay: how far it is, and what it found. */
export const MasspayReconciliationRun = model.define(
  "masspay_reconciliation_run",
  {
    id: model.id({ prefix: "msrun" }).primaryKey(),
    kind: model.enum([...RUN_KINDS]),
    status: model.enum([...RUN_STATUSES]).default("running"),
    phase: model.enum([...RUN_PHASES]).default("history"),
    /** Whole UTC days, both included, as YYYY-MM-DD; `null` for a deep run, which reads vendors and not days. */
    from_date: model.text().nullable(),
    to_date: model.text().nullable(),
    /** The page of the history that is read next. */
    next_page: model.number().default(1),
    /** The payee, or the user, that was looked at last. */
    cursor: model.text().default(""),
    pages: model.number().default(0),
    rows: model.number().default(0),
    payees: model.number().default(0),
    /** Payees that could not be read: nothing is concluded from what is not there. */
    payees_unread: model.number().default(0),
    requests: model.number().default(0),
    /** Tries in a row that MassPay did not answer. */
    tries: model.number().default(0),
    problem: model.text().nullable(),
    /** By class: found and healed. */
    counts: model.json().default({}),
    started_at: model.dateTime(),
    progressed_at: model.dateTime(),
    finished_at: model.dateTime().nullable(),
    /** Who started it; `null` for one that began by itself. */
    actor: model.text().nullable(),
    reason: model.text().nullable(),
    request_id: model.text().nullable(),
  }
)
