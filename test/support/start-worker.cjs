// Runs the bundle whose path comes by standard input. What V8 made of it is kept
// beside it, so that only the first one compiles it.
const { existsSync, readFileSync, writeFileSync } = require("node:fs")
const { createRequire, wrap } = require("node:module")
const path = require("node:path")
const { Script } = require("node:vm")

const bundle = readFileSync(0, "utf8")
if (!path.isAbsolute(bundle)) throw new Error(`No worker: ${bundle}`)

const compiled = `${bundle}.compiled`
const isCompiled = existsSync(compiled)
const script = new Script(wrap(readFileSync(bundle, "utf8")), {
  filename: bundle,
  ...(isCompiled && { cachedData: readFileSync(compiled) }),
})
if (!isCompiled) {
  process.once("exit", () => writeFileSync(compiled, script.createCachedData()))
}
const worker = { exports: {} }
script.runInThisContext()(
  worker.exports,
  createRequire(__filename),
  worker,
  bundle,
  path.dirname(bundle)
)
