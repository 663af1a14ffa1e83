/**
 * `npm run bench:reconcile`: what comparing the books with MassPay costs. What
 * the numbers mean stands in docs/benchmarks.md.
 */
import { launch } from "./support/launch.mjs"

await launch("bench/reconcile.ts")
