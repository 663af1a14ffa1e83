import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

type Rows<Row> = { rows: Row[] }

/**
 * A sum over every row of every table of the shop: equal before and after means
 * that nothing was written. The books are left out: our own jobs and subscribers
 * go on meanwhile.
 */
export async function checksumOf(
  container: MedusaContainer
): Promise<Record<string, string>> {
  const pg = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const { rows: tables } = await pg.raw<Rows<{ name: string }>>(
    `select table_name as name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE'
        and table_name not like 'masspay\\_%'
      order by table_name`
  )
  const sums: Record<string, string> = {}
  for (const { name } of tables) {
    const { rows } = await pg.raw<Rows<{ sum: string }>>(
      `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as sum from ?? t`,
      [name]
    )
    sums[name] = rows[0]?.sum ?? ""
  }
  return sums
}
