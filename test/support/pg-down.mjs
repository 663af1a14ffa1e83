/** Jest's `globalTeardown`: ends what `pg-up.mjs` started, if it started anything. */
export default async function pgDown() {
  await globalThis.masspayTestPostgres?.stop()
}
