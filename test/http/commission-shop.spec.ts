import { orderToWallet } from "./order-to-wallet.suite"
import { BOB, refunds } from "./refunds.suite"
import { describeHost } from "./support/host"

describeHost(
  {
    MASSPAY_MARKETPLACE: "metadata",
    MASSPAY_SETTLEMENT: JSON.stringify({
      commission: {
        basisPoints: 1000,
        vendors: { [BOB]: { basisPoints: 0, fixed: { USD: "0.50" } } },
      },
    }),
  },
  (host) => {
    describe("order to wallet", () => orderToWallet(host))
    describe("refunds", () => refunds(host))
  }
)
