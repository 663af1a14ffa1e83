/**
 * A suite that leaks on purpose: into a log, an answer and a table. It runs only
 * where `test/module/canary.spec.ts` starts it, to see it fail.
 */
import http from "node:http"
import type { AddressInfo } from "node:net"

import { fact } from "../../src/runners/log"
import { openBooks } from "../support/books"

it("logs an e-mail address", () => {
  expect(fact("payee.linked", { to: "ada@example.com" })).toContain("ada")
})

it("answers with a link", async () => {
  const server = http.createServer((_, response) => {
    response.write(
      JSON.stringify({ link: "https://l.maspay.io/" }).slice(0, -2)
    )
    response.end('a1b2c3d4"}')
  })
  await new Promise<void>((resolve) => server.listen(0, resolve))
  const { port } = server.address() as AddressInfo
  await fetch(`http://127.0.0.1:${port}/vendor/masspay/payouts/mspo_1?x=1`)
  server.close()
})

it("writes an API key into a table", async () => {
  const books = await openBooks()
  await books.db.rows(
    `insert into masspay_control (key, value)
     values ('test', '{"said": "no masspay-sandbox-key"}')`
  )
  await books.close()
})
