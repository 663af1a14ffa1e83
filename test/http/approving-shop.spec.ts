import { linking } from "./linking.suite"
import { statements } from "./statements.suite"
import { describeHost } from "./support/host"

describeHost(
  {
    MASSPAY_TEST_VENDORS: "on",
    MASSPAY_MARKETPLACE: "auto",
    MASSPAY_SETTLEMENT: JSON.stringify({ shipping: "platform" }),
    MASSPAY_PAYOUTS: JSON.stringify({ approval: { above: { USD: "100.00" } } }),
  },
  (host) => {
    describe("linking", () => linking(host))
    describe("statements", () => statements(host))
  }
)
