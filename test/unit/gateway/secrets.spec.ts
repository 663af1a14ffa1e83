import { inspect } from "node:util"

import type { GatewayError } from "../../../src/modules/masspay-gateway/errors"
import { DocumentationRequiredError } from "../../../src/modules/masspay-gateway/errors"
import { createLoad } from "../../../src/modules/masspay-gateway/resources/create-load"
import MasspayGatewayService from "../../../src/modules/masspay-gateway/service"
import { createWire } from "../../../src/modules/masspay-gateway/wire"
import {
  type Answer,
  gatewayErrorOf,
  json,
  KEY,
  startServer,
  wireOptionsFor,
} from "./support"

const LINK = "https://magic.veriff.me/vcanarylink"
const CANARIES = [KEY, "canarylink", "canary@example.com", "4111111111111111"]
const DETAIL = `Please upload a government issued ID at the following link: ${LINK} (${KEY}) canary@example.com 4111111111111111`

/** Everything a log line could be made of. */
function everythingPrintedOf(error: GatewayError): string {
  const whole = { depth: 20, showHidden: true, getters: false }
  return [
    error.message,
    String(error),
    error.stack,
    JSON.stringify(error),
    JSON.stringify(Object.entries(error)),
    inspect(error),
    inspect(error, whole),
    inspect(error.cause, whole),
    JSON.stringify(error.cause),
  ].join("\n")
}

function withReasons(status: number): Answer {
  return json(status, {
    title: `Bad ${LINK}`,
    message: DETAIL,
    code: status,
    error: { reason: DETAIL, details: [DETAIL, "User is not active"] },
  })
}

const echo: Answer = (response, request) => {
  json(400, { message: JSON.stringify(request), code: 400 })(response, request)
}

const ANSWERS: [string, Answer][] = [
  ...[302, 400, 401, 402, 403, 404, 405, 409, 418, 422, 429, 500, 503].map(
    (status): [string, Answer] => [`HTTP ${status}`, withReasons(status)]
  ),
  ["the old shape", json(400, { Exception: DETAIL, Errors: [DETAIL] })],
  ["a request read back", echo],
  ["HTML", json(502, `<html>${DETAIL}</html>`)],
  ["a success that is none", json(200, DETAIL)],
  [
    "a success of another shape",
    json(200, { load_token: [DETAIL], status: DETAIL }),
  ],
  ["a reset", (response) => response.socket?.resetAndDestroy()],
  [
    "half an answer",
    (response) => {
      response.writeHead(200, { "Content-Length": "999", "X-Canary": KEY })
      response.write(DETAIL, () => response.socket?.resetAndDestroy())
    },
  ],
  ["silence", () => undefined],
]

describe.each(ANSWERS)("after %s", (_, answer) => {
  it("no error shows the key, a link, or anything private", async () => {
    const server = await startServer(answer)
    const wire = createWire(wireOptionsFor(server.url, { deadlineMs: 300 }))
    try {
      const errors = await Promise.all([
        gatewayErrorOf(
          createLoad(wire.transport, {
            user_token: "usr_1",
            request_text: `{"notes":"${KEY}"}`,
            idempotency_key: "k",
          })
        ),
        gatewayErrorOf(wire.listLoads("usr_1")),
        gatewayErrorOf(wire.getFundingBalances()),
      ])
      for (const error of errors) {
        for (const canary of CANARIES) {
          expect(everythingPrintedOf(error)).not.toContain(canary)
        }
      }
    } finally {
      await server.stop()
    }
  })
})

it("an unreachable server shows no key", async () => {
  const wire = createWire(wireOptionsFor("http://127.0.0.1:1"))

  const error = await gatewayErrorOf(wire.getFundingBalances())

  expect(everythingPrintedOf(error)).not.toContain(KEY)
})

it("the link is there for who asks for it by name", () => {
  const error = new DocumentationRequiredError(`see ${LINK}`, {
    details: [LINK],
    upload_links: [{ kind: "identity_document", url: LINK }],
  })

  expect(error.upload_links).toEqual([{ kind: "identity_document", url: LINK }])
  expect(everythingPrintedOf(error)).not.toContain("canarylink")
})

it("an error says what matters when it is serialised", async () => {
  const server = await startServer(
    json(400, {
      message: "m",
      code: 400,
      error: { details: ["Insufficient funds"] },
    })
  )
  const { transport } = createWire(wireOptionsFor(server.url))
  const error = await gatewayErrorOf(
    createLoad(transport, {
      user_token: "u",
      request_text: "{}",
      idempotency_key: "k",
    })
  )
  await server.stop()

  expect(JSON.parse(JSON.stringify(error))).toEqual({
    name: "InsufficientFundsError",
    message: "The funding wallet is short",
    code: "masspay.insufficient_funds",
    disposition: "stop",
    block: "funds",
    http_status: 400,
    details: ["Insufficient funds"],
    burns_key: true,
  })
})

it("the service and the wire show no key", () => {
  const options = {
    environment: "sandbox",
    apiKey: KEY,
    webhooks: { secrets: [`${KEY}-webhook`] },
  }
  const service = new MasspayGatewayService({}, options)

  for (const thing of [
    service,
    service.transport,
    createWire(wireOptionsFor("http://127.0.0.1:1")),
  ]) {
    expect(inspect(thing, { depth: 20, showHidden: true })).not.toContain(KEY)
    expect(JSON.stringify(thing)).not.toContain(KEY)
  }
})
