import {
  type AccountFacts,
  judgeAddress,
  judgeApiKey,
  judgeClock,
  judgeEnvironment,
} from "../../../src/domain/go-live-account"
import { linesOf, type TextCase } from "./go-live-builders"

const host = "api.masspay.io"
const TARGET = { environment: "production", host } as const
const refused = (http_status: number): AccountFacts => ({
  did: "refused",
  http_status,
})
const silent = (http_status: number | null): AccountFacts => ({
  did: "unanswered",
  code: "masspay.unavailable",
  http_status,
})
const clocks = (database: number, masspay: number | null, sure = 200) =>
  judgeClock({
    database: { ahead_ms: database, give_or_take_ms: sure },
    masspay:
      masspay === null ? null : { ahead_ms: masspay, give_or_take_ms: sure },
  })

it.each<TextCase>([
  [
    "production",
    () => judgeEnvironment(TARGET),
    ['environment is "production", at api.masspay.io.', "Nothing to do."],
  ],
  [
    "staging",
    () => judgeEnvironment({ environment: "staging", host }),
    [
      'environment is "staging", at api.masspay.io: nobody is paid for real.',
      'To pay for real, set environment: "production" and the apiKey MassPay issued for it, with an empty database.',
    ],
  ],
  [
    "sandbox",
    () => judgeEnvironment({ environment: "sandbox", host }),
    [
      'environment is "sandbox", at api.masspay.io: a program for development, which pays nobody.',
      'Set environment: "production" (or "staging", to rehearse) and the apiKey MassPay issued for it, with an empty database.',
    ],
  ],
])("environment, %s", (_, judged, text) => {
  expect(linesOf(judged())).toEqual(text)
})

it.each<TextCase>([
  [
    "accepted",
    () => judgeApiKey({ did: "answered" }, TARGET),
    [
      "api.masspay.io accepts the key, so it is one for production.",
      "Nothing to do.",
    ],
  ],
  [
    "no connection",
    () => judgeApiKey(silent(null), TARGET),
    [
      "api.masspay.io gave no answer that says anything about the key (masspay.unavailable).",
      "Look at MassPay's status page, and at this server's DNS, firewall and proxy; then run the checklist again.",
    ],
  ],
  [
    "503",
    () => judgeApiKey(silent(503), TARGET),
    [
      "api.masspay.io gave no answer that says anything about the key (HTTP 503, masspay.unavailable).",
      "Look at MassPay's status page, and at this server's DNS, firewall and proxy; then run the checklist again.",
    ],
  ],
  [
    "403",
    () => judgeApiKey(refused(403), TARGET),
    [
      "api.masspay.io answered 403, which says nothing certain about the key: a wrong one is answered with 401.",
      "Make the server's address right first (see Server address). If it stays so, ask MassPay whether the key may read the account's balance.",
    ],
  ],
  [
    "401",
    () => judgeApiKey(refused(401), TARGET),
    [
      "api.masspay.io answered 401: it does not know the key.",
      "Set apiKey to the key MassPay issued for production, without the word Bearer. Keys of staging and of production are not the same.",
    ],
  ],
])("API key, %s", (_, judged, text) => {
  expect(linesOf(judged())).toEqual(text)
})

it.each<TextCase>([
  [
    "accepted",
    () => judgeAddress({ did: "answered" }),
    [
      "MassPay answered a request from this server's address. Other servers of this shop may have others.",
      "Nothing to do.",
    ],
  ],
  [
    "no answer",
    () => judgeAddress(silent(null)),
    [
      "Not known: MassPay gave no answer (masspay.unavailable). A firewall in front of MassPay may also drop what it does not know.",
      "Look at MassPay's status page, and at this server's DNS, firewall and proxy; then run the checklist again.",
    ],
  ],
  [
    "403",
    () => judgeAddress(refused(403)),
    [
      "MassPay answered 403: as a rule this server's address is not on the allow-list. It can also mean that the key may not read the account's balance.",
      "Add the outgoing address of every server of this shop to the allow-list in MassPay's dashboard, or ask the account manager.",
    ],
  ],
  [
    "401",
    () => judgeAddress(refused(401)),
    [
      "MassPay answered 401 from this address, so it was reached; whether the address is on an allow-list shows only with a key that works.",
      "Make the key right first (see API key).",
    ],
  ],
])("server address, %s", (_, judged, text) => {
  expect(linesOf(judged())).toEqual(text)
})

it.each<TextCase>([
  [
    "together",
    () => clocks(0, 300),
    [
      "This server, the database and MassPay agree.",
      "Nothing to do.",
      "Postgres: 0.0 s ahead, give or take 0.2 s",
      "MassPay: 0.3 s ahead, give or take 0.2 s",
    ],
  ],
  [
    "apart",
    () => clocks(-6_000, 0),
    [
      "The clocks differ by 5.8 s at least.",
      "Let every server take its time from NTP. Webhooks are judged by this server's clock, everything else by the database's.",
      "Postgres: 6.0 s behind, give or take 0.2 s",
      "MassPay: 0.0 s ahead, give or take 0.2 s",
    ],
  ],
  [
    "far apart",
    () => clocks(0, 60_000),
    [
      "The clocks differ by 59.8 s at least.",
      "Let every server take its time from NTP. Webhooks are judged by this server's clock, everything else by the database's.",
      "Postgres: 0.0 s ahead, give or take 0.2 s",
      "MassPay: 60.0 s ahead, give or take 0.2 s",
    ],
  ],
  [
    "MassPay's unknown",
    () => clocks(0, null),
    [
      "This server and the database agree; MassPay's clock is not known.",
      "It is read with the API key's check: make that right first.",
      "Postgres: 0.0 s ahead, give or take 0.2 s",
      "MassPay: not known, no answer with a date",
    ],
  ],
])("clocks, %s", (_, judged, text) => {
  expect(linesOf(judged())).toEqual(text)
})

it.each([
  [4_999, "passed"],
  [5_000, "warning"],
  [-5_000, "warning"],
  [29_999, "warning"],
  [30_000, "failed"],
  [-30_000, "failed"],
])("a clock that is %d ms ahead is %s", (ahead_ms, state) => {
  expect(clocks(ahead_ms, 0, 0).state).toBe(state)
  expect(clocks(0, ahead_ms, 0).state).toBe(state)
})
