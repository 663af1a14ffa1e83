// Jest's `testSequencer`: what takes minutes begins first, so that no core is
// left with nothing to do while another has the longest one before it. A clean
// clone knows no durations yet, and the slowest are not the largest files.
const { statSync } = require("node:fs")
const path = require("node:path")

const SLOWEST = /journeys-|recipe-shop/
const SLOW = /-shop\.|-properties\.|-exhaustive\.|-scale\.|query-plans|overview/

const isSlow = (file) => SLOW.test(path.basename(file))
const slowness = (file) =>
  SLOWEST.test(path.basename(file)) ? 2 : Number(isSlow(file))

class SlowestFirst {
  sort(tests) {
    const sizes = new Map(tests.map((test) => [test, statSync(test.path).size]))
    return [...tests].sort(
      (a, b) =>
        slowness(b.path) - slowness(a.path) ||
        sizes.get(b) - sizes.get(a) ||
        (a.path < b.path ? -1 : 1)
    )
  }

  shard(tests, { shardIndex, shardCount }) {
    return this.sort(tests).filter(
      (_, index) => index % shardCount === shardIndex - 1
    )
  }

  /** For `--onlyFailures`: nothing is remembered, so all may have failed. */
  allFailedTests(tests) {
    return this.sort(tests)
  }

  cacheResults() {}
}

module.exports = SlowestFirst
module.exports.isSlow = isSlow
