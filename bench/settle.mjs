/**
 * `npm run bench:settle`: what settling an order costs. What the numbers mean
 * stands in docs/benchmarks.md.
 */
import { launch } from "./support/launch.mjs"

await launch("bench/settle.ts")
