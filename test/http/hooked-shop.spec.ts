import { OLD_SECRET, WEBHOOK_SECRET } from "../support/webhooks"
import { goingLive } from "./go-live.suite"
import { describeHost } from "./support/host"
import { webhooks } from "./webhooks.suite"

describeHost(
  {
    MASSPAY_MARKETPLACE: "metadata",
    MASSPAY_PAYOUTS: JSON.stringify({ minimum: { USD: "5.00" } }),
    MASSPAY_WEBHOOKS: JSON.stringify({ secrets: [OLD_SECRET, WEBHOOK_SECRET] }),
  },
  (host) => {
    describe("going live", () => goingLive(host))
    describe("webhooks", () => webhooks(host))
  }
)
