import { describeBundle } from "../support/bundles"

describeBundle(3)
