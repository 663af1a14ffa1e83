// MassPay's history as a plain server of a process of its own: pages of as many rows as it is told.
import { createServer } from "node:http"

import { rowOf } from "./support/reconcile-rows"

let rows = 0
let requests = 0

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://x")
  response.setHeader("content-type", "application/json")
  if (pathname === "/rows") {
    rows = Number(searchParams.get("count"))
    requests = 0
    response.end("{}")
  } else if (pathname === "/requests") {
    response.end(JSON.stringify({ requests }))
  } else if (pathname === "/v1.0.0/payout/user/history") {
    requests += 1
    const size = Number(searchParams.get("number_of_records"))
    const from = size * (Number(searchParams.get("page")) - 1)
    const page: string[] = []
    for (let nth = from; nth < Math.min(from + size, rows); nth += 1) {
      page.push(rowOf(nth))
    }
    response.end(`[${page.join(",")}]`)
  } else {
    response.statusCode = 404
    response.end("{}")
  }
})
server.keepAliveTimeout = 60_000
server.listen(0, "127.0.0.1", () => {
  const address = server.address()
  if (address === null || typeof address === "string")
    throw new Error("No port")
  process.stdout.write(`http://127.0.0.1:${address.port}\n`)
})
