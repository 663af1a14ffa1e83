/**
 * `npm run bench:webhooks`: what taking a webhook costs. What the numbers mean
 * stands in docs/benchmarks.md.
 */
import { launch } from "./support/launch.mjs"

await launch("bench/webhooks.ts")
