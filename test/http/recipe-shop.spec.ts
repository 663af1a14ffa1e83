import { destinations } from "./destinations.suite"
import { kyc } from "./kyc.suite"
import { mirrors } from "./mirrors.suite"
import { recipeToWallet } from "./recipe-to-wallet.suite"
import { describeHost } from "./support/host"
import { vendorIsolation } from "./vendor-isolation.suite"

describeHost(
  {
    MASSPAY_TEST_VENDORS: "on",
    MASSPAY_MARKETPLACE: "auto",
    MASSPAY_SETTLEMENT: JSON.stringify({ shipping: "platform" }),
    MASSPAY_DIRECT: JSON.stringify({ allowReversal: true }),
  },
  (host) => {
    describe("destinations", () => destinations(host))
    describe("kyc", () => kyc(host))
    describe("mirrors", () => mirrors(host))
    describe("recipe to wallet", () => recipeToWallet(host))
    describe("vendor isolation", () => vendorIsolation(host))
  }
)
