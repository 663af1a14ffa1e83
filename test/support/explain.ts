import type { EventEmitter } from "node:events"

import { knex as connect } from "@medusajs/framework/mikro-orm/knex"

import type { Db } from "../../src/modules/masspay/queries/db"
import { knexDb } from "../../src/modules/masspay/queries/knex-db"

type Plan = {
  "Node Type": string
  "Relation Name"?: string
  "Actual Rows"?: number
  "Actual Loops"?: number
  "Rows Removed by Filter"?: number
  Plans?: Plan[]
}

export type Plans = {
  /** The books, of whose every statement Postgres tells the plan, triggers' too. */
  db: Db
  /** What was asked since `forget`. */
  texts(): string
  /** Statements that read a growing table from end to end, or more than so many rows of it. */
  wasteful(read_max: number): string[]
  forget(): void
  close(): Promise<void>
}

/** `growing`: names of tables that keep everything there ever was, or for months. */
export function explaining(database: string, growing: RegExp): Plans {
  let told: { text: string; plan: Plan }[] = []
  const knex = connect({
    client: "pg",
    connection: {
      host: process.env.DB_HOST ?? "localhost",
      port: Number(process.env.DB_PORT ?? "5432"),
      user: process.env.DB_USERNAME ?? "postgres",
      password: process.env.DB_PASSWORD ?? "",
      database,
    },
    pool: {
      min: 0,
      max: 8,
      afterCreate: (
        connection: EventEmitter & {
          query(text: string, done: (error: Error | null) => void): void
        },
        done: (error: Error | null, connection: unknown) => void
      ) => {
        connection.on("notice", ({ message }: { message?: string }) => {
          const [, json] = /plan:\s*(\{[\s\S]*)$/.exec(message ?? "") ?? []
          if (!json) return
          const { "Query Text": text, Plan: plan } = JSON.parse(json) as {
            "Query Text": string
            Plan: Plan
          }
          told.push({ text, plan })
        })
        connection.query(
          `load 'auto_explain';
           set auto_explain.log_min_duration = 0;
           set auto_explain.log_nested_statements = on;
           set auto_explain.log_analyze = on;
           set auto_explain.log_timing = off;
           set auto_explain.log_format = json;
           set auto_explain.log_level = notice`,
          (error) => {
            done(error, connection)
          }
        )
      },
    },
  })
  return {
    db: knexDb(knex),
    texts: () => told.map(({ text }) => text).join("\n"),
    wasteful: (read_max) =>
      told.flatMap(({ text, plan }) =>
        wastefulIn(plan, growing, read_max, text)
      ),
    forget: () => {
      told = []
    },
    close: () => knex.destroy(),
  }
}

function wastefulIn(
  plan: Plan,
  growing: RegExp,
  read_max: number,
  text: string
): string[] {
  return nodes(plan)
    .filter((node) => growing.test(node["Relation Name"] ?? ""))
    .flatMap((node) => {
      const loops = node["Actual Loops"] ?? 1
      const read =
        ((node["Actual Rows"] ?? 0) + (node["Rows Removed by Filter"] ?? 0)) *
        loops
      const isScan = node["Node Type"].includes("Seq Scan") && loops > 0
      if (!isScan && read <= read_max) return []
      return [
        `${node["Node Type"]} of ${node["Relation Name"]} reads ${read} rows: ${text.replace(/\s+/g, " ").slice(0, 200)}`,
      ]
    })
}

function nodes(plan: Plan): Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodes)]
}
