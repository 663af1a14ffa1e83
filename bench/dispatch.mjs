/**
 * `npm run bench:dispatch`: what a payout costs. What the numbers mean stands
 * in docs/benchmarks.md.
 */
import { launch } from "./support/launch.mjs"

await launch("bench/dispatch.ts")
