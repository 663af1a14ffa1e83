import { adminApi } from "./admin-api.suite"
import { alarms } from "./alarms.suite"
import { listsAtSize } from "./lists-at-size.suite"
import { reconciliation } from "./reconciliation.suite"
import { describeHost } from "./support/host"
import { sweep } from "./sweep.suite"
import { watch } from "./watch.suite"

describeHost(
  { MASSPAY_MARKETPLACE: "metadata", MASSPAY_SETTLEMENT: "{}" },
  (host) => {
    describe("admin api", () => adminApi(host))
    describe("alarms", () => alarms(host))
    describe("lists at size", () => listsAtSize(host))
    describe("reconciliation", () => reconciliation(host))
    describe("sweep", () => sweep(host))
    describe("watch", () => watch(host))
  }
)
