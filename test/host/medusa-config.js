// A shop that installs the built plugin by name, and sells for the demo's
// vendors. Used by test/http/built-plugin.spec.ts after `npm run build`.
const path = require("node:path")
const { defineConfig } = require("@medusajs/framework/utils")

const demo = path.join(__dirname, "../../demo/src")
require(path.join(demo, "links/vendor-order"))
require(path.join(demo, "links/vendor-product"))

const cors = "http://localhost"
module.exports = defineConfig({
  projectConfig: {
    databaseUrl: process.env.DATABASE_URL,
    http: {
      storeCors: cors,
      adminCors: cors,
      authCors: cors,
      jwtSecret: "test",
      cookieSecret: "test",
    },
  },
  modules: [{ resolve: path.join(demo, "modules/marketplace") }],
  plugins: [
    {
      resolve: "medusa-plugin-masspay",
      options: {
        environment: "sandbox",
        baseUrl: process.env.MASSPAY_BASE_URL ?? "http://127.0.0.1:9",
        jobs: { intervals: { dispatch: 1, resolve: 1, sweep: 10, collect: 1 } },
      },
    },
  ],
})
