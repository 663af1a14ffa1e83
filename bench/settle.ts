async function main() {
  const { pgConnectionLoader } = await import("@medusajs/framework")
  const { initializeContainer } = await import("@medusajs/medusa/loaders/index")
  const { migrate } = await import("@medusajs/medusa/commands/db/migrate")
  process.env.DATABASE_URL = `postgres://${process.env.DB_USERNAME}:${process.env.DB_PASSWORD}@${process.env.DB_HOST}:${process.env.DB_PORT}/bench_shop`
  const t = Date.now()
  const container = await initializeContainer(process.cwd())
  console.log(process.env.DATABASE_URL)
  const ok = await migrate({ directory: process.cwd(), skipLinks: false, skipScripts: true, executeAllLinks: true, executeSafeLinks: true, skipSearch: true, logger: container.resolve("logger"), container } as any)
  console.log("migrated", ok, Date.now() - t)
}
main().then(() => process.exit(), (e) => { console.error(e); process.exit(1) })
