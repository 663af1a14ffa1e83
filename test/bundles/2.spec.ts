import { describeBundle } from "../support/bundles"

describeBundle(2)
