import {
  judgeNotifications,
  judgeWebhookDelivery,
  judgeWebhookSecret,
  type SelfTestResult,
} from "../../../src/domain/go-live-shop"
import { linesOf, type TextCase } from "./go-live-builders"

const delivery = {
  has_webhooks: true,
  host: "shop.example",
  self_test: { got: "proof" },
  last_received_at: null,
} as const
const posted = (self_test: SelfTestResult) =>
  judgeWebhookDelivery({ ...delivery, self_test })
const mails = { channel: "email", serves: true, operators: 2 }

it.each<TextCase>([
  [
    "webhooks off",
    () => judgeWebhookSecret(null),
    [
      "webhooks is false: what changes at MassPay is noticed by asking, minutes or hours later.",
      "Make a secret in MassPay's dashboard, and set webhooks: { secrets: [ … ] }.",
    ],
  ],
  [
    "sample accepted",
    () => judgeWebhookSecret({ status: 200, failed: [] }),
    [
      "A secret is set, and a sample signed with it is accepted.",
      "Nothing to do.",
    ],
  ],
  [
    "sample refused",
    () => judgeWebhookSecret({ status: 401, failed: ["time: in the future"] }),
    [
      "A sample that was signed here would be answered with 401.",
      "Look at webhooks.secrets and webhooks.toleranceSeconds, then POST /admin/masspay/webhooks/test.",
      "time: in the future",
    ],
  ],
])("webhook secret, %s", (_, judged, text) => {
  expect(linesOf(judged())).toEqual(text)
})

it.each<TextCase>([
  [
    "webhooks off",
    () => judgeWebhookDelivery({ ...delivery, has_webhooks: false }),
    ["webhooks is false: the route takes nothing.", "Nothing to do."],
  ],
  [
    "no address",
    () => judgeWebhookDelivery({ ...delivery, host: null }),
    [
      "Not tried: webhooks.publicUrl is not set.",
      "Set webhooks.publicUrl to the address you gave MassPay: https://<your shop>/hooks/masspay",
      "No message of MassPay's has come so far.",
    ],
  ],
  [
    "nothing posted",
    () => judgeWebhookDelivery({ ...delivery, self_test: null }),
    [
      "Not tried: webhooks.publicUrl is not set.",
      "Set webhooks.publicUrl to the address you gave MassPay: https://<your shop>/hooks/masspay",
      "No message of MassPay's has come so far.",
    ],
  ],
  [
    "arrived",
    () =>
      judgeWebhookDelivery({
        ...delivery,
        last_received_at: new Date("2026-01-31T09:15:42Z"),
      }),
    [
      "A signed self-test arrived through shop.example unchanged.",
      "Nothing to do.",
      "The last message of MassPay's came on 2026-01-31 09:15 UTC.",
    ],
  ],
  [
    "not this shop",
    () => posted({ got: "no_proof", http_status: 200 }),
    [
      "shop.example answered 200, but it is not this shop's webhook route, or one with another secret.",
      "Look at where webhooks.publicUrl leads, and whether every instance has the same webhooks.secrets.",
      "No message of MassPay's has come so far.",
    ],
  ],
  [
    "400",
    () => posted({ got: "refused", http_status: 400 }),
    [
      "shop.example answered 400 to a self-test that was signed with the first secret.",
      "A proxy changes the body or drops X-MassPay-Signature, or the instances have different secrets or clocks.",
      "No message of MassPay's has come so far.",
    ],
  ],
  [
    "401",
    () => posted({ got: "refused", http_status: 401 }),
    [
      "shop.example answered 401 to a self-test that was signed with the first secret.",
      "A proxy changes the body or drops X-MassPay-Signature, or the instances have different secrets or clocks.",
      "No message of MassPay's has come so far.",
    ],
  ],
  [
    "403",
    () => posted({ got: "refused", http_status: 403 }),
    [
      "shop.example answered 403 to a self-test that was signed with the first secret.",
      "Look at what stands in front of the shop: the route must be reachable without a login.",
      "No message of MassPay's has come so far.",
    ],
  ],
  [
    "redirect",
    () => posted({ got: "redirect", http_status: 301 }),
    [
      "shop.example answered with a redirect (301), which is not followed; MassPay's messages would be lost there too.",
      "Give MassPay, and webhooks.publicUrl, the address that answers by itself.",
      "No message of MassPay's has come so far.",
    ],
  ],
  [
    "no answer",
    () => posted({ got: "no_answer", failure: "ENOTFOUND" }),
    [
      "shop.example did not answer (ENOTFOUND).",
      "Look at DNS, certificate and firewall. Where this server cannot reach its own public address, try POST /admin/masspay/webhooks/test with a message of MassPay's instead.",
      "No message of MassPay's has come so far.",
    ],
  ],
])("webhook delivery, %s", (_, judged, text) => {
  expect(linesOf(judged())).toEqual(text)
})

it.each<TextCase>([
  [
    "off",
    () => judgeNotifications({ ...mails, channel: false }),
    [
      "notifications.channel is false: no vendor is mailed when MassPay wants papers of her.",
      "Set a channel, or tell vendors in another way.",
    ],
  ],
  [
    "no provider",
    () => judgeNotifications({ ...mails, serves: false }),
    [
      'No provider of the Notification module serves the channel "email".',
      "Configure a notification provider for that channel, or set notifications.channel to one that is served.",
    ],
  ],
  [
    "not known",
    () => judgeNotifications({ ...mails, serves: null }),
    [
      'Whether a provider serves the channel "email" cannot be told without sending something.',
      "Resend a notification in the admin, and see whether it arrives.",
    ],
  ],
  [
    "no operator",
    () => judgeNotifications({ ...mails, operators: 0 }),
    [
      'The channel "email" is served, but no operator is mailed: notifications.operators is empty.',
      "Set notifications.operators to the addresses of whoever has to act at night.",
    ],
  ],
  [
    "one operator",
    () => judgeNotifications({ ...mails, operators: 1 }),
    [
      'The channel "email" is served, and 1 operator address will be mailed. Whether mails arrive, only a mail shows.',
      "Nothing to do.",
    ],
  ],
  [
    "two operators",
    () => judgeNotifications(mails),
    [
      'The channel "email" is served, and 2 operator addresses will be mailed. Whether mails arrive, only a mail shows.',
      "Nothing to do.",
    ],
  ],
])("notifications, %s", (_, judged, text) => {
  expect(linesOf(judged())).toEqual(text)
})
