/**
 * Loaded first into every process that the demo starts: ends it when the demo
 * is gone. Standard input is the demo's end of a pipe, and the kernel closes
 * that whatever killed the demo.
 */
const { isMainThread } = require("node:worker_threads")

const PATIENCE_MS = 10_000

if (isMainThread) {
  const stop = () => {
    process.kill(process.pid, "SIGTERM")
    setTimeout(() => process.kill(process.pid, "SIGKILL"), PATIENCE_MS)
  }
  process.stdin.on("end", stop).on("error", stop).resume()
  process.stdin.unref?.()
}
